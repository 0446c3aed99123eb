#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --coverage: what ran is counted, whoever ran it and however that ended; what did not run is named.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

p=$scratch/counted
project "$p" <<-'END'
#include "size.h"

int main(void)
{
	return size_of(0, 1);
}
END
cat >"$p/src/size.c" <<-'END'
#include "size.h"

int size_of(int wide, int high)
{
	if (wide > 100 || high > 100)
		return -1;
	return half(wide) * high;
}

int never(void)
{
	return 7;
}

void fall(int *p)
{
	*p = 1;
	half(1);
}
END
cat >"$p/src/size.h" <<-'END'
int size_of(int wide, int high);
int never(void);
void fall(int *p);
static inline int half(int n)
{
	return n / 2;
}
END
mkdir "$p/tests"
cat >"$p/tests/head.h" <<-'END'
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <ms/sim.h>
#include "size.h"
END
cat >"$p/tests/test_size.c" <<-'END'
#include "head.h"

static void is_small(void **s) { (void)s; assert_int_equal(size_of(4, 3), 6); }
static void is_wide(void **s) { (void)s; assert_int_equal(size_of(400, 3), -1); }
static void falls(void **s) { (void)s; fall(NULL); }
static void exits(void **s) { (void)s; size_of(4, 3); exit(0); }

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(is_small), cmocka_unit_test(is_wide), cmocka_unit_test(falls), cmocka_unit_test(exits) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
END
cat >"$p/tests/test_main.c" <<-'END'
#include "head.h"

static void runs(void **s) { sim_run(*s, "hello", 100); sim_run(*s, NULL, 300); }

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(runs, sim_setup, sim_teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
END

# lines FILE: what the last --json run says of it.
lines() {
	sed -n 's/.*"type":"coverage","file":"'"$(echo "$1" | sed 's/[/]/\\&/g')"'","lines":{"covered":\([0-9]*\),"all":\([0-9]*\)}.*"missing":\(.*\)}/\1 \2 \3/p' "$here/out"
}

what_one_test_runs() {
	cd "$p"
	fails 0 ms test --json --coverage --filter is_small
	same "$(lines src/size.c)" "3 10 [6,10,12,15,17,18,19]"
	same "$(lines src/size.h)" "2 2 []"
	fails 0 ms test --json --coverage --filter is_wide
	same "$(lines src/size.c)" "3 10 [7,10,12,15,17,18,19]"
}

programs_and_tests_add_up() {
	cd "$p"
	for jobs in 1 4; do
		fails 0 ms test --json --coverage --jobs $jobs --filter 'test_*/[ir]*s*'
		same "$(lines src/size.c)" "4 10 [10,12,15,17,18,19]"
		same "$(lines src/main.c)" "2 2 []"
	done
}

# A test's end may be a crash, or its own.
what_ran_before_a_crash_has_run() {
	cd "$p"
	fails 5 ms test --json --coverage --filter falls
	same "$(lines src/size.c)" "3 10 [3,5,6,7,10,12,19]"
	fails 5 ms test --coverage --filter exits
	says "$here/out" "lines 35.7 % (5 of 14)"
	grep -q '<span id="7" class="run"><a href="#7">7</a><i>1</i>' out/test/coverage/src/size.c.html
}

pages_show_what_did_not_run() {
	cd "$p"
	fails 0 ms test --coverage --filter is_small
	says "$here/out" ": out/test/coverage/index.html"
	# the source with most lines that did not run comes first
	same "$(grep -o 'href="[^"]*"' out/test/coverage/index.html | head -1)" 'href="src/size.c.html"'
	says out/test/coverage/src/size.c.html '<span id="12" class="not">'
	says out/test/coverage/src/size.c.html '<span id="5" class="part" title="2 of 4 branches taken">'
	says out/test/coverage/src/size.c.html '#include &quot;size.h&quot;'
	fails 1 grep -rqE '(src|href)="(https?:)?//' out/test/coverage
	! command -v xmllint >/dev/null || xmllint --html --noout out/test/coverage/index.html out/test/coverage/src/size.c.html
}

a_run_that_counted_nothing_says_so() {
	cd "$p"
	fails 2 ms test --coverage --filter nosuch
	says "$here/out" "lines 0.0 % (0 of 14)"
	fails 2 ms test --coverage --on mps2-an505
	says "$here/out" "--coverage does not go with --on: it is for tests on this computer"
	fails 2 ms test --jobs 2 --on mps2-an505
	fails 2 ms test --no-sanitize --on mps2-an505
}

# Without coverage nothing is counted, and with it and without sanitizers all is as before.
other_builds() {
	cd "$p"
	fails 0 ms test --json --coverage --no-sanitize --filter is_small
	same "$(lines src/size.c)" "3 10 [6,10,12,15,17,18,19]"
	fails 0 ms test --filter is_small
	lacks "$here/out" "lines "
}

run what_one_test_runs programs_and_tests_add_up what_ran_before_a_crash_has_run pages_show_what_did_not_run \
	a_run_that_counted_nothing_says_so other_builds
