#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What an integrator waits for with a product of 16 services, and what a device takes to start 1 to 16 of them; writes both into
# bench/README.md between its two marks.  Of a build the time that passes (the least and the median) and the processor's time, which other programs on
# the computer change little; beside it what reading and hashing the same packages takes.  Of a start the instructions, which repeat exactly.
# From the top of a tree that was built: bench/product.sh [ROUNDS]
set -eu
. bench/page.sh
. bench/counted.sh
rounds=${1:-10} page=$PWD/bench/README.md top=$PWD
PATH=$PWD/out/stage/bin:$PATH
unset MS_SDK

# service NAME VERSION: a project of its own, of the size of the template's.
service() {
	mkdir -p "$work/$1/src"
	printf 'name: %s\nvendor: bench.example\nversion: %s\nlicense: Apache-2.0\ntargets: [ v7em ]\nmemory: { stack: 1 KiB, heap: 1 KiB }\n' "$1" "$2" >"$work/$1/ms.yaml"
	cp LICENSE "$work/$1"
	printf '#include <SysCall.h>\n#include <stdio.h>\n\nint main(void)\n{\n\tprintf("%%s %%s\\n", "%s", "%s");\n\tLOG_INFO("measured");\n\treturn 0;\n}\n' "$1" "$2" >"$work/$1/src/main.c"
}

# processor: milliseconds of it that what this shell has started so far has taken, in $used.
processor() {
	times >"$work/times"
	used=$(sed -n '2s/[ms]/ /gp' "$work/times" | awk '{ printf "%d\n", ($1 * 60 + $2 + $3 * 60 + $4) * 1000 }')
}

quietly() {
	"$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
}

# measure TEXT BEFORE COMMAND...: `before` is not counted.
measure() {
	text=$1 before=$2
	doing "$text"
	shift 2
	: >"$work/took"
	spent=0
	for n in $(seq "$rounds"); do
		"$before"
		processor
		spent=$((spent - used))
		start=$(date +%s%N)
		quietly "$@"
		echo $(($(date +%s%N) - start)) >>"$work/took"
		processor
		spent=$((spent + used))
	done
	sort -n "$work/took" | awk -v text="$text" -v spent="$spent" '{ at[NR] = $1 / 1e6 } END { printf "| %s | %.0f | %.0f | %.0f |\n", text, at[1], at[int((NR + 1) / 2)], spent / NR }'
}

nothing() { :; }
no_output() { rm -rf out; }

# The next version of one, in the place of the last: n is the round.
another() { quietly ms -q product update "$work/s01-1.0.$n.msp"; }

hash_all() { sha256sum packages/*.msp out/product/*; }

builds() {
	doing "16 services are packaged"
	for n in $(seq -w 16); do
		service "s$n" 1.0.0
		quietly ms -q package "$work/s$n" -o "$work/s$n.msp"
	done
	for n in $(seq "$rounds"); do
		service s01 "1.0.$n"
		quietly ms -q package "$work/s01" -o "$work/s01-1.0.$n.msp"
	done
	ms key export >"$work/key.pem"
	mkdir "$work/sixteen"
	cd "$work/sixteen"
	quietly ms -q product init --board mps2-an386 --vendor acme.example
	quietly ms -q product add "$work"/s??.msp --trust "$work/key.pem"
	quietly ms -q product build
	printf '| 16 services, %d KiB of packages | least | median | processor |\n|---|---|---|---|\n' "$(du -ck packages/*.msp | awk 'END { print $1 }')"
	measure '`ms --version`' nothing ms --version
	measure '`sha256sum` of all packages and of what is written' nothing hash_all
	measure '`ms product check`' nothing ms product check
	measure '`ms product build`, nothing there' no_output ms product build
	measure '… nothing to do' nothing ms product build
	measure '… one package is another version' another ms product build
	cd "$top"
}

# started COUNT: a product of so many, and a row of what its start takes.
started() {
	mkdir "$work/boot$1"
	{
		printf 'name: boot\nvendor: bench.example\nservices:\n'
		for n in $(seq -w 16 | head -n "$1"); do printf '  - { path: ../s%s }\n' "$n"; done
	} >"$work/boot$1/product.yaml"
	counted "boot$1"
	bytes=$(for n in $(seq -w 16 | head -n "$1"); do cat "$work/s$n/out/v7em/s$n.img"; done | wc -c)
	awk -v count="$1" -v bytes="$bytes" '/^boot/ { printf "| %d | %d | %d | %d | %d |\n", count, bytes, $2, $6, $2 - $6 }' "$work/counted"
}

starts() {
	printf '| services | bytes of images | instructions to the first of a service | … of them signatures and hashes | … the rest |\n|---|---|---|---|---|\n'
	for each in 1 2 4 8 16; do started "$each"; done
}

{ builds; echo; starts; } >"$work/tables" || { cat "$work/tables"; exit 1; }
into_page "$page" bench/product.sh "$work/tables"
cat "$work/tables"
