#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does a board keep its promises (runtime/board.h, docs/porting.md)?  Services try them on the emulated board.
#
#	MS=out/stage/bin/ms BOARD=mps2-an386 sh tests/contract/test_contract.sh
#
# $FACTS: the board's board_facts.h, if not in out/boards.  On "host" only what the simulation can show is tried.
. tests/shell.sh
ms=$PWD/$MS
sdk=${MS_SDK:-$(dirname "$ms")/../lib/ms-sdk}
facts=${FACTS:-out/boards/$BOARD/board_facts.h}
export MS_HOME="$scratch/home"

# product SERVICE...: a product of these, each "name: what its entry says besides"; in $here/contract.
product() {
	cp -r tests/contract "$here/contract"
	[ "$BOARD" = host ] || cp "$facts" "$here/contract/trespasser/src/board_facts.h"
	printf 'name: contract\nvendor: contract.example\nservices:\n' >"$here/contract/product.yaml"
	for each; do printf '  - { path: %s }\n' "$each" >>"$here/contract/product.yaml"; done
}

# watch UNTIL: run it until that line; the lines are in $here/log.
watch() {
	"$ms" -C "$here/contract" run --board "$BOARD" --fast --timeout 200 --until "$1" >"$here/log" 2>"$here/err" ||
		{ cat "$here/err"; tail -n 30 "$here/log"; return 1; }
}

# isolation: what the board's device tree says, as MS_INFO_ISOLATION.
isolation() {
	"$ms" board show "$BOARD" --json | sed 's/.*"isolation":\([0-9]*\).*/\1/'
}

the_simulation_keeps_each_promise() {
	product
	for each in promises asker reader; do "$ms" -C "$here/contract/$each" test; done
}

# kept SERVICE: it told of each of its promises that it is kept.
kept() {
	watch 'all told'
	grep -F 'kept: ' "$here/log"
	if grep -F 'broken: ' "$here/log"; then return 1; fi
	[ "$(grep -c 'kept: ' "$here/log")" -eq "$(grep -c '	TRY(' "tests/contract/$1/src/main.c")" ]
}

each_promise_is_kept() {
	product promises
	kept promises
	says "$here/log" "isolation $(isolation)"
}

each_promise_about_shared_memory_is_kept() {
	product lender 'reader, grants: { shared: [ slate ], ipc: [ lender ] }'
	kept reader
}

# asks: a device of this board that can be made to ask for an interrupt, and how; nothing when the suite knows of none.
asks() {
	case "$BOARD" in
	mps3-*) echo timer1 ASKER_SSE ;;
	mps2-*) echo dualtimer ASKER_CMSDK ;;
	microbit) echo timer1 ASKER_NRF ;;
	esac
}

each_promise_to_the_owner_of_a_device_is_kept() {
	device=$(asks)
	[ -n "$device" ] || skip 'no device of the board is known to ask for an interrupt by itself in the emulator'
	product "asker, grants: { devices: [ ${device% *} ] }"
	sed -i "s/dualtimer/${device% *}/" "$here/contract/asker/ms.yaml"
	echo "defines: [ ${device#* } ]" >>"$here/contract/asker/ms.yaml"
	kept asker
}

every_line_that_was_accepted_arrives_whole_and_in_order() {
	product promises
	watch 'all told'
	awk '/ line [0-9][0-9][0-9] / {
			want = sprintf("line %03d ", n)
			for (i = 0; i < 91; i++) want = want sprintf("%c", 97 + n % 26)
			if (index($0, want) == 0) { print "not " want ": " $0; exit 1 }
			n++
		}
		END { if (n != 150) { print n " lines"; exit 1 } }' "$here/log"
}

services_of_one_priority_share_by_their_quantum() {
	product 'sharer, quantum: 4 ms' 'sharer, quantum: 4 ms'
	watch 'all services have ended'
	grep turns "$here/log"
	sed -n 's/.*turns \([0-9]*\) gap \([0-9]*\) us.*/\1 \2/p' "$here/log" | awk '
		{ turns[NR] = $1; if ($2 < 3900 || $2 > 4500) { print "gap " $2; bad = 1 } }
		END { exit bad || NR != 2 || turns[1] < 0.9 * turns[2] || turns[2] < 0.9 * turns[1] }'
}

# What takes long is done in pieces: to clear a quarter of the board's RAM, where that takes milliseconds.  The record of a fault is written at once.
the_restart_of_a_large_service_makes_nobody_late() {
	ram=$(sed -n 's/#define BOARD_SERVICES_RAM_SIZE //p' "$facts")
	[ $((ram)) -ge 1048576 ] || skip 'the board has little memory'
	product 'punctual, priority: 9' 'bulky, priority: 8, restart-limit: 0, backoff: 0 ms'
	sed -i "s/stack: 1 KiB/&, heap: $((ram / 4096)) KiB/" "$here/contract/bulky/ms.yaml"
	watch 'late by'
	grep -e 'late by' "$here/log"
	[ "$(grep -c 'bulky restart' "$here/log")" -ge 4 ]
	[ "$(sed -n 's/.*late by \([0-9]*\) us.*/\1/p' "$here/log")" -le 1000 ]
}

isolation_is_what_the_device_tree_says() {
	product 'trespasser, restart: never'
	watch 'all services have ended'
	if [ "$(isolation)" -eq 0 ]; then
		says "$here/log" "reached the runtime's memory"
	else
		says "$here/log" "memory that is not its own"
		if grep -F "reached the runtime's memory" "$here/log"; then return 1; fi
	fi
}

# devices: a line "name base" for each device that a product may grant as the board is, but for the console, which the log needs here.
devices() {
	"$ms" board show "$BOARD" --json | sed 's/.*"devices":\[\(.*\)\],"emulator".*/\1/' | tr '}' '\n' | grep '"console":false,"disabled":false' |
		sed 's/.*"name":"\([a-z0-9-]*\)","base":\([0-9]*\).*/\1 \2/'
}

each_device_is_where_the_device_tree_says_and_no_other_is_there() {
	devices >"$here/devices"
	names=$(awk '{ printf "%s%s", (NR > 1 ? ", " : ""), $1 }' "$here/devices")
	product "mapper, grants: { devices: [ $names ] }"
	{
		echo "defines: [ DEVICES=$(wc -l <"$here/devices") ]"
		echo 'requests:'
		echo '  devices:'
		awk '{ print "    - { name: " $1 ", interrupts: 0 }" }' "$here/devices"
	} >>"$here/contract/mapper/ms.yaml"
	watch 'all services have ended'
	awk '{ printf "device %d at 0x%08x\n", NR - 1, $2 }' "$here/devices" >"$here/expected"
	sed -n 's/.*\(device [0-9]* at 0x[0-9a-f]*\).*/\1/p' "$here/log" >"$here/mapped"
	diff "$here/expected" "$here/mapped"
	if grep 'mapper .*error\|fault' "$here/log"; then return 1; fi
}

# Time begins again, and so does everything else.
a_reset_resets() {
	product 'resetter, restart: reboot, restart-limit: 2'
	watch 'all services have ended'
	[ "$(grep -c 'runtime .* on ' "$here/log")" -eq 2 ]
	if grep "kernel\|watchdog" "$here/log"; then return 1; fi
	[ "$(sed -n 's/.* up at \([0-9]*\) ms.*/\1/p' "$here/log" | awk '{ t[NR] = $1 } END { d = t[1] - t[2]; print NR, (d < 0 ? -d : d) < 50 }')" = '2 1' ]
}

# hang RUNTIME FUNCTION: it never returns.
hang() {
	at=$(arm-none-eabi-nm "$1" | sed -n "s/^\([0-9a-f]*\) [Tt] $2\$/\1/p")
	[ -n "$at" ] || { echo "no $2 in $1"; return 1; }
	set -- "$1" "$(arm-none-eabi-readelf -SW "$1" | sed 's/^ *\[ *[0-9]*\] //' | awk '$1 == ".text" { print "0x" $3, "0x" $4 }')"
	printf '\376\347' | dd of="$1" bs=1 seek="$((0x$at - ${2% *} + ${2#* }))" conv=notrunc 2>"$here/dd"
}

the_watchdog_resets_a_kernel_that_hangs() {
	grep -q BOARD_WATCHDOG_BASE "$facts" || skip 'the board has no watchdog'
	product resetter
	cp -r "$sdk" "$here/sdk"
	hang "$here/sdk/boards/$BOARD/runtime.elf" sys_clock_sleep
	export MS_SDK="$here/sdk"
	watch 'reset 1 in a row'
	[ "$(grep -c 'runtime .* on ' "$here/log")" -eq 2 ]
}

if [ "$BOARD" = host ]; then
	run the_simulation_keeps_each_promise
else
	run each_promise_is_kept \
		each_promise_about_shared_memory_is_kept \
		each_promise_to_the_owner_of_a_device_is_kept \
		every_line_that_was_accepted_arrives_whole_and_in_order \
		services_of_one_priority_share_by_their_quantum \
		the_restart_of_a_large_service_makes_nobody_late \
		isolation_is_what_the_device_tree_says \
		each_device_is_where_the_device_tree_says_and_no_other_is_there \
		a_reset_resets \
		the_watchdog_resets_a_kernel_that_hangs
fi
