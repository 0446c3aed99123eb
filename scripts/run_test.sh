#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run a test, for ninja/rules.ninja: its log is there only if it passed.
#
#   scripts/run_test.sh SECONDS LOG COMMAND...
#
# What a test that failed said stays in LOG.txt, and is printed.
set -u
limit=$1 log=$2
shift 2

rm -f "$log" "$log.txt"
timeout --kill-after=5 "$limit" "$@" >"$log.txt" 2>&1 </dev/null
status=$?
if [ "$status" -eq 0 ]; then
	mv "$log.txt" "$log"
	exit 0
fi
cat "$log.txt"
case $status in
124 | 137) echo "$log: stopped after $limit seconds" ;;
*) echo "$log: exit status $status" ;;
esac
exit 1
