# SPDX-License-Identifier: Apache-2.0
# Read by the scripts that count instructions, from the top of a tree that was built: $work, $ms, and
#	counted PRODUCT [PLUGIN-OPTION...]	runs it on the emulated board until it says "measured"; what
# bench/count.c prints is in $work/counted, the board's console in $work/console.
. bench/made.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MS_HOME="$work/home"
ms=$PWD/out/stage/bin/ms
runtime=out/boards/mps2-an386/runtime.elf

gcc -std=c17 -O2 -shared -fPIC -fvisibility=hidden -Wall -Wextra -Werror -iquote cli/plugin -o "$work/count.so" bench/count.c
cp -r bench/bindings bench/calls bench/events bench/locks "$work"

# range ARCHIVE: where its functions lie in the runtime; they are one run of addresses.
range() {
	arm-none-eabi-nm "$1" 2>/dev/null | awk '$2 ~ /[Tt]/ { print $3 }' | sort -u >"$work/names"
	arm-none-eabi-nm -S "$runtime" | awk '$3 ~ /[Tt]/ { print $4, $1, $2 }' | sort | join - "$work/names" | sort -k2 >"$work/found"
	awk 'NR == 1 { low = $2 } END { print "0x" low, "0x" $2, "0x" $3 }' "$work/found" |
		{ read -r low last size; printf '%s-0x%x' "$low" $((last + size)); }
}

counted() {
	product=$1
	shift
	doing "$product on the emulated board"
	options=$(printf ',%s' "services=0x40000" "crypto=$(range "$(dirname "$runtime")/libcrypto.a")" \
		"library=$(range "$(dirname "$runtime")/arch/memory.o")" \
		"interrupt=0x$(arm-none-eabi-nm "$runtime" | awk '$3 == "trap_interrupt" { print $1 }')" "$@")
	"$ms" -C "$work/$product" run --fast --timeout 60 --until measured >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
	rm -f "$work/console" "$work/counted"
	timeout 120 qemu-system-arm -M mps2-an386 -nodefaults -nic none -display none -monitor none -serial "file:$work/console" \
		-icount shift=5,sleep=off -plugin "$work/count.so$options" -d plugin -D "$work/counted" \
		-device "loader,file=$work/$product/out/run/mps2-an386.bin,addr=0,force-raw=on" &
	qemu=$!
	for _ in $(seq 300); do
		grep -q measured "$work/console" 2>/dev/null && break
		sleep 0.2
	done
	kill "$qemu"
	wait "$qemu" 2>/dev/null || :
}
