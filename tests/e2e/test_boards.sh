#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every emulated board runs the examples, from the same packages; and of the targets exactly those that docs/abi.md says.
# $BOARDS: which boards; all when it is not set.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/numbers.sh

boards=${BOARDS:-$(ms board list | awk '/ emulated/ { print $1 }')}
packages=$scratch/packages

# Each example and each target's `numbers` are packed once; the boards share the packages.
pack() {
	mkdir -p "$packages"
	cp -R "$top/out/check/examples" "$scratch/examples"
	for folder in 01-hello 02-crash/counter 02-crash/crasher 03-aes 04-two-services/client 04-two-services/server; do
		ms package -o "$packages/${folder##*[/-]}.msp" "$scratch/examples/$folder"
	done
	for target in $(every_target); do
		numbers "$scratch/$target" "$target"
		ms package -o "$packages/numbers-$target.msp" "$scratch/$target"
	done
}

# product EXAMPLE: its product.yaml, made of packages.
product() {
	mkdir "$here/desk"
	sed "s|path: \(.*\)|package: $packages/\1.msp|" "$scratch/examples/$1/product.yaml" >"$here/desk/product.yaml"
}

# board TEXT WHAT...: run it until the text comes; what was said is in $here/said.
board() {
	text=$1
	shift
	mkdir -p "$here/desk"
	ms -C "$here/desk" run --board "$board" --fast --timeout 60 --until "$text" "$@" >"$here/said" 2>&1 || { cat "$here/said"; return 1; }
	cat "$here/said"
}


hello() {
	board 'the device has been up for' "$packages/hello.msp"
}

aes() {
	board 'encrypted and decrypted, 0 answers wrong' "$packages/aes.msp"
}

# Without protection the first mistake goes unnoticed, and the service lives on.
crash() {
	product 02-crash
	if [ "$(isolation_of "$board")" = none ]; then
		board 'still alive after: write through a null pointer' "$here/desk"
		return
	fi
	board 'run 3' "$here/desk"
	says "$here/said" 'write to memory that is not its own'
	says "$here/said" 'calibrate_pressure'
	[ "$(grep -c 'counter *info' "$here/said")" -ge 3 ]
}

two_services() {
	product 04-two-services
	board 'client ended with status 0' "$here/desk"
	says "$here/said" 'the checksum of "123456789" is cbf43926'
	if [ "$(isolation_of "$board")" = none ]; then
		says "$here/said" 'the server lives'
	else
		says "$here/said" 'the server has died: connecting again'
	fi
	says "$here/said" 'add 7: the sum is 7'
}

# The same with the runtime's trace build, however little RAM the board has for its ring.
traced() {
	product 04-two-services
	board 'client ended with status 0' --trace "$here/trace.json" "$here/desk"
	"$top/out/check/tests/e2e/trace-events" <"$here/trace.json" >"$here/events"
	for event in 's client/main checksum' 't server/main checksum' "B $board/running client" "B $board/interrupts alarm" 'lost 0'; do
		says "$here/events" "$event"
	done
}

isolation_of() {
	ms board list | awk -v board="$1" '$1 == board { sub(":", "", $3); print $3 }'
}

# runs_on TARGET BEST: does the table of docs/abi.md say so?
runs_on() {
	awk -F'|' -v target="\`$1\`" -v here=" $2 " '
		$2 ~ "^ " target " $" { found = 1; gsub("`", " ", $3); exit !($3 ~ "^ all" || index($3 " ", here)) }
		END { if (!found) exit 1 }' docs/abi.md
}

# sdk_that_believes BOARD TARGET: an SDK whose tools take the board's best target for another; its runtime knows better.
sdk_that_believes() {
	mkdir -p "$here/sdk-$2/boards/$1"
	for each in "$MS_SDK"/*; do
		[ "${each##*/}" = boards ] || ln -s "$each" "$here/sdk-$2"
	done
	cp "$MS_SDK/boards/$1/"* "$here/sdk-$2/boards/$1"
	fdtput -t s "$here/sdk-$2/boards/$1/board.dtb" / ms,target "$2"
}

# What does not run is refused by the tools; and by the runtime, had the tools let it pass.
targets() {
	mkdir "$here/desk"
	best=$(fdtget -t s "$MS_SDK/boards/$board/board.dtb" / ms,target)
	numbers_expected "$here/expected"
	for target in $(every_target); do
		package=$packages/numbers-$target.msp
		if runs_on "$target" "$best"; then
			ms -C "$here/desk" run --board "$board" --fast --timeout 60 "$package" | sed -n 's/.* numbers *info *//p' >"$here/$target"
			diff "$here/expected" "$here/$target"
			continue
		fi
		fails 8 ms -C "$here/desk" run --board "$board" "$package"
		says "$here/out" "holds nothing that runs on $board"
		sdk_that_believes "$board" "$target"
		MS_SDK=$here/sdk-$target ms -C "$here/desk" run --board "$board" --fast --timeout 60 --until refused "$package" >"$here/out" 2>&1 || true
		says "$here/out" refused
		lacks "$here/out" 'jump 3'
	done
}

pack >"$scratch/packed" 2>&1 || { cat "$scratch/packed"; exit 1; }

tests=
for board in $boards; do
	for what in hello crash aes two_services traced targets; do
		name=${what}_on_$(echo "$board" | tr - _)
		eval "$name() { board=$board; $what; }"
		tests="$tests $name"
	done
done
# shellcheck disable=SC2086 # a list of words
run $tests
