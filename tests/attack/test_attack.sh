#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A hostile service on an emulated board, beside one that must not notice; and the same on a runtime that protects
# nothing, where each attack on the hardware's protection must succeed: else it would show nothing.
# What attack.sh says; $OPEN: the board's unprotected runtime, if there is one.
. tests/shell.sh
MS_HOME=$scratch/home
export MS_HOME
. tests/attack/attack.sh

# never PATTERN: no line of the log has it.
never() {
	if grep -- "$1" "$here/log"; then return 1; fi
}

each_attempt_ends_in_its_one_stated_way_and_the_neighbour_does_not_notice() {
	prepare
	attack 'done at run'
	if [ -n "${FPU:-}" ]; then says "$here/log" 'kind|find them, or a neighbour'; fi
	awk -f tests/attack/judge.awk "$here/log" >"$here/verdict" || { cat "$here/verdict"; return 1; }
	cat "$here/verdict"
	[ "$(sed -n 's/ rows:.*//p' "$here/verdict")" -ge "$(grep -c '^ATTEMPT(.* ANY,' tests/attack/attacker/src/attempts.def)" ]
}

each_attack_on_the_hardware_succeeds_where_there_is_no_protection() {
	[ -n "${OPEN:-}" ] || skip 'one open runtime is enough'
	prepare
	own_sdk
	cp "$OPEN" "$here/sdk/boards/$BOARD/runtime.elf"
	attack 'done at run'
	sed -n 's/^ATTEMPT(.* OPENS, "\(.*\)")/\1/p' tests/attack/attacker/src/attempts.def >"$here/opens"
	[ "$(wc -l <"$here/opens")" -ge 20 ]
	while read -r name; do says "$here/log" "escaped: $name, attempt 0"; done <"$here/opens"
}

# A bad stack pointer loses the exception frame; what the processor has pended besides must not hit who runs next.
a_forged_stack_pointer_hurts_nobody_who_runs_next() {
	[ -z "${FPU:-}" ] || skip 'the spinner does not compute'
	prepare '"ATTACK_FROM=\"a system call on a foreign stack\""'
	printf '%s\n' 'name: next' 'vendor: attack.example' 'services:' \
		'  - { path: attacker, restart-limit: 0, backoff: 1 ms, quantum: 1 ms }' \
		'  - { path: spinner, quantum: 1 ms }' '  - { path: vault }' '  - { path: puppet }' >"$here/attack/product.yaml"
	attack 'kind|name threads'
	[ "$(grep -c 'spins ' "$here/log")" -ge 4 ]
	never '"spinner","severity":"error"'
	never '"type":"fault".*"spinner"'
	never 'spinner ended'
	never 'spinner restart'
}

run each_attempt_ends_in_its_one_stated_way_and_the_neighbour_does_not_notice \
	each_attack_on_the_hardware_succeeds_where_there_is_no_protection \
	a_forged_stack_pointer_hurts_nobody_who_runs_next
