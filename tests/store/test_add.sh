# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# ms search, add, install and audit against a real store, its mirror, and what is left when both are gone.
# Nothing waits for a time: a store that is stopped has ended before it is asked for, and one that is started has said that it is ready.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# The publisher's home is $scratch/home.
two_packages
publishers=$MS_HOME

# begun: a store with the first version; then a product of somebody else, who trusts the store's key, and is told the id of the developer's.
begun() {
	serve
	MS_HOME=$publishers
	same "$(claim example.org "$publishers/config/keys/developer.pem")" 201
	token=$(field token)
	publish "$scratch/one.msp"
	kid=$(sed 's/.*"kid":"\([0-9a-f]*\)".*/\1/' "$here/shop/index/he/ll/example.org/hello")
	MS_HOME=$here/home
	ms -q key trust --store "$(log_key)"
	mkdir "$here/door"
	cd "$here/door"
	ms -q product init --board mps2-an386 --vendor acme.example
	MS_STORE=$url
	export MS_STORE
}

publish() {
	same "$(ask /v1/publish $(with "$token") --data-binary "@$1")" 201
}

state() {
	told 200 '' "/v1/services/example.org/hello/$1/state" $(with "$token") -d "$2"
}

log_key() {
	sed 's/.*"key":"\([^"]*\)".*/\1/' "$here/shop/index/config.json"
}

a_service_is_found_added_and_verified_with_the_store_gone() {
	begun
	ms search hel >../found
	says ../found 'example.org/hello 1.0.0'
	ms search nothing-of-that-name >../found
	says ../found "nothing is found for 'nothing-of-that-name'"
	ms search hel --fits . --json >../found
	says ../found '"fits":true'
	ms add example.org/hello --dry-run >../said
	says ../said 'fits: v7em'
	[ ! -e packages ]
	# Whoever mistypes a name is told which one is near, or how to look for it.
	fails 1 ms add example.org/helo
	says ../out "did you mean 'example.org/hello'?"
	fails 1 ms add exmple.org/hello
	says ../out "'ms search he' finds"
	# Whoever signed it is not trusted yet, and the way to that is said.
	fails 7 ms add example.org/hello
	says ../out "--trust $kid"
	fails 7 ms add example.org/hello --trust 0123456789abcdef
	says ../out "the log names the key $kid for example.org/hello 1.0.0, not 0123456789abcdef"
	[ ! -e packages ] && [ ! -e product.lock ]
	ms add example.org/hello --trust "$kid" >../said
	says ../said "from now on trusted for example.org"
	end_shop
	rm -rf "$here/shop"
	unset MS_STORE
	ms product check >../said
	ms verify packages/example.org-hello-1.0.0.msp --key trust/*.pem >../said 2>&1 || { cat ../said; return 1; }
	says ../said "log: entry 3 of"
}

# Nothing is set up: a store is served, a project is published into it, and somebody with another home takes it into a product.
three_commands_are_enough() {
	serve
	mkdir "$here/theirs"
	cp -R "$scratch/hello" "$here/theirs"
	cp -R "$publishers" "$here/home"
	rm -rf "$here/home/config/stores"
	MS_HOME=$here/home ms publish --claim "$here/theirs/hello" --store "$url" >"$here/said" 2>&1 || { cat "$here/said"; return 1; }
	mkdir "$here/door"
	cd "$here/door"
	kid=$(sed 's/.*"kid":"\([0-9a-f]*\)".*/\1/' "$here/shop/index/he/ll/example.org/hello")
	MS_HOME=$here/others
	ms -q product init --board mps2-an386 --vendor acme.example
	ms add example.org/hello --store "$url" --key "$(log_key)" --trust "$kid" >../said 2>&1 || { cat ../said; return 1; }
	end_shop
	ms -q key trust --store "$(log_key)"
	rm -rf ../shop ../home ../theirs
	ms product check >../said
	says ../said 'hello  example.org 1.1.0'
	ms verify packages/example.org-hello-1.1.0.msp --key trust/*.pem >../said 2>&1
	says ../said 'log: entry 3 of'
}

# With no network at all, not even to this computer.
it_verifies_where_there_is_no_network() {
	begun
	ms -q add example.org/hello --trust "$kid" >../said
	end_shop
	unshare -rn true 2>/dev/null || skip 'this kernel lets nobody give up the network'
	unshare -rn ms product check >../said
	unshare -rn ms verify packages/example.org-hello-1.0.0.msp --key trust/*.pem >../said 2>&1
	says ../said "log: entry 3 of"
}

what_does_not_fit_is_not_fetched() {
	begun
	cp -R "$scratch/hello" ../big
	sed -i 's/^name: .*/name: big/; s/^memory: .*/memory: { stack: 2 KiB, heap: 8 MiB }/; s/^version: .*/version: 1.0.0/' ../big/ms.yaml
	rm -rf ../big/out
	MS_HOME=$publishers ms -q -C ../big build >../built 2>&1
	MS_HOME=$publishers ms -q -C ../big package >../built 2>&1
	publish "$here/big/out/big-1.0.0.msp"
	fails 8 ms add example.org/big --trust "$kid"
	says ../out 'does not fit'
	says ../out 'bytes of RAM'
	[ ! -e packages ] && [ ! -e ../home/cache/store ]
	ms search --fits . >../found
	lacks ../found big
	says ../found hello
}

the_highest_that_may_be_taken_is_taken_and_what_was_yanked_is_not() {
	begun
	publish "$scratch/two.msp"
	state 1.1.0 '{"state":"yanked","reason":"broken","words":"greets twice","replacement":"1.0.0"}'
	fails 1 ms add example.org/hello@1.1.0 --trust "$kid"
	says ../out 'yanked (broken): greets twice; take 1.0.0'
	ms add example.org/hello --trust "$kid" >../said
	says ../said 'example.org/hello 1.0.0'
	fails 1 ms add example.org/nobody
	says ../out 'has no service'
	fails 2 ms add hello
	fails 2 ms -C .. add example.org/hello
	says ../out 'ms product init'
}

# In the folder of a service it is the interface that is taken, and it builds with that alone.
a_service_takes_the_interface_that_it_calls() {
	begun
	cd ..
	printf '#include <stdint.h>\n#include <psa/error.h>\n\npsa_status_t adder_add(int32_t a, int32_t b, int32_t *sum);\n' >adder.h
	MS_HOME=$publishers
	ms -q new adder --interface adder.h --vendor example.org >said 2>&1 || { cat said; return 1; }
	echo 'targets: [ v7em ]' >>adder/ms.yaml
	{ ms -q -C adder build && ms -q -C adder package; } >said 2>&1 || { cat said; return 1; }
	publish "$here/adder/out/adder-1.0.0.msp"
	MS_HOME=$here/home
	hello "$here/caller" caller
	rm -r adder
	cd caller
	fails 7 ms add example.org/adder
	says ../out "--trust $kid"
	[ ! -e vendor ]
	fails 3 ms add example.org/hello --trust "$kid"
	says ../out 'provides no interface'
	ms add example.org/adder --dry-run --json >../said
	says ../said '"added":false'
	[ ! -e vendor ]
	ms add example.org/adder --trust "$kid" >../said 2>&1 || { cat ../said; return 1; }
	says ../said 'vendor/adder: the interfaces of example.org/adder 1.0.0'
	# Another vendor's of that name is not replaced, and a folder that ms did not make is not touched.
	cp vendor/adder/ms.yaml ../kept
	sed -i 's/^vendor: .*/vendor: other.example/' vendor/adder/ms.yaml
	fails 3 ms add example.org/adder --trust "$kid"
	says ../out "is of other.example, and what is added is of example.org"
	cp ../kept vendor/adder/ms.yaml
	mv vendor/.ms-vendor ../mark
	fails 3 ms add example.org/adder --trust "$kid"
	says ../out 'was not made by ms'
	mv ../mark vendor/.ms-vendor
	# Three at once take turns: none finds what another one has half made, and none loses what another one has fetched.
	rm -r "$MS_HOME/cache/store"
	for turn in 1 2 3; do
		ms -q add example.org/adder --trust "$kid" >"../said-$turn" 2>&1 &
		adding="${adding:-} $!"
	done
	for each in $adding; do wait "$each" || { cat ../said-*; return 1; }; done
	same "$(ls -A vendor)" "$(printf '.ms-vendor\nadder')"
	cmp vendor/adder/ms.yaml ../kept
	end_shop
	printf 'targets: [ v7em ]\nrequests:\n  ipc: [ example.org/adder ]\n' >>ms.yaml
	printf '#include "adder.h"\n\nint main(void)\n{\n\tint32_t sum;\n\n\treturn adder_add(1, 2, &sum) == PSA_SUCCESS && sum == 3 ? 0 : 1;\n}\n' >src/main.c
	ms lock >../said
	says ../said 'ms.lock: 2 lines'
	ms -q build --locked --offline >../said 2>&1 || { cat ../said; return 1; }
	# It stays when others are copied, and what is another vendor's does not take its place.
	ms -q vendor >../said
	[ -s vendor/adder/include/adder.h ]
	grep -q "^interface example.org/adder 1.0.0" ms.lock
}

a_clone_gets_its_packages_by_their_hashes_and_hears_of_a_yank() {
	begun
	ms -q add example.org/hello --trust "$kid" >../said
	ms -q store mirror "$url" ../mirror >../said
	state 1.0.0 '{"state":"yanked","reason":"broken","words":"greets twice","replacement":"1.1.0"}'
	cp packages/example.org-hello-1.0.0.msp ../kept
	rm -r packages
	fails 1 ms product check
	ms install --dry-run >../said
	says ../said 'is missing'
	ms install >../said 2>&1
	says ../said 'is yanked (broken): greets twice; take 1.1.0'
	cmp packages/example.org-hello-1.0.0.msp ../kept
	ms -q product check >../said
	ms install --json >../said
	says ../said '"packages":1,"fetched":0'
	# The same without any network, by somebody who trusts no store.
	end_shop
	rm -r packages
	fails 9 ms install
	MS_HOME=$here/nobody ms install --offline --store ../mirror >../said
	cmp packages/example.org-hello-1.0.0.msp ../kept
	rm -r packages
	MS_STORE=../mirror ms install --offline >../said
	cmp packages/example.org-hello-1.0.0.msp ../kept
	fails 2 ms install --offline
	echo more >>packages/example.org-hello-1.0.0.msp
	fails 11 ms install --offline --store ../mirror
	# A mirror that gives other bytes under the hash.
	rm -r packages
	echo more >>"$(find ../mirror/blobs -type f -size +9k)"
	fails 7 ms install --offline --store ../mirror
	[ ! -e packages/example.org-hello-1.0.0.msp ]
}

# Nothing that the log does not prove is taken, by whatever key: not where it shows nothing at all.
who_shows_no_log_is_not_believed() {
	begun
	end_shop
	cp -R "$here/shop" "$here/liar"
	: >"$here/liar/log/checkpoint"
	fails 7 ms add example.org/hello --store "$here/liar" --key "$(log_key)" --trust "$kid"
	fails 7 ms store mirror "$here/liar" "$here/mirror" --key "$(log_key)"
	# Whose log it is is not asked of what is no checkpoint.
	echo junk >"$here/liar/log/checkpoint"
	fails 7 ms add example.org/hello --store "$here/liar" --trust "$kid"
	says ../out 'is not a signed note'
	fails 7 ms store mirror "$here/liar" "$here/mirror"
	says ../out 'is not a signed note'
	rm "$here/liar/log/checkpoint"
	fails 1 ms add example.org/hello --store "$here/liar" --key "$(log_key)" --trust "$kid"
	says ../out 'is no store'
	fails 1 ms store mirror "$here/liar" "$here/mirror" --key "$(log_key)"
	says ../out 'is no store'
	[ ! -e packages ] && [ ! -e product.lock ] && [ ! -e "$here/mirror/log" ]
}

# What is stored of a login may have ended: who takes what is public does not show it, and who claims gets another.
a_token_that_has_ended_is_in_nobodys_way() {
	begun
	MS_HOME=$publishers
	ms -q login "$url" --claim example.org >../said 2>&1
	ms token list --json >../said
	grep -o '"id":"[0-9a-f]*"' ../said | cut -d'"' -f4 >../ids
	while read -r id; do
		ms -q token revoke "$id" >../said 2>&1 </dev/null || true
	done <../ids
	fails 10 ms token list
	ms search hel >../said
	says ../said 'example.org/hello 1.0.0'
	ms -q login "$url" --claim example.org >../said 2>&1 || { cat ../said; return 1; }
	ms token list >../said
}

a_mirror_does_as_well_as_the_store() {
	begun
	ms -q store mirror "$url" ../mirror >../said
	end_shop
	unset MS_STORE
	ms search --store ../mirror hel >../found
	says ../found 'example.org/hello 1.0.0'
	ms search --store ../mirror --fits mps2-an505 --json >../found
	says ../found '"services":1'
	ms search --store ../mirror --target v8m-fp >../found
	says ../found 'nothing is found'
	ms -q add example.org/hello --store ../mirror --trust "$kid" >../said
	ms -q product check >../said
}

a_mirror_that_is_old_forked_or_truncated_is_told_apart() {
	begun
	ms -q store mirror "$url" ../old >../said
	publish "$scratch/two.msp"
	ms -q store mirror "$url" ../mirror >../said
	fails 7 ms add example.org/hello --store ../old --trust "$kid"
	says ../out MS2911
	cp -R ../mirror ../cut
	rm -r ../cut/log/tile/entries
	fails 7 ms add example.org/hello --store ../cut --trust "$kid"
	says ../out MS2913
	cp -R ../mirror ../lying
	sed -i 's/"package":"....../"package":"000000/' ../lying/index/he/ll/example.org/hello
	fails 7 ms add example.org/hello --store ../lying --trust "$kid"
	says ../out 'than its log'
	cp -R ../mirror ../other
	echo '{' >../other/index/he/ll/example.org/hello
	fails 7 ms add example.org/hello --store ../other --trust "$kid"
	says ../out 'cannot be one'
	# The same key, and another history of the same length.
	end_shop
	cp ../shop/store.key ../key
	rm -rf ../shop
	mkdir ../shop
	cp ../key ../shop/store.key
	serve
	MS_HOME=$publishers
	same "$(claim example.org "$publishers/config/keys/developer.pem")" 201
	token=$(field token)
	publish "$scratch/two.msp"
	publish "$scratch/one.msp"
	MS_HOME=$here/home
	fails 7 ms add example.org/hello --store "$url" --trust "$kid"
	says ../out MS2912
	[ ! -e packages ] && [ ! -e product.lock ]
	# Whom nobody trusts is not asked for a package.
	MS_HOME=$here/nobody fails 7 ms add example.org/hello --store "$url" --trust "$kid"
	says ../out 'ms key trust --store'
}

a_store_that_is_served_is_audited_as_its_folder_is() {
	begun
	publish "$scratch/two.msp"
	ms audit "$url" --json >../served
	says ../served '"entries":5,'
	says ../served '"trusted":true'
	says ../served '"deviations":0'
	echo '{}' >>../shop/index/he/ll/example.org/hello
	fails 7 ms audit "$url"
	says ../out 'index/he/ll/example.org/hello'
	end_shop
	fails 9 ms audit "$url"
}

run a_service_takes_the_interface_that_it_calls three_commands_are_enough a_service_is_found_added_and_verified_with_the_store_gone it_verifies_where_there_is_no_network what_does_not_fit_is_not_fetched the_highest_that_may_be_taken_is_taken_and_what_was_yanked_is_not \
	a_clone_gets_its_packages_by_their_hashes_and_hears_of_a_yank who_shows_no_log_is_not_believed a_token_that_has_ended_is_in_nobodys_way a_mirror_does_as_well_as_the_store a_mirror_that_is_old_forked_or_truncated_is_told_apart a_store_that_is_served_is_audited_as_its_folder_is
