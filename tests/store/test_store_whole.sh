# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# A store's folder: what in it follows from log and packages is found where it does not, and made anew; what may be lost, torn, damaged, copied.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

two_packages

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
	# All of it comes back by itself.
	rm -r "$here/shop/index"
	serve
	told 200 '' /index/he/ll/example.org/hello
	end_shop
	diff -r "$here/before" "$here/shop/index"
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

run a_database_of_before_is_made_anew an_index_that_does_not_follow_is_found_and_made_anew a_state_that_the_log_has_not_given_is_found the_index_has_each_version_as_soon_as_it_is_answered \
	a_store_is_mirrored_over_the_network_by_a_key_that_is_believed the_index_made_anew_has_the_same_bytes an_index_that_a_power_cut_tore_is_mended_at_the_next_start \
	all_but_log_and_packages_can_be_lost a_damaged_package_is_found a_copy_of_the_folder_is_a_backup two_programs_do_not_serve_one_folder
