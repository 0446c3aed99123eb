#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# System calls drawn from a seed, on an emulated board whose runtime looks after its own state after each of them, beside
# a service that counts and one that spins.  The same seed makes the same calls; a failure says which call of which seed.
# $MS: the staged ms; $BOARD; $CHECKED: the folder of its runtimes that look, and of those with a fault; $CALLS: how many, in tens of thousands' steps; $SEEDS: two.
. tests/shell.sh
ms=$PWD/$MS
export MS_HOME="$scratch/home"

# draw SEED CALLS: the console's lines are in $here/SEED.log.
draw() {
	mkdir -p "$here/$1"
	cp -r tests/attack/random/. tests/attack/neighbour tests/attack/spinner tests/attack/vault "$here/$1"
	for each in drawer neighbour vault; do cp tests/attack/common/asked.h "$here/$1/$each/src"; done
	cp tests/attack/attacker/src/calls.def tests/attack/attacker/src/calls.h tests/contract/asker/src/chip.h "$here/$1/drawer/src"
	printf 'defines: [ RANDOM_SEED=%s ]\n' "$1" >>"$here/$1/drawer/ms.yaml"
	"$ms" -C "$here/$1" run --board "$BOARD" --json --fast --timeout 3000 --until "all holds after calls: $2" >"$here/$1.log" 2>"$here/$1.err" ||
		{ echo "seed $1 of $2 calls"; cat "$here/$1.err"; grep -v '"drawer"' "$here/$1.log" | tail -n 20; return 1; }
}

# unharmed LOG: nobody but who draws has failed; the neighbour counted.
unharmed() {
	for name in neighbour vault spinner; do
		if grep -E "\"service\":\"$name\",\"(severity\":\"error|cause)|$name (ended|restart)" "$1"; then return 1; fi
	done
	says "$1" '"neighbour counts '
	says "$1" 'drawer restart '
	if grep -E '"cause":"assertion of the kernel"|broken after call' "$1"; then return 1; fi
}

# tally LOG: "<call> <made> <accepted>" of each system call, as the runtime last said; and there is none that was never accepted, but for
# those that no board of the suite has what they need for.
tally() {
	sed -n 's/^MS_SYSCALL(\([0-9]*\), \([a-z_0-9]*\),.*/\1 \2/p' sdk/include/ms/abi/syscalls.def >"$here/names"
	sed -n 's/.*"text":"call \([0-9]*\) \([a-z]*\) \([0-9]*\)".*/\2 \1 \3/p' "$1" | awk -v names="$here/names" '
		{ said[$1, $2] = $3 }
		END {
			while ((getline < names) > 0) {
				made = said["made", $1] + 0; accepted = said["accepted", $1] + 0
				printf "%-16s made %7d accepted %7d\n", $2, made, accepted
				if (!accepted && $2 != "random") { print $2 " was never accepted"; bad = 1 }
			}
			exit bad
		}'
}

# with_runtime ELF: the staged SDK with this runtime for the board.
with_runtime() {
	rm -rf "$scratch/sdk"
	cp -r "$(dirname "$ms")/../lib/ms-sdk" "$scratch/sdk"
	cp "$1" "$scratch/sdk/boards/$BOARD/runtime.elf"
	export MS_SDK="$scratch/sdk"
}

no_drawn_call_harms_the_kernel_or_others() {
	with_runtime "$CHECKED/runtime.elf"
	for seed in $SEEDS; do
		draw "$seed" "$CALLS"
		unharmed "$here/$seed.log"
		tally "$here/$seed.log" >"$here/tally" || { cat "$here/tally"; return 1; }
	done
}

the_same_seed_makes_the_same_calls() {
	with_runtime "$CHECKED/runtime.elf"
	draw 3 10000
	grep '"time_usec"' "$here/3.log" >"$here/first"
	rm -r "$here/3"
	draw 3 10000
	grep '"time_usec"' "$here/3.log" >"$here/second"
	cmp "$here/first" "$here/second"
	draw 4 10000
	if cmp -s "$here/first" "$here/4.log"; then return 1; fi
}

# fault PLANTED TEXT: this runtime is found out, and this is said about it.
fault() {
	with_runtime "$CHECKED/planted_$1.elf"
	if draw 1 "$CALLS" >"$here/said"; then return 1; fi
	says "$here/1.log" "$2"
	says "$here/1.log" 'broken after call'
}

a_fault_in_the_ready_queue_is_found() { fault thread 'a ready thread is in no queue'; }
a_fault_in_messages_is_found() { fault message "a service's share of messages is not what it holds"; }
a_fault_in_what_is_open_is_found() { fault mapping 'a region is open that is nobody'; }

run no_drawn_call_harms_the_kernel_or_others the_same_seed_makes_the_same_calls \
	a_fault_in_the_ready_queue_is_found a_fault_in_messages_is_found a_fault_in_what_is_open_is_found
cat "$scratch/no_drawn_call_harms_the_kernel_or_others/tally"
