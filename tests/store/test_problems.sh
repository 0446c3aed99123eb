# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2016,SC2119,SC2120 # backquotes of pages; options of curl in words; options of serve may be left out
# Problems that a store answers: each says what to do, and the page about stores has all of them.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh
. tests/base/net/problems.sh

# The words besides are names of templates, a coding and one of a query; what an administrator has stopped is answered by the word of its state.
each_title_in_the_code_has_its_row_and_each_row_a_title() {
	have_rows store 50 'identity|package|publisher|service|services' quarantined removed
}

the_page_about_stores_has_each_of_them() {
	{ rows "$top/store/problems.def"; rows "$top/base/net/call_problems.def" | grep -v '^no-such-path|'; } | LC_ALL=C sort | sed 's/\(.*\)|\(.*\)/| `\1` | \2 |/' >"$here/rows"
	sed -n '/^## Problems/,/^## [^P]/p' "$top/docs/store.md" | grep '^| `' | grep -v '^| `title`' | diff "$here/rows" -
}

# fix PATH [OPTION...]: what the problem says to do; it has to be one, with all that a problem has.
fix() {
	ask "$@" >"$here/status"
	grep -q '^[45]' "$here/status" || { cat "$here/status" "$here/body"; echo "no problem: $1"; return 1; }
	for member in type title status detail fix; do says "$here/body" "\"$member\":"; done
	lacks "$here/body" 'null'
}

whoever_is_refused_hears_what_to_do() {
	serve
	id=$(printf '%064d' 0)
	while read -r line; do
		# shellcheck disable=SC2086 # options in words
		fix $line
	done <<-END
	/nothing
	/v1/store -X POST -d x
	/v1/publish -d x
	/v1/publish?dry-run=1&publisher=example.org -d x
	/v1/search?limit=0
	/v1/search?category=cooking
	/v1/search?fits=toaster
	/v1/search -d {}
	/v1/services/example.org
	/v1/services/example.org?limit=0
	/v1/services/example.org/hello
	/v1/services/example.org/hello/1.0.0
	/v1/services/example.org/hello/1.0.0/proof
	/v1/keys/example.org
	/v1/claims -d x
	/v1/tokens
	/v1/tokens -H Authorization:Bearer
	/v1/admin/orders
	/blobs/sha256/$id
	/blobs/sha256/x
	/log/tile/9/9
	/services/example.org/hello -H Accept:application/json
	/v1/store -H Content-Encoding:gzip -X POST
	/v1/challenges -X POST -H Origin:http://a.example
	END
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	while read -r line; do
		# shellcheck disable=SC2086
		fix $line $(with "$token")
	done <<-END
	/v1/publish -d x
	/v1/tokens -d {}
	/v1/tokens/$id -X DELETE
	/v1/keys/example.org/x?reason=lost -X DELETE
	/v1/keys/example.org/0123456789abcdef?reason=lost -X DELETE
	/v1/keys/example.org/0123456789abcdef -X DELETE
	/v1/services/example.org/hello/1.0.0/state -d {}
	/v1/services/example.org/hello/1.0.0/state -d {"state":"yanked","reason":"old"}
	/v1/approval/example.org -d {}
	/v1/approval/other.example -d {"on":true}
	/v1/admin/orders
	/v1/admin/orders -d {}
	END
	# Each program that asks shows it: here ms, of a name that is taken.
	ms key new other >"$here/made" 2>&1
	fails 10 ms login "$url" --claim example.org --key "$MS_HOME/config/keys/other.pem"
	says "$here/out" 'fix: '
}

ms key new developer >"$scratch/made" 2>&1
ours=$MS_HOME/config/keys/developer.pem
run each_title_in_the_code_has_its_row_and_each_row_a_title the_page_about_stores_has_each_of_them whoever_is_refused_hears_what_to_do
