# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# What administrators of a store stop and let go on, by ms alone: a version, a package, a key; one of them, or two who agree. And the second person who
# approves what a name space publishes. Each command has ended before the next is begun, and a store answers for what is durable: nothing waits for a time.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# Packages that all tests use, made once.
hello "$scratch/hello"
here=$scratch
for version in 1.0.0 1.1.0 1.2.0; do
	made=$(package "$scratch/hello" "$version")
	cp "$made" "$scratch/$version.msp"
done
ours=$MS_HOME/config/keys/developer.pem
ms -q key new other >/dev/null 2>&1

# begun [OPTION...]: a store in which example.org is claimed; its token is $token, its key $kid.
begun() {
	cd "$here"
	serve "$@"
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	told 200 '' /v1/keys/example.org
	kid=$(field kid)
	echo "$token" >token
	chmod 600 token
	MS_STORE=$url
	export MS_STORE
}

# again [OPTION...]: it is stopped and served anew.
again() {
	end_shop
	serve "$@"
	MS_STORE=$url
}

# publish VERSION [TOKEN [OPTION...]]
publish() {
	which=$1 by=${2:-token}
	shift
	[ $# -eq 0 ] || shift
	ms -q publish "$scratch/$which.msp" --token-file "$by" "$@" >said 2>&1 || { cat said; return 1; }
}

admin() {
	ms store "$@" --token-file shop/admin-token >said 2>&1 || { status=$?; cat said; return "$status"; }
}

# are STATE...: those of 1.0.0, 1.1.0, 1.2.0.
are() {
	for version in 1.0.0 1.1.0 1.2.0; do
		[ $# -gt 0 ] || break
		told 200 '' "/v1/services/example.org/hello/$version" $(with "$token")
		same "$version $(field state)" "$version $1"
		shift
	done
}

# follows: the store is whole, its log says all of it, and what follows from the log is the same when it is made anew.
follows() {
	end_shop
	ms -q store check --dir shop
	ms -q audit shop >audited 2>&1 || { cat audited; return 1; }
	cp -R shop/index index-before
	find index-before -type d -empty -delete	# what lay there is shown no more
	ms -q store rebuild --dir shop
	diff -r index-before shop/index
	rm -rf index-before
}

an_administrator_stops_a_version_and_lets_it_go_on() {
	begun
	publish 1.0.0
	hash=$(sha256sum <"$scratch/1.0.0.msp" | cut -d' ' -f1)
	admin quarantine example.org/hello 1.0.0 --reason malware --dry-run
	says said 'quarantined, was live; if it were done'
	are live
	admin quarantine example.org/hello 1.0.0 --reason 'it calls home'
	says said 'example.org/hello 1.0.0: quarantined, was live'
	told 403 quarantined "/blobs/sha256/$hash"
	told 200 '' /v1/services/example.org/hello/1.0.0
	says body '"targets":[],"categories":[],"license":null'
	same "$(field reason): $(field words)" 'other: it calls home'
	admin quarantine example.org/hello 1.0.0 --reason malware
	says said 'that is so already'
	admin release "sha256:$hash"
	told 200 '' "/blobs/sha256/$hash"
	admin hold "sha256:$hash" --reason unclear
	told 404 '' /v1/services/example.org/hello/1.0.0
	admin remove example.org/hello 1.0.0 --reason unclear
	are rejected
	follows
}

what_was_yanked_is_yanked_again_for_its_old_reason() {
	begun
	publish 1.0.0
	ms -q yank example.org/hello 1.0.0 --reason broken --words 'it stops at noon' --replacement 1.1.0 --token-file token
	admin quarantine example.org/hello 1.0.0 --reason malware
	admin release example.org/hello 1.0.0
	are yanked
	same "$(field reason): $(field words), $(field replacement)" 'broken: it stops at noon, 1.1.0'
	follows
}

# second_key: the name space has one more; its token is other.token, and what `are` asks by.
second_key() {
	same "$(claim example.org "$MS_HOME/config/keys/other.pem" $(with "$token"))" 201
	token=$(field token)
	(umask 077 && echo "$token" >other.token)
}

# What an administrator has looked at by itself is not let go on with the key; what was staged was approved by nobody, and is staged again.
a_key_s_quarantine_is_of_all_that_it_signed_and_signs_later() {
	begun
	publish 1.0.0
	publish 1.1.0 token --stage
	admin quarantine example.org/hello 1.0.0 --reason malware
	admin quarantine example.org "key:$kid" --reason stolen --dry-run
	are quarantined staged
	second_key
	admin quarantine example.org "key:$kid" --reason stolen
	are quarantined quarantined
	told 200 '' /v1/keys/example.org
	says "$here/body" '"quarantined":"stolen"'
	told 200 '' /publishers/example.org
	says "$here/body" '<strong class="mark bad quarantined">quarantined</strong>'
	says "$here/body" '<span class="small">stolen</span>'
	fails 7 ms publish "$scratch/1.2.0.msp" --token-file other.token
	says out 'is quarantined in this store: stolen'
	admin quarantine example.org "key:$kid" --reason stolen
	says said 'that is so already'
	again
	fails 7 ms publish "$scratch/1.2.0.msp" --token-file other.token
	admin release example.org "key:$kid"
	are quarantined staged
	publish 1.2.0
	are quarantined staged live
	follows
}

what_is_held_is_not_let_go_on_with_its_key() {
	begun
	publish 1.0.0
	publish 1.1.0
	second_key
	admin hold example.org/hello 1.0.0 --reason unclear
	admin quarantine example.org "key:$kid" --reason stolen
	are held quarantined
	admin release example.org "key:$kid"
	are held live
	admin quarantine example.org "key:$kid" --reason stolen
	admin remove example.org "key:$kid" --reason stolen
	are rejected removed
	follows
}

# Else a thief would claim by it, add a key of their own, and publish by that.
nobody_acts_by_a_key_that_is_quarantined() {
	begun
	ms -q token create --scope owner --label made -o made --token-file token
	second_key
	admin quarantine example.org "key:$kid" --reason stolen
	for by in token made; do
		fails 10 ms token list --token-file "$by"
		says out 'by which it was claimed is quarantined'
	done
	same "$(claim example.org "$ours")" 403
	says body '"title":"quarantined"'
	# They rest, and can be ended.
	ms -q token list --token-file other.token >said
	[ "$(wc -l <said)" -eq 3 ]
	admin release example.org "key:$kid"
	ms -q token list --token-file made >said
	[ "$(wc -l <said)" -eq 3 ]
	same "$(claim example.org "$ours")" 201
	follows
}

others_may_not_and_are_told_who_may() {
	begun
	publish 1.0.0
	fails 10 ms store quarantine example.org/hello 1.0.0 --reason malware --token-file token
	says out 'no administrator'
	fails 10 ms store status --token-file token
	fails 2 ms store quarantine example.org/hello 1.0.0 --token-file shop/admin-token
	says out 'it is not said why'
	fails 2 ms store quarantine example.org --reason malware --token-file shop/admin-token
	says out 'VENDOR key:KID'
	fails 1 ms store quarantine example.org/hello 7.0.0 --reason malware --token-file shop/admin-token
	fails 1 ms store release example.org/hello 1.0.0 --token-file shop/admin-token
	says out 'held or quarantined before'
	fails 1 ms store quarantine example.org key:0123456789abcdef --reason stolen --token-file shop/admin-token
	fails 1 ms store hold example.org "key:$kid" --reason stolen --token-file shop/admin-token
	are live
}

two_administrators_agree_or_nothing_is_done() {
	begun
	end_shop
	ms -q store administrator second --dir shop
	same "$(stat -c %a second)" 600
	fails 1 ms store administrator second --dir shop
	again --admins 2
	publish 1.0.0
	told 201 '' /v1/tokens $(with "$(cat shop/admin-token)") -d '{"scopes":["admin"],"days":3,"label":"mine"}'
	(umask 077 && field token >made)
	told 403 needs-two /v1/services/example.org/hello/1.0.0/state $(with "$(cat shop/admin-token)") -d '{"state":"quarantined","reason":"malware"}'
	admin quarantine example.org/hello 1.0.0 --reason malware
	says said 'another administrator has to agree'
	id=$(sed -n 's/.*ms store confirm //p' said)
	are live
	again --admins 2
	admin status
	says said "$id: quarantine example.org/hello 1.0.0, malware"
	fails 10 ms store confirm "$id" --token-file shop/admin-token
	says out 'another has to agree'
	fails 10 ms store confirm "$id" --token-file token
	fails 10 ms store confirm "$id" --token-file made
	says out 'another has to agree'
	are live
	ms -q store confirm "$id" --token-file second
	are quarantined
	fails 1 ms store confirm "$id" --token-file second
	# The same said by the other is agreed to.
	admin release example.org/hello 1.0.0
	are quarantined
	ms -q store release example.org/hello 1.0.0 --token-file second
	are live
	admin hold example.org/hello 1.0.0 --reason unclear
	id=$(sed -n 's/.*ms store confirm //p' said)
	ms -q store drop "$id" --token-file second
	fails 1 ms store confirm "$id" --token-file second
	are live
	follows
}

who_stages_does_not_approve_where_another_person_has_to() {
	begun
	for who in ann bob; do ms -q token create --scope publish --scope owner --label "$who" -o "$who" --token-file token; done
	ms -q token create --scope publish --label 'of ann' -o ann-2 --token-file ann
	told 200 '' /publishers/example.org
	lacks "$here/body" 'a second account'
	ms -q store approval example.org on --token-file token
	told 200 '' /publishers/example.org
	says "$here/body" 'New versions are seen by others once a second account has approved them.'
	told 200 '' /v1/keys/example.org
	says "$here/body" '"approval":true'
	fails 10 ms publish "$scratch/1.0.0.msp" --token-file ann
	says out 'ms publish --stage'
	publish 1.0.0 ann --stage
	for who in ann ann-2; do
		fails 10 ms publish "$scratch/1.0.0.msp" --approve --token-file "$who"
		says out 'somebody else has to approve it'
	done
	are staged
	follows
	again
	fails 10 ms publish "$scratch/1.0.0.msp" --approve --token-file ann
	publish 1.0.0 bob --approve
	are live
	told 200 '' /services/example.org/hello/1.0.0
	says "$here/body" 'new versions need a second account'
	# By way of an administrator's hold nobody gets round it.
	publish 1.1.0 ann --stage
	admin hold example.org/hello 1.1.0 --reason unclear
	admin release example.org/hello 1.1.0
	fails 10 ms publish "$scratch/1.1.0.msp" --approve --token-file ann
	publish 1.1.0 token --approve
	ms -q store approval example.org off --token-file token
	publish 1.2.0 ann
	are live live live
	follows
	ms -q store mirror shop mirrored --key "$(sed 's/.*"key":"\([^"]*\)".*/\1/' shop/index/config.json)"
	ms -q audit mirrored
}

run an_administrator_stops_a_version_and_lets_it_go_on what_was_yanked_is_yanked_again_for_its_old_reason a_key_s_quarantine_is_of_all_that_it_signed_and_signs_later what_is_held_is_not_let_go_on_with_its_key nobody_acts_by_a_key_that_is_quarantined \
	others_may_not_and_are_told_who_may two_administrators_agree_or_nothing_is_done who_stages_does_not_approve_where_another_person_has_to
