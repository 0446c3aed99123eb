#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test: whatever a test or a service does, the verdict is right, and nothing passes that did not.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# One project for all: built once, run test by test.
bad=$scratch/bad
mkdir -p "$bad/src" "$bad/tests/services/beside"
cp "$top/tests/hostsim/bad/ms.yaml" "$bad"
cp "$top/tests/hostsim/bad/src/service.c" "$top/tests/hostsim/bad/src/service.h" "$bad/src"
cp "$top"/tests/hostsim/bad/tests/*.c "$bad/tests"
cp "$top/tests/hostsim/bad/tests/services/beside/main.c" "$bad/tests/services/beside"
(cd "$bad" && ms test --filter 'test_bad/passes' >"$scratch/first" 2>&1) || { cat "$scratch/first"; exit 1; }

# verdict STATUS TEST TEXT...: this test alone ends like this, and these texts are said.
verdict() {
	status=$1 name=$2
	shift 2
	cd "$bad"
	fails "$status" ms test --timeout "${timeout:-20}" --filter "$name"
	for text in "$@"; do
		says "$here/out" "$text"
	done
}

a_pass_is_a_pass() {
	verdict 0 test_bad/passes "passed    passes" "1 test: 1 passed"
}

a_failed_assertion() {
	verdict 4 test_bad/fails "failed    fails" "0x1 != 0x2" "tests/test_bad.c:" "printed before" "ms test: 1 of 1 tests failed" \
		"ms test --gdb --filter"
}

a_failed_setup() {
	verdict 4 test_bad/setup_fails "failed    setup_fails"
}

a_skipped_test() {
	verdict 0 test_bad/skips "skipped   skips" "1 test: 1 skipped"
}

a_test_that_exits() {
	verdict 5 test_bad/exits_well "exited    exits_well" "ended itself with status 0" "no verdict on 1 of 1 tests"
	verdict 5 test_bad/exits_at_once "exited    exits_at_once"
	verdict 5 test_bad/exits_badly "exited    exits_badly" "ended itself with status 3"
}

a_test_that_crashes() {
	verdict 5 test_bad/crashes "crashed   crashes" "Segmentation fault in crashes at tests/test_bad.c:"
	verdict 5 test_bad/aborts "crashed   aborts" "Aborted in aborts at tests/test_bad.c:"
	verdict 5 test_bad/kills_itself "crashed   kills_itself" "Killed"
	verdict 5 test_bad/crashes_in_the_service "Segmentation fault in service_write at src/service.c:"
}

a_test_that_forks() {
	verdict 0 test_bad/forks "passed    forks" "1 test: 1 passed"
	verdict 0 test_bad/leaves_a_writer_behind "1 test: 1 passed"
	same "$(processes "$bad/out/test/test_bad")" ""
}

a_test_that_prints_a_million_lines() {
	verdict 4 test_bad/prints_a_million_lines "failed    prints_a_million_lines" "lines before these)" "tests/test_bad.c:"
	[ "$(wc -l <"$here/out")" -lt 100 ]
}

a_test_that_prints_binary() {
	verdict 4 test_bad/prints_binary "failed    prints_binary" "tests/test_bad.c:"
	[ -z "$(LC_ALL=C tr -d '\n\t -~' <"$here/out")" ]
}

a_test_that_prints_like_a_report() {
	verdict 4 test_bad/prints_like_a_report "failed    prints_like_a_report"
}

a_test_that_closes_everything() {
	verdict 5 test_bad/closes_everything "no verdict"
}

a_test_that_leaks() {
	verdict 4 test_bad/leaks "failed    leaks" "100 byte(s) leaked" "in leaks tests/test_bad.c:"
}

a_test_that_writes_past_its_memory() {
	verdict 4 test_bad/overflows "failed    overflows" "tests/test_bad.c:"
}

a_service_that_writes_past_its_memory() {
	verdict 4 test_bad/service_overflows_its_stack "in thread 0 of 'bad': AddressSanitizer: stack-buffer-overflow in service_stack src/service.c:"
	verdict 4 test_bad/service_overflows_its_data "in thread 0 of 'bad': AddressSanitizer: global-buffer-overflow in service_data src/service.c:"
	verdict 4 test_bad/service_overflows_its_heap "in thread 0 of 'bad': AddressSanitizer: use-after-poison in service_heap src/service.c:"
}

a_service_that_uses_memory_it_gave_back() {
	verdict 4 test_bad/service_uses_what_it_freed "in thread 0 of 'bad': AddressSanitizer: use-after-poison in service_freed src/service.c:"
}

# The C library is the device's, but what it is given is looked at.
a_service_that_lets_the_c_library_write_past_its_memory() {
	verdict 4 test_bad/service_copies_too_much "AddressSanitizer: use-after-poison in service_copy src/service.c:"
	verdict 4 test_bad/service_prints_too_much "AddressSanitizer: stack-buffer-overflow in service_print src/service.c:"
}

a_service_that_uses_its_memory_well() {
	verdict 0 test_bad/service_uses_its_heap_well "passed    service_uses_its_heap_well"
}

a_service_that_overflows_a_number() {
	verdict 4 test_bad/service_overflows_a_number "in thread 0 of 'bad': src/service.c:" "signed integer overflow"
}

a_service_that_faults_is_the_devices_fault() {
	verdict 0 test_bad/service_faults "passed    service_faults"
}

what_was_said_and_why_a_log_line_is_missing() {
	verdict 4 test_bad/misses_a_line_after_a_fault "last fault of 'bad': write to memory that is not its own, in service_write at src/service.c:"
	verdict 4 'test_bad/misses_a_lin[e]' 'no line of the log of '"'bad'"' has "nothing such"' "bad info: doing 0" "tests/test_bad.c:"
}

a_misuse_of_the_simulation() {
	verdict 4 test_bad/runs_no_such_service "there is no service 'nosuch' in this program" "tests/test_bad.c:"
	verdict 4 test_bad/opens_two_devices "a device is open already"
	verdict 4 test_bad/uses_no_device "the device is not open"
	verdict 4 test_bad/calls_exit_directly "a function of 'bad' that the test called ended the service with status 4"
	verdict 4 test_bad/calls_a_wait_directly "waits for ever"
}

a_service_beside_the_one_under_test() {
	verdict 0 test_bad/runs_the_one_beside "passed    runs_the_one_beside"
}

helpers_are_linked_in() {
	verdict 0 test_bad/uses_a_helper "passed    uses_a_helper"
}

an_endless_loop() {
	timeout=2
	verdict 5 test_loop/test_loops "timed out test_loops" "the test is busy in test_loops at tests/test_loop.c:" "1 timed out"
	verdict 5 test_loop/service_loops "timed out service_loops" "thread 0 of 'bad' is busy in service_loop at src/service.c:"
	timeout=20
	verdict 0 test_loop/a_busy_service_ends_nothing "1 test: 1 passed"
	verdict 0 test_loop/nor_does_an_empty_loop "1 test: 1 passed"
	timeout=2
	verdict 5 test_loop/ignores_everything "timed out ignores_everything" "it does not react to anything"
}

# What comes behind a test that loops has not run, and that is said.
what_did_not_run_is_no_pass() {
	cd "$bad"
	fails 5 ms test --timeout 2 --jobs 1 --filter test_loop/
	says "$here/out" "of its tests did not run"
	says "$here/out" "1 timed out, 5 not run"
	says "$here/out" "no verdict on 6 of 6 tests"
}

# Several at once: each says what it says alone, in the order of the program.
tests_at_once_are_told_in_their_order() {
	cd "$bad"
	for jobs in 1 2 7; do
		ms test --jobs $jobs --filter 'test_bad/*' >"$here/$jobs" 2>&1 || true
		sed -n 's/^  \([a-z][a-z ]* [a-z_]*\)  .*/\1/p' "$here/$jobs" >"$here/order$jobs"
	done
	[ "$(wc -l <"$here/order1")" -gt 30 ]
	diff "$here/order1" "$here/order2"
	diff "$here/order1" "$here/order7"
	same "$(processes "$bad/out/test/test_bad")" ""
}

tests_at_once_that_loop_are_all_ended() {
	cd "$bad"
	fails 5 ms test --timeout 2 --jobs 2 --filter test_loop/
	says "$here/out" "the test is busy in test_loops at tests/test_loop.c:"
	says "$here/out" "2 timed out, 4 not run"
	same "$(processes "$bad/out/test/test_loop")" ""
}

a_program_without_tests() {
	verdict 5 test_none/ "no verdict on test_none" "it ran no test"
	verdict 5 test_main_aborts/ "no verdict on test_main_aborts" "it ran no test" "Aborted"
	verdict 5 test_main_fails/ "no verdict on test_main_fails" "its tests ran, but the program ended with status 7"
	verdict 5 test_main_pretends/ "no verdict on test_main_pretends" "it ran no test"
}

a_program_that_never_comes_to_its_tests() {
	timeout=2
	verdict 5 test_main_floods/ "no verdict on test_main_floods" "the time was over before its tests began"
}

no_test_of_that_name() {
	cd "$bad"
	fails 2 ms test --filter "test_bad/no such test"
	says "$here/out" "no test is called 'test_bad/no such test'"
}

# Each test once, one result, and the numbers agree.
json_says_the_same() {
	cd "$bad"
	fails 4 ms test --json --filter 'test_bad/f*s'
	says "$here/out" '"test":"fails","verdict":"failed"'
	same "$(grep -c '"type":"test"' "$here/out")" "$(sed -n 's/.*"tests":\([0-9]*\).*/\1/p' "$here/out")"
	same "$(grep -c '"type":"result"' "$here/out")" 1
	says "$here/out" '"ETESTS"'
}

# Each failure says how to have it alone.
a_failure_says_how_to_repeat_it() {
	verdict 4 test_bad/fails "again: ms test --filter 'test_bad/fails'"
	fails 4 sh -c "$(sed -n 's/.*again: //p' "$here/out")"
	says "$here/out" "failed    fails"
}

tests_are_listed_and_none_runs() {
	cd "$bad"
	fails 0 ms test --list --filter 'test_bad/f[ao]*s'
	same "$(cat "$here/out")" "$(printf 'test_bad/fails\ntest_bad/forks')"
	fails 2 ms test --list --filter test_bad/nosuch
	fails 5 ms test --list --filter test_main_aborts/
}

# The same seed, the same order; all of them, each once; another seed, another order.
a_seed_says_the_order() {
	cd "$bad"
	for round in 1 1again 2; do
		ms test --shuffle "${round%again}" --filter 'test_bad/service_*' >"$here/$round" 2>&1 || true
		sed -n 's/^  [a-z]* *\([a-z_]*\)  .*/\1/p' "$here/$round" >"$here/order$round"
	done
	cmp "$here/order1" "$here/order1again"
	fails 1 cmp -s "$here/order1" "$here/order2"
	same "$(sort "$here/order1")" "$(sort "$here/order2")"
	[ "$(wc -l <"$here/order1")" -gt 5 ]
	fails 2 ms test --shuffle -3
	fails 2 ms test --shuffle 4294967296
}

rounds_are_counted_and_end_with_a_failure() {
	cd "$bad"
	fails 0 ms test --repeat 3 --filter test_bad/passes
	says "$here/out" "3 tests: 3 passed"
	fails 4 ms test --until-fail --repeat 3 --filter 'test_bad/fails'
	says "$here/out" "1 test: 1 failed"
	fails 0 ms test --until-fail --repeat 2 --filter test_bad/passes
}

# What it says for other programs is what it says for people, and is well-formed whatever a test prints.
reports_for_other_programs() {
	cd "$bad"
	for ending in tap xml json; do
		fails 5 ms test --report "$here/r.$ending" --filter 'test_bad/*s'
	done
	n=$(ms test --list --filter 'test_bad/*s' | wc -l)
	same "$(sed -n 2p "$here/r.tap")" "1..$n"
	same "$(grep -cE '^(not )?ok [0-9]+ - ' "$here/r.tap")" "$n"
	says "$here/r.tap" " - test_bad/skips # SKIP"
	grep -qE '^not ok [0-9]+ - test_bad/fails$' "$here/r.tap"
	same "$(grep -c '<testcase' "$here/r.xml")" "$n"
	says "$here/r.xml" '<testsuites tests="'"$n"'" failures='
	says "$here/r.xml" '<error type="crashed"'
	same "$(grep -c '"verdict"' "$here/r.json")" "$n"
	! command -v xmllint >/dev/null || xmllint --noout "$here/r.xml"
}

a_report_of_a_program_without_a_verdict() {
	cd "$bad"
	fails 5 ms test --report "$here/r.tap" --filter test_main_fails/
	says "$here/r.tap" "not ok 2 - test_main_fails/the whole program"
	fails 5 ms test --report "$here/r.xml" --filter test_main_fails/
	says "$here/r.xml" 'errors="1"'
}

# An old report is not taken for a new one.
a_report_that_cannot_be() {
	cd "$bad"
	fails 2 ms test --report results.txt
	says "$here/out" ".tap (TAP 14), .xml (JUnit) or .json"
	echo old >"$here/old.tap"
	fails 3 ms test --report "$here/old.tap" "$here"
	[ ! -e "$here/old.tap" ]
	fails 1 ms test --report "$here/no/such/r.tap" --filter test_bad/passes
}

# Without the sanitizers a leak is not seen, and a crash is still one.
without_sanitizers() {
	cp -R "$bad" "$here/bad"
	cd "$here/bad"
	fails 0 ms test --no-sanitize --filter test_bad/leaks
	fails 5 ms test --no-sanitize --filter test_bad/crashes
	says "$here/out" "Segmentation fault in crashes at tests/test_bad.c:"
	fails 0 ms test --no-sanitize --filter test_bad/service_faults
}

# However many tests run at once, the one that ends all of them is named, and how.
a_test_that_ends_who_watches_it_is_named() {
	hello "$here/p"
	mkdir "$here/p/tests"
	cat >"$here/p/tests/test_all.c" <<-'END'
	#include <setjmp.h>
	#include <signal.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <unistd.h>
	#include <cmocka.h>
	static void passes(void **state) { (void)state; }
	static void kills_its_parent(void **state) { (void)state; kill(getppid(), SIGKILL); pause(); }
	static void also_passes(void **state) { (void)state; }
	int main(void)
	{
		const struct CMUnitTest tests[] = { cmocka_unit_test(passes), cmocka_unit_test(kills_its_parent), cmocka_unit_test(also_passes) };

		return cmocka_run_group_tests(tests, NULL, NULL);
	}
	END
	cd "$here/p"
	for jobs in 1 2 3; do
		fails 5 ms test --jobs $jobs
		says "$here/out" "crashed   kills_its_parent"
		says "$here/out" "the program was ended by a signal: Killed"
		says "$here/out" "no verdict on test_all"
	done
}

# Tests at once that are looked at one by one have nothing in common, also behind a group of one test.
orders_of_tests_at_once_do_not_mix() {
	project "$here/p" hello <<-'END'
	#include <SysCall.h>
	volatile int rounds;
	int main(void) { for (int i = 0; i < rounds; i++) LOG_INFO("round %d", i); return 0; }
	END
	mkdir "$here/p/tests"
	{
		printf '#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <cmocka.h>\n#include <ms/sim.h>\nextern volatile int rounds;\n'
		for i in $(seq 20); do
			echo "static void runs_$i(void **s) { sim_start(*s, \"hello\"); rounds = $i; sim_run(*s, NULL, 1000); assert_int_equal(sim_exit_status(*s, \"hello\"), 0); }"
		done
		echo '#define T(f) cmocka_unit_test_setup_teardown(f, sim_setup, sim_teardown)'
		echo 'int main(void) { const struct CMUnitTest one[] = { T(runs_1) }, more[] = {'
		for i in $(seq 2 20); do echo "T(runs_$i),"; done
		echo '}; return cmocka_run_group_tests(one, NULL, NULL) + cmocka_run_group_tests(more, NULL, NULL); }'
	} >"$here/p/tests/test_all.c"
	cd "$here/p"
	ms test --all-output --jobs 1 | grep -o 'trace [0-9a-f]*' >"$here/alone"
	for jobs in 2 4 8; do
		ms test --all-output --jobs $jobs | grep -o 'trace [0-9a-f]*' >"$here/together"
		diff "$here/alone" "$here/together"
	done
	same "$(sort -u "$here/alone" | wc -l)" 20
}

run a_test_that_ends_who_watches_it_is_named orders_of_tests_at_once_do_not_mix a_pass_is_a_pass a_failed_assertion a_failed_setup a_skipped_test a_test_that_exits a_test_that_crashes a_test_that_forks \
	a_test_that_prints_a_million_lines a_test_that_prints_binary a_test_that_prints_like_a_report a_test_that_closes_everything \
	a_test_that_leaks a_test_that_writes_past_its_memory a_service_that_writes_past_its_memory a_service_that_overflows_a_number \
	a_service_that_uses_memory_it_gave_back a_service_that_lets_the_c_library_write_past_its_memory a_service_that_uses_its_memory_well \
	a_service_that_faults_is_the_devices_fault what_was_said_and_why_a_log_line_is_missing a_misuse_of_the_simulation \
	a_service_beside_the_one_under_test helpers_are_linked_in an_endless_loop what_did_not_run_is_no_pass \
	tests_at_once_are_told_in_their_order tests_at_once_that_loop_are_all_ended a_program_without_tests \
	a_program_that_never_comes_to_its_tests no_test_of_that_name json_says_the_same \
	a_failure_says_how_to_repeat_it tests_are_listed_and_none_runs a_seed_says_the_order rounds_are_counted_and_end_with_a_failure \
	reports_for_other_programs a_report_of_a_program_without_a_verdict a_report_that_cannot_be without_sanitizers
