#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms run` and `ms crash`, whole: services on the emulated board, and what is said of their faults.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

a_service_greets_and_ends() {
	hello "$here/a"
	timeout 60 ms -C "$here/a" run >"$here/out"
	grep -qE '^ +[0-9]+\.[0-9]{6}  hello +info +Hello$' "$here/out"
	says "$here/out" "hello ended with status 0"
	says "$here/out" "all services have ended"
}

a_text_ends_the_run() {
	counter "$here/a"
	timeout 60 ms -C "$here/a" run --until "count 3" >"$here/out"
	says "$here/out" "count 3"
	lacks "$here/out" "count 5"
}

a_text_that_does_not_come_is_no_verdict() {
	counter "$here/a"
	fails 5 timeout 60 ms -C "$here/a" run --timeout 6 --until nonesuch
	says "$here/out" "no line held 'nonesuch' within 6 s"
	hello "$here/b"
	fails 5 timeout 60 ms -C "$here/b" run --until nonesuch
	says "$here/out" "all services have ended"
}

time_ends_the_run() {
	counter "$here/a"
	timeout 60 ms -C "$here/a" run --timeout 6 >"$here/out"
	says "$here/out" "count 5"
	lacks "$here/out" "count 90"
}

# The emulator goes when we go, and how we ended can be told.
who_wants_it_to_end_is_heard() {
	counter "$here/a"
	ms -C "$here/a" run >"$here/out" 2>"$here/err" &
	pid=$!
	soon grep -q 'count 2' "$here/out"
	stopped "$pid"
	lacks "$here/err" "ms run:"
	same "$(processes "$here/a/out/run")" ""
}

a_killed_run_leaves_no_emulator() {
	counter "$here/a"
	ms -C "$here/a" run >"$here/out" 2>&1 &
	pid=$!
	soon grep -q 'count 2' "$here/out"
	qemu=$(processes "loader,file=$here/a/out/run")
	[ -n "$qemu" ]
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null || true
	soon gone "$qemu"
}

a_crash_is_placed_while_the_neighbour_counts_on() {
	counter "$here/counter"
	crasher "$here/crasher"
	( cd "$here" && timeout 60 ms run crasher counter --until "count 9" ) >"$here/out"
	says "$here/out" "fault    write to memory that is not its own at 0x20000000"
	says "$here/out" "in poke at crasher/src/main.c:5,"
	says "$here/out" "called from main at crasher/src/main.c:11"
	says "$here/out" "crasher restart 1"
	same "$(grep -c 'still here' "$here/out")" 0
	for i in 1 2 3 4 5 6 7 8 9; do
		says "$here/out" "count $i"
	done
}

# Frames of different sizes; a word on the stack that is no frame's is not taken for sure.
the_stack_of_calls_is_told() {
	project "$here/a" deep <<-'END'
	#include <stdio.h>
	#include <SysCall.h>

	__attribute__((noinline)) static int poke(volatile int *where)
	{
		return *where = 1;
	}

	__attribute__((noinline)) static int inner(int n)
	{
		volatile char room[40] = { 0 };

		return poke((int *)0x20000000) + room[n];
	}

	__attribute__((noinline)) static int outer(int n)
	{
		volatile int room[40] = { n };

		return inner(room[0]) + room[1];
	}

	int main(void)
	{
		return outer(3) + 1;
	}
	END
	timeout 60 ms -C "$here/a" run --fast --until "restart 1" >"$here/out"
	says "$here/out" "in poke at src/main.c:6, called from inner at src/main.c:13"
	says "$here/out" "#0 poke at src/main.c:6"
	says "$here/out" "#1 inner at src/main.c:13"
	says "$here/out" "#2 outer at src/main.c:20"
	says "$here/out" "#3 main at src/main.c:25"
	lacks "$here/out" "#4"
	( cd "$here/a" && ms --json crash ) >"$here/out"
	says "$here/out" '"stack":[{"function":"inner","file":"src/main.c","line":13,"sure":true},{"function":"outer"'
}

crash_says_the_same_again() {
	crasher "$here/a"
	timeout 60 ms -C "$here/a" run --until "restart 2" >"$here/run"
	( cd "$here/a" && ms crash ) >"$here/out"
	same "$(grep -c 'fault    write' "$here/out")" "$(grep -c 'fault    write' "$here/run")"
	says "$here/out" "in poke at src/main.c:5"
	says "$here/out" "pc 0x"
	( cd "$here/a" && ms --json crash ) >"$here/out"
	says "$here/out" '"function":"poke","file":"src/main.c","line":5'
	says "$here/out" '"faults":2'
}

# A record names its image: symbols of a later build are not believed, but what the run found is kept.
crash_does_not_believe_another_builds_symbols() {
	crasher "$here/a"
	timeout 60 ms -C "$here/a" run --until "restart 1" >"$here/run"
	cp "$here/a/out/run/crashes.log" "$here/console"
	sed -i '/^    /d' "$here/console"
	sed -i 's/^int main/int moved(int x) { return 3 * x; }\nint main/; s/about to/just about to/' "$here/a/src/main.c"
	ms -C "$here/a" build >/dev/null
	( cd "$here/a" && ms crash ) >"$here/out"
	says "$here/out" "in poke at src/main.c:5"
	( cd "$here/a" && ms crash "$here/console" ) >"$here/out"
	says "$here/out" "another build"
	lacks "$here/out" "main.c"
}

crash_reads_a_console_log() {
	crasher "$here/a"
	timeout 60 ms -C "$here/a" run --until "restart 1" >"$here/run"
	{
		echo "noise"
		grep '^\[' "$here/a/out/run/crashes.log"
		echo "[    1.000000] x info: more"
	} >"$here/console"
	( cd "$here/a" && ms crash "$here/console" ) >"$here/out"
	says "$here/out" "in poke at src/main.c:5"
	( cd "$here/a" && ms crash - <"$here/console" ) >"$here/again"
	same "$(cat "$here/out")" "$(cat "$here/again")"
	( cd "$here" && ms crash --debug "a/out/v7em/crasher.debug" console ) >"$here/out"
	says "$here/out" "in poke at "
	( cd "$here" && ms crash console ) >"$here/out"
	says "$here/out" "no debug file"
}

# The runtime's own faults are looked up in the runtime.
crash_places_a_fault_of_the_kernel() {
	# Which functions are not part of others is the linker's to decide.
	place=$(arm-none-eabi-nm "$MS_SDK/boards/mps2-an386/runtime.elf" | sed -n 's/^\([0-9a-f]*\) [Tt] \(core_[a-z]*\)$/\1 \2/p' | head -n 1)
	at=${place% *}
	echo "[    0.001400] ! kernel bus error at 0x40000000 pc 0x$at lr 0x$(printf %08x $((0x$at + 5))) sp 0x20000f00" >"$here/console"
	ms crash "$here/console" >"$here/out"
	says "$here/out" "in ${place#* } at runtime/core/"
}

crash_without_a_run_says_so() {
	mkdir "$here/empty"
	fails 1 ms -C "$here/empty" crash
	says "$here/out" "ms run"
	hello "$here/a"
	timeout 60 ms -C "$here/a" run >/dev/null
	ms -C "$here/a" crash 2>"$here/out"
	says "$here/out" "the last run had no fault"
}

two_of_one_project_run_side_by_side() {
	hello "$here/a"
	timeout 60 ms run "$here/a" "$here/a" >"$here/out"
	says "$here/out" "hello ended"
	says "$here/out" "hello-2 ended"
}

# One image at two places: what it says is the same.
an_image_runs_wherever_it_is_placed() {
	hello "$here/a"
	counter "$here/b"
	for n in 0 1 2; do
		timeout 60 ms -v run --placement "$n" --until "count 2" "$here/a" "$here/b" >"$here/out.$n" 2>"$here/err.$n"
		says "$here/out.$n" "Hello"
		sed -n 's/^counter: flash \(0x[0-9a-f]*\).*/\1/p' "$here/err.$n" >>"$here/places"
	done
	[ "$(sort -u "$here/places" | wc -l)" -gt 1 ]
}

with_json_each_line_is_an_event() {
	crasher "$here/a"
	timeout 60 ms --json -C "$here/a" run --until "restart 1" >"$here/out" 2>"$here/err"
	same "$(grep -vc '^{"v":1,' "$here/out")" 0
	[ ! -s "$here/err" ] || says "$here/err" "key"
	says "$here/out" '"type":"log"'
	says "$here/out" '"type":"runtime"'
	says "$here/out" '"type":"fault"'
	says "$here/out" '"ended":"until"'
	same "$(tail -n 1 "$here/out" | grep -c '"type":"result"')" 1
}

# Bit for bit: what the board's flash holds at the place that the run chose is the ELF file's text segment.
the_text_in_flash_is_the_text_of_the_elf_file() {
	hello "$here/a"
	counter "$here/b"
	for n in 0 1; do
		timeout 60 ms -v run --placement "$n" --until "Hello" "$here/a" "$here/b" >/dev/null 2>"$here/err"
		at=$(sed -n 's/^counter: flash \(0x[0-9a-f]*\).*/\1/p' "$here/err")
		arm-none-eabi-objcopy -O binary -j .text -j .rodata "$here/b/out/v7em/counter.elf" "$here/text"
		size=$(wc -c <"$here/text")
		[ "$size" -gt 1000 ]
		tail -c "+$((at + 64 + 1))" "$here/a/out/run/mps2-an386.bin" | head -c "$size" | cmp - "$here/text"
		echo "$at" >>"$here/places"
	done
	[ "$(sort -u "$here/places" | wc -l)" -eq 2 ]
}

a_service_that_does_not_fit_is_refused() {
	hello "$here/a"
	sed -i 's/heap: 1 KiB/heap: 8 MiB/' "$here/a/ms.yaml"
	fails 8 timeout 60 ms -C "$here/a" run
	says "$here/out" "hello"
	hello "$here/b"
	sed -i 's/^int main/static char large[5 << 20];\n&/; s/"Hello"/"Hello %p", large/' "$here/b/src/main.c"
	fails 8 timeout 60 ms -C "$here/b" run
}

no_emulator_is_said() {
	hello "$here/a"
	ms -C "$here/a" build >/dev/null
	ms=$(command -v ms)
	mkdir "$here/bin"
	for program in sh env ninja arm-none-eabi-gcc arm-none-eabi-objcopy; do
		ln -s "$(command -v "$program")" "$here/bin/$program"
	done
	( PATH=$here/bin; fails 6 "$ms" -C "$here/a" run )
	says "$here/out" "qemu-system-arm"
}

odd_folders_run() {
	for folder in 'two words' 'a,b=c' 'grün'; do
		hello "$here/$folder"
		timeout 60 ms -C "$here/$folder" run >"$here/out"
		says "$here/out" "Hello"
	done
}

a_folder_without_a_project_is_left_as_it_is() {
	mkdir "$here/empty"
	fails 3 ms -C "$here/empty" run
	same "$(ls -A "$here/empty")" ""
}

a_product_file_says_what_runs() {
	mkdir "$here/p"
	hello "$here/p/hello"
	counter "$here/p/counter"
	cat >"$here/p/product.yaml" <<-'END'
	name: gadget
	vendor: example.org
	board: mps2-an386
	services:
	  - { path: hello, priority: 9 }
	  - { path: counter }
	END
	timeout 60 ms -C "$here/p" run --until "count 3" >"$here/out"
	says "$here/out" "Hello"
	[ -s "$here/p/out/run/mps2-an386.bin" ]
}

a_package_runs_as_it_is() {
	mkdir "$here/p"
	hello "$here/a"
	crasher "$here/b"
	cp LICENSE "$here/a"
	cp LICENSE "$here/b"
	ms -C "$here/a" package -o "$here/p/a.msp" >/dev/null
	ms -C "$here/b" package -o "$here/p/b.msp" >/dev/null
	rm -rf "$here/a" "$here/b"
	( cd "$here/p" && timeout 60 ms run a.msp b.msp --until "restart 1" ) >"$here/said"
	says "$here/said" "Hello"
	says "$here/said" "in poke"	# a package has symbols, but no lines
	( cd "$here/p" && MS_HOME=$here/home2 fails 7 timeout 60 ms run a.msp )
}

gdb_finds_a_service_where_it_was_placed() {
	command -v gdb-multiarch >/dev/null || skip "gdb-multiarch is not installed"
	hello "$here/a"
	counter "$here/b"
	( cd "$here" && timeout 60 ms run --gdb --placement 3 --until "count 2" a b ) >"$here/out" 2>"$here/err" &
	pid=$!
	soon grep -q gdb-multiarch "$here/err"
	( cd "$here" && timeout 30 gdb-multiarch -batch -nx -x a/out/run/gdb -ex 'break b/src/main.c:9' -ex continue \
		-ex 'print i' -ex backtrace -ex detach ) >"$here/gdb" 2>&1 || { cat "$here/gdb"; kill "$pid"; return 1; }
	wait "$pid" || { cat "$here/err"; return 1; }
	says "$here/gdb" "\$1 = 1"
	says "$here/gdb" "main () at"
}

run a_service_greets_and_ends a_text_ends_the_run a_text_that_does_not_come_is_no_verdict time_ends_the_run who_wants_it_to_end_is_heard \
	a_killed_run_leaves_no_emulator a_crash_is_placed_while_the_neighbour_counts_on the_stack_of_calls_is_told crash_says_the_same_again \
	crash_does_not_believe_another_builds_symbols crash_reads_a_console_log crash_places_a_fault_of_the_kernel crash_without_a_run_says_so \
	two_of_one_project_run_side_by_side an_image_runs_wherever_it_is_placed the_text_in_flash_is_the_text_of_the_elf_file with_json_each_line_is_an_event \
	a_service_that_does_not_fit_is_refused no_emulator_is_said odd_folders_run a_folder_without_a_project_is_left_as_it_is a_product_file_says_what_runs a_package_runs_as_it_is \
	gdb_finds_a_service_where_it_was_placed
