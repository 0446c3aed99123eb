#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Flash and RAM of the runtime and of a service, in bytes, by the library that
# each byte comes from, as the linker's maps say.  What is copied from flash to
# RAM counts in both.  From the top of a tree that was built: bench/size.sh
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

cd "$work"
ms -q new hello >/dev/null
ms -q -C hello build >/dev/null
print "hello" hello/out/v7em/hello.map 0x20000000 0xa0000000
cd - >/dev/null
print "runtime" out/boards/mps2-an386/runtime.elf.map 0x00000000 0x20000000
arm-none-eabi-size out/boards/mps2-an386/runtime.elf "$work/hello/out/v7em/hello.elf"
