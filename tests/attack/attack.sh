# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by tests that attack an emulated board: $MS, the staged ms; $BOARD; $FACTS, its board_facts.h; $STEP: of so many places one is tried
# (16); $RUNS: so many runs of a row at most; $FPU: 1 where attacker and neighbour have the grant and compute.  What is made lies in $here.
ms=$PWD/$MS

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
	printf 'defines: [ %sATTACK_STEP=%s%s%s ]\n' "$chip" "${STEP:-16}" "${RUNS:+, ATTACK_RUNS=$RUNS}" "${1:+, $1}" >>"$here/attack/attacker/ms.yaml"
	[ -z "${FPU:-}" ] || compute attacker neighbour
	[ "$BOARD" != mps2-an521 ] || mainline
}

# compute SERVICE...: they are built for the FPU and request it.
compute() {
	for each; do
		sed -i 's/^targets:.*/targets: [ v7em-fp, v8m-fp ]/; s/^requests:/&\n  fpu: true/' "$here/attack/$each/ms.yaml"
	done
}

# Services of this board are for v8m-base; its processor knows more, and so does who attacks it: he has the compiler use it, and
# objects that say they do not, or they would be refused before they get to a board (Tag_CPU_arch is 6; v8-M.baseline is 16).
mainline() {
	own_sdk
	base=$(dirname "$(arm-none-eabi-gcc -mcpu=cortex-m23 -mthumb -print-libgcc-file-name)")
	echo '__asm__(".eabi_attribute 6, 16");' >"$here/baseline.h"
	sed -i "s|-mcpu=cortex-m23|-march=armv8-m.main -Wa,-mcpu=cortex-m23 -include $here/baseline.h -L$base|" "$here/sdk/targets/v8m-base/cflags"
	says "$here/sdk/targets/v8m-base/cflags" -march=armv8-m.main
}

# attack UNTIL: run it; the console's lines are in $here/log.
attack() {
	"$ms" -C "$here/attack" run --board "$BOARD" --json --fast --timeout 1500 --until "$1" >"$here/log" 2>"$here/err" ||
		{ cat "$here/err"; grep -v '"type":"fault"' "$here/log" | tail -n 40; return 1; }
}
