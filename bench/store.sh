#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a store takes to answer: index and packages beside nginx with the same files in the same run, durable publishes beside what the disk and SQLite do
# alone, searches among many, start and memory; writes it into bench/README.md between its two marks.  The server has one processor, who asks it another;
# figures are of the processor's time that the server took, which other programs on the computer change less than the clock.
# From the top of a tree that was built: bench/store.sh [SECONDS [SERVICES [VERSIONS]]]
# Needs besides what building needs: apt-get install nginx-light wrk sqlite3
set -eu
. bench/page.sh
seconds=${1:-3} services=${2:-50000} versions=${3:-500000} rounds=3 publishes=${PUBLISHES:-200} at_once=32 top=$PWD
for tool in nginx wrk sqlite3 curl taskset; do command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install nginx-light wrk sqlite3"; exit 1; }; done
PATH=$top/out/stage/bin:$PATH
work=$(mktemp -d)
MS_HOME=$work/home
export PATH MS_HOME
unset MS_SDK
. bench/storeparts.sh
# shellcheck disable=SC2154 # status: in it
trap 'status=$?; [ "$status" = 0 ] || cat "$work/said" "$work/served" >&2; end_all; rm -rf "$work"' EXIT

packaged() {
	ms -q -C "$work/hello" build >"$work/said" 2>&1
	ms -q -C "$work/hello" package >"$work/said" 2>&1
}

# A store with one package of a service for five targets.
fill() {
	doing "a store with a package"
	serve "$work/shop"
	ms -q -C "$work" new hello >"$work/said" 2>&1
	packaged
	claim "$work/shop" example.org "$MS_HOME/config/keys/developer.pem"
	curl -s -K "$work/token" --data-binary "@$work/hello/out/hello-1.0.0.msp" "$url/v1/publish" >"$work/said"
	index=$(cd "$work/shop" && find index -name hello)
	blob=$(cd "$work/shop" && find blobs -size +100k)
}

# beside TEXT PATH: each in its turn, so that both have the same of the computer.
beside() {
	doing "$1, ours and nginx in turns"
	for _ in $(seq "$rounds"); do
		asked "$shop" "$url/$2" >>"$work/ours"
		asked "$nginx" "http://127.0.0.1:$nginx_port/$2" >>"$work/theirs"
	done
	size=$(wc -c <"$work/shop/$2")
	cat "$work/ours" >"$work/o"; cat "$work/theirs" >"$work/t"; rm "$work/ours" "$work/theirs"
	awk -v text="$1" -v size="$size" '
		FNR == 1 { file++ }
		{ n[file] += $1; used[file] += $2 }
		END {
			a = used[1] / n[1]; b = used[2] / n[2]
			printf "| %s, %d bytes | %.1f µs | %.1f µs | %.0f %% | %.0f | %.2f GB |\n", text, size, a, b, 100 * b / a, 1e6 / a, size / a / 1000
		}' "$work/o" "$work/t"
}

answers() {
	echo "| answered | ours | nginx | speed, of nginx's | in a second of the processor | … bytes |"
	echo "|---|---|---|---|---|---|"
	beside "a service's index" "$index"
	beside "a package" "$blob"
	end_nginx
}

# publish FIRST LAST: packages of so many services, by many at once.
publish() {
	for n in $(seq "$1" "$2"); do
		[ "$n" = "$1" ] || echo next
		printf 'url = "%s/v1/publish"\ndata-binary = "@%s/packages/%d.msp"\noutput = "%s/answer"\nwrite-out = "%%{http_code} %%{time_total}\\n"\n' "$url" "$work" "$n" "$work"
		cat "$work/token"
	done >"$work/publishes"
	taskset -c "$their_cpu" curl -s -Z --parallel-max "$at_once" -K "$work/publishes" 2>"$work/said" >"$work/codes"
	[ "$(grep -c '^201 ' "$work/codes")" = $(($2 - $1 + 1)) ] || { cut -d' ' -f1 "$work/codes" | sort | uniq -c; cat "$work/answer"; exit 1; } >&2
}

changes() {
	doing "$publishes publishes"
	mkdir "$work/packages"
	"$work/storepackages" out/check/tests/product "$MS_HOME/config/keys/developer.pem" "$work/packages" "$publishes"
	before=$(used "$shop") began=$(date +%s%N)
	publish 1 "$publishes"
	took=$((($(date +%s%N) - began) / 1000)) spent=$(($(used "$shop") - before))
	groups=$(curl -s "$url/metrics" | awk '$1 == "store_groups_total" { print $2 }')
	began=$(date +%s%N)
	{ echo 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a);' && for _ in $(seq "$publishes"); do echo "INSERT INTO t VALUES ('$(printf '%0200d' 0)');"; done; } | sqlite3 "$work/yard.db" >"$work/said"
	sqlite=$((($(date +%s%N) - began) / 1000))
	began=$(date +%s%N)
	dd if=/dev/zero of="$work/yard" bs=4k count="$publishes" oflag=dsync 2>"$work/said"
	disk=$((($(date +%s%N) - began) / 1000))
	cat <<-END
	| durable, each | time that passes | in a second | of the processor |
	|---|---|---|---|
	| publishing a package of $(wc -c <"$work/packages/1.msp") bytes, $at_once at once, $((publishes / (groups ? groups : 1))) in a group | $((took / publishes)) µs | $((publishes * 1000000 / took)) | $((spent / publishes)) µs |
	| … each of them waited, in the middle and 99 of 100 | $(cut -d' ' -f2 "$work/codes" | sort -n | awk '{ at[NR] = $1 * 1000 } END { printf "%.0f ms, %.0f ms", at[int((NR + 1) / 2)], at[int(NR * 0.99)] }') | | |
	| a row of SQLite, its own transaction (WAL, FULL) | $((sqlite / publishes)) µs | $((publishes * 1000000 / sqlite)) | |
	| a block of 4 KiB to the disk | $((disk / publishes)) µs | $((publishes * 1000000 / disk)) | |
	END
}

# found TEXT QUESTION...: each twenty times, each time all of the answer.
found() {
	text=$1
	shift
	doing "$text"
	for q; do
		for _ in $(seq 20); do
			before=$(used "$shop")
			curl -s -f -o "$work/answer" -w '%{time_total}\n' "$url/v1/search?$q" | tr '\n' ' '
			echo "$(($(used "$shop") - before)) $q"
		done
	done >"$work/searches"
	sort -n -k2 "$work/searches" | awk -v text="$text" '{ at[NR] = $2 / 1000 } END { printf "| %s | %.1f ms | %.1f ms | %.1f ms |\n", text, at[int((NR + 1) / 2)], at[int(NR * 0.99)], at[NR] }'
	sort -n "$work/searches" | awk '{ at[NR] = $1 * 1000 } END { printf "| … and the time that passed | %.1f ms | %.1f ms | %.1f ms |\n", at[int((NR + 1) / 2)], at[int(NR * 0.99)], at[NR] }'
}

# What the services say of themselves is from two packages: one that fits nearly everywhere, and one that needs more memory than small boards have.
searches() {
	doing "$services services with $versions versions are made"
	cp "$work/hello/out/hello-1.0.0.msp" "$work/small.msp"
	sed -i 's/^memory: .*/memory: { stack: 2 KiB, heap: 96 KiB }/' "$work/hello/ms.yaml"
	packaged
	"$work/storefill" "$work/large" "$services" "$versions" 0 "$work/small.msp" "$work/hello/out/hello-1.0.0.msp"
	serve "$work/large"
	echo "| of the processor, among $services services with $versions versions | median | 99 of 100 | most |"
	echo "|---|---|---|---|"
	found "a search, ten kinds of question, 20 times each" q=gateway q=ga q=sensor+relay q=sensor-relay-31 q=zzz 'q=modbus&target=v7em' 'q=pump&license=MIT' 'q=valve&limit=100' 'limit=50&cursor=30000' publisher=sensor28.example
	found "… with \`facets=1\`, five kinds" facets=1 'q=gateway&facets=1' 'q=ga&facets=1' 'q=sensor+relay&facets=1' 'target=v7em&license=MIT&facets=1'
	found "… with \`fits=\`, six kinds" fits=microbit fits=mps2-an386 'q=pump&fits=microbit' 'q=gateway&fits=mps2-an505&limit=100' 'q=zzz&fits=microbit' 'q=ga&license=MIT&fits=microbit&cursor=20000'
}

# begun TEXT FOLDER: what a start takes.
begun() {
	serve "$2"
	echo "| $1 | $(($(used "$shop") / 1000)) ms | $took ms | $(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$shop/status") MiB |"
}

starts() {
	doing "starts"
	printf '| start to the first answer | of the processor | time that passes | memory then |\n|---|---|---|---|\n'
	begun "of an empty folder" "$work/empty"
	begun "of that store again" "$work/empty"
	begun "of the store with $versions versions" "$work/large"
}

everything() {
	fill
	begin_nginx
	answers
	echo
	changes
	echo
	searches
	echo
	starts
	printf '\nLoad while it ran: %s.\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
}

build_parts
everything >"$work/tables"
into_page bench/README.md bench/store.sh "$work/tables"
cat "$work/tables"
