#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What it takes to replay a large log, and how large a proof of it is; writes it into bench/README.md between its two marks.
# From the top of a tree that was built: bench/store-log.sh [ENTRIES [SERVICES [VERSIONS]]]
set -eu
. bench/page.sh
entries=${1:-1000000} services=${2:-50000} versions=${3:-500000}
work=$(mktemp -d)
MS_HOME=$work/home
export MS_HOME
. bench/storeparts.sh
trap 'end_all; rm -rf "$work"' EXIT

# said TEXT COMMAND...: its processor time, memory and time, a row.
said() {
	text=$1
	shift
	doing "$text"
	/usr/bin/env time -o "$work/time" -f '%U %S %e %M' "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
	awk -v text="$text" -v entries="$entries" '{ printf "| %s | %.1f s | %.1f s | %.1f µs | %.0f MiB |\n", text, $1 + $2, $3, ($1 + $2) / entries * 1e6, $4 / 1024 }' "$work/time"
}

replays() {
	printf '| %s entries, %s | of the processor | time that passes | an entry | most memory |\n|---|---|---|---|---|\n' "$entries" "$(du -sh "$work/s/log" | cut -f1)"
	said "\`sha256sum\` of the log's files" sh -c "find '$work/s/log/tile' -type f -exec cat {} + | sha256sum"
	said "\`ms audit --log-only\`: hashes, tiles, root, and what each entry says" out/stage/bin/ms audit --log-only "$work/s"
}

proof() {
	serve "$work/s"
	one=$(curl -s "$url/v1/search?limit=1" | sed 's/.*"publisher":"\([^"]*\)","name":"\([^"]*\)","version":"\([^"]*\)".*/\1\/\2\/\3/')
	curl -s "$url/v1/services/$one/proof" >"$work/proof"
	printf '\nA proof in it: %s hashes, %s bytes as text with the entry and the checkpoint. Load while it ran: %s.\n' "$(grep -c '^[A-Za-z0-9+/]\{43\}=$' "$work/proof")" "$(wc -c <"$work/proof")" "$(cut -d' ' -f1-3 /proc/loadavg)"
}

build_parts
doing "a log of $entries entries is made"
"$work/storefill" "$work/s" "$services" "$versions" "$entries"
{
	replays
	proof
} >"$work/tables"
into_page bench/README.md bench/store-log.sh "$work/tables"
cat "$work/tables"
