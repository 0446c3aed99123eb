#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions counted on the emulated board, as "NAME MEAN MOST" lines: boot, system calls, switches between isolated services.
# From the top of a tree that was built: bench/calls.sh
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MS_HOME="$work/home"
ms=$PWD/out/stage/bin/ms
runtime=out/boards/mps2-an386/runtime.elf

gcc -std=c17 -O2 -shared -fPIC -fvisibility=hidden -Wall -Wextra -Werror -o "$work/count.so" bench/count.c
cp -r bench/calls "$work/calls"
"$ms" -C "$work/calls" run --fast --timeout 60 --until measured >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

# range ARCHIVE: where its functions lie in the runtime; they are one run of addresses.
range() {
	arm-none-eabi-nm "$1" 2>/dev/null | awk '$2 ~ /[Tt]/ { print $3 }' | sort -u >"$work/names"
	arm-none-eabi-nm -S "$runtime" | awk '$3 ~ /[Tt]/ { print $4, $1, $2 }' | sort | join - "$work/names" | sort -k2 >"$work/found"
	awk 'NR == 1 { low = $2 } END { print "0x" low, "0x" $2, "0x" $3 }' "$work/found" |
		{ read -r low last size; printf '%s-0x%x' "$low" $((last + size)); }
}
crypto=$(range "$(dirname "$runtime")/libcrypto.a")
library=$(range "$(dirname "$runtime")/core/memory.o")

timeout 120 qemu-system-arm -M mps2-an386 -nodefaults -nic none -display none -monitor none -serial "file:$work/console" \
	-icount shift=5,sleep=off -plugin "$work/count.so,services=0x40000,crypto=$crypto,library=$library" -d plugin -D "$work/counted" \
	-device "loader,file=$work/calls/out/run/mps2-an386.bin,addr=0,force-raw=on" &
qemu=$!
for _ in $(seq 100); do
	grep -q measured "$work/console" 2>/dev/null && break
	sleep 0.2
done
kill "$qemu"
wait "$qemu" 2>/dev/null || :

# In the order of bench/calls/calls/src/main.c: mean and most of 16 rounds, without what the markers cost themselves.
awk '
	/^boot/ { print "boot", $2; print "boot_verifying", $6; print "boot_rest", $2 - $6 }
	/^between/ {
		kind = int(count / 16)
		count++
		sum[kind] += $2
		if ($2 > most[kind]) most[kind] = $2
	}
	END {
		split("nothing null_call clock_get yield hand_over psa_call_0 psa_call_64 psa_call_1024", name)
		empty = sum[0] / 16
		for (k = 1; k * 16 < count; k++) {
			each = name[k + 1] == "yield" ? 2 : 1		# there and back
			printf "%s %.0f %d\n", name[k + 1], (sum[k] / 16 - empty) / each, (most[k] - empty) / each
		}
	}' "$work/counted"
