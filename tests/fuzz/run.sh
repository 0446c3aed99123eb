# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Fuzz for a while, as one test: what libFuzzer found is in FINDINGS, what it learnt in CORPUS.  SEED=0 in the environment: another course each time.
#
#   sh tests/fuzz/run.sh PROGRAM SEEDS CORPUS FINDINGS SECONDS MAX-LENGTH [MORE-SEEDS...]
set -eu
program=$1 seeds=$2 corpus=$3 findings=$4 seconds=$5 max=$6
shift 6

mkdir -p "$seeds" "$corpus" "$findings"
"$program" -max_total_time="$seconds" -max_len="$max" -timeout=100 -seed="${SEED:-1}" -rss_limit_mb=1024 -print_final_stats=1 \
	-artifact_prefix="$findings/$(basename "$program")-" "$corpus" "$seeds" "$@"
echo "[  PASSED  ] 1 test(s)."
