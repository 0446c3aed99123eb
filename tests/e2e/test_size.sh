#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms size` against the board: what it says a service takes is what the runtime opens to it.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/size.sh

# agrees BOARD EXAMPLE TEXT: when it has said TEXT, what ms size says, and a running board's own table of services.
agrees() {
	ms -C "$2" run --board "$1" --fast --timeout 60 --until "$3" --stats --json >"$here/run"
	ms -C "$2" size --board "$1" --measured "$here/run" --json >"$here/size"
	found=0
	for service in $(names "$here/size" taken); do
		for what in flash_taken ram_taken; do
			said=$(fact "$service" $what "$here/size" taken)
			same "$said" "$(fact "$service" $what "$here/run" stats)"
			[ "$said" -gt 0 ]
		done
		adds_up "$service"
		stacks_hold "$service"
		found=$((found + 1))
	done
	[ "$found" -gt 0 ]
}

# adds_up SERVICE: its rows are its image and the RAM that it needs.
adds_up() {
	for what in flash ram; do
		same "$(sed -n "s/.*\"type\":\"size\".*\"service\":\"$1\".*\"$what\":\([0-9]*\).*/\1/p" "$here/size" | awk '{ n += $1 } END { print n }')" \
			"$(fact "$1" $what "$here/size" taken)"
	done
}

# stacks_hold SERVICE: no stack of it got deeper than the deepest that was computed, and the main thread's was measured.
stacks_hold() {
	grep '"type":"stack"' "$here/size" | grep "\"service\":\"$1\"" >"$here/stacks"
	sed -E 's/.*"thread":"([^"]*)","bytes":([0-9]*),.*"measured":(null|[0-9]*).*/\1 \2 \3/' "$here/stacks" | awk '
		$1 == "main" { main = $3 != "null" && $2 >= $3 && $3 > 0; next }
		{ if ($2 > most) most = $2; if ($3 != "null" && $3 > measured) measured = $3 }
		END { exit !(main && most >= measured) }' || { cat "$here/stacks"; return 1; }
}

# What code does not say is said by name, and calls through a pointer that is known are followed.
what_is_not_known_is_named() {
	project "$here/a" odd <<-'END'
	#include <alloca.h>
	#include <SysCall.h>

	static volatile int sink;

	__attribute__((noinline)) static int again(int n) { return n ? again(n - 1) + sink : 1; }
	__attribute__((noinline)) static void grow(int n) { char *at = alloca((size_t)n); at[0] = 1; sink = at[n - 1]; }
	__attribute__((noinline)) static void deep(int n) { volatile char room[200]; room[n] = 1; sink = room[n]; }
	__attribute__((noinline)) static void flat(int n) { sink = n; }

	void (*volatile which[])(int) = { flat, deep };

	int main(void)
	{
		which[sink & 1](3);
		return again(sink) + (grow(sink + 8), 0);
	}
	END
	ms -C "$here/a" size --stack >"$here/out"
	says "$here/out" "at least "
	says "$here/out" "again calls itself: counted once"
	says "$here/out" "the frame of grow depends on a value"
	says "$here/out" "main calls by a pointer: of 2 that it may hold the worst, deep"
	ms -C "$here/a" size --json >"$here/size"
	[ "$(fact odd bytes "$here/size" stack)" -gt $((200 + 64)) ]
	sed -i 's/which\[sink & 1\](3)/flat(3)/; s/again(sink) + (grow(sink + 8), 0)/0/' "$here/a/src/main.c"
	sed -i 's/^void (.*//; /again(int/d; /grow(int/d; /void deep/d' "$here/a/src/main.c"
	ms -C "$here/a" size --stack >"$here/out"
	lacks "$here/out" "at least "
	lacks "$here/out" "again"
	ms -C "$here/a" size --json >"$here/size"
	[ "$(fact odd bytes "$here/size" stack)" -lt 264 ]
}

what_is_over_its_budget_does_not_build() {
	hello "$here/a"
	cp "$here/a/ms.yaml" "$here/plain"
	for over in 'flash: 1000' 'ram: 3 KiB' 'stack: 128'; do
		cp "$here/plain" "$here/a/ms.yaml"
		echo "budget: { $over }" >>"$here/a/ms.yaml"
		fails 3 ms -C "$here/a" build
		says "$here/out" "ms.yaml:6:"
		says "$here/out" "more than its budget of"
	done
	says "$here/out" "_start"
	exact=$(ms -C "$here/a" size --json | sed -n 's/.*"type":"taken".*"flash":\([0-9]*\),.*/\1/p')
	for most in "$exact" $((exact - 1)); do
		cp "$here/plain" "$here/a/ms.yaml"
		echo "budget: { flash: $most, ram: 8 KiB, stack: 2 KiB }" >>"$here/a/ms.yaml"
		built=0
		ms -C "$here/a" build >"$here/out" 2>&1 || built=$?
		same "$built" $((most == exact ? 0 : 3))
	done
	says "$here/out" ", 1 more than its budget"
}

# Against what was kept; a picture needs no script.
what_changed_is_told_and_drawn() {
	hello "$here/a"
	ms -C "$here/a" size --json >"$here/old"
	ms -C "$here/a" size --diff "$here/old" >"$here/out"
	says "$here/out" "      +0       +0  together"
	sed -i 's/^int main/int table[50] = { 1 };\n&/; s/return 0/return table[3]/' "$here/a/src/main.c"
	ms -C "$here/a" size --diff "$here/old" --by symbol --svg "$here/map.svg" --html "$here/map.html" >"$here/out"
	grep -qE '^ +[+]200 +[+]200  table  src/main.c$' "$here/out" || { cat "$here/out"; return 1; }
	says "$here/map.svg" "hello / src/main.c / table: 200 bytes"
	says "$here/map.html" "hello / src/main.c / table: 200 bytes"
	lacks "$here/map.html" "<script"
	got=0
	ms -C "$here/a" size --diff "$here/a/src/main.c" >"$here/out" 2>&1 || got=$?
	[ "$got" -gt 0 ]
	says "$here/out" "is not what 'ms size --json' writes"
}

# Of 07-power-cut no board has the flash.
examples_take_what_size_says() {
	cp -r "$top"/examples/0* "$here"
	for example in "$here"/0*; do
		rm -rf "$example/out"
		[ ! -f "$example/get.sh" ] || sh "$example/get.sh"
		text='ended with status 0'
		case $example in */07-* | */08-*) continue ;; */02-*) text=12 ;; esac
		for board in mps2-an386 mps2-an505; do
			agrees "$board" "$example" "$text"
		done
	done
}

run examples_take_what_size_says what_is_not_known_is_named what_is_over_its_budget_does_not_build \
	what_changed_is_told_and_drawn
