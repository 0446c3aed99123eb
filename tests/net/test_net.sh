#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sockets on the PC and on emulated boards, by the loopback service.
#
#   BOARD=mps2-an386 TARGET=v7em sh tests/net/test_net.sh     # on this board only
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

# copies: the services as they lie in the tree, in $here.
copies() {
	mkdir -p "$here/services" "$here/tests"
	cp -R "$top/services/net-loopback" "$top/services/net-weather" "$here/services"
	cp -R "$top/tests/net" "$here/tests"
	find "$here" -name out -prune -exec rm -rf {} +
	cd "$here/tests/net"
}

# passes SERVICE COUNT: its own tests on the PC, so many.
passes() {
	ms -C "$1" test >out 2>&1 || { cat out; return 1; }
	says out "$2 passed"
	lacks out failed
}

every_call_does_and_refuses_what_posix_says() { copies; passes sockets 7; }
services_talk_die_and_flood() { copies; passes listener 2; }
a_bad_network_loses_and_delays() { copies; passes storm 6; }
sockets_outlive_the_network() { copies; passes survivor 1; }
what_was_not_granted_is_said() { copies; passes alone 1; }

# runs BOARD TARGET UNTIL SERVICE...: each is built for that target only.
runs() {
	board=$1 target=$2 until=$3
	shift 3
	for each; do echo "targets: [ $target ]" >>"$each/ms.yaml"; done
	timeout 100 ms run --fast --board "$board" --timeout 60 --until "$until" "$@" >out 2>&1 || { cat out; return 1; }
}

sockets_on() {
	copies
	runs "$1" "$2" 'sockets ended' sockets ../../services/net-loopback
	says out ' 0 failed'
	lacks out FAILED
}

services_on() {
	copies
	runs "$1" "$2" 'caller ended' listener caller ../../services/net-loopback
	in_order out 'first life' 'one was reset' 'second life' 'caller ended with status 0'
}

weather_on() {
	copies
	runs "$1" "$2" 'storm ended' ../../services/net-weather storm ../../services/net-loopback
	in_order out 'up to 30 more: so be it' ' of 200 came' 'stream: 300 bytes came, 0 wrong, late' 'storm ended with status 0'
	lacks out ' 200 of 200 came'
}

nothing_granted_on() {
	copies
	runs "$1" "$2" 'alone ended' alone
	in_order out "error    no network: the product grants no 'network'" 'the network is down' 'alone ended with status 0'
}

# hello FOLDER: there is the field's hello world, as it is.
hello() {
	mkdir -p "$1/src"
	cp "$top/tests/golden/field-hello.c" "$1/src/main.c"
}

the_field_s_hello_world_passes_its_test() {
	copies
	hello field
	passes field 4
}

hello_on() {
	copies
	hello field
	runs "$1" "$2" 'caller ended' field listener caller ../../services/net-loopback
	in_order out 'Hello, field' 'Hello from a thread'
	in_order out 'one has come' 'second life' 'caller ended with status 0'
	lacks out 'field    fault'
}

# In a project as `ms new` makes it, which asks for no network.
the_field_s_hello_world_in_a_new_project() {
	cd "$here"
	ms new plain >made
	hello plain
	timeout 60 ms -C plain run --fast --timeout 10 >out 2>&1 || true
	in_order out 'Hello, field' "no network: the product grants no 'network'"
	in_order out 'Hello, field' 'Hello from a thread'
	lacks out fault
}

on_a_board_with_pmsav7() { sockets_on mps2-an386 v7em; }
services_on_a_board() { services_on mps2-an386 v7em; }
the_field_s_hello_world_on_a_board() { hello_on mps2-an386 v7em; }
bad_weather_on_a_board() { weather_on mps2-an386 v7em; }
nothing_granted_on_a_board() { nothing_granted_on mps2-an386 v7em; }

if [ -z "${BOARD:-}" ]; then
	run every_call_does_and_refuses_what_posix_says services_talk_die_and_flood sockets_outlive_the_network a_bad_network_loses_and_delays \
		what_was_not_granted_is_said \
		on_a_board_with_pmsav7 services_on_a_board nothing_granted_on_a_board bad_weather_on_a_board \
		the_field_s_hello_world_passes_its_test the_field_s_hello_world_on_a_board the_field_s_hello_world_in_a_new_project
else
	the_same_on_this_board() { sockets_on "$BOARD" "${TARGET:?}"; }
	services_on_this_board() { services_on "$BOARD" "${TARGET:?}"; }
	hello_on_this_board() { hello_on "$BOARD" "${TARGET:?}"; }
	weather_on_this_board() { weather_on "$BOARD" "$TARGET"; }
	run the_same_on_this_board services_on_this_board weather_on_this_board hello_on_this_board
fi
