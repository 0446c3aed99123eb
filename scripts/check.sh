#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run all tests, whatever fails, and end on "N passed, M failed".
# install.sh --check calls it, from the top of the tree.
set -u
began=out/check.began
mkdir -p out && touch "$began" || exit 1
# The clock of files ticks every few milliseconds: what is written from now on is newer.
until touch "$began.after" && [ -n "$(find "$began.after" -newer "$began")" ]; do :; done

ninja --quiet -k 0 check-all
status=$?
[ "$status" -ne 0 ] || exit 0

# A test that Ninja would still have to run has not passed, unless it is one of
# those that always run and has just left its log.  What a failed one said, if
# it came to run, counts its parts; if it was not even built, it counts as one.
scripts/test_logs.sh check-all >out/check.all
scripts/test_logs.sh --left check-all >out/check.left

fresh() {
	[ -n "$(find "$1" -newer "$began" 2>/dev/null)" ]
}

counted() {
	comm -23 out/check.all out/check.left | xargs -r -d '\n' cat --
	while read -r log; do
		if fresh "$log"; then
			cat "$log"
		elif fresh "$log.txt" && grep -q '^\[  FAILED  \] [0-9]* test' "$log.txt"; then
			cat "$log.txt"
		else
			echo "[  FAILED  ] 1 test(s)"
		fi
	done <out/check.left
}

counted | awk '
	/^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
	/^\[  FAILED  \] [0-9]+ test/ { failed += $4 }
	END { print passed + 0 " passed, " (failed ? failed : 1) " failed" }'
exit 1
