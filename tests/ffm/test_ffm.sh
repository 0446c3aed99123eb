#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Partitions written from the specification alone (server/, functions/, client/, driver/, corners/) compile, run on a board
# and in simulation, and find what the framework promises.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

partitions() {
	cp -R "$top/tests/ffm/server" "$top/tests/ffm/functions" "$top/tests/ffm/client" "$top/tests/ffm/driver" "$here"
	find "$here" -name out -prune -exec rm -rf {} +
	cd "$here"
}

every_promise_holds_on_a_board() {
	partitions
	timeout 60 ms run --fast --until "client restart 1" server functions client >"$here/said" 2>"$here/err"
	says "$here/err" "client may call FFM_SECRET of server, client may call FFM_ADD of server, client may call FFM_DOUBLE of functions"
	says "$here/said" "all was tried"
	same "$(grep -c ': holds$' "$here/said")" 23
	lacks "$here/said" BROKEN
	says "$here/said" "client     fault    breach of the message protocol"
}

every_promise_holds_in_simulation() {
	partitions
	ms test client >"$here/said"
	says "$here/said" "1 test: 1 passed"
}

# Its region is open, its interrupt a signal; what the framework calls a programmer error stops it.
a_driver_has_its_region_and_its_interrupt() {
	partitions
	timeout 60 ms run --fast --until "driver restart 1" driver >"$here/said" 2>"$here/err"
	says "$here/said" "all was tried"
	same "$(grep -c ': holds$' "$here/said")" 8
	lacks "$here/said" BROKEN
	says "$here/said" "driver    fault    breach of the message protocol"
}

# What the specification says of ends, empty vectors and each status; one mistake a life, of which none is survived.
every_corner_holds_and_no_mistake_is_survived() {
	cp -R "$top/tests/ffm/corners" "$here"
	find "$here" -name out -prune -exec rm -rf {} +
	cd "$here/corners"
	timeout 60 ms run --fast --until "all was tried" >"$here/said" 2>"$here/err"
	says "$here/said" "all was tried"
	same "$(grep -c ': holds$' "$here/said")" 24
	lacks "$here/said" BROKEN
	same "$(grep -c '^ *[0-9.]* *server *fault *breach of the message protocol$' "$here/said")" 21
	same "$(grep -A1 ' stops: ' "$here/said" | grep -c 'client *fault *breach of the message protocol$')" 24
}

# What is not ours is all that they include.
they_know_no_header_of_this_sdk() {
	same "$(sed -n 's/^#include *[<"]\(.*\)[>"]/\1/p' tests/ffm/*/src/*.c tests/ffm/corners/*/src/*.c | grep -v '^psa/\|^psa_manifest/\|^std[a-z]*\.h$\|^string\.h$')" ""
}

a_partition_without_the_others_is_told_what_is_missing() {
	partitions
	rm -r server
	fails 3 ms build client
	says "$here/out" "no project beside this one provides 'FFM_SECRET'"
	says "$here/out" "client/ffm_client.json"
}

run every_promise_holds_on_a_board every_promise_holds_in_simulation every_corner_holds_and_no_mistake_is_survived \
	a_driver_has_its_region_and_its_interrupt they_know_no_header_of_this_sdk a_partition_without_the_others_is_told_what_is_missing
