#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A store's log before golang.org/x/mod/sumdb, the library that reads the logs of Go's modules: Debian's golang-go and golang-golang-x-mod-dev.  It makes tiles,
# roots and proofs anew from the entries, believes the checkpoint, and finds what was changed.
#
#	tests/judges/log.sh PROOFS	the program that lets a log grow (log/proofs.c)
set -eu
. tests/shell.sh
proofs=$PWD/$1

# The judge, from what Debian ships and nothing else; without it nothing is judged, and the test says so.
command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ] || missing=1
[ -n "${missing:-}" ] || GO111MODULE=off GOPATH=/usr/share/gocode GOPROXY=off GOCACHE=$scratch/cache go build -o "$scratch/judge" tests/judges/log/judge.go

need_judge() {
	[ -z "${missing:-}" ] || skip 'no Go here: apt-get install golang-go golang-golang-x-mod-dev'
}

# judged SIZE SEED: the log in $here/s, grown to so many entries.
judged() {
	"$proofs" "$here/s" "$here/key.pem" "$1" 40 "$2" >"$here/proofs"
	"$scratch/judge" "$here/s" "$here/proofs"
}

a_log_of_each_size_is_as_go_makes_it() {
	need_judge
	for size in 1 2 3 4 5 6 7 8 9 31 64 100 254 255 256 257 511 512 513 1000 4095 4096 10000; do
		judged "$size" "$size"
	done
}

# More than 256 whole tiles: there is a third level.
so_is_a_large_one() {
	need_judge
	for size in 65535 65536 65537 70000; do
		judged "$size" "$size"
	done
}

# refused FILE BYTE: with that byte made another one.
refused() {
	cp "$1" "$here/good"
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	# shellcheck disable=SC2059 # the format is the byte
	printf "\\$(printf %o "$(((byte + 1) % 256))")" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
	fails 1 "$scratch/judge" "$here/s" "$here/proofs"
	cp "$here/good" "$1"
}

the_judge_sees_what_is_wrong() {
	need_judge
	judged 1000 7
	refused "$here/s/log/tile/0/000" 100
	refused "$here/s/log/tile/0/003.p/232" 7
	refused "$here/s/log/tile/entries/001" 100
	refused "$here/s/log/checkpoint" 30
	refused "$here/s.tlog-proof" 50
	sed '2s/.$/x/' "$here/proofs" | tr x 0 >"$here/other"
	cmp -s "$here/other" "$here/proofs" || fails 1 "$scratch/judge" "$here/s" "$here/other"
	"$scratch/judge" "$here/s" "$here/proofs"
}

run a_log_of_each_size_is_as_go_makes_it so_is_a_large_one the_judge_sees_what_is_wrong
