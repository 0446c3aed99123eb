#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A hostile service on the emulated board, beside one that must not notice; and the same on a runtime that protects
# nothing, where each attack on the hardware's protection must succeed: else it would show nothing.
# $MS: the staged ms; $OPEN: the unprotected runtime; $STRIDE: bytes between two tried in the kernel's flash.
. tests/shell.sh
ms=$PWD/$MS
open_runtime=$PWD/$OPEN
export MS_HOME="$scratch/home"

# attack UNTIL: run it; the console's lines are in $here/log.
attack() {
	cp -r tests/attack "$here/attack"
	[ -z "${STRIDE:-}" ] || printf 'defines: [ ATTACK_STRIDE=%s ]\n' "$STRIDE" >>"$here/attack/attacker/ms.yaml"
	"$ms" -C "$here/attack" run --fast --timeout 600 --until "$1" >"$here/log" 2>&1 ||
		{ grep -v ' fault  ' "$here/log" | tail -n 40; return 1; }
}

# never PATTERN: no line of the log has it.
never() {
	if grep -- "$1" "$here/log"; then return 1; fi
}

# The kinds of attack that the hardware stops, in the order they are made.
hardware_kinds() {
	sed -n '/^const struct attack attacks/,/forge the stack/s/^\t{ "\([^"]*\)".*/\1/p' tests/attack/attacker/src/attacks.c |
		grep -v '^forge'
}

nothing_gets_out_and_the_neighbour_does_not_notice() {
	attack 'done after'
	never 'escaped:'
	never 'neighbour .* error'
	grep 'neighbour counts' "$here/log" >/dev/null
	hardware_kinds >"$here/kinds"
	[ "$(wc -l <"$here/kinds")" -ge 20 ]
	while read -r kind; do says "$here/log" "kind: $kind"; done <"$here/kinds"
}

each_attack_on_the_hardware_succeeds_where_there_is_no_protection() {
	cp -r "$(dirname "$ms")/../lib/ms-sdk" "$here/sdk"
	cp "$open_runtime" "$here/sdk/boards/mps2-an386/runtime.elf"
	export MS_SDK="$here/sdk"
	attack 'kind: forge'
	hardware_kinds | while read -r kind; do says "$here/log" "escaped: $kind, attempt 0"; done
}

# A bad stack pointer loses the exception frame; what the processor has pended besides must not hit who runs next.
a_forged_stack_pointer_hurts_nobody_who_runs_next() {
	cp -r tests/attack "$here/attack"
	printf '%s\n' 'defines: [ "ATTACK_FROM=\"forge the stack pointer\"" ]' >>"$here/attack/attacker/ms.yaml"
	printf '%s\n' 'name: next' 'vendor: attack.example' 'services:' \
		'  - { path: attacker, restart-limit: 0, backoff: 1 ms, quantum: 1 ms }' \
		'  - { path: spinner, quantum: 1 ms }' >"$here/attack/product.yaml"
	"$ms" -C "$here/attack" run --fast --timeout 100 --until 'spins 600' >"$here/log" 2>&1 || { cat "$here/log"; return 1; }
	says "$here/log" 'done after'
	never 'escaped:'
	never 'spinner  *error'
	never 'spinner ended'
	never 'spinner restart'
}

run nothing_gets_out_and_the_neighbour_does_not_notice \
	each_attack_on_the_hardware_succeeds_where_there_is_no_protection \
	a_forged_stack_pointer_hurts_nobody_who_runs_next
