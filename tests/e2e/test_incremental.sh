#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# After any edits a build ends in the same bytes, or the same failure, as a build from nothing.  $SEEDS: sequences of edits; $EDITS: in each.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# draw N: a number below N in $drawn, from $seed.
draw() {
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	drawn=$((seed / 65536 % $1))
}

# one_of FOLDER PATTERN: a file's name in $file, or status 1.
one_of() {
	# shellcheck disable=SC2086 # the pattern is to be expanded
	set -- "$1"/$2
	[ -e "$1" ] || return 1
	draw $#
	shift "$drawn"
	file=$1
}

begin() {
	hello "$1"
	mkdir "$1/include"
	printf '#include <SysCall.h>\nconst char *name(void);\nextern int room[];\nint main(void) { LOG_INFO("%%s %%d", name(), room[3]); return 0; }\n' >"$1/src/main.c"
	echo '#define SIZE 4' >"$1/src/size.h"
	printf '#include "size.h"\nint room[SIZE] = { 1 };\n' >"$1/src/room.c"
	printf '#include "size.h"\nconst char *name(void) { return "room" + SIZE %% 4; }\n' >"$1/src/name.c"
}

# What people and tools do to files; each says what it did.
edit() {
	draw 12
	case $drawn in
	0) one_of "$1/src" '*.c' && echo "int edited_$2 = $2;" >>"$file" ;;
	1) one_of "$1" '*/size.h' && echo "#define SIZE $2" >"$file" ;;
	2) one_of "$1" '*/*.[ch]' && touch "$file" ;;
	3) one_of "$1/src" '*.c' && echo "int aged_$2 = $2;" >>"$file" && touch -d '2001-01-01' "$file" ;;
	4) one_of "$1" '*/size.h' && echo "#define SIZE ($2 + 20)" >"$file" && touch -d '2002-01-01' "$file" ;;
	5) one_of "$1/src" '[nr]*.c' && mv "$file" "${file%%[_.]*}_$2.c" ;;
	6) [ -e "$1/src/size.h" ] && mv "$1/src/size.h" "$1/include/size.h" ;;
	7) [ ! -e "$1/src/size.h" ] && echo "#define SIZE $(($2 + 1))" >"$1/src/size.h" ;;
	8) [ -e "$1/include/size.h" ] && rm -f "$1/src/size.h" ;;
	9) sed -i '/^defines/d' "$1/ms.yaml" && echo "defines: [ EDIT=$2 ]" >>"$1/ms.yaml" ;;
	10) echo "int made_$2(void) { return $2; }" >"$1/src/made_$2.c" ;;
	11) one_of "$1/src" 'made_*.c' && rm "$file" ;;
	esac
}

# outcome FOLDER: what a build there comes to.
outcome() {
	got=0
	ms -q -C "$1" build >"$1.said" 2>&1 || got=$?
	echo "status $got"
	[ "$got" -ne 0 ] || ( cd "$1/out/v7em" && sha256sum hello.elf hello.img )
}

# Any seed that fails can be tried alone.
sequence() {
	seed=$1
	begin "$here/a"
	for number in $(seq "${EDITS:-20}"); do
		edit "$here/a" "$number" || continue
		what=$drawn
		outcome "$here/a" >"$here/incremental"
		rm -rf "$here/b"
		cp -a "$here/a" "$here/b"
		rm -rf "$here/b/out"
		outcome "$here/b" >"$here/clean"
		diff -u "$here/clean" "$here/incremental" || { echo "seed $1, edit $number of kind $what"; return 1; }
	done
	rm -rf "$here/a" "$here/b"
}

an_older_file_and_a_header_that_hides_another_are_seen() {
	begin "$here/a"
	cp -p "$here/a/src/room.c" "$here/old.c"
	echo 'int more = 1;' >>"$here/a/src/room.c"
	ms -C "$here/a" build
	cp -p "$here/old.c" "$here/a/src/room.c"
	ms -C "$here/a" build
	arm-none-eabi-nm "$here/a/out/v7em/obj/src/room.c.o" >"$here/symbols"
	lacks "$here/symbols" more
	mv "$here/a/src/size.h" "$here/a/include/size.h"
	ms -C "$here/a" build
	echo '#define SIZE 40' >"$here/a/src/size.h"
	ms -C "$here/a" build
	arm-none-eabi-nm -S "$here/a/out/v7em/obj/src/room.c.o" >"$here/symbols"
	says "$here/symbols" '000000a0 D room'
	ms --json -C "$here/a" build >"$here/said"
	says "$here/said" '"steps":0'
}

an_incremental_build_is_a_clean_one() {
	for each in ${SEEDS:-1 2 3 4 5}; do
		sequence "$each"
	done
}

run an_older_file_and_a_header_that_hides_another_are_seen
run an_incremental_build_is_a_clean_one
