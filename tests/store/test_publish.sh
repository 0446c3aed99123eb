# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# ms login, token, publish and yank against a real store: what they do, what they refuse, and that no secret is seen.
# Nothing waits for a time: a store that is stopped has ended before it is asked, and one that is started has said that it is ready.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# Two versions, and the first with other bytes.
two_packages
sed -i "s/LOG_INFO(\"Hello\")/LOG_INFO(\"Other\")/" "$scratch/hello/src/main.c"
package "$scratch/hello" 1.0.0 >/dev/null
cp "$scratch/hello/out/hello-1.0.0.msp" "$scratch/other.msp"

# shop_of_own [OPTION...]: a store, a home of one's own that knows the developer key, and copies of the packages.
shop_of_own() {
	serve "$@"
	cp -R "$scratch/home" "$here/home"
	rm -rf "$here/home/config/stores" "$here/home/config/trust/stores" "$here/home/state"
	MS_HOME=$here/home
	cp "$scratch/one.msp" "$scratch/two.msp" "$scratch/other.msp" "$here"
	cd "$here"
}

logged_in() {
	shop_of_own "$@"
	ms -q login "$url" --claim example.org
}

log_key() {
	sed 's/.*"key":"\([^"]*\)".*/\1/' shop/index/config.json
}

# unsaid: the token is in nothing that was printed, logged or written, but for the one file.
unsaid() {
	token=$(sed -n "s/^token: '\(.*\)'/\1/p" home/config/stores/*)
	[ ${#token} -gt 60 ]
	same "$(grep -rlF "$token" . || true)" "./$(echo home/config/stores/*)"
}

a_package_gets_in_with_its_proof_and_verifies_with_the_store_stopped() {
	shop_of_own
	fails 10 ms publish one.msp --store "$url"
	fails 1 ms publish one.msp --store "$url" --dry-run
	says out 'ms publish --claim'
	ms publish one.msp --store "$url" --claim -v >said 2>&1
	says said 'elf/v7em.elf'
	says said 'published, live'
	says said 'not checked: no key is trusted'
	ms -q key trust --store "$(log_key)"
	ms publish one.msp --json >result
	says result '"repeated":true'
	says result '"checked":true'
	same "$(stat -c %a home/config/stores/*)" 600
	end_shop
	ms verify one.msp >verified
	says verified "ok       log: entry 3 of"
	unsaid
}

publishing_again_sends_nothing_and_other_bytes_are_refused() {
	logged_in
	ms -q publish one.msp
	ms publish one.msp >said 2>&1
	says said 'already there, live'
	same "$(grep -c 'POST /v1/publish: ' served)" 1
	fails 1 ms publish other.msp
	says out 'with other bytes'
	same "$(grep -c 'POST /v1/publish: ' served)" 1
	[ ! -e other.msp.tlog-proof ]
}

a_dry_run_changes_nothing() {
	logged_in
	cp shop/log/checkpoint before
	ms publish one.msp --dry-run >said
	says said 'would be there, live'
	cmp before shop/log/checkpoint
	[ ! -e one.msp.tlog-proof ]
	fails 1 ms yank example.org/hello 1.0.0 --reason x --dry-run	# it is not there
	ms -q publish one.msp
	cp shop/log/checkpoint before
	ms yank example.org/hello 1.0.0 --reason x --dry-run >said 2>&1
	says said 'yanked, if it were done'
	cmp before shop/log/checkpoint
	told 200 '' /v1/services/example.org/hello/1.0.0
	says body '"state":"live"'
}

what_would_not_be_believed_here_does_not_leave() {
	logged_in
	cp one.msp changed.msp
	printf 'X' | dd of=changed.msp bs=1 seek=3000 conv=notrunc 2>/dev/null
	head -c 20000 one.msp >cut.msp
	for bad in changed.msp cut.msp shop/store.key; do
		fails 7 ms publish "$bad"
	done
	fails 1 ms publish nowhere.msp
	lacks served 'POST /v1/publish'
}

a_project_is_built_packed_and_published() {
	logged_in
	cp -R "$scratch/hello" project
	sed -i 's/^version: .*/version: 2.0.0/' project/ms.yaml
	ms publish project >said 2>built
	says said 'example.org/hello 2.0.0: published, live'
	[ -s project/out/hello-2.0.0.msp.tlog-proof ]
	same "$(ask /v1/services/example.org/hello/2.0.0)" 200
	# Its sources stay here.
	lacks shop/index/he/ll/example.org/hello '"source"'
	same "$(grep -l 'source/' shop/blobs/sha256/* || true)" ''
}

what_is_staged_is_seen_once_it_is_approved() {
	logged_in
	ms -q token create --scope stage --label ci --days 1 -o ci.token
	same "$(stat -c %a ci.token)" 600
	fails 10 ms publish one.msp --token-file ci.token
	says out '--stage'
	ms publish one.msp --stage --token-file ci.token >said
	says said 'published, staged'
	same "$(ask /v1/services/example.org/hello/1.0.0)" 404
	fails 10 ms publish one.msp --approve --token-file ci.token
	fails 1 ms publish other.msp --approve
	fails 1 ms publish two.msp --approve
	says out 'stage it first'
	ms publish one.msp --approve >said
	says said 'approved, live'
	same "$(ask /v1/services/example.org/hello/1.0.0)" 200
	ms publish one.msp --approve >said
	says said 'already there, live'
	ms -q publish two.msp --stage
	ms yank example.org/hello 1.1.0 --reason wrong >said
	says said ': rejected'
}

a_version_is_withdrawn_with_a_reason_and_brought_back() {
	logged_in
	ms -q publish one.msp
	fails 2 ms yank example.org/hello 1.0.0
	fails 2 ms yank hello 1.0.0 --reason x
	fails 2 ms yank example.org/hello 1.0.0 --undo --reason x
	for what in 1.0.0 1.0 '../../x' 'javascript:alert(1)' 'a better one'; do
		fails 1 ms yank example.org/hello 1.0.0 --reason old --replacement "$what"
		says "$here/out" "'$what' is no replacement"
	done
	ms yank example.org/hello 1.0.0 --reason old --deprecate --replacement example.org/hi | grep -q ': deprecated$'
	ms yank example.org/hello 1.0.0 --reason 'it reads & writes "too" much' --replacement 1.1.0 | grep -q ': yanked$'
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(field state)" yanked
	same "$(field reason)" other
	says body 'it reads & writes \"too\" much'
	same "$(field replacement)" 1.1.0
	ms yank example.org/hello 1.0.0 --reason again | grep -q 'yanked already'
	ms yank example.org/hello 1.0.0 --undo | grep -q ': live$'
	fails 1 ms yank example.org/hello 7.0.0 --undo
}

tokens_are_made_listed_and_ended() {
	logged_in
	fails 2 ms token create --scope stage
	says out '--label is missing'
	fails 2 ms token create --label ci
	says out '--scope is missing'
	ms token create --scope stage --scope state --label 'a "b"' >new 2>said
	same "$(wc -l <new)" 1
	same "$(cut -c 1-3 new)" ms_
	lacks said "$(cat new)"
	ms token list >all
	says all 'stage,state'
	says all 'a "b"'
	lacks all ms_
	fails 2 ms token create --scope everything --label x
	fails 2 ms token create --scope stage
	fails 2 ms token revoke
	fails 2 ms token erase
	fails 1 ms token revoke 0000000000
	id=$(grep 'a "b"' all | cut -d' ' -f1)
	(umask 077; cp new other.token)
	ms -q token revoke "$id"
	fails 10 ms publish one.msp --stage --token-file other.token
	fails 1 ms token revoke "$id"
	unsaid
}

a_token_comes_from_a_file_or_standard_input_and_from_no_file_that_others_read() {
	logged_in
	ms -q token create --scope owner --label x -o x.token
	ms -q login "$url" <x.token
	ms -q login "$url" --token-file x.token
	fails 10 ms publish one.msp
	chmod 644 x.token
	fails 10 ms token list --token-file x.token
	says out 'chmod 600'
	lacks out "$(cat x.token)"
	chmod 644 home/config/stores/*
	fails 10 ms token list
	says out 'chmod 600'
	chmod 600 home/config/stores/*
	ms -q token list >/dev/null
	fails 10 ms login "$url" </dev/null
	says out 'standard input has no token: its first line is empty'
	says out 'ms login URL --claim VENDOR'
	fails 2 ms login --claim example.org
	says out 'ms login https://store.example.org'
	echo ms_000 >bad && chmod 600 bad
	fails 10 ms login "$url" --token-file bad
	ms -q token list >/dev/null
	ms -q login --remove "$url"
	fails 2 ms token list
	fails 10 ms login --remove "$url"
}

a_claim_that_is_not_ours_is_refused() {
	logged_in
	MS_HOME=$here/stranger
	fails 10 ms login "$url" --claim example.org
	says out 'belongs to somebody'
	fails 10 ms login "$url" --claim exarnple.org
	fails 1 ms login "$url" --claim 'no name'
	[ ! -e stranger/config/stores ] || same "$(ls stranger/config/stores)" ''
}

# serve_again: under the same address; somebody else may have the port for a while.
serve_again() {
	soon listens_again
}

listens_again() {
	: >again
	ASAN_OPTIONS=detect_leaks=0 "$top/out/check/ms-store" serve --dir shop --listen "${url#http://}" --rate 100000 >again 2>&1 </dev/null &
	shop=$!
	soon answers
	grep -q '^ready: ' again
}

answers() {
	grep -q '^ready: ' again || gone "$shop"
}

# ends_well PROCESS: it ended with 0; or on a slow computer it has waited long enough, and does the rest when it is asked again.
ends_well() {
	got=0
	wait "$1" || got=$?
	[ "$got" -eq 0 ] || { same "$got" 9; ms publish one.msp >said 2>&1; }
	# Each by itself: it is asked for behind an `||`, where nothing ends by a failure.
	grep -q 'published, live\|already there, live' said || return 1
	same "$(ask /v1/services/example.org/hello/1.0.0)" 200 || return 1
	same "$(field package)" "$(sha256sum <one.msp | cut -d' ' -f1)" || return 1
	[ -s one.msp.tlog-proof ]
}

what_is_no_store_is_said_to_be_none_and_nothing_is_made_for_an_address_that_is_none() {
	cd "$here"
	fails 1 ms store mirror nowhere mirror
	says out "'nowhere' is no store"
	[ ! -e mirror ]
	fails 1 ms store serve --dir made --listen 8080
	says out 'ADDRESS:PORT'
	[ ! -e made ]
}

# The store is stopped before the client asks, and started when that has seen that it has to wait.
a_store_that_is_away_for_a_while_does_not_end_a_publish() {
	logged_in
	end_shop
	ms publish one.msp -v >said 2>&1 &
	publishing=$!
	soon grep -q 'asking again' said
	serve_again
	ends_well "$publishing"
}

# At each place where it could be (storefault.h) while a publish is done.
a_store_that_is_killed_in_the_middle_does_not_lose_a_publish() {
	logged_in
	end_shop
	mv shop begun
	mv home settings
	place=0 killed=1
	while [ "$killed" = 1 ]; do
		place=$((place + 1))
		[ "$place" -lt 40 ]
		rm -rf shop home one.msp.tlog-proof
		cp -R begun shop
		cp -R settings home
		MS_STORE_FAULT=$place
		export MS_STORE_FAULT
		serve
		unset MS_STORE_FAULT
		[ -n "$url" ] || continue
		# The login is of the address that the store had.
		token=$(sed -n "s/^token: '\(.*\)'/\1/p" home/config/stores/*)
		rm -f home/config/stores/*
		echo "$token" | ms -q login "$url"
		ms publish one.msp -v >said 2>&1 &
		publishing=$!
		soon ended_or_killed
		killed=0
		if grep -q '^ends here: ' served; then
			killed=1
			wait "$shop" || :
			serve_again
		fi
		ends_well "$publishing" || { grep '^ends here' served; cat said; return 1; }
		end_shop
		ms -q audit shop >audited 2>&1 || { cat audited; return 1; }
	done
	[ "$place" -ge 4 ] || { echo "only $place places"; return 1; }
}

ended_or_killed() {
	gone "$shop" || gone "$publishing"
}

trouble_of_the_network_is_nine() {
	shop_of_own
	end_shop
	MS_STORE=$url fails 9 ms publish one.msp --dry-run
	says out 'cannot be reached'
	fails 2 ms publish one.msp --dry-run --store 'http://me:secret@127.0.0.1'
	fails 2 ms publish one.msp --dry-run --store ftp://127.0.0.1
	fails 2 ms publish one.msp --dry-run
	says out 'ms login URL'
}

a_certificate_that_nobody_vouches_for_gets_no_token() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout "$here/tls.key" -out "$here/tls.crt" 2>/dev/null
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout "$here/other.key" -out "$here/other.crt" 2>/dev/null
	chmod 600 "$here/tls.key"
	shop_of_own --certificate "$here/tls.crt" --key "$here/tls.key"
	fails 10 ms login "$url" --claim example.org
	says out '--ca FILE'
	fails 10 ms login "$url" --claim example.org --ca other.crt
	lacks served 'POST /v1'
	ms -q login "$url" --claim example.org --ca tls.crt
	ms publish one.msp | grep -q 'published, live'
	fails 10 ms publish one.msp --ca other.crt
	fails 1 ms publish one.msp --ca nowhere.crt
}

run a_package_gets_in_with_its_proof_and_verifies_with_the_store_stopped publishing_again_sends_nothing_and_other_bytes_are_refused a_dry_run_changes_nothing \
	what_would_not_be_believed_here_does_not_leave a_project_is_built_packed_and_published what_is_staged_is_seen_once_it_is_approved a_version_is_withdrawn_with_a_reason_and_brought_back \
	tokens_are_made_listed_and_ended a_token_comes_from_a_file_or_standard_input_and_from_no_file_that_others_read a_claim_that_is_not_ours_is_refused \
	what_is_no_store_is_said_to_be_none_and_nothing_is_made_for_an_address_that_is_none \
	a_store_that_is_away_for_a_while_does_not_end_a_publish a_store_that_is_killed_in_the_middle_does_not_lose_a_publish trouble_of_the_network_is_nine a_certificate_that_nobody_vouches_for_gets_no_token
