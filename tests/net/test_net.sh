#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sockets on the PC and on emulated boards, by the loopback service.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

# copies: the services as they lie in the tree, in $here; each is built for the board's target only.
copies() {
	mkdir -p "$here/services" "$here/tests"
	cp -R "$top/services/net-loopback" "$here/services"
	cp -R "$top/tests/net" "$here/tests"
	find "$here" -name out -prune -exec rm -rf {} +
	cd "$here/tests/net"
}

# one_target TARGET SERVICE...
one_target() {
	target=$1
	shift
	for each; do echo "targets: [ $target ]" >>"$each/ms.yaml"; done
}

on_the_pc() {
	copies
	ms -C sockets test >out 2>&1 || { cat out; return 1; }
	says out '1 test: 1 passed'
}

# on_board BOARD TARGET
on_board() {
	copies
	one_target "$2" sockets ../../services/net-loopback
	timeout 100 ms run --fast --board "$1" --timeout 60 --until 'sockets ended' sockets ../../services/net-loopback >out 2>&1 || { cat out; return 1; }
	says out ' 0 failed'
	lacks out FAILED
}

with_pmsav7() { on_board mps2-an386 v7em; }

run on_the_pc with_pmsav7
