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
for version in 1.0.0 1.0.1; do
	elf=hello.elf
	[ $version = 1.0.0 ] || elf=hello2.elf
	cp "$made/$elf" "$work"
	out/check/ms sign "$work/$elf" >"$work/said"
	"$made/make-files" package "$key" $version "$work/$elf" "$work/$version.msp"
done
"$made/mutations" "$key" "$work/1.0.0.msp" "$work/1.0.1.msp" "$count" "$seed"
"$made/mutations" "$key" "$work/1.0.0.msp" "$stride"
