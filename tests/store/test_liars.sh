# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Stores that send without end, more than was asked for, or less than there is: who takes from them ends, says what is wrong, and has nothing of it.
# Nothing waits for a time: a liar that never ends stops when whoever asked has closed the line.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# The public files of a real store with one package, made once; the log's key, and the developer's id.
hello "$scratch/hello"
here=$scratch
one=$(package "$scratch/hello" 1.0.0)
serve
claim example.org "$MS_HOME/config/keys/developer.pem" >/dev/null
ask /v1/publish $(with "$(field token)") --data-binary "@$one" >/dev/null
log_key=$(sed 's/.*"key":"\([^"]*\)".*/\1/' "$here/shop/index/config.json")
kid=$(sed 's/.*"kid":"\([0-9a-f]*\)".*/\1/' "$here/shop/index/he/ll/example.org/hello")
end_shop

liar=
# lying LIE PATH...: its URL is $url; what it gives is in $truth, or else the real store's.
lying() {
	end_liar
	rm -f "$here/port"
	"$top/out/check/tests/fakes/liar" "$here/port" "${truth:-$scratch/shop}" "$@" >"$here/asked" &
	liar=$!
	trap end_liar EXIT
	soon [ -s "$here/port" ]
	url=http://127.0.0.1:$(cat "$here/port")
}

end_liar() {
	[ -z "$liar" ] || { kill "$liar" 2>/dev/null || true; wait "$liar" 2>/dev/null || true; }
	liar=
}

# Of somebody who has nothing yet.
product() {
	MS_HOME=$here/home
	mkdir "$here/door"
	cd "$here/door"
	ms -q product init --board mps2-an386 --vendor acme.example
}

# refused STATUS WORDS: by who adds, and nothing of it is here.
refused() {
	fails "$1" ms add example.org/hello --store "$url" --key "$log_key" --trust "$kid"
	says ../out "$2"
	[ ! -e packages ] && [ ! -e product.lock ]
	same "$(find "$MS_HOME/cache/store" -name '*.msp*' 2>/dev/null | wc -l)" 0
}

who_tells_the_truth_is_believed() {
	product
	lying
	ms -q add example.org/hello --store "$url" --key "$log_key" --trust "$kid" >../said 2>&1 || { cat ../said; return 1; }
	ms -q audit "$url" --key "$log_key" >../said
	ms -q store mirror "$url" ../mirror --key "$log_key" >../said
}

a_package_that_is_not_as_large_as_the_log_says_is_not_kept() {
	product
	for lie in endless sized half; do
		lying "$lie" blobs/
		refused 7 'has not the SHA-256'
		fails 7 ms audit "$url" --key "$log_key"
		says ../out 'blobs/sha256/'
		fails $([ "$lie" = half ] && echo 7 || echo 1) ms store mirror "$url" ../mirror --key "$log_key"
		[ ! -e ../mirror/log ]
	done
	lying empty blobs/
	refused 9 'does not answer as a store does'
}

a_checkpoint_or_an_index_without_end_is_not_read_on() {
	product
	for lie in endless sized; do
		lying "$lie" log/checkpoint
		refused 1 'log/checkpoint'\'' is larger'
		fails 1 ms audit "$url" --key "$log_key"
		fails 1 ms store mirror "$url" ../mirror --key "$log_key"
		lying "$lie" index/
		refused 1 'is larger than it may be'
		fails 7 ms audit "$url" --key "$log_key"
		says ../out 'index/he/ll/example.org/hello'
	done
	lying gone index/config.json
	fails 7 ms audit "$url" --key "$log_key"
	says ../out 'index/config.json'
	lying half index/
	refused 7 'cannot be one'
	lying empty index/
	refused 9 'does not answer as a store does'
	lying empty log/checkpoint
	refused 9 'does not answer as a store does'
}

tiles_of_another_size_prove_nothing() {
	product
	for lie in endless sized; do
		lying "$lie" log/tile/entries/
		refused 1 'is larger than it may be'
		fails 1 ms audit "$url" --key "$log_key"
		fails 1 ms store mirror "$url" ../mirror --key "$log_key"
		lying "$lie" log/tile/0/
		refused 1 'is larger than it may be'
		fails 7 ms audit "$url" --key "$log_key"
	done
	lying half log/tile/entries/
	refused 7 MS2913
	fails 7 ms audit "$url" --key "$log_key"
	fails 7 ms store mirror "$url" ../mirror --key "$log_key"
	lying half log/tile/0/
	refused 7 MS2913
	fails 7 ms audit "$url" --key "$log_key"
	[ ! -e ../mirror/log ]
}

# By the key that is believed. Whoever read as much as is signed for would never end, and had no memory for it.
who_signs_for_more_than_there_is_is_refused_for_that() {
	product
	truth=$here/over
	cp -r "$scratch/shop" "$truth"
	for size in 1000000000000 1152921504606846976 9223372036854775807; do
		"$top/out/check/tests/fakes/overstate" "$truth" "$truth/store.key" "$size"
		lying
		rm -rf "$MS_HOME"
		refused 7 MS2913
		fails 7 ms audit "$url" --key "$log_key"
		says ../out 'which the checkpoint of its log counts'
		fails 7 ms audit "$url" --key "$log_key" --log-only
		fails 7 ms store mirror "$url" ../mirror --key "$log_key"
		says ../out MS2913
		[ ! -e ../mirror ]
		[ "$(wc -l <"$here/asked")" -lt 200 ]	# of billions
	done
}

a_search_ends_whatever_a_store_sends() {
	cd "$here"
	lying pages v1/search
	ms search hello --store "$url" >said 2>&1
	says said 'nothing is found'
	says said 'there may be more: --cursor 100'
	same "$(grep -c '^v1/search' asked)" 100
	ms search hello --store "$url" --cursor 100 --json >said
	says said '"services":0,"next":"200"'
	lying same v1/search
	fails 9 ms search hello --store "$url"
	says out 'one page of a search again and again'
	same "$(grep -c '^v1/search' asked)" 2
	lying many v1/search
	fails 9 ms search hello --store "$url"
	says out 'more than was asked for'
	for lie in endless sized; do
		lying "$lie" v1/search
		fails 1 ms search hello --store "$url"
		says out 'is larger than it may be'
		same "$(grep -c '^v1/search' asked)" 1
	done
	lying empty v1/search
	fails 9 ms search hello --store "$url"
}

# No liar, but slow. The first word comes after a second, whatever else the computer does; there is no terminal here.
what_takes_longer_than_a_second_says_how_far_it_is() {
	product
	lying slow blobs/
	ms add example.org/hello --store "$url" --key "$log_key" --trust "$kid" >../said 2>../talk
	grep -qE '^[0-9]+ of [0-9]+ KiB$' ../talk || { cat ../talk; return 1; }
	rm -r "$MS_HOME/cache" packages
	ms install --store "$url" --json >../said
	grep -qE '"type":"progress","unit":"KiB","done":[0-9]+,"of":[0-9]+' ../said || { cat ../said; return 1; }
	rm -r packages
	ms -q install --store "$url" >../said 2>../talk
	lacks ../talk KiB
	ms audit "$url" --key "$log_key" >../said 2>../talk
	grep -qE '^[0-9]+ (of [0-9]+ )?(KiB|packages)$' ../talk || { cat ../talk; return 1; }
	ms store mirror "$url" ../mirror --key "$log_key" >../said 2>../talk
	grep -qE '^[0-9]+ of [0-9]+ (KiB|packages)$' ../talk || { cat ../talk; return 1; }
	ms store mirror "$url" ../again --key "$log_key" --json >../said
	grep -qE '"type":"progress","unit":"(KiB|packages)","done":[0-9]+,"of":[0-9]+' ../said || { cat ../said; return 1; }
}

# Whoever could not read all has no result: neither how much there is, nor that something is wrong with it.
an_audit_that_cannot_go_on_counts_nothing() {
	cd "$here"
	ms audit "$scratch/shop" --key "$log_key" --json >said
	says said '"packages":1'
	fails 1 env TMPDIR="$here/none" ms audit "$scratch/shop" --key "$log_key"
	lacks out 'there is no index'
	lacks out '0 packages'
	fails 1 env TMPDIR="$here/none" ms audit "$scratch/shop" --key "$log_key" --json
	says out '"deviations":0'
	says out '"entries":'
	lacks out '"packages":'
	lying empty log/tile/entries/
	fails 9 ms audit "$url" --key "$log_key" --json
	says out '"deviations":0'
	lacks out '"packages":'
}

run who_tells_the_truth_is_believed a_package_that_is_not_as_large_as_the_log_says_is_not_kept a_checkpoint_or_an_index_without_end_is_not_read_on tiles_of_another_size_prove_nothing who_signs_for_more_than_there_is_is_refused_for_that a_search_ends_whatever_a_store_sends \
	what_takes_longer_than_a_second_says_how_far_it_is an_audit_that_cannot_go_on_counts_nothing
