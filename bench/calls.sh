#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions of boot, a null system call, and a yield between two isolated services, counted on the emulated board.
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

awk '
	/^boot/ { printf "boot to the first instruction of a service\t%d\n  of them verifying signature and hashes\t%d\n  without\t%d\n", $2, $6, $2 - $6 }
	/^between/ { n[int(count / 16)] = $2; if (count % 16 && $2 > max[int(count / 16)]) max[int(count / 16)] = $2; count++ }
	END {
		printf "null system call\t%d\n", n[1] - n[0]
		printf "clock_get\t%d\n", n[2] - n[0]
		printf "yield between two isolated services\t%.1f\n", (n[3] - n[0] - 1) / 2
	}' "$work/counted" | expand -t 50
