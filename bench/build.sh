#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a developer waits for: ms --version, a build with nothing to do, one file
# edited to a signed image, a build from nothing.  In milliseconds: the least,
# the median and the most of 30; the least is what the work takes, the rest is
# what else the computer does.  Beside them what the tools alone take.
# From the top of a tree that was built: bench/build.sh
set -eu
. bench/made.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$PWD/out/stage/bin:$PATH
MS_HOME=$work/home
export PATH MS_HOME
unset MS_SDK
times=30

# measure TEXT COMMAND...
measure() {
	text=$1
	shift
	doing "$text, $times times"
	for _ in $(seq "$times"); do
		start=$(date +%s%N)
		"$@" >/dev/null 2>"$work/said" || { cat "$work/said"; exit 1; }
		echo $(($(date +%s%N) - start))
	done | sort -n | awk -v text="$text" '
		{ at[NR] = $1 / 1e6 }
		END { printf "%-42s %7.1f %7.1f %7.1f\n", text, at[1], at[int((NR + 1) / 2)], at[NR] }'
}

edit_and_build() {
	echo "int edit_$(date +%N);" >>src/greeting.c
	ms build
}

from_nothing() {
	rm -rf out
	ms build
}

cd "$work"
ms -q new hello >/dev/null
cd hello
ms -q build >/dev/null
printf '%-42s %7s %7s %7s\n' "" least median most
measure "start of a program that does nothing" true
measure "start of a shell that does nothing" sh -c :
measure "ms --version" ms --version
measure "ninja, nothing to do" ninja -f out/build.ninja
measure "ms build, nothing to do" ms build
measure "ms build, one file edited" edit_and_build
measure "ms build, from nothing" from_nothing
ms build --board mps2-an386
