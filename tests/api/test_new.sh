# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# From a header alone to a provider and a client that talk, and what becomes of them when the header changes.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# header PARAMETERS [MORE]: that of an adder.
header() {
	cat <<-END
	/* Adds numbers. */
	#include <stdint.h>
	#include <psa/error.h>

	psa_status_t adder_add($1);
	${2:-}
	END
}

# pair: the provider 'adder', which adds, and its client 'caller', in $here.
pair() {
	cd "$here"
	header 'int32_t a, int32_t b, int32_t *sum' >adder.h
	ms -q new adder --interface adder.h >/dev/null
	ms -q new caller --uses adder >/dev/null
	sed -i 's/\*sum = 0;/*sum = a + b;/' adder/src/adder.c
	cat >caller/src/main.c <<-'END'
	#include <stdio.h>
	#include "adder.h"
	int main(void)
	{
		int32_t sum = 0;
		psa_status_t status = adder_add(40, 2, &sum);

		printf("adder_add says %d: %d\n", (int)status, (int)sum);
	}
	END
	sed -i 's/"adder_add")/"adder_add says 0: 42")/' caller/tests/test_with_provider.c
}

both_run() {
	timeout 100 ms -q run --fast --timeout 5 "$@" >"$here/said" 2>&1
	says "$here/said" "adder_add says 0: 42"
}

three_commands_are_enough() {
	pair
	ms test adder >"$here/said"
	says "$here/said" "a_client_gets_answers"
	ms test caller >/dev/null
	both_run adder caller
}

each_function_that_can_cross_does() {
	cd "$here"
	ms -q new good --interface "$top/tests/api/headers/good.h" >/dev/null
	ms -q new user --uses good >/dev/null
	ms test good >"$here/said"
	says "$here/said" "21 passed"
	ms test user >/dev/null
	ms test --fuzz good --time 3 good >/dev/null
}

# The client was built with the header as it was.
a_changed_header_wants_a_version() {
	pair
	ms -q package caller >/dev/null
	both_run adder caller/out/caller-1.0.0.msp
	sed -i 's/int32_t a, int32_t b/int32_t a, int64_t b/' adder/include/adder.h adder/src/adder.c
	fails 8 ms -q run --timeout 5 adder caller/out/caller-1.0.0.msp
	says "$here/out" "by another header than 'adder' has, and both say version 1"
	sed -i 's/version: 1, conn/version: 2, conn/' adder/ms.yaml
	fails 8 ms -q run --timeout 5 adder caller/out/caller-1.0.0.msp
	says "$here/out" "in version 1, and 'adder' provides version 2"
	ms -q build caller >/dev/null
	both_run adder caller
}

comments_and_names_are_no_change() {
	pair
	ms -q package caller >/dev/null
	sed -i 's/Adds numbers/Adds two numbers/; s/int32_t a, int32_t b/int32_t first, int32_t second/' adder/include/adder.h
	both_run adder caller/out/caller-1.0.0.msp
}

an_old_client_calls_a_new_server() {
	pair
	ms -q package caller >/dev/null
	header 'int32_t a, int32_t b, int32_t *sum' 'psa_status_t adder_clear(void);' >adder/include/adder.h
	echo 'psa_status_t adder_clear(void) { return PSA_SUCCESS; }' >>adder/src/adder.c
	sed -i 's/version: 1, conn/version: 2, version-policy: relaxed, conn/' adder/ms.yaml
	both_run adder caller/out/caller-1.0.0.msp
}

a_new_client_is_kept_from_an_old_server() {
	pair
	ms -q package adder >/dev/null
	sed -i 's/version: 1, conn/version: 2, version-policy: relaxed, conn/' adder/ms.yaml
	fails 8 ms -q run --timeout 5 adder/out/adder-1.0.0.msp caller
	says "$here/out" "in version 2"
}

what_cannot_cross_stops_the_build() {
	pair
	sed -i 's/int32_t \*sum)/int32_t *sum, ...)/' adder/include/adder.h
	fails 3 ms build adder
	says "$here/out" "adder/include/adder.h:5:14: adder_add cannot cross"
	fails 3 ms new other --interface adder/include/adder.h
	[ ! -e other ]
}

a_build_without_changes_does_nothing() {
	pair
	ms -q build adder >/dev/null
	ms --json build adder >"$here/said"
	says "$here/said" '"steps":0'
	touch adder/include/adder.h
	before=$(sha256sum <adder/out/v7em/adder.img)
	ms -q build adder >/dev/null
	same "$(sha256sum <adder/out/v7em/adder.img)" "$before"
}

# mocked TEST EXPECTED: a test program whose mock stands for the adder while the client runs.
mocked() {
	cat >caller/tests/test_mocked.c <<-END
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <cmocka.h>

	#include <ms/sim.h>

	#include "adder_mock.c"

	static void $1(void **state)
	{
		struct sim *sim = *state;

		expect_value(adder_add, a, $2);
		expect_value(adder_add, b, 2);
		will_return(adder_add, PSA_SUCCESS);
		will_return(adder_add, 5);
		sim_run(sim, "caller", 1000);
		assert_log(sim, "caller", "adder_add says 0: 5");
	}

	int main(void)
	{
		const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown($1, sim_setup, sim_teardown) };

		return cmocka_run_group_tests(tests, NULL, NULL);
	}
	END
}

a_mock_stands_for_the_provider() {
	pair
	mocked the_sum_is_told 40
	ms test --filter test_mocked caller >said
	says said "passed    the_sum_is_told"
	mocked something_else_is_asked 41
	fails 4 ms test --filter test_mocked caller
	says "$here/out" "failed    something_else_is_asked"
	says "$here/out" "Check of parameter a, function adder_add failed"
	fails 4 ms test --in-process --filter test_mocked caller
	says "$here/out" "failed    something_else_is_asked"
}

on_a_board_it_does_so_too() {
	pair
	ms test --on mps2-an385 --filter test_calls caller >said
	says said "passed    a_failure_of_adder_add_is_told"
}

misuse_is_told() {
	cd "$here"
	fails 2 ms new both --interface x.h --uses b
	says "$here/out" "three ways to begin"
	ms -q new plain >/dev/null
	fails 3 ms new client --uses plain
	says "$here/out" "provides no interface that has a C header"
	fails 1 ms new client --interface nowhere.h
}

run three_commands_are_enough each_function_that_can_cross_does a_changed_header_wants_a_version comments_and_names_are_no_change \
	an_old_client_calls_a_new_server a_new_client_is_kept_from_an_old_server what_cannot_cross_stops_the_build a_build_without_changes_does_nothing \
	a_mock_stands_for_the_provider on_a_board_it_does_so_too misuse_is_told
