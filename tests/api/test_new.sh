# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# From a header alone to a provider and a client that talk, on the PC and on boards with each kind of memory protection.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/api/adder.sh

three_commands_are_enough() {
	pair
	ms test adder >"$here/said"
	says "$here/said" "a_client_gets_answers"
	ms test caller >/dev/null
	both_run --board mps2-an385 adder caller
	both_run --board mps2-an505 adder caller
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

# mocked TEST EXPECTED: a test program whose mock stands for the adder while the client runs.
mocked() {
	test_program caller/tests/test_mocked.c "$1" adder_mock.c <<-END
		expect_value(adder_add, a, $2);
		expect_value(adder_add, b, 2);
		will_return(adder_add, PSA_SUCCESS);
		will_return(adder_add, 5);
		sim_run(sim, "caller", 1000);
		assert_log(sim, "caller", "adder_add says 0: 5");
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

# What a mock compares and gives is copied there as on the PC: data, arrays, structs with more members than registers.
what_a_mock_copies_is_the_same_on_a_board() {
	cd "$here"
	ms -q new good --interface "$top/tests/api/headers/good.h" >/dev/null
	ms -q new user --uses good >/dev/null
	test_program user/tests/test_copies.c memory_goes_both_ways good_mock.c <<-'END'
		const uint8_t sent[] = { 1, 2, 3 }, made[32] = { 4, 5, 6, [31] = 7 };
		const struct point a = { 1, 2 }, b = { 3, 4 }, middle = { 2, 3 };
		uint8_t digest[32], data[8];
		size_t length = 0;

		(void)sim;
		expect_value(good_hash, data_size, sizeof(sent));
		expect_memory(good_hash, data, sent, sizeof(sent));
		will_return(good_hash, PSA_SUCCESS);
		will_return(good_hash, (uintptr_t)made);
		assert_int_equal(good_hash(sent, sizeof(sent), digest), PSA_SUCCESS);
		assert_memory_equal(digest, made, sizeof(made));

		expect_memory(good_mid, &a, &a, sizeof(a));
		expect_memory(good_mid, &b, &b, sizeof(b));
		will_return(good_mid, (uintptr_t)&middle);
		struct point m = good_mid(a, b);
		assert_memory_equal(&m, &middle, sizeof(m));

		expect_string(good_name, text, "who");
		will_return(good_name, PSA_SUCCESS);
		will_return(good_name, 5);
		will_return(good_name, (uintptr_t)made);
		assert_int_equal(good_name("who", data, sizeof(data), &length), PSA_SUCCESS);
		assert_int_equal(length, 5);
		assert_memory_equal(data, made, length);
	END
	ms test --filter test_copies user >said
	says said "passed    memory_goes_both_ways"
	ms test --on mps2-an385 --filter test_copies user >said
	says said "passed    memory_goes_both_ways"
}

# Nothing of its project is there: the header comes out of what the provider signed.
a_package_is_enough_for_a_client() {
	pair
	ms -q package adder >/dev/null
	mkdir shop
	cp adder/out/adder-1.0.0.msp shop
	rm -r adder caller
	ms -q new caller --uses shop/adder-1.0.0.msp >said
	says said "caller/include/adder.h"
	says caller/ms.yaml "header: include/adder.h }"
	ms test caller >said
	says said "passed    adder_add_is_called"
	( cd caller && timeout 100 ms -q run --fast --timeout 15 --board mps2-an385 ../shop/adder-1.0.0.msp . ) >said 2>&1
	says said "adder_add: 0"
	printf x | dd of=shop/adder-1.0.0.msp bs=1 seek=3000 conv=notrunc 2>/dev/null
	fails 7 ms new again --uses shop/adder-1.0.0.msp
	[ ! -e again ]
	hello plain
	printf 'all\n' >plain/LICENSE
	ms -q package plain >/dev/null
	fails 3 ms new again --uses plain/out/hello-1.0.0.msp
	says "$here/out" "holds no interface with its C header"
}

misuse_is_told() {
	cd "$here"
	fails 2 ms new both --interface x.h --uses b
	says "$here/out" "four ways to begin"
	ms -q new plain >/dev/null
	fails 3 ms new client --uses plain
	says "$here/out" "provides no interface that has a C header"
	fails 1 ms new client --interface nowhere.h
	says "$here/out" "there is no 'nowhere.h'"
	says "$here/out" "name the C header"
	fails 1 ms new client --uses nobody
	says "$here/out" "there is no 'nobody'"
	says "$here/out" "name the folder of the provider"
	[ ! -e client ]
}

run three_commands_are_enough each_function_that_can_cross_does a_mock_stands_for_the_provider on_a_board_it_does_so_too what_a_mock_copies_is_the_same_on_a_board \
	a_package_is_enough_for_a_client misuse_is_told
