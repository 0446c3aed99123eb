#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions that POSIX's mutexes, semaphores, conditions and a queue made of them take on the emulated board, as "NAME MEAN MOST KERNEL" lines:
# KERNEL of them are the kernel's.  From the top of a tree that was built: bench/locks.sh
set -eu
. bench/counted.sh

# In the order of bench/locks/locks/src/main.c: mean and most of 16 rounds, without what the markers cost themselves.
counted locks
awk '
	/^between/ {
		kind = int(count / 16)
		count++
		sum[kind] += $2
		kernel[kind] += $6
		if ($2 > most[kind]) most[kind] = $2
	}
	END {
		split("nothing mutex mutex_recursive mutex_inheriting semaphore read_lock signal_to_nobody semaphore_hand_over condition_hand_over queue_hand_over", name)
		empty = sum[0] / 16
		for (k = 1; k * 16 < count; k++)
			printf "%s %.0f %.0f %.0f\n", name[k + 1], sum[k] / 16 - empty, most[k] - empty, kernel[k] / 16
	}' "$work/counted"
