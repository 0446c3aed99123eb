#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions counted on the emulated board, as "NAME MEAN MOST" lines: boot, system calls, switches between isolated services,
# interrupts, restarts.  From the top of a tree that was built: bench/calls.sh
set -eu
. bench/counted.sh

# In the order of bench/calls/calls/src/main.c: mean and most of 16 rounds, without what the markers cost themselves.
counted calls
awk '
	/^boot/ { print "boot", $2; print "boot_verifying", $6; print "boot_rest", $2 - $6 }
	/^between/ {
		kind = int(count / 16)
		count++
		sum[kind] += $2
		if ($2 > most[kind]) most[kind] = $2
	}
	END {
		split("nothing null_call clock_get yield hand_over psa_call_0 psa_call_64 psa_call_1024 psa_call_next", name)
		empty = sum[0] / 16
		for (k = 1; k * 16 < count; k++) {
			each = name[k + 1] == "yield" ? 2 : 1		# there and back
			printf "%s %.0f %.0f\n", name[k + 1], (sum[k] / 16 - empty) / each, (most[k] - empty) / each
		}
	}' "$work/counted"

# First the interrupts, then the crashes.
counted events
awk '
	function add(name, n) { sum[name] += n; rounds[name]++; if (n > most[name]) most[name] = n }
	/^between/ { lines++; if (lines <= 1024) add("interrupt", $4); else add("restart", $2) }
	END { for (name in sum) printf "%s %.0f %d\n", name, sum[name] / rounds[name], most[name] }' "$work/counted"
# Of an instruction each 32 ns; without the one that reads the timer.
awk '{ for (i = 1; i < NF - 1; i++) if ($i == "late") printf "interrupt_late %.0f %.0f\n", $(i + 1) / 32 - 1, $(i + 2) / 32 - 1 }' "$work/console"
