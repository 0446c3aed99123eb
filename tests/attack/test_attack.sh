#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A hostile service on an emulated board, beside one that must not notice; and the same on a runtime that protects
# nothing, where each attack on the hardware's protection must succeed: else it would show nothing.
# $MS: the staged ms; $BOARD; $FACTS: its board_facts.h; $OPEN: its unprotected runtime, if there is one; $STEP:
# of so many places one is tried (16); $FPU: 1 where attacker and neighbour have the grant and compute.
. tests/shell.sh
ms=$PWD/$MS
export MS_HOME="$scratch/home"

# asks: a device of this board with one interrupt, and how it can be made to ask for it (tests/contract/asker), if the suite knows.
asks() {
	case "$BOARD" in
	mps3-*) echo timer1 ASKER_SSE ;;
	mps2-*) echo dualtimer ASKER_CMSDK ;;
	netduinoplus2) echo timer3 ;;
	esac
}

# An SDK of our own, to put something else into.
own_sdk() {
	cp -r "$(dirname "$ms")/../lib/ms-sdk" "$here/sdk"
	export MS_SDK="$here/sdk"
}

# prepare [DEFINE]: the services, with the board's addresses and the causes of faults, in $here/attack.
prepare() {
	cp -r tests/attack "$here/attack"
	cp "$FACTS" runtime/causes.def tests/contract/asker/src/chip.h "$here/attack/attacker/src"
	for each in attacker neighbour vault puppet; do cp tests/attack/common/asked.h "$here/attack/$each/src"; done
	device=$(asks) chip=
	[ "${device% *}" = "$device" ] || chip="ASKS, ${device#* }, "
	sed -i "s/dualtimer/${device% *}/" "$here/attack/product.yaml" "$here/attack/attacker/ms.yaml"
	printf 'defines: [ %sATTACK_STEP=%s%s ]\n' "$chip" "${STEP:-16}" "${1:+, $1}" >>"$here/attack/attacker/ms.yaml"
	[ -z "${FPU:-}" ] || compute attacker neighbour
	[ "$BOARD" != mps2-an521 ] || mainline
}

# compute SERVICE...: they are built for the FPU and request it.
compute() {
	for each; do
		sed -i 's/^targets:.*/targets: [ v7em-fp, v8m-fp ]/; s/^requests:/&\n  fpu: true/' "$here/attack/$each/ms.yaml"
	done
}

# Services of this board are for v8m-base; its processor knows more, and so does who attacks it.
mainline() {
	own_sdk
	sed -i 's/-mcpu=cortex-m23/-march=armv8-m.main/' "$here/sdk/targets/v8m-base/cflags"
	says "$here/sdk/targets/v8m-base/cflags" -march=armv8-m.main
}

# attack UNTIL: run it; the console's lines are in $here/log.
attack() {
	"$ms" -C "$here/attack" run --board "$BOARD" --json --fast --timeout 600 --until "$1" >"$here/log" 2>"$here/err" ||
		{ cat "$here/err"; grep -v '"type":"fault"' "$here/log" | tail -n 40; return 1; }
}

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
