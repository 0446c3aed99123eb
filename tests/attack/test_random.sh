#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# System calls drawn from a seed, on an emulated board whose runtime looks after its own state after each of them, beside
# a service that counts and one that spins.  The same seed makes the same calls; a failure says which call of which seed.
# $MS: the staged ms; $BOARD; $CHECKED: its runtime that looks; $PLANTED: the same with a fault; $CALLS: how many, in tens of thousands' steps; $SEEDS: two.
. tests/shell.sh
ms=$PWD/$MS
export MS_HOME="$scratch/home"

# draw SEED CALLS: the console's lines are in $here/SEED.log.
draw() {
	mkdir -p "$here/$1"
	cp -r tests/attack/random/. tests/attack/neighbour tests/attack/spinner tests/attack/vault "$here/$1"
	cp tests/attack/common/asked.h "$here/$1/neighbour/src"
	cp tests/attack/common/asked.h "$here/$1/vault/src"
	cp tests/attack/attacker/src/calls.def tests/attack/attacker/src/calls.h "$here/$1/drawer/src"
	printf 'defines: [ RANDOM_SEED=%s ]\n' "$1" >>"$here/$1/drawer/ms.yaml"
	"$ms" -C "$here/$1" run --board "$BOARD" --json --fast --timeout 600 --until "all holds after calls: $2" >"$here/$1.log" 2>"$here/$1.err" ||
		{ echo "seed $1 of $2 calls"; cat "$here/$1.err"; grep -v '"drawer"' "$here/$1.log" | tail -n 20; return 1; }
}

# unharmed LOG: nobody but who draws has failed; the neighbour counted.
unharmed() {
	for name in neighbour spinner; do
		if grep -E "\"service\":\"$name\",\"(severity\":\"error|cause)|$name (ended|restart)" "$1"; then return 1; fi
	done
	says "$1" '"neighbour counts '
	says "$1" 'drawer restart '
	if grep -E '"cause":"assertion of the kernel"|broken after call' "$1"; then return 1; fi
}

# with_runtime ELF: the staged SDK with this runtime for the board.
with_runtime() {
	rm -rf "$scratch/sdk"
	cp -r "$(dirname "$ms")/../lib/ms-sdk" "$scratch/sdk"
	cp "$1" "$scratch/sdk/boards/$BOARD/runtime.elf"
	export MS_SDK="$scratch/sdk"
}

no_drawn_call_harms_the_kernel_or_others() {
	with_runtime "$CHECKED"
	for seed in $SEEDS; do
		draw "$seed" "$CALLS"
		unharmed "$here/$seed.log"
	done
}

the_same_seed_makes_the_same_calls() {
	with_runtime "$CHECKED"
	draw 3 10000
	grep '"time_usec"' "$here/3.log" >"$here/first"
	rm -r "$here/3"
	draw 3 10000
	grep '"time_usec"' "$here/3.log" >"$here/second"
	cmp "$here/first" "$here/second"
	draw 4 10000
	if cmp -s "$here/first" "$here/4.log"; then return 1; fi
}

# Of a runtime that forgets, once, which threads are ready.
a_fault_of_the_kernel_is_found() {
	with_runtime "$PLANTED"
	if draw 1 "$CALLS" >"$here/said"; then return 1; fi
	says "$here/1.log" 'a ready thread is in no queue'
	says "$here/1.log" 'broken after call'
}

run no_drawn_call_harms_the_kernel_or_others the_same_seed_makes_the_same_calls a_fault_of_the_kernel_is_found
