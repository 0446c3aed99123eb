#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms size` against the board: what it says a service takes is what the runtime opens to it.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/size.sh

# agrees BOARD EXAMPLE TEXT: when it has said TEXT, what ms size says, and a running board's own table of services.
agrees() {
	ms -C "$2" size --board "$1" --json >"$here/size"
	ms -C "$2" run --board "$1" --fast --timeout 60 --until "$3" --stats --json >"$here/run"
	found=0
	for service in $(names "$here/size" taken); do
		for what in flash_taken ram_taken; do
			said=$(fact "$service" $what "$here/size" taken)
			same "$said" "$(fact "$service" $what "$here/run" stats)"
			[ "$said" -gt 0 ]
		done
		adds_up "$service"
		found=$((found + 1))
	done
	[ "$found" -gt 0 ]
}

# adds_up SERVICE: its rows are its image and the RAM that it needs.
adds_up() {
	for what in flash ram; do
		same "$(sed -n "s/.*\"type\":\"size\".*\"service\":\"$1\".*\"$what\":\([0-9]*\).*/\1/p" "$here/size" | awk '{ n += $1 } END { print n }')" \
			"$(fact "$1" $what "$here/size" taken)"
	done
}

# Of 07-power-cut no board has the flash.
examples_take_what_size_says() {
	cp -r "$top"/examples/0* "$here"
	for example in "$here"/0*; do
		rm -rf "$example/out"
		text='ended with status 0'
		case $example in */07-*) continue ;; */02-*) text=12 ;; esac
		for board in mps2-an386 mps2-an505; do
			agrees "$board" "$example" "$text"
		done
	done
}

run examples_take_what_size_says
