#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# On a board no instruction of the kernel runs while a mutex, a semaphore, a lock for readers or a condition is used that nobody else wants (bench/locks.sh).
set -eu
. tests/shell.sh

what_nobody_else_wants_makes_no_system_call() {
	sh bench/locks.sh >"$here/counts" 2>"$here/err" || { cat "$here/err"; return 1; }
	cat "$here/counts"
	for each in mutex mutex_recursive mutex_inheriting semaphore read_lock signal_to_nobody; do
		same "$(awk -v name=$each '$1 == name { print $4 }' "$here/counts")" 0
	done
	[ "$(awk '$1 == "semaphore_hand_over" { print $4 }' "$here/counts")" -gt 50 ]
}

run what_nobody_else_wants_makes_no_system_call
