# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# The life of packages in a store: claimed, published, found, staged, yanked, quarantined, copied.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

two_packages

# theirs: somebody else's key.
theirs() {
	[ -e "$MS_HOME/config/keys/mallory.pem" ] || ms key new mallory >/dev/null 2>&1
	echo "$MS_HOME/config/keys/mallory.pem"
}

with_no_configuration_a_package_gets_in_and_out() {
	begun
	same "$(publish "$one")" 201
	same "$(field state)" live
	hash=$(sha256sum <"$one" | cut -d' ' -f1)
	same "$(field package)" "$hash"
	says "$here/body" 'c2sp.org/tlog-proof@v1'
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(field package)" "$hash"
	told 200 '' '/v1/search?q=hel'
	same "$(field name)" hello
	told 200 '' "/blobs/sha256/$hash"
	cmp "$here/body" "$one"
	same "$(stat -c %a "$here/shop/admin-token" "$here/shop/store.key" "$here/shop/private.db" | sort -u)" 600
}

the_same_bytes_again_are_the_same_answer() {
	begun
	publish "$one" >/dev/null
	first=$(field index)
	same "$(publish "$one")" 200
	same "$(field repeated) $(field index)" "true $first"
}

a_version_is_given_once() {
	begun
	publish "$one" >/dev/null
	# The same version, signed once more with another key: other bytes.
	ms -q key new other --role developer >/dev/null 2>&1 || ms key new other >/dev/null 2>&1
	cp "$one" "$here/again.msp"
	ms -q sign "$here/again.msp" --key "$MS_HOME/config/keys/other.pem" >/dev/null 2>&1
	if cmp -s "$one" "$here/again.msp"; then return 1; fi
	same "$(publish "$here/again.msp")" 409
	says "$here/body" '"title":"version-taken"'
	told 200 '' /v1/services/example.org/hello
	same "$(grep -o '"version":' "$here/body" | wc -l)" 1
}

a_dry_run_checks_all_and_keeps_nothing() {
	begun
	told 200 '' '/v1/publish?dry-run=1&publisher=example.org' --data-binary "@$one"
	same "$(field version)" 1.0.0
	told 404 no-such-service /v1/services/example.org/hello
	same "$(find "$here/shop/blobs/sha256" "$here/shop/incoming" -type f -size +1k | wc -l)" 0
	head -c 1000 "$one" >"$here/cut"
	told 403 not-believed '/v1/publish?dry-run=1&publisher=example.org' --data-binary "@$here/cut"
	told 404 no-such-publisher '/v1/publish?dry-run=1&publisher=other.example' --data-binary "@$one"
}

what_is_staged_is_seen_by_its_own_until_it_is_approved() {
	begun
	same "$(publish "$one" '?stage=1')" 201
	same "$(field state)" staged
	hash=$(field package)
	for path in /v1/services/example.org/hello /v1/services/example.org/hello/1.0.0 "/blobs/sha256/$hash" /v2/example.org/hello/tags/list /v2/example.org/hello/manifests/1.0.0; do
		told 404 '' "$path"
	done
	told 200 '' '/v1/search?q=hello'
	says "$here/body" '"services":[]'
	told 200 '' /v1/services/example.org/hello/1.0.0 $(with "$token")
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
	told 200 '' "/blobs/sha256/$hash"
}

what_is_staged_is_kept_by_nobody_on_the_way() {
	begun
	same "$(publish "$one" '?stage=1')" 201
	hash=$(field package)
	told 200 '' "/blobs/sha256/$hash" $(with "$token")
	says "$here/head" 'Cache-Control: private, no-store'
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
	told 200 '' "/blobs/sha256/$hash"
	says "$here/head" 'immutable'
}

what_is_held_is_not_there_for_strangers() {
	begun
	mine=$token
	same "$(claim mallory.example "$(theirs)")" 201
	token=$(field token)
	for state in held rejected; do
		told 404 no-such-version /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
		none=$(cat "$here/body")
		[ "$state" = rejected ] || same "$(ask /v1/publish $(with "$mine") --data-binary "@$one")" 201
		told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$(cat "$here/shop/admin-token")") -d "{\"state\":\"$state\",\"reason\":\"unclear\"}"
		told 404 no-such-version /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
		same "$(cat "$here/body")" "$none"
		told 403 not-allowed /v1/services/example.org/hello/1.0.0/state $(with "$mine") -d '{"state":"live"}' || told 409 no-such-step /v1/services/example.org/hello/1.0.0/state $(with "$mine") -d '{"state":"live"}'
	done
}

# The rest of an old answer is not put behind the begin of it that a client has, when the file has changed since.
the_rest_of_what_changed_is_sent_whole() {
	begun
	publish "$one" >/dev/null
	told 200 '' /index/he/ll/example.org/hello
	tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' "$here/head")
	told 206 '' /index/he/ll/example.org/hello -H "If-Range: $tag" -H 'Range: bytes=10-'
	publish "$two" >/dev/null
	told 200 '' /index/he/ll/example.org/hello -H "If-Range: $tag" -H 'Range: bytes=10-'
}

tokens_of_a_name_space_are_counted() {
	begun
	mine=$token
	# When a token was made is kept in seconds: it is the oldest from the next one on.
	second=$(date +%s)
	until [ "$(date +%s)" -gt "$second" ]; do sleep 0.1; done
	for _ in $(seq 12); do
		same "$(claim example.org "$ours")" 201
	done
	last=$(field token)
	told 401 not-authorised /v1/tokens $(with "$mine")
	told 200 '' /v1/tokens $(with "$last")
	same "$(grep -o '"id":' "$here/body" | wc -l)" 10
	for n in $(seq 90); do
		told 201 '' /v1/tokens $(with "$last") -d "{\"scopes\":[\"stage\"],\"days\":3,\"label\":\"ci $n\"}"
	done
	told 409 too-many /v1/tokens $(with "$last") -d '{"scopes":["stage"],"days":3,"label":"one more"}'
	same "$(claim example.org "$ours")" 201
}

a_token_that_may_stage_may_not_publish_or_approve() {
	begun
	told 201 '' /v1/tokens $(with "$token") -d '{"scopes":["stage"],"days":3,"label":"ci"}'
	token=$(field token)
	same "$(publish "$one")" 403
	says "$here/body" 'it may stage'
	same "$(publish "$one" '?stage=1')" 201
	told 403 not-allowed /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
	told 403 not-allowed /v1/tokens $(with "$token") -d '{"scopes":["publish"],"days":3,"label":"more"}'
}

a_yanked_version_says_why_and_what_instead() {
	begun
	publish "$one" >/dev/null
	publish "$two" >/dev/null
	told 422 no-reason /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked"}'
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked","reason":"broken","words":"it forgets","replacement":"1.1.0"}'
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(field state) $(field reason) $(field replacement)" "yanked broken 1.1.0"
	told 200 '' "/blobs/sha256/$(field package)"	# what is locked keeps building
	told 409 no-such-step /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"rejected","reason":"x"}'
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
}

an_administrator_s_quarantine_stops_its_bytes() {
	begun
	publish "$one" >/dev/null
	hash=$(field package)
	told 403 not-allowed /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"quarantined","reason":"malware"}'
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$(cat "$here/shop/admin-token")") -d '{"state":"quarantined","reason":"malware"}'
	told 403 quarantined "/blobs/sha256/$hash"
	told 404 '' /v2/example.org/hello/manifests/1.0.0
	told 403 not-allowed /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"live"}'
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(field state)" quarantined
}

a_name_space_is_its_first_claimer_s() {
	begun
	theirs=$(theirs)
	same "$(claim example.org "$theirs")" 403
	says "$here/body" '"title":"taken"'
	same "$(claim exarnple.org "$theirs")" 403
	says "$here/body" '"title":"looks-alike"'
	same "$(claim exarnple.org "$theirs" $(with "$(cat "$here/shop/admin-token")"))" 201
	same "$(claim UPPER.example "$theirs")" 422
	# Her own token does nothing in another's name space.
	same "$(claim mallory.example "$theirs")" 201
	token=$(field token)
	same "$(publish "$one")" 403
	told 403 not-allowed '/v1/publish?publisher=example.org' $(with "$token") --data-binary "@$one"
	told 404 no-such-service /v1/services/example.org/hello
}

a_claim_counts_once_and_here_alone() {
	begun
	told 409 old-nonce /v1/claims --data-binary "@$here/claim"
	ask /v1/challenges -X POST >/dev/null
	nonce=$(field nonce)
	"$top/out/check/ms-store" claim other.store "$url" example.org "$nonce" --key "$ours" >"$here/claim"
	told 403 other-store /v1/claims --data-binary "@$here/claim"
	"$top/out/check/ms-store" claim "$(cat "$here/shop/name")" "$url" example.org "$nonce" --key "$ours" | sed 's/vendor: .*/vendor: other.example/' >"$here/claim"
	told 403 not-believed /v1/claims --data-binary "@$here/claim"
	told 400 not-understood /v1/claims -d 'please'
}

a_closed_store_asks_its_administrator() {
	serve --closed
	same "$(claim example.org "$ours")" 403
	says "$here/body" '"title":"closed"'
	same "$(claim example.org "$ours" $(with "$(cat "$here/shop/admin-token")"))" 201
}

a_revoked_key_publishes_nothing_and_its_tokens_end() {
	begun
	mine=$token
	told 201 '' /v1/tokens $(with "$mine") -d '{"scopes":["publish"],"days":3,"label":"ci"}'
	other=$(field token)
	told 200 '' /v1/keys/example.org
	told 204 '' "/v1/keys/example.org/$(field kid)?reason=stolen" -X DELETE $(with "$mine")
	told 401 not-authorised /v1/tokens $(with "$other")
	same "$(publish "$one")" 403
	says "$here/body" 'was revoked in this store: stolen'
	same "$(claim example.org "$ours")" 403
}

registries_clients_copy_a_service_out() {
	begun
	publish "$one" >/dev/null
	hash=$(field package)
	command -v skopeo >/dev/null || skip 'skopeo is missing'
	timeout 120 skopeo --insecure-policy copy --src-tls-verify=false "docker://${url#http://}/example.org/hello:1.0.0" "oci:$here/copied:hello" >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
	cmp "$here/copied/blobs/sha256/$hash" "$one"
	end_shop
	# The folder itself is an OCI image layout, once it is not served any more.
	timeout 120 skopeo --insecure-policy copy "oci:$here/shop:example.org/hello:1.0.0" "oci:$here/again:hello" >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
	cmp "$here/again/blobs/sha256/$hash" "$one"
}

parts_of_a_package_and_what_did_not_change_are_not_sent_whole() {
	begun
	publish "$one" >/dev/null
	hash=$(field package) size=$(stat -c %s "$one")
	for range in 0-0 0-99 100-199 $((size - 1))- -1 -77; do
		told 206 '' "/blobs/sha256/$hash" -H "Range: bytes=$range"
		case $range in
		-*) tail -c "${range#-}" "$one" >"$here/want" ;;
		*-) tail -c +$((${range%-} + 1)) "$one" >"$here/want" ;;
		*) tail -c +$((${range%-*} + 1)) "$one" | head -c $((${range#*-} - ${range%-*} + 1)) >"$here/want" ;;
		esac
		cmp "$here/body" "$here/want"
	done
	told 416 no-such-range "/blobs/sha256/$hash" -H "Range: bytes=$size-"
	says "$here/head" "Content-Range: bytes */$size"
	told 416 no-such-range "/blobs/sha256/$hash" -H "Range: bytes=9-3"
	told 200 '' /v1/services/example.org/hello
	tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' "$here/head")
	told 304 '' /v1/services/example.org/hello -H "If-None-Match: $tag"
	same "$(stat -c %s "$here/body")" 0
	publish "$two" >/dev/null
	told 200 '' /v1/services/example.org/hello -H "If-None-Match: $tag"
}

the_page_has_every_request() {
	"$top/out/check/ms-store" manual routes | grep '^|' | while read -r line; do
		says "$top/docs/store.md" "$line"
	done
}

# Else each change would wait for the second in which the server looks around, however fast it was made.  Of twenty the fastest counts: one at
# least meets a computer with time for it, and where answers wait all of them do, for a second.
who_changes_something_hears_of_it_when_it_is_done() {
	begun
	for _ in $(seq 20); do
		ask /v1/tokens $(with "$token") -d '{"scopes":["stage"],"days":1,"label":"one of twenty"}' -w '%{http_code} %{time_total}\n' >>"$here/times"
	done
	same "$(grep -c '^201 ' "$here/times")" 20
	sort -k2 -n "$here/times" | head -1 | awk '{ print; exit !($2 < 0.5) }'
}

it_says_how_it_is() {
	begun
	told 200 '' /livez
	told 200 '' /readyz
	told 200 '' /metrics
	says "$here/body" 'store_publishers 1'
	told 404 '' /metrics -H 'X-Forwarded-For: 192.0.2.1'
	says "$here/served" 'given up: files, programs'
	kill -TERM "$shop"
	wait "$shop"
	shop=
}

run with_no_configuration_a_package_gets_in_and_out the_same_bytes_again_are_the_same_answer a_version_is_given_once a_dry_run_checks_all_and_keeps_nothing \
	what_is_staged_is_seen_by_its_own_until_it_is_approved what_is_staged_is_kept_by_nobody_on_the_way what_is_held_is_not_there_for_strangers the_rest_of_what_changed_is_sent_whole \
	tokens_of_a_name_space_are_counted a_token_that_may_stage_may_not_publish_or_approve a_yanked_version_says_why_and_what_instead an_administrator_s_quarantine_stops_its_bytes \
	a_name_space_is_its_first_claimer_s a_claim_counts_once_and_here_alone a_closed_store_asks_its_administrator a_revoked_key_publishes_nothing_and_its_tokens_end \
	registries_clients_copy_a_service_out parts_of_a_package_and_what_did_not_change_are_not_sent_whole who_changes_something_hears_of_it_when_it_is_done it_says_how_it_is \
	the_page_has_every_request
