# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# The life of packages in a store: claimed, published, found, staged, yanked, quarantined, copied, made anew.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

two_packages

# begun: a store in which example.org is claimed; its token is $token.
begun() {
	serve "$@"
	same "$(claim example.org "$ours")" 201
	token=$(field token)
}

# theirs: somebody else's key.
theirs() {
	[ -e "$MS_HOME/config/keys/mallory.pem" ] || ms key new mallory >/dev/null 2>&1
	echo "$MS_HOME/config/keys/mallory.pem"
}

publish() {
	file=$1
	shift
	ask "/v1/publish${1:-}" $(with "$token") --data-binary "@$file"
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

# As a store was made before tokens knew since when they are.
a_database_of_before_is_made_anew() {
	begun
	publish "$one" >/dev/null
	end_shop
	command -v sqlite3 >/dev/null || skip 'sqlite3 is missing'
	sqlite3 "$here/shop/state.db" 'PRAGMA user_version = 1; ALTER TABLE key DROP COLUMN revoked_by;'
	sqlite3 "$here/shop/private.db" 'PRAGMA user_version = 0; ALTER TABLE token DROP COLUMN since; ALTER TABLE token DROP COLUMN account; DROP TABLE pending;'
	serve
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(publish "$two")" 201
}

an_index_that_does_not_follow_is_found_and_made_anew() {
	begun
	publish "$one" >/dev/null
	end_shop
	cp -R "$here/shop/index" "$here/before"
	for file in $(cd "$here/shop" && find index -type f); do
		rm "$here/shop/$file"
		fails 7 ms store check --dir "$here/shop"
		says "$here/out" "$file: the index does not say"
		ms -q store rebuild --dir "$here/shop"
		printf ' ' >>"$here/shop/$file"
		fails 7 ms store check --dir "$here/shop"
		ms -q store rebuild --dir "$here/shop"
	done
	diff -r "$here/before" "$here/shop/index"
	ms -q store check --dir "$here/shop"
}

a_state_that_the_log_has_not_given_is_found() {
	begun
	publish "$one" >/dev/null
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked","reason":"broken"}'
	end_shop
	command -v sqlite3 >/dev/null || skip 'sqlite3 is missing'
	sqlite3 "$here/shop/state.db" 'UPDATE version SET state = 1'
	fails 7 ms store check --dir "$here/shop"
	says "$here/out" 'the database does not say what the log does'
	ms -q store rebuild --dir "$here/shop"
	ms -q store check --dir "$here/shop"
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

# follows: all of the store in $here/shop, index too, as an auditor sees it who has only the folder.
follows() {
	ms audit "$here/shop" >"$here/audit" 2>&1 || { cat "$here/audit"; return 1; }
	says "$here/audit" 'index'
}

the_index_has_each_version_as_soon_as_it_is_answered() {
	begun
	same "$(publish "$one")" 201
	told 200 '' /index/config.json
	same "$(field log)" "$(cat "$here/shop/name")"
	told 200 '' /index/he/ll/example.org/hello
	same "$(wc -l <"$here/body") $(field version) $(field state)" "1 1.0.0 live"
	tag=$(sed -n 's/^ETag: \(.*\)\r/\1/pI' "$here/head")
	told 304 '' /index/he/ll/example.org/hello -H "If-None-Match: $tag"
	same "$(publish "$two" '?stage=1')" 201
	told 304 '' /index/he/ll/example.org/hello -H "If-None-Match: $tag"
	told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d '{"state":"live"}'
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked","reason":"broken","replacement":"1.1.0"}'
	told 200 '' /index/he/ll/example.org/hello
	same "$(grep -o '"state":"[a-z]*"' "$here/body" | tr '\n' ' ')" '"state":"yanked" "state":"live" '
	told 404 no-such-path /index/no/ne/example.org/none
	told 404 no-such-path /index/../store.key --path-as-is
	end_shop
	follows
}

a_store_is_mirrored_over_the_network_by_a_key_that_is_believed() {
	begun
	publish "$one" >/dev/null
	fails 7 ms store mirror "$url" "$here/mirror"
	says "$here/out" "it says 'ms-store/"
	[ ! -e "$here/mirror/log/checkpoint" ]
	told 200 '' /index/config.json
	key=$(field key)
	ms key trust --store "$key" >"$here/out" 2>&1
	ms store mirror "$url/" "$here/mirror" --json >"$here/first"
	says "$here/first" '"entries":4,"before":0,"packages":1,'
	ms audit "$here/mirror"
	diff -r "$here/shop/index" "$here/mirror/index"
	ms store mirror "$url" "$here/mirror" --json >"$here/again"
	says "$here/again" '"entries":4,"before":4,"packages":0,"requests":1,'
	publish "$two" >/dev/null
	ms store mirror "$url" "$here/mirror" --json >"$here/more"
	says "$here/more" '"entries":5,"before":4,"packages":1,'
	ms audit "$here/mirror"
	end_shop
	cp -R "$here/mirror" "$here/before"
	fails 9 ms store mirror "$url" "$here/mirror"
	says "$here/out" "cannot be reached"
	# A store of another history under the same name.
	cp "$here/shop/store.key" "$here/key"
	rm -rf "$here/shop"
	mkdir "$here/shop"
	cp "$here/key" "$here/shop/store.key"
	begun
	fails 7 ms store mirror "$url" "$here/mirror"
	diff -r "$here/before" "$here/mirror"
	ms key untrust --store "$key" >"$here/out" 2>&1
}

the_index_made_anew_has_the_same_bytes() {
	begun
	publish "$one" >/dev/null
	publish "$two" >/dev/null
	end_shop
	cp -R "$here/shop/index" "$here/index"
	echo torn >"$here/shop/index/he/ll/example.org/hello"
	mkdir -p "$here/shop/index/no/ne/example.org"
	echo '{}' >"$here/shop/index/no/ne/example.org/none"
	if ms audit "$here/shop" >"$here/audit" 2>&1; then return 1; fi
	ms -q store rebuild --dir "$here/shop"
	diff -r "$here/index" "$here/shop/index"
	follows
}

# As after a power cut: what came after the last time that the index was synced is torn.
an_index_that_a_power_cut_tore_is_mended_at_the_next_start() {
	begun
	publish "$one" >/dev/null
	end_shop
	cp "$here/shop/index-position" "$here/position"
	serve
	publish "$two" >/dev/null
	end_shop
	cp -R "$here/shop/index" "$here/index"
	cp "$here/position" "$here/shop/index-position"
	: >"$here/shop/index/he/ll/example.org/hello"
	serve
	end_shop
	diff -r "$here/index" "$here/shop/index"
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
	told 416 no-such-range "/blobs/sha256/$hash" -H "Range: bytes=9-3"
	told 200 '' /v1/services/example.org/hello
	tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' "$here/head")
	told 304 '' /v1/services/example.org/hello -H "If-None-Match: $tag"
	same "$(stat -c %s "$here/body")" 0
	publish "$two" >/dev/null
	told 200 '' /v1/services/example.org/hello -H "If-None-Match: $tag"
}

all_but_log_and_packages_can_be_lost() {
	begun
	publish "$one" >/dev/null
	publish "$two" >/dev/null
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"deprecated","reason":"old"}'
	told 200 '' /v1/services/example.org/hello
	cp "$here/body" "$here/before"
	end_shop
	rm "$here/shop/state.db"*
	serve
	told 200 '' /v1/services/example.org/hello
	same "$(cat "$here/body")" "$(cat "$here/before")"
	end_shop
	ms -q store rebuild --dir "$here/shop"
	ms -q store check --dir "$here/shop"
	serve
	told 200 '' /v1/services/example.org/hello
	same "$(cat "$here/body")" "$(cat "$here/before")"
}

a_damaged_package_is_found() {
	begun
	publish "$one" >/dev/null
	blob=$here/shop/blobs/sha256/$(field package)
	end_shop
	ms -q store check --dir "$here/shop"
	printf x | dd of="$blob" bs=1 seek=1000 conv=notrunc 2>/dev/null
	fails 7 ms store check --dir "$here/shop"
	says "$here/out" 'example.org/hello 1.0.0'
	rm "$blob"
	fails 7 ms store check --dir "$here/shop"
}

a_copy_of_the_folder_is_a_backup() {
	begun
	publish "$one" >/dev/null
	end_shop
	cp -R "$here/shop" "$here/backup"
	rm -r "$here/shop"
	mv "$here/backup" "$here/shop"
	serve
	told 200 '' /v1/services/example.org/hello
	same "$(publish "$two")" 201
}

two_programs_do_not_serve_one_folder() {
	begun
	fails 1 timeout 60 ms store serve --dir "$here/shop" --listen 127.0.0.1:0
	says "$here/out" 'MS2914'
	told 200 '' /livez
	end_shop
	fails 7 timeout 60 ms store serve --dir "$here/shop" --listen 127.0.0.1:0 --name other.example
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
	what_is_staged_is_seen_by_its_own_until_it_is_approved what_is_staged_is_kept_by_nobody_on_the_way what_is_held_is_not_there_for_strangers the_rest_of_what_changed_is_sent_whole tokens_of_a_name_space_are_counted \
	a_database_of_before_is_made_anew an_index_that_does_not_follow_is_found_and_made_anew a_state_that_the_log_has_not_given_is_found a_token_that_may_stage_may_not_publish_or_approve a_yanked_version_says_why_and_what_instead the_index_has_each_version_as_soon_as_it_is_answered \
	a_store_is_mirrored_over_the_network_by_a_key_that_is_believed the_index_made_anew_has_the_same_bytes an_index_that_a_power_cut_tore_is_mended_at_the_next_start \
	an_administrator_s_quarantine_stops_its_bytes a_name_space_is_its_first_claimer_s a_claim_counts_once_and_here_alone a_closed_store_asks_its_administrator \
	a_revoked_key_publishes_nothing_and_its_tokens_end registries_clients_copy_a_service_out parts_of_a_package_and_what_did_not_change_are_not_sent_whole \
	all_but_log_and_packages_can_be_lost a_damaged_package_is_found a_copy_of_the_folder_is_a_backup two_programs_do_not_serve_one_folder who_changes_something_hears_of_it_when_it_is_done it_says_how_it_is the_page_has_every_request
