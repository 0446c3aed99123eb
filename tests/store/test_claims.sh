# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Claims of name spaces, between servers that are real: what is signed for one counts at no other.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

ms key new developer >/dev/null 2>&1
ours=$MS_HOME/config/keys/developer.pem

# pass_on TARGET: somebody who listens at $passed, and sends all that comes on to the port or the Unix socket TARGET.
pass_on() {
	"$top/out/check/tests/fakes/linkcut" "$here/passes" "$1" -1 &
	passer=$!
	trap 'end_shop; kill "$passer" 2>/dev/null || true' EXIT
	soon test -s "$here/passes"
	passed=http://127.0.0.1:$(cat "$here/passes")
}

entries() {
	told 200 '' /v1/store
	field entries
}

# The claimer dials a bad store. That one asks the good one for a number, has it signed, and sends what was signed there.
a_claim_that_a_bad_store_passes_on_gets_it_no_token() {
	serve
	pass_on "${url##*:}"
	for _ in again and; do
		fails 10 ms login "$passed" --claim example.org
		says "$here/out" "the claim is signed for '$passed', which is none of this store's addresses"
		says "$here/out" 'ms store serve --url URL'
	done
	same "$(entries)" 1
	[ ! -e "$MS_HOME/config/stores" ]
	# The number was not used up, but what was signed cannot be sent to the good store by hand either.
	at=$passed
	same "$(claim example.org "$ours")" 403
	says "$here/body" '"title":"other-address"'
	at=
	ms -q login "$url" --claim example.org
	same "$(entries)" 3
}

behind_a_proxy_the_address_that_is_said_counts_and_no_other() {
	pass_on "$here/s"
	serve --socket "$here/s"
	fails 10 ms login "$passed" --claim example.org
	end_shop
	serve --socket "$here/s" --url "$passed/"
	fails 10 ms login "$url" --claim example.org
	ms -q login "$passed" --claim example.org
	ms -q login --remove "$passed"
}

a_name_of_this_computer_counts_for_who_is_on_it() {
	serve
	ms -q login "http://localhost:${url##*:}" --claim example.org
	ms -q login --remove "http://localhost:${url##*:}"
	at=http://LOCALHOST:${url##*:}/
	same "$(claim example.org "$ours")" 201
	same "$(claim example.org "$ours" -H 'X-Forwarded-For: 192.0.2.1')" 403
	at=http://127.0.0.1:1
	same "$(claim example.org "$ours")" 403
}

what_is_no_address_makes_no_store() {
	fails 2 ms store serve --dir "$here/made" --listen 127.0.0.1:0 --url store.example.org
	says "$here/out" "'store.example.org' is no address of a store"
	[ ! -e "$here/made" ]
	fails 2 ms store claim s store.example.org example.org 0
}

a_claim_does_not_go_over_a_network_for_all_to_read() {
	fails 2 ms login http://192.0.2.1 --claim example.org
	says "$here/out" 'https://'
}

run a_claim_that_a_bad_store_passes_on_gets_it_no_token behind_a_proxy_the_address_that_is_said_counts_and_no_other a_name_of_this_computer_counts_for_who_is_on_it \
	what_is_no_address_makes_no_store a_claim_does_not_go_over_a_network_for_all_to_read
