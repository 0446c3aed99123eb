# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034 # who sources this uses them
# Sourced after tests/e2e/sdk.sh: the service tests/e2e/numbers, for a target, on a board, and what it must say.

SDK_BOARD=mps2-an386

every_target() {
	sed -n 's/^MS_TARGET([^"]*"\([^"]*\)".*/\1/p' "$top/sdk/include/ms/abi/targets.def"
}

# numbers FOLDER [TARGET | --fpu]: the project, for one target or with the FPU.
numbers() {
	cp -R "$top/tests/e2e/numbers" "$1"
	case ${2-} in
	--fpu) echo 'requests: { fpu: true }' >>"$1/ms.yaml" ;;
	*-fp) printf 'requests: { fpu: true }\ntargets: [ %s ]\n' "$2" >>"$1/ms.yaml" ;;
	?*) echo "targets: [ $2 ]" >>"$1/ms.yaml" ;;
	esac
}

# What the service says on a board, by one line each, without times.
numbers_said() {
	ms -C "$1" run --fast --timeout 20 --board "$2" | sed -n 's/.* numbers *info *//p'
}

# numbers_expected FILE: what it must say; the sums are this computer's own.
numbers_expected() {
	cat >"$here/host.c" <<-'END'
	#include <stdio.h>
	#include "sample.h"
	int main(void)
	{
		printf("sums %08x %08x %08x\n", sample_floats(200), sample_doubles(200), sample_integers(100));
		return 0;
	}
	END
	src=$top/tests/e2e/numbers/src
	gcc -O1 -I"$src" "$here/host.c" "$src/sample.c" -o "$here/host"
	{
		"$here/host"
		echo "printed 3.1415929203539825 1e-310"
		echo "jump 3, own 6, constructor 42, two"
		echo "atomic 1 1 6 9, 0 4 255 0"
	} >"$1"
}
