#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/05-posix does what its README says.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

it_tells_readings_on_the_board_until_the_alarm() {
	example 05-posix
	timeout 60 ms run --fast >"$here/out"
	in_order "$here/out" "it is 20 degrees" "it is 21 degrees" "it is 22 degrees" " readings" "weather ended with status 0" "all services have ended"
	[ "$(grep -c 'degrees' "$here/out")" -ge 9 ]
}

its_tests_pass_in_each_order_that_is_tried() {
	example 05-posix
	ms test --schedules 20 >"$here/out"
	says "$here/out" "1 test: 1 passed"
}

whatever_cannot_be_had_it_comes_to_its_end() {
	example 05-posix
	fails 0 ms test --faults
	says "$here/out" "1 test: 1 passed"
}

# A test that cannot fail is none: the consumer is not told.
its_tests_notice_a_lost_wake_up() {
	example 05-posix
	sed -i '/r->at\[r->put++/{n;d}' src/readings.c
	fails 4 ms test
	says "$here/out" "it_tells_each_reading_until_the_alarm"
}

it_makes_a_package() {
	example 05-posix
	packs .
}

run it_tells_readings_on_the_board_until_the_alarm its_tests_pass_in_each_order_that_is_tried whatever_cannot_be_had_it_comes_to_its_end \
	its_tests_notice_a_lost_wake_up it_makes_a_package
