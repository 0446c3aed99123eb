#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Kills of agent, client, client's computer and link at random moments: how often was a board driven twice, lost, and how
# long until it was free?  sh bench/rig.sh [KILLS [SEED [RIGS]]], with the programs that people run (out/stage, or those in $MS_BIN).
# So many rigs (4), each with its board, its agent and its own draw, share the kills and work at once: a round is mostly waiting.
set -eu
. tests/shell.sh
. bench/made.sh
# Copies: what is built meanwhile does not take them away.
cp -R "${MS_BIN:-$PWD/out/stage/bin}" "$scratch/bin"
MS_BIN=$scratch/bin FAKES=$scratch/fakes
mkdir "$FAKES"
made out/check/tests/fakes/witness out/check/tests/fakes/linkcut
cp out/check/tests/fakes/witness out/check/tests/fakes/linkcut "$FAKES"
. tests/e2e/sdk.sh
. tests/rig/rig.sh
. tests/rig/kills.sh

kills=${1:-1000} seed=${2:-1} rigs=${3:-4} began=$(date +%s)

# one RIG: its share of the kills, in a folder and with a home of its own.
one() {
	here=$scratch/rig-$1
	MS_HOME=$here/home
	mkdir "$here"
	trap 'drop_link; end_agent' EXIT
	kill_rounds $(((kills + rigs - $1) / rigs)) "$((seed * 100 + $1))"
}

for n in $(seq "$rigs"); do
	( one "$n" ) >"$scratch/said-$n" 2>&1 &
	jobs="${jobs:-} $!"
done
trap 'kill $jobs 2>/dev/null || :; wait; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
for each in $jobs; do
	wait "$each" || broken="${broken:-} $each"
done

cat "$scratch"/rig-*/rounds >"$scratch/rounds"
cat "$scratch"/rig-*/log >"$scratch/log"
echo "kills $(wc -l <"$scratch/rounds") by $rigs rigs in $(($(date +%s) - began)) s, seed $seed; runs begun $(grep -c begin "$scratch/log"), ended $(grep -c end "$scratch/log"), driven twice $(grep -c TWICE "$scratch/log" || :), lost $(grep -c LOST "$scratch/rounds" || :), lease $lease_sec s; load $(cut -d' ' -f1-3 /proc/loadavg)"
for kind in agent client host link; do
	awk -v kind="$kind" '$1 == kind { print $3 }' "$scratch/rounds" | sort -n | awk -v kind="$kind" -v lease="$lease_sec" '
		{ t[NR] = $1; late += $1 > lease * 1000 }
		END { if (NR) printf "%s: %d kills, free after %d ms in the middle, %d ms at most, after more than a lease %d\n", kind, NR, t[int((NR + 1) / 2)], t[NR], late }'
done
cut -d' ' -f2 "$scratch/rounds" | sort | uniq -c | awk '{ print "client ended with " $2 ": " $1 }'
[ -z "${broken:-}" ] || { cat "$scratch"/said-*; echo "a rig was lost, or a client ended as it should not"; exit 1; }
