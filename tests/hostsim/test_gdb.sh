#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --gdb: the test that is named, in the order of threads that is named, with commands that know services and threads.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

deaf=test_orders/a_deaf_reader_gets_its_letter

# debug OPTION... <COMMANDS: what gdb says to them
debug() {
	ms test --gdb "$@" >"$here/said" 2>&1
}

services_threads_and_stacks_are_shown() {
	example 06-unit-tests
	debug --filter $deaf <<-'END'
		break tests/services/deaf/main.c:20
		run
		ms-services
		ms-threads
		ms-bt 0
		ms-bt 1
		ms-bt 30
		ms-help
		kill
		quit
	END
	grep -q 'deaf  *started 1 times, last status -1, runs' "$here/said"
	grep -q 'hasty  *started 0 times' "$here/said"
	says "$here/said" '0  thread 0 of deaf waits for another thread'
	grep -q '1  thread [0-9]* of deaf runs' "$here/said"
	in_order "$here/said" 'in pthread_cond_wait' 'tests/services/deaf/main.c:11'
	in_order "$here/said" 'of deaf runs' 'put (unused'
	says "$here/said" 'no thread is in this row'
	says "$here/said" 'ms-bt ROW'
}

# As it fails, and as it does not.
a_failing_order_is_run_under_the_debugger() {
	example 06-unit-tests
	fails 4 ms test --schedules 200 --filter $deaf
	list=$(sed -n 's/.*--replay //p' "$here/out" | head -n 1)
	printf 'break sim_assert_ended\nrun\nms-threads\ncontinue\n' | debug --filter $deaf --replay "$list"
	in_order "$here/said" 'thread 0 of deaf waits for another thread' 'a wake-up that was lost' '1 FAILED TEST'
	printf 'run\n' | debug --filter deaf_reader_gets
	in_order "$here/said" '1 test(s) run' 'exited normally'
}

what_cannot_be_debugged_is_said() {
	example 06-unit-tests
	fails 2 ms test --gdb
	says "$here/out" 'several'
	says "$here/out" 'fix: name the test: --filter test_lines/... or test_orders/...'
	fails 2 ms test --gdb --filter nothing/there
	says "$here/out" "no test is called 'nothing/there'"
	for name in NOTHING test_orders/nothing; do
		fails 2 ms test --gdb --filter "$name" </dev/null
		says "$here/out" "no test is called '$name'"
	done
	fails 2 ms test --gdb --on mps2-an386 --filter $deaf
	says "$here/out" '--gdb does not go with --on: it is for tests on this computer'
}

run services_threads_and_stacks_are_shown a_failing_order_is_run_under_the_debugger what_cannot_be_debugged_is_said
