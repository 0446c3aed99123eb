#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --on BOARD: the verdicts are those of the board, and nothing passes that did not.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# One project for all; each board runs all of it once.
bad=$scratch/bad
mkdir -p "$bad"
cp -r "$top/tests/e2e/onboard/." "$bad"
for board in mps2-an385 mps2-an386 mps2-an505; do
	status=0
	(cd "$bad" && timeout 120 ms test --on $board --timeout 5 >"$scratch/$board" 2>&1) || status=$?
	[ $status -eq 5 ] || { cat "$scratch/$board"; echo "status $status on $board, not 5"; exit 1; }
done

# verdict TEXT...: each board said this.
verdict() {
	for board in mps2-an385 mps2-an386 mps2-an505; do
		for text in "$@"; do
			says "$scratch/$board" "$text"
		done
	done
}

passes_are_passes() {
	verdict "passed    passes " "passed    begins_fresh" "passed    runs_the_service" "passed    asks " "passed    floods"
}

failures_name_their_place() {
	verdict "failed    fails " "0x2 != 0x3 (tests/test_bad.c:" "before it" "torn down 1" \
		"at offset 2: 0x63 != 0x64" "failed    has_no_fixture" "the set-up failed" \
		"the log of 'bad' has no line with 'three'" "'asked' did not ask for this" "failed    asks_for_another"
}

a_text_longer_than_a_line_is_whole() {
	verdict "_are_put_together_again_before_anybody_reads_it  " '"left of it" != "right of it" (tests/test_bad.c:'
}

what_ends_the_program_is_no_pass() {
	verdict "crashed   crashes" "in poke at src/main.c:11" "crashed   aborts" "abort in abort at" "crashed   writes_to_a_neighbour" "crashed   breaks_its_heap" \
		"passed    has_a_heap_that_is_whole" "exited    exits " "ended itself with status 0" \
		"exited    exits_badly" "ended itself with status 9" "exited    ends_the_program_last" "crashed   overflows" "stack overflow"
}

what_takes_too_long_is_ended() {
	verdict "timed out loops" "timed out waits" "it took longer than its time"
}

what_a_board_cannot_do_is_skipped_and_says_why() {
	verdict "skipped   skips" "skipped   calls" "sim_call needs a device that is held from outside" \
		"skipped   runs_another" "'friend' is a service beside the one that is tested"
}

a_forged_pass_is_words_of_the_test() {
	verdict "failed    forges" "no way (tests/test_bad.c:" "            end 0 1"
}

what_is_no_text_is_shown_as_text() {
	verdict "failed    prints_binary" "that was it (tests/test_bad.c:"
	for board in mps2-an385 mps2-an386 mps2-an505; do
		[ -z "$(LC_ALL=C tr -d '\n\t -~' <"$scratch/$board")" ]
	done
}

all_are_counted() {
	verdict "28 tests: 6 passed, 9 failed, 3 skipped, 5 crashed, 3 exited, 2 timed out" "no verdict on 10 of 28 tests" \
		"the first alone: ms test --on"
}

some_are_chosen() {
	cd "$bad"
	ms test --on mps2-an386 --list >names 2>&1
	[ "$(wc -l <names)" -eq 28 ]
	says names test_bad/ends_the_program_last
	fails 0 ms test --on mps2-an386 --filter 'test_bad/passes'
	says "$here/out" "1 test: 1 passed"
	fails 4 ms test --on mps2-an386 --filter fails --shuffle 7
	says "$here/out" "2 tests: 2 failed"
	says "$here/out" "again: ms test --on mps2-an386 --filter 'test_bad/fails'"
	fails 2 ms test --on mps2-an386 --filter nothing_is_called_so
	fails 2 ms test --on mps2-an386 --schedules 3
	fails 2 ms test --on no-such-board
}

results_are_written_and_told_to_programs() {
	cd "$bad"
	fails 4 ms test --on mps2-an386 --filter fails --report r.xml
	says r.xml 'failures="2"'
	fails 4 ms test --json --on mps2-an386 --filter fails_in
	says "$here/out" '"verdict":"failed"'
	says "$here/out" '"board":"mps2-an386"'
}

a_program_that_runs_no_test_is_no_pass() {
	cd "$here"
	cp -r "$bad" own
	cd own
	printf '#include <stddef.h>\n#include <stdarg.h>\n#include <setjmp.h>\n#include <cmocka.h>\nint main(void)\n{\n\tprint_message("none");\n\treturn 0;\n}\n' >tests/test_bad.c
	fails 5 ms test --on mps2-an386
	says "$here/out" "no verdict on"
}

the_service_s_own_build_is_left_alone() {
	cd "$bad"
	ms build >/dev/null 2>&1
	sum=$(cat out/v7em/bad.img out/compile_commands.json | sha256sum)
	fails 0 ms test --on mps2-an386 --filter test_bad/passes
	[ "$(cat out/v7em/bad.img out/compile_commands.json | sha256sum)" = "$sum" ]
}

the_template_s_tests_pass_on_boards() {
	cd "$here"
	cp -r "$top/templates/hello" hello
	cd hello
	fails 0 ms test --on mps2-an505
	says "$here/out" "3 tests: 3 passed"
	fails 8 ms test --on microbit
	says "$here/out" "has 10240 bytes of RAM for services"
}

run passes_are_passes failures_name_their_place a_text_longer_than_a_line_is_whole what_ends_the_program_is_no_pass \
	what_takes_too_long_is_ended what_a_board_cannot_do_is_skipped_and_says_why a_forged_pass_is_words_of_the_test what_is_no_text_is_shown_as_text \
	all_are_counted some_are_chosen results_are_written_and_told_to_programs a_program_that_runs_no_test_is_no_pass \
	the_service_s_own_build_is_left_alone the_template_s_tests_pass_on_boards
