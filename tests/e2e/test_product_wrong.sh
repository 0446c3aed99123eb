#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What may be wrong around a product, tried on all of its commands alike: each says what, where and what to do, and leaves everything as it was.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh

# refused STATUS TEXT COMMAND...: as a person and as a program read it; nothing on the other stream, one result, no file changed.
refused() {
	status=$1 text=$2 got=0
	shift 2
	unchanged "$status" ms product "$@" --json
	same "$(grep -c '"type":"result"' "$here/out")" 1
	tail -n 1 "$here/out" >"$here/last"
	says "$here/last" "{\"v\":1,\"type\":\"result\",\"verb\":\"product\",\"ok\":false,\"exit\":$status,\"error\":{"
	ms product "$@" >"$here/stdout" 2>"$here/out" || got=$?
	same "$got $(wc -c <"$here/stdout")" "$status 0"
	says "$here/out" "$text"
	says "$here/out" "fix: "
}

# all_refused STATUS TEXT: by commands that read the product, and by those that change it.
all_refused() {
	for command in check "add $shelf/server.msp"; do
		# shellcheck disable=SC2086 # its words
		refused "$1" "$2" $command
	done
}

a_board_that_is_none_is_wrong_where_the_product_names_it() {
	both
	sed -i 's/^board: .*/board: mps2-an368/' product.yaml
	all_refused 3 "product.yaml:5:8: there is no board 'mps2-an368' [MS1110]"
	says "$here/out" "did you mean 'mps2-an386'?"
	fails 3 ms run
}

a_package_that_is_spoiled_or_gone_is_named_where_the_product_names_it() {
	both
	file=packages/alpha.example-server-1.0.0.msp
	printf '\001' | dd of="$file" bs=1 seek=9000 conv=notrunc 2>/dev/null
	all_refused 7 "product.yaml:9:14: '"
	says "$here/out" "put the package back as it was added"
	: >"$file"
	refused 7 "product.yaml:9:14: '" check
	rm "$file"
	refused 1 "product.yaml:9:14: cannot open '" check
	says "$here/out" "'ms install' gets it from a store"
	says "$here/out" "put the package there, or take these lines out"
}

# It is the way out: one that is spoiled can be taken out while the others are, too, and what these were locked as stays.
a_package_that_is_spoiled_gone_or_believed_no_more_can_be_taken_out() {
	both
	server=packages/alpha.example-server-1.0.0.msp client=packages/beta.example-client-1.0.0.msp
	locked=$(grep client product.lock)
	cp -R . "$here/whole"
	for spoil in "echo x >>$server && echo x >$client" "rm $server $client" "rm trust/*" "rm -r packages"; do
		rm -rf "$here/p" && cp -R "$here/whole" "$here/p" && cd "$here/p"
		eval "$spoil"
		unchanged 2 ms product remove serve
		says "$here/out" "did you mean 'server'?"
		ms product remove server >"$here/out"
		lacks product.yaml alpha.example
		same "$(grep -v runtime product.lock | sed 1,2d)" "$locked"
		ms product remove "$client" >"$here/out"
		says "$here/out" "client: out of the product"
		says product.yaml 'services: []'
		lacks product.lock package
	done
}

# A second instance of it is locked by the same line, and the first one's name was the shorter one.
what_another_instance_needs_stays_locked() {
	both
	sed -i 's/^\(  - package: .*server.*\)/\1\n\1/' product.yaml
	rm packages/alpha.example-server-1.0.0.msp
	cp product.lock "$here/lock"
	ms product remove server-2 >"$here/out"
	cmp product.lock "$here/lock"
	ms product remove server >"$here/out"
	lacks product.lock server
}

# Nothing was locked, nothing can be read: its file's name is left.
without_a_lock_it_is_named_by_its_file() {
	both
	rm product.lock
	echo x >packages/beta.example-client-1.0.0.msp
	unchanged 2 ms product remove client
	says "$here/out" "'beta.example-client-1.0.0.msp'"
	ms product remove beta.example-client-1.0.0.msp >"$here/out"
	lacks product.yaml beta.example
	[ ! -e product.lock ]
}

# Or else what the product believes would be decided by who builds it.
something_else_in_the_place_of_its_trust_believes_nobody() {
	both
	ms -q key trust "$shelf/server.pem" --vendor alpha.example
	ms -q key trust "$shelf/client.pem" --vendor beta.example
	mv trust "$here/trust"
	for file in 'echo nobody >trust' 'ln -s nowhere trust'; do
		rm -f trust
		sh -c "$file"
		all_refused 7 "'trust' is not the folder of keys that the product believes [MS1509]"
	done
	rm trust
	cp -R "$here/trust" trust
	echo 'nonsense' >"trust/$(ms key show "$shelf/server.pem" | sed -n 's/^key *//p').pem"
	refused 7 "put the public key of its developer back into 'trust'" check
	fails 7 ms product check
	says "$here/out" ".pem:1: the role is missing"
}

# A grant by a name of the client's own choosing would not say what is granted.
an_interface_goes_by_the_name_of_its_provider() {
	echo 'int main(void) { return 0; }' | project vault vault
	echo 'provides: [ { name: unlock, sid: 0x48000999, version: 1, connections: false } ]' >>vault/ms.yaml
	echo 'int main(void) { return 0; }' | project liar liar
	echo 'requests: { ipc: [ { name: clock, sid: 0x48000999, version: 1, connections: false } ] }' >>liar/ms.yaml
	ms -q package vault -o "$here/vault.msp" >"$here/log" 2>&1
	ms -q package liar -o "$here/liar.msp" >"$here/log" 2>&1
	rm -rf vault liar
	product
	ms -q product add "$here/vault.msp" "$here/liar.msp" --trust "$MS_HOME/config/keys/developer.pem" >"$here/out"
	ms -q product grant liar clock >"$here/out"
	for command in build "explain liar"; do
		# shellcheck disable=SC2086 # its words
		refused 8 "product.yaml:11:20: 'liar' asks for 'clock' by the sid 0x48000999, which is that of 'unlock' of 'vault' [MS1715]" $command
	done
}

two_providers_of_one_interface_are_named_with_a_place() {
	both
	sed -i 's/^\(  - package: .*server.*\)/\1\n\1/' product.yaml
	ms -q lock >"$here/out"
	refused 8 "product.yaml:10:5: 'counter' of 'server-2' and 'counter' of 'server' have the same sid" check
}

# It may hold a setting's value, and lie elsewhere.
the_file_keeps_its_mode_and_stays_a_link() {
	both
	mkdir kept
	mv product.yaml kept/door.yaml
	chmod 600 kept/door.yaml
	ln -s kept/door.yaml product.yaml
	ms -q product revoke client counter >"$here/out"
	[ -L product.yaml ]
	same "$(stat -c %a kept/door.yaml)" 600
	lacks kept/door.yaml counter
}

a_picture_that_cannot_be_written_leaves_no_half_result() {
	both
	refused 1 "cannot create 'nowhere/layout.svg'" layout --svg nowhere/layout.svg
}

# A key that is believed for one vendor's products, and has signed another's.
an_integrators_key_counts_for_its_vendor_alone() {
	both
	as maker ms -q key new integrator
	as maker ms -q product build >"$here/log"
	as maker ms key export integrator >"$here/maker.pem"
	as reader ms -q key trust "$here/maker.pem" --role integrator --vendor other.example
	fails 7 as reader ms product verify
	says "$here/out" "may sign for 'other.example', not for 'acme.example' [MS1508]"
	as reader ms -q key trust "$here/maker.pem" --role integrator --vendor acme.example
	as reader ms -q product verify >"$here/log"
}

shelf
run an_integrators_key_counts_for_its_vendor_alone a_board_that_is_none_is_wrong_where_the_product_names_it \
	a_package_that_is_spoiled_or_gone_is_named_where_the_product_names_it \
	a_package_that_is_spoiled_gone_or_believed_no_more_can_be_taken_out \
	what_another_instance_needs_stays_locked \
	without_a_lock_it_is_named_by_its_file \
	something_else_in_the_place_of_its_trust_believes_nobody \
	an_interface_goes_by_the_name_of_its_provider \
	two_providers_of_one_interface_are_named_with_a_place \
	the_file_keeps_its_mode_and_stays_a_link \
	a_picture_that_cannot_be_written_leaves_no_half_result
