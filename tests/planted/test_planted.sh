#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each planted mistake passes in the order of a quiet device, and is found by `ms test --schedules`: in time, with service, thread, file
# and line, as a list of few choices that fails each time that it is run again.  What is mended passes in every order tried.
#
#	REPLAYS=100 [BUGS="name ..."] [MENDED="name ..."] sh tests/planted/test_planted.sh
#
# BUGS: all if nothing is said.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

LIMIT_SEC=60 ORDERS=50000 MENDED_ORDERS=${MENDED_ORDERS:-400} CHOICES_MAX=10
for corpus in threads messages partner; do
	cp -R "tests/planted/$corpus" "$scratch"
	[ $corpus = partner ] || cp -R tests/planted/common/* "$scratch/$corpus"
done
cp -R tests/planted/messages/include "$scratch/partner"

# bugs CORPUS...: their names.
bugs() {
	for corpus in "$@"; do
		sed -n 's/^BUG(\([a-z_]*\), .*/\1/p' "tests/planted/$corpus/src/bugs.def"
	done
}
names=$(bugs threads messages)

# try NAME OPTION...: this mistake's test.
try() {
	name=$1
	shift
	corpus=threads
	bugs threads | grep -qx "${name%_mended}" || corpus=messages
	ms -C "$scratch/$corpus" test --jobs 1 --filter "test_planted/${name}_ends_well" "$@"
}

# found NAME: what was promised of one mistake.
found() {
	fails 4 try "$1" --schedules $ORDERS --timeout $LIMIT_SEC
	cp "$here/out" "$here/$1"
	grep -q "thread [0-9]* of '[a-z]*'" "$here/out"
	grep -q "src/$1\.c:[0-9]" "$here/out"
	list=$(sed -n "s/.*in this order of threads: .* --replay //p" "$here/out")
	[ -n "$list" ] || { echo "$1: no list of choices"; return 1; }
	[ "$(echo "$list" | tr , '\n' | wc -l)" -le $CHOICES_MAX ] || { echo "$1: $list"; return 1; }
	fails 4 try "$1" --replay "$list" --repeat "$REPLAYS" --all-output
	same "$(grep -c "^  failed  *$1" "$here/out")" "$REPLAYS"
	same "$(grep -o 'trace [0-9a-f]*' "$here/out" | sort -u | wc -l)" 1
}

none_shows_in_the_order_of_a_quiet_device() {
	for corpus in threads messages; do
		ms -C "$scratch/$corpus" test >"$here/out" || { cat "$here/out"; return 1; }
		count=$(bugs $corpus | wc -w)
		says "$here/out" "$((2 * count)) tests: $((2 * count)) passed"
	done
	[ "$(bugs threads messages | wc -w)" -ge 30 ]
}

# 95 of 100 would be enough: none is missed.
each_is_found_said_shrunk_and_replayed() {
	missed=
	for bug in ${BUGS:-$names}; do
		if (set -e; found "$bug") >"$here/said" 2>&1; then
			echo "found $bug: $(grep -o -- '--replay .*' "$here/$bug")"
		else
			cat "$here/said"
			missed="$missed $bug"
		fi
	done
	same "$missed" ""
}

what_is_mended_passes_in_every_order_tried() {
	for bug in ${MENDED:-$names}; do
		try "${bug}_mended" --schedules "$MENDED_ORDERS" --timeout 300 >"$here/out" || { cat "$here/out"; return 1; }
		says "$here/out" "1 test: 1 passed"
	done
}

run none_shows_in_the_order_of_a_quiet_device each_is_found_said_shrunk_and_replayed what_is_mended_passes_in_every_order_tried
