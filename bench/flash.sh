#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How long `ms flash` takes beside OpenOCD's own `program FILE verify`, with the same OpenOCD, the same virtual board
# (tests/vboard) and the same 200,000 bytes in the same run: the least and the median of 5, in seconds, and KiB of flash per second by the least.
# The virtual board is a program: times say how much each does over the probe, not what a board's flash takes.
# From the top of a tree that was built: bench/flash.sh
set -eu
top=$PWD
here=$(mktemp -d)
. tests/vboard/vboard.sh
. bench/made.sh
made out/check/tests/vboard/vboard
trap 'unplug; rm -rf "$here"' EXIT
ms=$PWD/out/stage/bin/ms
MS_HOME=$here/home
export MS_HOME
unset MS_SDK
size=200000 times=5
openssl enc -aes-128-ctr -nosalt -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c "$size" >"$here/sample.bin"

blank() {
	rm -f "$here/flash"
	plug
}

nothing() { :; }

one_sector_differs() {
	printf '%b' "\\0$((n + 1))" | dd of="$here/sample.bin" bs=1 seek=40000 conv=notrunc 2>/dev/null
}

by_ms() {
	"$ms" -q flash "$here/sample.bin" --board netduinoplus2 --probe "remote:$here/probe" >"$here/out" 2>&1 || { cat "$here/out"; exit 1; }
}

by_program() {
	by_openocd "program $here/sample.bin 0x08000000 verify" >"$here/said" 2>&1 || { cat "$here/said"; exit 1; }
}

whole_test() {
	blank
	by_ms
	cmp -n "$size" "$here/flash" "$here/sample.bin"
	unplug
}

# measure TEXT BEFORE WHAT: five times; `before` is not counted.
measure() {
	doing "$1"
	for n in $(seq "$times"); do
		"$2"
		start=$(date +%s%N)
		"$3"
		echo $(($(date +%s%N) - start))
	done >"$here/took"
	sort -n "$here/took" | awk -v text="$1" -v size="$size" '{ at[NR] = $1 / 1e9 } END { printf "| %s | %.2f | %.2f | %.0f |\n", text, at[1], at[int((NR + 1) / 2)], size / 1024 / at[1] }'
}

printf '| %s bytes | least | median | KiB/s |\n|---|---|---|---|\n' "$size"
measure "OpenOCD's \`program FILE verify\`, blank board" blank by_program
measure '`ms flash`, blank board' blank by_ms
measure "\`program\` again, nothing differs" nothing by_program
measure '`ms flash` again, nothing differs' nothing by_ms
measure '`ms flash`, one byte differs' one_sector_differs by_ms
measure 'a test with the virtual board: start it, `ms flash`, compare, end it' nothing whole_test
