# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Lines that break while something is published, and what a token leaves behind on its way.  What was sent is there whole or not at all, and whoever asks again has
# one entry in the log.  (Lines that are closed in order: test_store_clients.sh.  A store that is killed: test_store_kills.sh.)
# After a line that broke nothing is waited for but that the store has forgotten the body, or an answer to the next request, which stands behind it in the writer's queue.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

rawtalk=$top/out/check/tests/fakes/rawtalk
one_package

begun() {
	serve "$@"
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	with "$token" >/dev/null
}

entries() {
	told 200 '' /v1/store
	field entries
}

nothing_left() {
	! find "$here/shop/incoming" -type f | grep -q .
}

# state: each file of the store and its hash, but for what is on its way, and what SQLite shares between processes.
state() {
	find "$here/shop" -type f ! -path '*/incoming/*' ! -name '*-shm' -exec sha256sum {} + | sort -k 2
}

# request QUERY: a whole publish, as bytes, in $here/request; $head of them before the package, $size in all.
request() {
	printf 'POST /v1/publish%s HTTP/1.1\r\nHost: s\r\nAuthorization: Bearer %s\r\nContent-Length: %s\r\n\r\n' "$1" "$token" "$(stat -c %s "$one")" >"$here/request"
	head=$(stat -c %s "$here/request")
	cat "$one" >>"$here/request"
	size=$(stat -c %s "$here/request")
}

a_publish_whose_line_breaks_at_any_byte_leaves_nothing() {
	begun
	state >"$here/before"
	for query in '' '?stage=1' '?dry-run=1'; do
		request "$query"
		for at in 0 1 4 $((head / 2)) $((head - 1)) "$head" $((head + 1)) $((head + 512)) $((head + 4096)) $(((head + size) / 2)) $((size - 512)) $((size - 1)); do
			head -c "$at" "$here/request" | "$rawtalk" "${url##*:}" reset
		done
	done
	soon nothing_left
	state | diff "$here/before" -
	told 404 '' /v1/services/example.org/hello/1.0.0
	same "$(ask /v1/publish -K "$here/with" --data-binary "@$one")" 201
}

# The last byte is sent, and nobody is there to hear the answer: who asks again hears that it is there, or makes it be there.
a_publish_whose_line_breaks_before_its_answer_is_there_once() {
	for how in reset cut reset cut; do
		rm -rf "$here/shop"
		begun
		before=$(entries)
		request ''
		"$rawtalk" "${url##*:}" "$how" <"$here/request"
		case $(ask /v1/publish -K "$here/with" --data-binary "@$one") in 200 | 201) ;; *) cat "$here/body"; return 1 ;; esac
		same "$(field package)" "$(sha256sum <"$one" | cut -d' ' -f1)"
		same "$(entries)" $((before + 1))
		soon nothing_left
		printf 'POST /v1/services/example.org/hello/1.0.0/state HTTP/1.1\r\nHost: s\r\nAuthorization: Bearer %s\r\nContent-Length: 36\r\n\r\n{"state": "yanked", "reason": "old"}' "$token" | "$rawtalk" "${url##*:}" "$how"
		ask /v1/services/example.org/hello/1.0.0/state -K "$here/with" -d '{"state": "yanked", "reason": "old"}' >/dev/null
		told 200 '' /v1/services/example.org/hello/1.0.0
		same "$(field state)" yanked
		same "$(entries)" $((before + 2))
		end_shop
		ms -q audit "$here/shop" >"$here/audited" 2>&1 || { cat "$here/audited"; return 1; }
	done
}

# unseen: no process has the token in its words, nor in what it was given by the environment.
unseen() {
	for each in /proc/[0-9]*; do
		if cat "$each/cmdline" "$each/environ" 2>/dev/null | grep -qaFf "$here/secret"; then
			tr '\0' ' ' <"$each/cmdline"
			return 1
		fi
	done
}

# asks: a client of ours has a line to the store.
asks() {
	for each in $(processes one.msp); do
		if find "/proc/$each/fd" -lname 'socket:*' | grep -q .; then return 0; fi
	done
	return 1
}

# A client is looked at while it waits for a store that stands still.
a_token_is_in_no_command_line_no_address_and_no_log() {
	serve
	cp -R "$scratch/home" "$here/home"
	MS_HOME=$here/home
	cp "$one" "$here"
	cd "$here"
	ms -q login "$url" --claim example.org
	sed -n "s/^token: '\(.*\)'/\1/p" home/config/stores/* >secret
	[ "$(wc -c <secret)" -gt 60 ]
	kill -STOP "$shop"
	ms publish one.msp -v >said 2>&1 &
	publishing=$!
	{ soon asks && unseen; } || { kill -CONT "$shop"; return 1; }	# what stands still does not end
	kill -CONT "$shop"
	wait "$publishing"
	ms -q token create --scope stage --label ci -o ci.token
	ms yank example.org/hello 1.0.0 --reason old >>said
	ms token list >>said
	for path in /v1/tokens /v1/publish /v1/services/example.org/hello/1.0.0/state /services; do
		ask "$path" $(with "$(cat secret)") -d '{}' >/dev/null
		ask "$path" $(with "$(tr 0-8 1-9 <secret)") >/dev/null
	done
	cat secret ci.token >both
	for log in said served; do
		if grep -aFf both "$log"; then return 1; fi
	done
	# Nor in the store's folder: it keeps their hashes.
	end_shop
	same "$(grep -raFlf both shop || true)" ''
}

run a_publish_whose_line_breaks_at_any_byte_leaves_nothing a_publish_whose_line_breaks_before_its_answer_is_there_once a_token_is_in_no_command_line_no_address_and_no_log
