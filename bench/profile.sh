#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Where instructions go: how many of them each function of the runtime executed, and with -l each source line.
# From the top of a tree that was built:
#
#	bench/profile.sh [-l] calls|events FIRST [TIMES]	between the markers, from the FIRST-th pair (0, 1, ...) on, TIMES of them (default: 1)
#	bench/profile.sh [-l] events FIRST 1 since-interrupt	since the last interrupt before the second marker
#	bench/profile.sh [-l] calls|events boot			until the first instruction of a service, without crypto
#
# In calls the pairs are 16 each of: nothing, null call, clock_get, two yields, hand-over, psa_call with 0, 64 and 1,024 bytes, psa_call with 0 to a server that uses ms_psa_next;
# in events 1,024 interrupts, then 16 restarts.
set -eu
. bench/counted.sh
lines=
[ "$1" != -l ] || { lines=1; shift; }

counted "$1" "profile=$2" "times=${3:-1}" ${4:+"$4=on"}
awk '$1 == "at" { n[$2] += $3 } END { for (a in n) print a, n[a] }' "$work/counted" | sort >"$work/at"
awk '{ print $1 }' "$work/at" | arm-none-eabi-addr2line -s -f -e "$runtime" | paste - - | awk -v lines="$lines" '
	{ place = lines ? $1 " " $2 : $1; sub(/ \(discriminator.*/, "", place); print place }' | paste "$work/at" - | awk -F'\t' '
	{ split($1, v, " "); n[$2] += v[2]; sum += v[2] }
	END { for (p in n) printf "%7d %s\n", n[p], p; printf "%7d all\n", sum }' | sort -rn
