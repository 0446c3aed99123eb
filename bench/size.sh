#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Flash and RAM in bytes: of a service by the library that each byte comes from, as the linker's map says; of the
# runtime, which is optimised as one program, by the folder of the source line.  What is copied from flash to RAM counts in both.  From the top of a tree that was built: bench/size.sh
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$PWD/out/stage/bin:$PATH
MS_HOME=$work/home
export PATH MS_HOME
unset MS_SDK

# by_module MAP LOW HIGH: what lies in [LOW, HIGH) is flash only.
by_module() {
	awk -v low="$2" -v high="$3" '
		function number(hex,  i, n) {
			for (i = 3; i <= length(hex); i++)
				n = 16 * n + index("0123456789abcdef", substr(hex, i, 1)) - 1
			return n
		}
		function module(path) {
			if (match(path, /lib[a-z0-9_]*\.a/))
				return substr(path, RSTART, RLENGTH)
			return path ~ /notes\.o$/ ? "" : "own objects"
		}
		BEGIN { low = number(low); high = number(high) }
		/^Linker script and memory map/ { on = 1 }
		!on { next }
		/^ \.[^ ]+$/ { name = $1; next }			# a long name has a line of its own
		/^ \.[^ ]+ +0x/ { name = $1; at = $2; size = $3; path = $4 }
		/^ +0x[0-9a-f]+ +0x[0-9a-f]+ / && name { at = $1; size = $2; path = $3 }
		/^ .*0x[0-9a-f]+ +0x[0-9a-f]+ / && name {
			n = number(size)
			where = number(at)
			m = module(path)
			if (m && n && name ~ /^\.(text|rodata|vectors|data|bss|got|tdata|tbss|init_array|noinit|stack|ram|log)/) {
				if (where >= low && where < high) flash[m] += n
				else if (where >= high) {
					ram[m] += n
					if (name ~ /^\.(data|got|tdata|init_array)/) flash[m] += n
				}
				all[m] = 1
			}
			name = ""
		}
		END {
			for (m in all)
				printf "  %-16s %7d %7d\n", m, flash[m], ram[m]
		}' "$1" | sort -k2 -rn
}

total() {
	awk '{ f += $(NF - 1); r += $NF } END { printf "  %-16s %7d %7d\n", "sum", f, r }'
}

print() {
	printf '%-18s %7s %7s\n' "$1" flash RAM
	shift
	by_module "$@" >"$work/rows"
	cat "$work/rows"
	total <"$work/rows"
}

# module: from a source path, the part of the runtime.
module() {
	sed -e 's/:.*//' -e 's#^\(\./\)*##' -e 's#^.*p256-m\.c$#verifier#' -e 's#^out/deps/.*#verifier#' -e 's#^runtime/crypto/.*#verifier#' \
		-e 's#^format/.*#format#' -e 's#^boards/.*#board#' -e 's#^runtime/arch/.*#processor port#' -e 's#^runtime/.*#core#' -e 's#^??.*#vectors, tables, texts#'
}

# runtime_by_module ELF: code by its source line, two bytes at a time.
runtime_by_module() {
	end=$(arm-none-eabi-nm "$1" | awk '$3 == "kernel_data_load" { print $1 }')
	seq 0 2 $((0x$end - 1)) | awk '{ printf "0x%x\n", $1 }' | arm-none-eabi-addr2line -e "$1" | module |
		awk '{ n[$0] += 2 } END { for (m in n) printf "%s\t%d\n", m, n[m] }'
}

print_runtime() {
	printf '%-24s %7s\n' "$1" flash
	runtime_by_module "$2" | awk -F'\t' '
		{ flash[$1] = $2; sum += $2 }
		END {
			for (m in flash) printf "  %-22s %7d\n", m, flash[m] | "sort"
			close("sort")
			printf "  %-22s %7d\n  %-22s %7d\n", "sum", sum, "without the verifier", sum - flash["verifier"]
		}'
	printf '%-24s %7s\n' "its tables" RAM
	arm-none-eabi-nm -S --size-sort -r "$2" | awk '$3 ~ /^[bBdD]$/ { print $2, $4 }' | while read -r size name; do
		printf '  %-22s %7d\n' "$name" "0x$size"
	done | awk '$2 >= 32 { print } { sum += $2 } END { printf "  %-22s %7d\n", "sum", sum }'
	printf '  %-22s %7d\n' "stack" "$(arm-none-eabi-size -A "$2" | awk '$1 == ".stack" { print $2 }')"
}

cd "$work"
ms -q new hello >/dev/null
ms -q -C hello build >/dev/null
print "hello" hello/out/v7em/hello.map 0x20000000 0xa0000000
cd - >/dev/null
print_runtime "runtime of mps2-an386" out/boards/mps2-an386/runtime.elf
arm-none-eabi-size out/boards/mps2-an386/runtime.elf "$work/hello/out/v7em/hello.elf"
