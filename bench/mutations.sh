#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How many of so many changed packages `ms` accepts: it has to be none.
# From the top of a tree that was built by `ninja out/check/tests/product/mutations.log`:
#
#	bench/mutations.sh [COUNT [STRIDE [SEED]]]
#
# COUNT mutants of a package (default: 10000), then each STRIDE-th of its bits flipped (default: 1, all of them;
# that is a matter of minutes).
set -eu
count=${1:-10000} stride=${2:-1} seed=${3:-1}
made=out/check/tests/product
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MS_HOME="$work/home"

out/check/ms key new developer 2>"$work/said"
key=$(find "$work/home" -name developer.pem)
pack() {
	cp "$made/$1.elf" "$work"
	out/check/ms sign "$work/$1.elf" >"$work/said"
	"$made/make-files" package "$key" "$2" "$work/$1.elf" "$work/$1.msp"
}
pack hello 1.0.0
pack hello2 1.0.1
pack small 1.0.0
"$made/mutations" "$key" "$work/hello.msp" "$work/hello2.msp" "$count" "$seed"
"$made/mutations" "$key" "$work/small.msp" "$stride"
