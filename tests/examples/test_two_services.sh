#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/04-two-services does what its README says: calls in all ways, a deadline, a server that dies and comes back.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

the_client_calls_and_outlives_the_server() {
	example 04-two-services
	timeout 60 ms run --fast --until "client ended" >"$here/out"
	in_order "$here/out" \
		"client    info     add 1: the sum is 1" \
		"add 2: the sum is 3" \
		"add 40: the sum is 40" \
		"add 3: the sum is 6" \
		"the checksum of \"123456789\" is cbf43926" \
		"no answer within 100 ms: going on" \
		"server    fault    write to memory that is not its own at 0x00000000" \
		"in make_a_mistake at server/src/main.c:" \
		"server restart 1 in 100 ms" \
		"the server has died: connecting again" \
		"add 7: the sum is 7" \
		"client ended with status 0"
	lacks "$here/out" " error "
}

what_is_not_granted_cannot_be_called() {
	example 04-two-services
	sed -i 's/ipc: \[ counter, checksum \]/ipc: [ counter ]/' product.yaml
	timeout 60 ms run --fast --timeout 10 >"$here/out" 2>"$here/err" || true
	says "$here/err" "product.yaml:9:20: 'client' asks for 'checksum', which the product does not grant"
	in_order "$here/out" "add 3: the sum is 6" "client    fault"
	lacks "$here/out" "cbf43926"
}

what_does_not_fit_is_refused_by_name() {
	example 04-two-services
	sed -i 's/sid: 0x48000401, version: 1 }/sid: 0x48000401, version: 2 }/' client/ms.yaml
	fails 8 ms run --fast --timeout 3
	says "$here/out" "'client' asks for 'counter' in version 2, and 'server' provides version 1"
	fails 8 ms run --fast --timeout 3 client
	says "$here/out" "'client' asks for 'counter' (sid 0x48000401), which no service here provides"
	sed -i 's/ipc: \[ counter, checksum \]/ipc: [ counter, led ]/' product.yaml
	fails 8 ms run --fast --timeout 3
	says "$here/out" "'client' is granted 'led', which it does not ask for"
}

projects_and_packages_run_together_without_a_product() {
	example 04-two-services
	timeout 60 ms run --fast --until "client ended" server client >"$here/out" 2>"$here/err"
	says "$here/err" "granted as requested: client may call counter of server, client may call checksum of server"
	says "$here/out" "add 7: the sum is 7"
	packs server
	packs client
	timeout 60 ms run --fast --until "client ended" server/out/*.msp client/out/*.msp >"$here/out"
	says "$here/out" "add 7: the sum is 7"
}

its_tests_pass() {
	example 04-two-services
	ms test server >"$here/out"
	says "$here/out" "5 tests: 5 passed"
	ms test client >"$here/out"
	says "$here/out" "5 tests: 5 passed"
}

# `ms new --template server`: what a service that others call begins with.
the_template_of_a_server_is_one() {
	cd "$here"
	ms new --template server door-bell >"$here/out"
	ms -C door-bell test >"$here/out"
	says "$here/out" "2 tests: 2 passed"
	packs door-bell
	ms inspect door-bell/out/*.msp >"$here/out"
	says "$here/out" "greeter  sid 0x48001000  version 1  connections yes  policy strict"
}

both_have_the_same_interface() {
	cmp examples/04-two-services/server/include/counter.h examples/04-two-services/client/include/counter.h
}

run the_client_calls_and_outlives_the_server what_is_not_granted_cannot_be_called what_does_not_fit_is_refused_by_name \
	projects_and_packages_run_together_without_a_product its_tests_pass the_template_of_a_server_is_one both_have_the_same_interface
