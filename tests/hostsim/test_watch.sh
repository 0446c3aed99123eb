#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --watch: what changed is built and run again, what did not is not, until the user wants to stop.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# one NAME BODY: a test program of one test.
one() {
	cat >"$here/p/tests/$1.c" <<-END
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <cmocka.h>
	int five(void);
	static void $1(void **s) { (void)s; $2; }
	int main(void)
	{
		const struct CMUnitTest tests[] = { cmocka_unit_test($1) };
		return cmocka_run_group_tests(tests, NULL, NULL);
	}
	END
}

# rounds COUNT: so many have ended.
rounds() {
	[ "$(grep -c 'waiting for a source' "$here/out")" -eq "$1" ]
}

what_changed_runs_again() {
	hello "$here/p"
	mkdir "$here/p/tests"
	echo 'int five(void); int five(void) { return 5; }' >"$here/p/src/five.c"
	one test_a 'assert_int_equal(five(), 5)'
	one test_b 'assert_true(five() > 1)'
	cd "$here/p"
	ms test --watch >>"$here/out" 2>&1 &
	pid=$!
	soon rounds 1
	says "$here/out" "2 tests: 2 passed"
	: >"$here/out"
	one test_b 'assert_true(five() > 2)'
	soon rounds 1
	says "$here/out" "passed    test_b"
	lacks "$here/out" "test_a"
	: >"$here/out"
	sed -i 's/return 5/return 4/' src/five.c
	soon rounds 1
	says "$here/out" "2 tests: 1 passed, 1 failed"
	says "$here/out" "1 of 2 tests failed"
	: >"$here/out"
	sed -i 's/return 4/return 4 +/' src/five.c
	soon rounds 1
	says "$here/out" "src/five.c:1"
	: >"$here/out"
	sed -i 's/return 4 +/return 5/' src/five.c
	soon rounds 1
	says "$here/out" "2 tests: 2 passed"
	echo nothing >README
	stopped $pid
	says "$here/out" "stopped"
	fails 2 ms test --watch --on mps2-an505
}

run what_changed_runs_again
