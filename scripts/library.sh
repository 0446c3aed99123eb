#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Make one library for one toolchain, for scripts/deps.sh: the folder appears
# by one rename when it is complete.  Several run at once: what each one's
# tools say comes in one piece.
#
#   scripts/library.sh CACHE RECIPE SOURCE ENTRY TOOLCHAIN
#
# ENTRY is the folder's path in the CACHE.
set -u
cache=$1 recipe=$2 source=$3 entry=$4 toolchain=$5

making=$(mktemp -d "$cache/tmp.XXXXXX") || exit 1
MS_PICOLIBC=$(readlink "out/deps/$toolchain/picolibc")
export MS_PICOLIBC
"third-party/$recipe.sh" "$toolchain" "$source" "$making/made" >"$making/said" 2>&1
status=$?
cat "$making/said"
[ "$status" -eq 0 ] || exit 255

mkdir -p "$(dirname "$cache/$entry")" && mv "$making/made" "$cache/$entry" || exit 255
rm -rf "$making"
