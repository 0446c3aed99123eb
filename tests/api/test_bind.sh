# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# ms api bind: what it writes is as tests/api/bound says, and compiles wherever it may have to.  UPDATE=1 accepts what is new.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

bind() {
	ms api bind -o "$here/bound" "$@" >"$here/said"
	ms api mock -o "$here/bound" "$@" >>"$here/said"
}

flags='-D_DEFAULT_SOURCE -std=c17 -Wall -Wextra -Werror -Wshadow -Wno-ignored-qualifiers'

# tests COMPILER...: what tests have in a client's place, without a warning.  $name: of the interface.
# shellcheck disable=SC2086 # flags are words
tests() {
	for double in fake mock; do
		"$@" $flags -I tests/api/headers -I "$here/bound" -idirafter "$MS_SDK/include" -c "$here/bound/${name}_$double.c" -o "$here/$double.o"
	done
}

# compiles COMPILER...: both sides, without a warning.
# shellcheck disable=SC2086 # flags are words
compiles() {
	for side in client server; do
		"$@" $flags -I tests/api/headers -I "$here/bound" -I "$here" -isystem "$MS_SDK/include" -c "$here/bound/${name}_$side.c" -o "$here/$side.o"
	done
}

# everywhere NAME: what is made of this header compiles with all that it may have to.
everywhere() {
	name=$1
	bind "tests/api/headers/$name.h"
	mkdir "$here/psa_manifest"
	echo "#define $(echo "$name" | tr '[:lower:]' '[:upper:]')_HANDLE 0x40000100" >"$here/psa_manifest/sid.h"
	compiles gcc -O2
	compiles gcc -fsanitize=address,undefined
	compiles clang
	tests gcc -O2
	tests clang
	compiles arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -Os -isystem "$MS_SDK/targets/v7m/picolibc/include"
}

what_is_written_is_as_it_was() {
	bind tests/api/headers/good.h
	for file in "$here/bound/"*; do echo "=== ${file##*/}"; cat "$file"; done >"$here/all"
	[ -z "${UPDATE:-}" ] || cp "$here/all" tests/api/bound
	diff -u tests/api/bound "$here/all"
}

it_compiles_everywhere() { everywhere good; }
and_so_does_what_is_unusual() { everywhere odd; }

the_same_header_changes_no_file() {
	bind tests/api/headers/good.h
	touch -d 2001-01-01 "$here/bound/"*
	bind tests/api/headers/good.h
	same "$(find "$here/bound" -type f -newermt 2001-01-02)" ""
	says "$here/said" "(as it was)"
}

the_fake_notes_and_answers() {
	bind tests/api/headers/good.h
	# shellcheck disable=SC2086 # flags are words
	gcc $flags -g -fsanitize=address,undefined -fno-sanitize-recover -I tests/api/headers -I "$here/bound" -idirafter "$MS_SDK/include" \
		"$here/bound/good_fake.c" tests/api/fake/src/main.c -o "$here/fake"
	"$here/fake"
}

one_double_may_be_all() {
	ms api mock --fake -o "$here/bound" tests/api/headers/good.h >"$here/said"
	same "$(cd "$here/bound" && echo ./*)" "./good_fake.c ./good_fake.h"
	ms api mock --mock -o "$here/mock" tests/api/headers/good.h >"$here/said"
	same "$(cd "$here/mock" && echo ./*)" "./good_mock.c"
}

one_side_may_be_all() {
	ms api bind -o "$here/bound" --client tests/api/headers/good.h >"$here/said"
	same "$(cd "$here/bound" && echo ./*)" "./good_client.c ./good_messages.h"
}

nothing_is_written_of_what_cannot_cross() {
	fails 3 ms api bind -o "$here/bound" tests/api/headers/refused.h
	says "$here/out" "refused_log cannot cross"
	[ ! -e "$here/bound" ]
}

run what_is_written_is_as_it_was it_compiles_everywhere and_so_does_what_is_unusual the_same_header_changes_no_file the_fake_notes_and_answers one_double_may_be_all one_side_may_be_all nothing_is_written_of_what_cannot_cross
