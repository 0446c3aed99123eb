#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --in-process: the verdicts are those of tests that each have a process, whatever tests and services do.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

bad=$scratch/bad
cp -R "$top/tests/hostsim/bad" "$bad"

# verdicts OPTION...: "failed fails", a line for each test.
verdicts() {
	ms test --timeout 200 "$@" 2>&1 | sed -nE 's/^  ([a-z][a-z ]* [a-z_]+)  [0-9.]+ s$/\1/p'
}

the_verdicts_are_the_same() {
	cd "$bad"
	verdicts --filter 'test_bad/*' >"$here/alone"
	[ "$(wc -l <"$here/alone")" -gt 30 ]
	for jobs in 1 3; do
		verdicts --in-process --jobs $jobs --filter 'test_bad/*' >"$here/together"
		diff "$here/alone" "$here/together"
	done
	verdicts --filter 'test_bad/*' --shuffle 5 >"$here/alone"
	verdicts --in-process --filter 'test_bad/*' --shuffle 5 >"$here/together"
	diff "$here/alone" "$here/together"
	same "$(processes "$bad/out/test/test_bad")" ""
}

a_loop_is_ended_and_has_its_place() {
	cd "$bad"
	fails 5 ms test --in-process --jobs 1 --timeout 2 --filter test_loop/
	says "$here/out" "timed out test_loops"
	says "$here/out" "the test is busy in test_loops at tests/test_loop.c:"
	says "$here/out" "1 timed out, 5 not run"
	same "$(processes "$bad/out/test/test_loop")" ""
}

# What a service has in its memory does not outlive a test; what the test has does, and that is noticed.
a_new_device_for_each_test() {
	hello "$here/p"
	mkdir "$here/p/tests"
	cat >"$here/p/src/count.c" <<-'END'
	#include <stdlib.h>
	#include "count.h"
	int calls = 5;
	static void *kept;
	int count(void)
	{
		kept = kept ? kept : malloc(700);
		return kept ? ++calls : -1;
	}
	END
	echo 'extern int calls; int count(void);' >"$here/p/src/count.h"
	cat >"$here/p/tests/test_it.c" <<-'END'
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <cmocka.h>
	#include <ms/sim.h>
	#include "count.h"

	static int here;

	static void is_fresh(void **s) { (void)s; assert_int_equal(calls, 5); assert_int_equal(count(), 6); }
	static void runs(void **s) { sim_run(*s, "hello", 1000); assert_log(*s, "hello", "Hello"); assert_int_equal(sim_log_count(*s, "hello"), 1); }
	static void opens_and_forgets(void **s) { (void)s; assert_non_null(sim_open()); }
	static void depends(void **s) { (void)s; assert_int_equal(here++, 0); }

	int main(void)
	{
		const struct CMUnitTest tests[] = {
			cmocka_unit_test(is_fresh), { "is_fresh_again", is_fresh, NULL, NULL, NULL },
			cmocka_unit_test_setup_teardown(runs, sim_setup, sim_teardown),
			cmocka_unit_test(opens_and_forgets), { "opens_again", opens_and_forgets, NULL, NULL, NULL },
			{ "runs_again", runs, sim_setup, sim_teardown, NULL }, { "is_still_fresh", is_fresh, NULL, NULL, NULL },
			cmocka_unit_test(depends), { "depends_again", depends, NULL, NULL, NULL },
		};

		return cmocka_run_group_tests(tests, NULL, NULL);
	}
	END
	cd "$here/p"
	fails 4 ms test --in-process --jobs 1 --json
	same "$(grep -c '"verdict":"passed"' "$here/out")" 8
	says "$here/out" '"test":"depends_again","verdict":"failed"'
	says "$here/out" "it passes alone, but not after the tests before it"
	fails 0 ms test
	fails 0 ms test --no-sanitize --in-process --filter 'test_it/[ior]*'
}

# It ends itself, and no others; what another has left behind is ended.
a_test_that_ends_its_process_group_is_named() {
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
	static void leaves_a_process(void **state) { (void)state; if (fork() == 0) for (;;) pause(); }
	static void kills_its_group(void **state) { (void)state; kill(0, SIGKILL); pause(); }
	static void also_passes(void **state) { (void)state; }
	int main(void)
	{
		const struct CMUnitTest tests[] = { cmocka_unit_test(passes), cmocka_unit_test(leaves_a_process), cmocka_unit_test(kills_its_group), cmocka_unit_test(also_passes) };

		return cmocka_run_group_tests(tests, NULL, NULL);
	}
	END
	cd "$here/p"
	for how in "" "--in-process --jobs 1" "--in-process --jobs 2" "--in-process --jobs 3"; do
		# shellcheck disable=SC2086 # options or none
		fails 5 ms test $how
		says "$here/out" "crashed   kills_its_group"
		says "$here/out" "            Killed"
		says "$here/out" "4 tests: 3 passed, 1 crashed"
		same "$(processes "$here/p/out/test/test_all")" ""
	done
}

what_needs_a_process_for_each_test_is_refused() {
	cd "$bad"
	for option in --schedules=3 --replay=1:1 --all-output --on=mps2-an505; do
		fails 2 ms test --in-process $option
		says "$here/out" "--in-process"
	done
}

run the_verdicts_are_the_same a_loop_is_ended_and_has_its_place a_new_device_for_each_test a_test_that_ends_its_process_group_is_named what_needs_a_process_for_each_test_is_refused
