#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Thread-Metric's tests on the emulated board, as "NAME VALUE" lines: threads of one service, and isolated services.
# From the top of a tree that was built: bench/thread-metric.sh
set -eu
. bench/made.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
MS_HOME=$work/home
export MS_HOME
ms=$PWD/out/stage/bin/ms
cp -r bench/thread-metric "$work/metric"

# run FOLDER: the sums that its services say, by name.
run() {
	doing "Thread-Metric, $1"
	"$ms" -C "$work/metric/$1" run --fast --timeout 200 --until 'all services have ended' >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
	awk '{ for (i = 1; i < NF; i++) if ($i == "info") { sum[$(i + 1) "_" $(i + 2)] += $(i + 3); break } }
		END { for (name in sum) if (sum[name]) print name, sum[name] }' "$work/log" | sort
}

run .
run cooperative
