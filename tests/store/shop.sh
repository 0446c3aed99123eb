# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2154 # one, two, ours: who sources this has them; here, top: shell.sh
# Sourced after tests/shell.sh and tests/e2e/sdk.sh by tests that have a store.

shop=

# serve [OPTION...]: a store in $here/shop; its URL is $url, its process $shop.  Of changes it takes $rate a second, or very many.
serve() {
	: >"$here/served"
	# What looks for leaks reads /proc at the end, which the store gave up.
	ASAN_OPTIONS=detect_leaks=0 "$top/out/check/ms-store" serve --dir "$here/shop" --listen 127.0.0.1:0 --rate "${rate:-100000}" -v "$@" >>"$here/served" 2>&1 </dev/null &
	shop=$!
	trap end_shop EXIT
	soon ready
	url=$(sed -n 's/^ready: \(http.*\)/\1/p' "$here/served")
}

# It answers, or it has ended.
ready() {
	grep -q '^ready: ' "$here/served" || gone "$shop"
}

end_shop() {
	[ -z "${shop:-}" ] || { kill "$shop" 2>/dev/null || true; wait "$shop" 2>/dev/null || true; }
	shop=
}

# ask PATH [CURL OPTION...]: its status; head and body are in $here/head and $here/body.
ask() {
	path=$1
	shift
	: >"$here/body"
	curl -s -m 60 -o "$here/body" -D "$here/head" -w '%{http_code}' "$@" "$url$path" 2>"$here/curl" || true
}

# told STATUS TITLE PATH [CURL OPTION...]
told() {
	want=$1 title=$2
	shift 2
	same "$(ask "$@")" "$want" || { cat "$here/body"; return 1; }
	[ -z "$title" ] || says "$here/body" "\"title\":\"$title\""
}

# field NAME: of the body, the first of that name.
field() {
	sed -E "s/.*\"$1\":(\"([^\"]*)\"|([0-9]+|null|true|false)).*/\2\3/" "$here/body"
}

# claim VENDOR KEY [CURL OPTION...]: as somebody with that private key, who dialled $at, or else the store itself; the status.
claim() {
	vendor=$1 key=$2
	shift 2
	ask /v1/challenges -X POST >/dev/null
	"$top/out/check/ms-store" claim "$(cat "$here/shop/name")" "${at:-$url}" "$vendor" "$(field nonce)" --key "$key" >"$here/claim"
	ask /v1/claims --data-binary "@$here/claim" "$@"
}

# package FOLDER VERSION: the service there, in that version; its path.
package() {
	sed -i "s/^version: .*/version: $2/" "$1/ms.yaml"
	grep -q '^targets' "$1/ms.yaml" || echo 'targets: [ v7em ]' >>"$1/ms.yaml"
	ms -q -C "$1" build >"$here/built" 2>&1 && ms -q -C "$1" package >>"$here/built" 2>&1 || { cat "$here/built" >&2; return 1; }
	echo "$1/out/hello-$2.msp"
}

# source_package FOLDER VERSION: the source package of the service there, in that version; its path.
source_package() {
	sed -i "s/^version: .*/version: $2/" "$1/ms.yaml"
	ms -q -C "$1" package --source >"$here/built" 2>&1 || { cat "$here/built" >&2; return 1; }
	echo "$1/out/hello-$2-source.msp"
}

# one_package: for all tests of a file, made once: $one is of the service hello, in $scratch/one.msp; its developer's key is $ours.
one_package() {
	here=$scratch
	hello "$scratch/hello"
	cp "$(package "$scratch/hello" 1.0.0)" "$scratch/one.msp"
	one=$scratch/one.msp ours=$MS_HOME/config/keys/developer.pem
}

# two_packages: in two versions; $two is the second, in $scratch/two.msp.
two_packages() {
	one_package
	cp "$(package "$scratch/hello" 1.1.0)" "$scratch/two.msp"
	two=$scratch/two.msp
}

# with TOKEN: the option of curl; the token is in no command line.
with() {
	printf 'header = "Authorization: Bearer %s"\n' "$1" >"$here/with"
	echo "-K$here/with"
}

# begun: a store in which example.org is claimed; its token is $token.
begun() {
	serve "$@"
	same "$(claim example.org "$ours")" 201
	token=$(field token)
}

# publish FILE [QUERY]: by $token; the status.
publish() {
	file=$1
	shift
	ask "/v1/publish${1:-}" "$(with "$token")" --data-binary "@$file"
}

# race TIMES FILE...: each published so often by $token, all at once; the statuses are the lines of $here/codes, in any order.
race() {
	times=$1 racing=
	shift
	with "$token" >/dev/null
	: >"$here/codes"
	for _ in $(seq "$times"); do
		for file in "$@"; do
			curl -s -m 60 -o /dev/null -w '%{http_code}\n' -K "$here/with" --data-binary "@$file" "$url/v1/publish" >>"$here/codes" &
			racing="$racing $!"
		done
	done
	for each in $racing; do wait "$each" || true; done
	same "$(wc -l <"$here/codes")" "$((times * $#))"
}
