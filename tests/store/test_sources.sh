# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Source packages in a store: given beside a version that is published, by its own name space, once; everybody can take them, check them against the log, mirror
# and audit them, and they go where the version goes.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# flip FILE AT: one bit of the byte there.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	printf '%b' "\\0$(printf %o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

digest() {
	sha256sum <"$1" | cut -d' ' -f1
}

two_packages
cp "$(source_package "$scratch/hello" 1.0.0)" "$scratch/one-source.msp"
source=$scratch/one-source.msp
cp "$(source_package "$scratch/hello" 1.1.0)" "$scratch/two-source.msp"
# The same package from a project that has a file more: another source of it.
echo 'What it is for.' >"$scratch/hello/README.md"
cp "$(source_package "$scratch/hello" 1.0.0)" "$scratch/again-source.msp"
one_hash=$(digest "$one") source_hash=$(digest "$source")

# begun_with_one: a store in which example.org is claimed and 1.0.0 published.
begun_with_one() {
	begun
	same "$(publish "$one")" 201
}

# state NEW REASON: of 1.0.0, said by the administrator.
state() {
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$(cat "$here/shop/admin-token")") -d "{\"state\":\"$1\",\"reason\":\"$2\"}"
}

a_source_is_given_once_and_everybody_has_it() {
	begun_with_one
	same "$(publish "$source" '?dry-run=1')" 200
	told 404 no-such-source '/v1/services/example.org/hello/1.0.0/proof?of=source'
	same "$(publish "$source")" 201
	same "$(field source)" "$source_hash"
	same "$(field package)" "$one_hash"
	same "$(field size)" "$(wc -c <"$source")"
	entry=$(field entry)
	same "$(field repeated)" false
	says "$here/body" '"proof":"c2sp.org/tlog-proof'
	same "$(publish "$source")" 200
	same "$(field entry)" "$entry"
	same "$(field repeated)" true
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(field source) $(field source_size) $(field source_entry)" "$source_hash $(wc -c <"$source") $entry"
	same "$(field source_kid)" "$(field kid)"
	told 200 '' '/v1/services/example.org/hello/1.0.0/proof?of=source'
	told 400 not-understood '/v1/services/example.org/hello/1.0.0/proof?of=else'
	told 200 '' "/blobs/sha256/$source_hash"
	cmp "$here/body" "$source"
	told 200 '' /index/he/ll/example.org/hello
	says "$here/body" "\"source\":\"$source_hash\",\"source_size\":$(wc -c <"$source"),\"source_entry\":$entry,\"source_kid\":\"$(field kid)\""
	told 200 '' "/log.json"
	says "$here/body" 'example.org/hello 1.0.0: its source'
	end_shop
	ms -q store check --dir "$here/shop"
	ms audit "$here/shop" >"$here/audit" 2>&1
	says "$here/audit" '1 source beside packages'
}

what_is_not_the_source_of_what_is_there_is_refused_and_nothing_of_it_kept() {
	begun_with_one
	ls "$here/shop/blobs/sha256" >"$here/before"
	told 404 no-such-version /v1/publish $(with "$token") --data-binary "@$scratch/two-source.msp"
	says "$here/body" 'publish the package first'
	# Each bit of it is signed, or of no meaning and fixed.
	for at in 0 20 600 700 3000; do
		cp "$source" "$here/flipped"
		flip "$here/flipped" "$at"
		case $(publish "$here/flipped") in 403) ;; *) cat "$here/body"; return 1 ;; esac
	done
	told 401 not-authorised /v1/publish --data-binary "@$source"
	told 201 '' /v1/tokens $(with "$token") -d '{"scopes":["state"],"days":3,"label":"other"}'
	told 403 not-allowed /v1/publish $(with "$(field token)") --data-binary "@$source"
	ls "$here/shop/blobs/sha256" >"$here/after"
	cmp "$here/before" "$here/after"
	# Of those that promise the package the first one is its source for ever.
	same "$(publish "$source")" 201
	cmp "$source" "$scratch/again-source.msp" && return 1
	told 409 source-taken /v1/publish $(with "$token") --data-binary "@$scratch/again-source.msp"
	end_shop
	ms -q audit "$here/shop"
}

# Sixteen at once, eight with each of two. The writer takes one order after the other, so whichever comes first is the source: no order of events makes two.
of_two_who_give_a_source_at_once_one_has_given_it() {
	begun_with_one
	race 8 "$source" "$scratch/again-source.msp"
	same "$(sort "$here/codes" | uniq -c | tr -s ' \n' ' ')" ' 7 200 1 201 8 409 '
	end_shop
	ms audit "$here/shop" >"$here/audit" 2>&1
	says "$here/audit" '1 source beside packages'
}

# Another package of that name and version is published: what was signed by the same key is still no source of it.
the_source_of_another_package_is_refused() {
	sed 's/Hello/Good morning/' "$scratch/hello/src/main.c" >"$here/main.c"
	cp -R "$scratch/hello" "$here/hello"
	cp "$here/main.c" "$here/hello/src/main.c"
	other=$(package "$here/hello" 1.0.0)
	begun
	same "$(publish "$other")" 201
	told 409 another-package /v1/publish $(with "$token") --data-binary "@$source"
	says "$here/body" 'another package'
	end_shop
	ms -q audit "$here/shop"
}

# Who approves is asked about versions: a build server stages one and gives its source, which is seen with it.
a_source_of_what_is_staged_is_seen_when_that_is() {
	begun
	told 201 '' /v1/tokens $(with "$token") -d '{"scopes":["stage"],"days":3,"label":"ci"}'
	owner=$token token=$(field token)
	same "$(publish "$one" '?stage=1')" 201
	same "$(publish "$source" '?stage=1')" 201
	told 404 no-such-blob "/blobs/sha256/$source_hash"
	told 404 '' '/v1/services/example.org/hello/1.0.0/proof?of=source'
	told 404 '' /index/he/ll/example.org/hello
	told 200 '' "/blobs/sha256/$source_hash" $(with "$token")
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$owner") -d '{"state":"live"}'
	told 200 '' "/blobs/sha256/$source_hash"
	told 200 '' /index/he/ll/example.org/hello
	says "$here/body" "\"source\":\"$source_hash\""
	end_shop
	ms -q audit "$here/shop"
}

a_source_goes_where_its_version_goes() {
	begun_with_one
	same "$(publish "$source")" 201
	state quarantined malware
	told 403 quarantined "/blobs/sha256/$source_hash"
	told 200 '' /index/he/ll/example.org/hello
	lacks "$here/body" '"source"'
	same "$(publish "$source")" 200
	told 409 source-taken /v1/publish $(with "$token") --data-binary "@$scratch/again-source.msp"
	end_shop
	ms -q audit "$here/shop"
	# As long as it can be released it has to be there.
	ms -q store check --dir "$here/shop"
	mv "$here/shop/blobs/sha256/$source_hash" "$here/kept"
	fails 7 ms store check --dir "$here/shop"
	says "$here/out" 'example.org/hello 1.0.0, its source'
	mv "$here/kept" "$here/shop/blobs/sha256/$source_hash"
	serve
	state removed malware
	told 410 removed "/blobs/sha256/$source_hash"
	end_shop
	rm "$here/shop/blobs/sha256/$source_hash" "$here/shop/blobs/sha256/$one_hash"
	ms -q store check --dir "$here/shop"
	ms -q audit "$here/shop"
}

no_source_is_taken_of_a_version_that_was_stopped() {
	begun_with_one
	state quarantined malware
	told 409 version-stopped /v1/publish $(with "$token") --data-binary "@$source"
	state live ''
	same "$(publish "$source")" 201
	end_shop
	ms -q audit "$here/shop"
}

a_key_that_is_revoked_or_quarantined_gives_no_source() {
	begun_with_one
	told 200 '' /v1/keys/example.org
	kid=$(field kid)
	told 200 '' "/v1/admin/orders" $(with "$(cat "$here/shop/admin-token")") -d "{\"order\":\"quarantine\",\"publisher\":\"example.org\",\"key\":\"$kid\",\"reason\":\"stolen\"}"
	told 401 not-authorised /v1/publish $(with "$token") --data-binary "@$source"
	told 403 not-believed '/v1/publish?dry-run=1&publisher=example.org' --data-binary "@$source"
	says "$here/body" 'is quarantined in this store'
	end_shop
}

# Database and index are dropped: from log and packages the same bytes come.
what_is_made_anew_is_the_same_byte_by_byte() {
	begun_with_one
	same "$(publish "$source")" 201
	told 200 '' /v1/services/example.org/hello/1.0.0
	cp "$here/body" "$here/version"
	end_shop
	cp -R "$here/shop/index" "$here/index"
	rm -r "$here/shop/index"
	ms -q store rebuild --dir "$here/shop"
	diff -r "$here/index" "$here/shop/index"
	rm "$here/shop"/state.db*
	serve
	told 200 '' /v1/services/example.org/hello/1.0.0
	cmp "$here/body" "$here/version"
	end_shop
}

# Where a browser looks: how it is taken while that can be done, and nothing of it once it is kept back.
the_page_of_a_version_says_where_its_source_is_and_how_to_rebuild_it() {
	begun_with_one
	told 200 '' /services/example.org/hello/1.0.0 -H 'Accept: text/html'
	lacks "$here/body" '<h2 id="source">'
	same "$(publish "$source")" 201
	entry=$(field entry)
	told 200 '' /services/example.org/hello/1.0.0 -H 'Accept: text/html'
	for said in '<h2 id="source">' "value=\"ms add example.org/hello@1.0.0 --source --store $url\"" ">hello-1.0.0-source.msp</a>" "<code class=\"hash\">$source_hash</code>" "/log?from=$entry\">entry $entry</a>"; do
		says "$here/body" "$said"
	done
	grep -o 'href="[^"]*"' "$here/body" | sed 's/href="//; s/"$//' | grep 'of=source\|^/blobs/' | sort -u >"$here/links"
	same "$(wc -l <"$here/links")" 3
	while read -r link; do
		told 200 '' "$link"
	done <"$here/links"
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked","reason":"broken"}'
	told 200 '' /services/example.org/hello/1.0.0 -H 'Accept: text/html'
	says "$here/body" 'ms verify --rebuild hello-1.0.0-source.msp'
	lacks "$here/body" 'ms add'
	state quarantined malware
	told 200 '' /services/example.org/hello/1.0.0 -H 'Accept: text/html'
	lacks "$here/body" "$source_hash"
	lacks "$here/body" '-source.msp'
	end_shop
}

# By whom it is trusted is said once; the mirror is made, and audited, by that.
a_mirror_brings_sources_along_and_an_audit_names_what_was_changed() {
	begun_with_one
	ms key trust --store "$(sed -n 's/^key of its log: //p' "$here/served")" >/dev/null 2>&1
	ms -q store mirror "$url" "$here/mirror"
	[ ! -e "$here/mirror/blobs/sha256/$source_hash" ]
	same "$(publish "$source")" 201
	ms --json store mirror "$url" "$here/mirror" >"$here/said" 2>/dev/null
	says "$here/said" '"sources":1'
	says "$here/said" '"packages":0'
	cmp "$here/mirror/blobs/sha256/$source_hash" "$source"
	ms -q audit "$url"
	end_shop
	diff -r "$here/shop/index" "$here/mirror/index"
	ms -q audit "$here/mirror"
	size=$(wc -c <"$source")
	for at in 0 1000 $((size / 2)) $((size - 1)); do
		cp "$source" "$here/mirror/blobs/sha256/$source_hash"
		flip "$here/mirror/blobs/sha256/$source_hash" "$at"
		fails 7 ms audit "$here/mirror"
		says "$here/out" "'blobs/sha256/$source_hash' was changed"
	done
	rm "$here/mirror/blobs/sha256/$source_hash"
	fails 7 ms audit "$here/mirror"
	says "$here/out" "'blobs/sha256/$source_hash' is missing: entry"
}

run a_source_is_given_once_and_everybody_has_it what_is_not_the_source_of_what_is_there_is_refused_and_nothing_of_it_kept the_source_of_another_package_is_refused of_two_who_give_a_source_at_once_one_has_given_it \
	a_source_of_what_is_staged_is_seen_when_that_is a_source_goes_where_its_version_goes no_source_is_taken_of_a_version_that_was_stopped \
	a_key_that_is_revoked_or_quarantined_gives_no_source what_is_made_anew_is_the_same_byte_by_byte \
	the_page_of_a_version_says_where_its_source_is_and_how_to_rebuild_it a_mirror_brings_sources_along_and_an_audit_names_what_was_changed
