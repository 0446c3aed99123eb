#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The functions of the runtime that move memory, in a service of an emulated board.
# $MS: the staged ms; $BOARD; $SDK: another SDK; $MEMORY: another memory.S than the runtime's.
. tests/shell.sh
ms=$PWD/$MS
MS_HOME=$scratch/home
[ -z "${SDK:-}" ] || MS_SDK=$SDK
export MS_HOME MS_SDK

memory_is_copied_filled_and_compared_as_c_says() {
	cp -r tests/memory/mover "$here"
	sed 's/mem\(cpy\|set\|cmp\)/kernel_&/g' "${MEMORY:-runtime/arch/armm/memory.S}" >"$here/mover/src/memory.S"
	timeout -k 5 120 "$ms" -C "$here/mover" run --board "$BOARD" --fast --timeout 100 --until 'tried' >"$here/log" 2>&1 || { tail -n 20 "$here/log"; return 1; }
	says "$here/log" 'tried 4592, wrong 0'
}

run memory_is_copied_filled_and_compared_as_c_says
