# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119,SC2120 # options of serve may be left out
# Every package that a test of ours has forged, cut or changed (tests/fakes/forged.h), sent to a store by who has a token of the name space, and signed by its very
# key where anything is signed: refused with the reason, and log, packages, index and databases are byte for byte what they were.
# The lists make themselves: what tests/format and tests/product refuse from now on is sent from now on.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

here=$scratch
hello "$scratch/hello"
good=$(package "$scratch/hello" 7.0.0)
cp "$good" "$scratch/good.msp"
good=$scratch/good.msp
ours=$MS_HOME/config/keys/developer.pem

begun() {
	serve
	same "$(claim example.org "$ours")" 201
	with "$(field token)" >/dev/null
	mkdir "$here/sent"
	state >"$here/before"
}

# state: each file of the store and its hash, but for what is on its way, and what SQLite shares between processes, on which no byte of the store depends.
state() {
	find "$here/shop" -type f ! -path '*/incoming/*' ! -name '*-shm' -exec sha256sum {} + | sort -k 2
}

# send QUERY...: all that is in $here/sent, in turn with each query, on one line to the store; "STATUS FILE" of each in $here/statuses, its answer in FILE.said.
send() {
	for file in "$here/sent/"*.msp; do
		printf 'url = "%s/v1/publish%s"\nheader = "@%s"\ndata-binary = "@%s"\noutput = "%s.said"\nwrite-out = "%%{http_code} %s\\n"\nsilent\nmax-time = 300\nnext\n' "$url" "$1" "$here/header" "$file" "$file" "$file"
		first=$1
		shift
		set -- "$@" "$first"
	done | sed '$d' >"$here/list"
	sed -n 's/^header = "\(.*\)"/\1/p' "$here/with" >"$here/header"
	curl -K "$here/list" >"$here/statuses"
	same "$(wc -l <"$here/statuses")" "$(find "$here/sent" -name '*.msp' | wc -l)"
}

# all_refused: with a status that says so, and the reason that the test knows.  Of hundreds: no program is started for any.
all_refused() {
	while read -r status file; do
		case $status in 403 | 413 | 422) ;; 400) [ ! -s "$file" ] ;; *) false ;; esac || { echo "$file: $status"; cat "$file.said"; return 1; }
		said='' why=''
		read -r said <"$file.said" || [ "$said" ]
		[ ! -s "${file%.msp}.why" ] || read -r why <"${file%.msp}.why" || [ "$why" ]
		case $said in *'"title":"not-believed"'* | *'"title":"not-compatible"'* | *'"title":"too-large"'* | *'"title":"not-understood"'*) ;; *) cat "$file.said"; return 1 ;; esac
		case $said in *"$why"*) ;; *) cat "$file.said"; echo "not said: $why"; return 1 ;; esac
	done <"$here/statuses"
}

nothing_left() {
	! find "$here/shop/incoming" -type f | grep -q .
}

# kept_nothing: of all that was sent; and what is good is taken still.
kept_nothing() {
	soon nothing_left
	state | diff "$here/before" -
	same "$(ask /v1/publish -K "$here/with" --data-binary "@$good")" 201
	end_shop
	ms -q store check --dir "$here/shop"
}

# forged TEST LEAST: what that test refuses, of which there is something.
forged() {
	begun
	cp "$ours" "$here/sent/developer.pem"
	FORGED=$here/sent "$top/out/check/tests/$1.log.exe" >"$here/forging" 2>&1 || { tail "$here/forging"; return 1; }
	[ "$(find "$here/sent" -name '*.msp' | wc -l)" -ge "$2" ]
	send '' '?stage=1' '?dry-run=1&publisher=example.org'
	all_refused
	kept_nothing
}

forgeries_are_refused_with_their_reason() {
	forged product/forgery 50
}

containers_that_other_tools_would_open_are_refused() {
	forged product/container 400
}

malformed_archives_are_refused() {
	forged package 100
}

archives_with_other_members_are_refused() {
	forged package_members 40
}

malformed_source_packages_are_refused_with_their_reason() {
	forged product/source 10
}

changed_packages_are_refused() {
	begun
	"$top/out/check/tests/fakes/mutate" "$good" "$here/sent" "${MUTANTS:-100}" "${SEED:-1}"
	send '' '?stage=1' '?dry-run=1&publisher=example.org'
	all_refused
	kept_nothing
}

# What this very computer believes is nothing to a store: it believes the keys of the name space.
a_good_package_of_somebody_else_is_refused() {
	begun
	MS_HOME=$here/other
	hello "$here/hello"
	cp "$(package "$here/hello" 7.0.0)" "$here/sent/1.msp"
	MS_HOME=$scratch/home
	sed 's/example\.org/acme.example/' "$here/hello/ms.yaml" >"$here/ms.yaml"
	mv "$here/ms.yaml" "$here/hello/ms.yaml"
	cp "$(package "$here/hello" 7.0.1)" "$here/sent/2.msp"
	cp "$good" "$here/sent/3.msp"
	send '' '?stage=1' '?publisher=nobody.example'
	grep -q "^403 $here/sent/1.msp$" "$here/statuses"
	grep -q "^403 $here/sent/2.msp$" "$here/statuses"
	says "$here/sent/2.msp.said" acme.example
	grep -q "^403 $here/sent/3.msp$" "$here/statuses"
	says "$here/sent/3.msp.said" '"title":"not-allowed"'
	kept_nothing
}

run forgeries_are_refused_with_their_reason containers_that_other_tools_would_open_are_refused malformed_archives_are_refused archives_with_other_members_are_refused malformed_source_packages_are_refused_with_their_reason \
	changed_packages_are_refused a_good_package_of_somebody_else_is_refused
