#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Where libclang is, for api/build.ninja.
#
#   scripts/llvm.sh --includedir | --libs | --resources
#
# LLVM_CONFIG names the llvm-config of another version; otherwise it is the one that Debian's libclang-14-dev belongs to, or any newer.
set -eu
for tool in "${LLVM_CONFIG:-}" llvm-config-14 llvm-config-15 llvm-config-16 llvm-config-17 llvm-config-18 llvm-config-19 llvm-config; do
	[ -n "$tool" ] && command -v "$tool" >/dev/null && break
	tool=
done
if [ -n "$tool" ]; then
	include=$("$tool" --includedir) lib=$("$tool" --libdir)
else
	# llvm-config is of another package (llvm-14-dev); the headers and the library are all that is needed.
	include=$(dirname "$(dirname "$(find /usr/lib/llvm-*/include/clang-c/Index.h 2>/dev/null | sort -V | head -n 1)")")
	lib=$(dirname "$include")/lib
fi
if ! [ -e "$include/clang-c/Index.h" ] || ! [ -d "$lib/clang" ]; then
	echo "scripts/llvm.sh: no libclang: apt-get install libclang-14-dev" >&2
	exit 1
fi

case $1 in
--includedir) echo "$include" ;;
--libs) echo "-L$lib -lclang" ;;
# The compiler's own headers, such as stddef.h: the folder above their include/.
--resources) find "$lib/clang" -maxdepth 1 -name "[0-9]*" | sort -V | tail -n 1 ;;
esac
