#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# arch_one.sh FILE NUMBER LINE: a board's runtime with one place of its processor's port changed: what notices first, if anything?
# $work/FILE.NUMBER.verdict says.  What attack.sh says; $work: where test_arch_mutation.sh has put the commands that make the runtime and, for
# each of $JOBS, an SDK and the services; $MUTATE, $HEARD: the programs; $SLOT: whose turn it is; $FIRST, $MORE: further tests to ask, before the attacks and after them.
set -u
. tests/attack/attack.sh
. tests/records/records.sh
file=$1 number=$2 line=$3
here=$work/$SLOT
name=$(basename "$file")
mine=$here/changed
export MS_SDK="$here/sdk" MS_HOME="$here/home" MS_BIN="${ms%/*}"
board=$MS_SDK/boards/$BOARD
[ "$name" != memory.S ] || export MEMORY="$mine/$name"

verdict() {
	printf '%s\n' "$1" >"$work/$name.$number.verdict"
	exit 0
}

# Assembly language: each instruction becomes one that does nothing.
changed() {
	case $file in
	*.S) awk -v line="$line" 'NR == line { sub(/\t.*/, "\tnop") } { print }' "$file" ;;
	*) "$MUTATE" -p "$file" "$number" ;;
	esac
}

# compile SOURCE: as the board's own is.  A changed header is found first.
compile() {
	command=$(grep -e " -c $1 " "$work/commands" | head -n 1) || return 0
	from=$1
	[ "$1" != "$file" ] || from=$mine/$name
	eval "$(printf '%s' "$command" | sed "s| -MMD .*-MF [^ ]*||; s| -c $1 -o .*| -w -c $from -o $mine/$(basename "${1%.*}").o|; s| -I| -I$mine -I|")" || return 1
}

# The runtime with all objects that are made anew in the place of the archive's, which is looked into once more for what only others need.
build() {
	rm -rf "$mine"
	mkdir "$mine"
	changed >"$mine/$name"
	case $file in
	*.h) for each in $(grep -l "\"$name\"" runtime/arch/armm/*.c "$(dirname "$file")"/*.c); do compile "$each" || return 1; done ;;
	*) compile "$file" || return 1 ;;
	esac
	objects=$(ls "$mine"/*.o)
	reset=out/boards/$BOARD/arch/reset.o
	[ "$name" != reset.c ] || reset=
	eval "$(tail -n 1 "$work/commands" | sed "s|-Map=[^ ]*|-Map=$mine/map|; s| out/boards/$BOARD/arch/reset.o| $reset $(echo "$objects" | tr '\n' ' ')|; s| -lgcc| out/boards/$BOARD/libarch.a -lgcc|; s| -o .*| -o $board/runtime.elf|")" || verdict 'does not link'
}

bytes() {
	arm-none-eabi-objcopy -O binary "$board/runtime.elf" "$1"
}

# judged SERVICES: the first that went wrong in an attack by these services; status 0 when nothing did.  Bounded by the time of the
# processor, of which it takes a tenth.
judged() {
	( ulimit -t 100; exec timeout -k 5 900 "$HEARD" 8 "$ms" -C "$here/$1" run --board "$BOARD" --json --fast --timeout 600 --until 'done at run' 2>/dev/null ) |
		awk -v hasty=1 -f tests/attack/judge.awk >"$here/verdict"
}

# ask TESTS: each is run with the SDK, also bounded.
ask() {
	for test in $1; do
		( ulimit -t 30; HASTY=1 SDK=$MS_SDK exec sh "$test" ) >"$here/said" 2>&1 ||
			verdict "killed by $(basename "$test"): $(sed -n 's/^\[  FAILED  \] \([a-z_]*[a-z]\)$/\1/p' "$here/said" | head -n 1)"
	done
}

build >"$mine.said" 2>&1 || verdict 'does not compile'
bytes "$here/binary"
if [ "$number" != 0 ] && cmp -s "$here/binary" "$work/$name.binary"; then verdict 'changes nothing'; fi
# Without a change all files make the same runtime, but for the order of its functions: one is tried.
[ "$number" != 0 ] || cp "$here/binary" "$work/$name.binary"
[ "$number" != 0 ] || [ "${FILES%% *}" = "$file" ] || verdict survived
# The records first: they take a second.
for services in records records-fpu; do
	[ -d "$here/$services" ] || continue
	records_are_right "$services" || verdict "killed by test_records.sh: $(head -n 1 "$here/verdict")"
done
ask "${FIRST:-}"
for services in attack fpu; do
	[ -d "$here/$services" ] || continue
	judged "$services" || verdict "killed: $(head -n 1 "$here/verdict")"
done
ask "${MORE:-}"
verdict survived
