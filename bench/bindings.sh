#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A call through a binding that ms made against psa_call as a person writes it (bench/bindings): instructions from the call to its answer, counted on the
# emulated board, and bytes of both sides' objects.  The tables go into bench/README.md.  From the top of a tree that was built: bench/bindings.sh
set -eu
. bench/counted.sh
. bench/page.sh

# In the order of bench/bindings/caller/src/main.c; the median of 16, without what the markers cost.
counted bindings
awk '/^between/ { kind = int(n / 16); n++; print kind, $2, $6 }' "$work/counted" | sort -n -k1,1 -k2,2 | awk '
	{ if (++seen[$1] == 8) { all[$1] = $2; kernel[$1] = $3 } }
	END {
		split("nothing in or out|two numbers in, one out|a struct of 12 bytes in, one out|64 bytes in, an array of 16 out|64 bytes out, and how many", name, "|")
		printf "| instructions of a call, `-Os` | binding | by hand | more | with the kernel | by hand | more |\n|---|---|---|---|---|---|---|\n"
		empty = all[0] - kernel[0]
		for (i = 1; i <= 5; i++) {
			bound = all[i] - kernel[i] - empty
			written = all[i + 5] - kernel[i + 5] - empty
			printf "| %s | %d | %d | %+d | %d | %d | %+d |\n", name[i], bound, written, bound - written,
				all[i] - all[0], all[i + 5] - all[0], all[i] - all[i + 5]
		}
	}' >"$work/tables"

# bytes FILE...: code, constants and data of objects or a service: "flash RAM".
bytes() {
	arm-none-eabi-size -A "$@" | awk '
		$1 ~ /^\.(text|rodata|data|got|init_array)/ { flash += $2 }
		$1 ~ /^\.(data|bss|got|noinit|init_array)/ { ram += $2 }
		END { print flash, ram }'
}

# both WHAT BOUND WRITTEN: a row of each.
both() {
	echo "$1 $2 $3" | { read -r what flash ram flash_by_hand ram_by_hand
		printf '| %s, flash | %d | %d | %+d |\n' "$what" "$flash" "$flash_by_hand" $((flash - flash_by_hand))
		printf '| … RAM | %d | %d | %+d |\n' "$ram" "$ram_by_hand" $((ram - ram_by_hand)); }
}

product=$work/bindings
{
	echo
	echo "| bytes, \`-Os\` | binding | by hand | more |"
	echo "|---|---|---|---|"
	both client "$(bytes "$product"/caller/out/v7em/obj/out/include/bound_client.c.o)" "$(bytes "$product"/caller/out/v7em/obj/src/written.c.o)"
	both service "$(bytes "$product"/bound/out/v7em/bound.elf)" "$(bytes "$product"/written/out/v7em/written.elf)"
} >>"$work/tables"
into_page bench/README.md bench/bindings.sh "$work/tables"
cat "$work/tables"
