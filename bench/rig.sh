#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Kills of agent, client, client's computer and link at random moments: how often was a board driven twice, lost, and how
# long until it was free?  sh bench/rig.sh [KILLS [SEED]], with what is in out/check; 1,000 kills take about an hour.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/rig/rig.sh
. tests/rig/kills.sh

here=$scratch/kills
mkdir "$here"
trap 'drop_link; end_agent; rm -rf "$scratch"' EXIT
kill_rounds "${1:-1000}" "${2:-1}"
echo "kills $(wc -l <"$here/rounds"), runs begun $(grep -c begin "$here/log"), ended $(grep -c end "$here/log"), driven twice $(grep -c TWICE "$here/log" || true), lost $(grep -c LOST "$here/rounds" || true), lease ${lease_sec} s"
for kind in agent client host link; do
	awk -v kind="$kind" '$1 == kind { print $3 }' "$here/rounds" | sort -n | awk -v kind="$kind" '{ t[NR] = $1 } END { if (NR) printf "%s: %d kills, free after %d ms in the middle, %d ms at most\n", kind, NR, t[int((NR + 1) / 2)], t[NR] }'
done
cut -d' ' -f2 "$here/rounds" | sort | uniq -c | awk '{ print "client ended with " $2 ": " $1 }'
