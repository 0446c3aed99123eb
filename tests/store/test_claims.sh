# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Claims of name spaces, between servers that are real: what is signed for one counts at no other.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

ms key new developer >/dev/null 2>&1
ours=$MS_HOME/config/keys/developer.pem

# Packages of two vendors, made once.
hello "$scratch/hello"
here=$scratch
one=$(package "$scratch/hello" 1.0.0)
cp "$one" "$scratch/one.msp"
sed -i 's/^vendor: .*/vendor: acme.example/' "$scratch/hello/ms.yaml"
package "$scratch/hello" 1.0.0 >/dev/null
cp "$scratch/hello/out/hello-1.0.0.msp" "$scratch/acme.msp"

# shop_of_own [OPTION...]: a store, a home of one's own that knows the developer key, and copies of the packages.
shop_of_own() {
	serve "$@"
	cp -R "$scratch/home" "$here/home"
	rm -rf "$here/home/config/stores"
	MS_HOME=$here/home
	cp "$scratch/one.msp" "$scratch/acme.msp" "$here"
	cd "$here"
}

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

each_name_space_has_its_own_token_and_each_verb_takes_the_vendor_s() {
	shop_of_own
	ms -q login "$url" --claim example.org
	fails 10 ms publish acme.msp
	says out "no token of 'acme.example' for '$url' is known, only of: example.org"
	says out "ms login $url --claim acme.example"
	lacks served 'POST /v1/publish'
	ms publish acme.msp --claim | grep -q 'acme.example/hello 1.0.0: published, live'
	ms publish one.msp --claim | grep -q 'example.org/hello 1.0.0: published, live'
	same "$(grep -c 'POST /v1/claims: 201' served)" 2
	ms -q yank acme.example/hello 1.0.0 --reason old
	ms -q yank example.org/hello 1.0.0 --reason old
	same "$(ms login)" "$(printf '%s  acme.example\n%s  example.org' "$url" "$url")"
	fails 10 ms token list
	says out 'several name spaces'
	ms token list --publisher acme.example >said
	same "$(wc -l <said)" 1
	fails 10 ms yank other.example/x 1.0.0 --reason old
	ms -q login --remove "$url"
	same "$(ls home/config/stores)" ''
}

a_token_is_kept_for_whose_it_is() {
	shop_of_own
	ms -q login "$url" --claim example.org
	ms -q token create --scope publish --label ci -o ci.token
	ms -q login --remove "$url"
	ms login "$url" --token-file ci.token --json >said
	says said '"publisher":"example.org"'
	ms login "$url" --token-file shop/admin-token --json >said
	says said '"publisher":"administrator"'
	# Who has one of the vendor's own does not use the administrator's.
	ms publish one.msp | grep -q 'published, live'
	fails 10 ms yank example.org/hello 1.0.0 --reason old
	says out 'refuses'
	rm home/config/stores/*example.org
	ms -q yank example.org/hello 1.0.0 --reason old
}

# As files were when one token was kept for each store.
a_file_that_does_not_say_whose_its_token_is_is_read() {
	shop_of_own
	ms -q login "$url" --claim example.org
	mv home/config/stores/*,example.org "$(echo home/config/stores/*,example.org | sed 's/,.*//')"
	same "$(ms login)" "$url"
	ms publish one.msp | grep -q 'published, live'
	ms -q token list >/dev/null
	ms publish acme.msp --claim | grep -q 'published, live'
	ms -q yank example.org/hello 1.0.0 --reason old
}

a_token_of_the_owner_lets_another_key_in() {
	shop_of_own
	ms -q login "$url" --claim example.org
	ms -q token create --scope owner --label second -o owner.token
	ms -q key new second >/dev/null 2>&1
	other=$MS_HOME/config/keys/second.pem
	fails 10 ms login "$url" --claim example.org --key "$other"
	ms -q login "$url" --claim example.org --key "$other" --token-file owner.token
	told 200 '' /v1/keys/example.org
	same "$(grep -o '"kid":' body | wc -l)" 2
	end_shop
	serve --closed
	fails 10 ms login "$url" --claim new.example
	ms -q login "$url" --claim new.example --token-file shop/admin-token
	fails 2 ms login "$url" --remove --token-file owner.token
}

an_administrator_s_token_is_renewed_while_the_store_is_served() {
	shop_of_own
	cp shop/admin-token before
	ms -q login "$url" --token-file before
	ms -q token create --scope owner --label made -o made
	ms -q store administrator shop/admin-token --renew --dir shop
	same "$(stat -c %a shop/admin-token)" 600
	for old in before made; do
		told 401 not-authorised /v1/tokens $(with "$(cat "$old")")
	done
	told 200 '' /v1/tokens $(with "$(cat shop/admin-token)")
	same "$(grep -o '"id":' body | wc -l)" 1
	# Neither a token that counts no more nor that of a name space is an administrator's.
	cp shop/admin-token after
	fails 10 ms store administrator before --renew --dir shop
	ms -q login "$url" --claim example.org
	ms -q token create --scope owner --label x --publisher example.org -o owner.token
	fails 10 ms store administrator owner.token --renew --dir shop
	says out "no administrator's token of this store"
	cmp after shop/admin-token
	end_shop
	ms -q store administrator shop/admin-token --renew --dir shop
	fails 7 ms store administrator shop/admin-token --renew --dir nowhere
	serve
	told 200 '' /v1/tokens $(with "$(cat shop/admin-token)")
}

run a_claim_that_a_bad_store_passes_on_gets_it_no_token behind_a_proxy_the_address_that_is_said_counts_and_no_other a_name_of_this_computer_counts_for_who_is_on_it \
	what_is_no_address_makes_no_store a_claim_does_not_go_over_a_network_for_all_to_read each_name_space_has_its_own_token_and_each_verb_takes_the_vendor_s \
	a_token_is_kept_for_whose_it_is a_file_that_does_not_say_whose_its_token_is_is_read a_token_of_the_owner_lets_another_key_in an_administrator_s_token_is_renewed_while_the_store_is_served
