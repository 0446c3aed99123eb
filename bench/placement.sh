#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What placement wastes beside the best of all orders and beside plain first-fit (bench/placement.c); writes it into bench/README.md between its two
# marks.  The same everywhere: no clock is looked at.  From the top of a tree that was built: bench/placement.sh
set -eu
. bench/page.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

gcc -std=c17 -O2 -Wall -Wextra -Werror -Isdk/include -iquote format -iquote base -iquote product -o "$work/placement" bench/placement.c out/host/libproduct.a out/host/libbase.a out/host/libformat.a -ljansson
"$work/placement" >"$work/table"
into_page bench/README.md bench/placement.sh "$work/table"
cat "$work/table"
