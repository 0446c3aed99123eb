#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/01-hello does what its README says.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

it_greets_and_ends_on_the_board() {
	example 01-hello
	timeout 60 ms run --fast >"$here/out"
	in_order "$here/out" "hello     info     Hello, world" "the device has been up for 00:00:03" "hello ended with status 0" "all services have ended"
}

its_tests_pass() {
	example 01-hello
	ms test >"$here/out"
	says "$here/out" "3 tests: 3 passed"
}

# A test that cannot fail is none.
its_tests_notice_a_mistake() {
	example 01-hello
	sed -i 's/sec % 60/sec % 61/' src/duration.c
	fails 4 ms test
	says "$here/out" "seconds_carry_into_minutes_and_hours"
}

it_makes_a_package() {
	example 01-hello
	packs .
}

run it_greets_and_ends_on_the_board its_tests_pass its_tests_notice_a_mistake it_makes_a_package
