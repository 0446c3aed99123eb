#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Services that clang compiles: for each target they keep the ABI, and do on the board what those of gcc do.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/numbers.sh

# by_clang FOLDER [TARGET | --fpu]: the service that needs of a compiler what there is.
by_clang() {
	numbers "$@"
	echo 'cc: clang' >>"$1/ms.yaml"
}

# example NAME: of its own, as ms is to leave nothing in the tree.
example() {
	cp -R "$top/examples/$1" "$here/$1"
	rm -rf "$here/$1/out"
}

every_target_links_and_reaches_data_by_r9_alone() {
	by_clang "$here/a"
	ms -C "$here/a" build --all 2>"$here/said"
	by_clang "$here/fp" --fpu
	ms -C "$here/fp" build --all 2>>"$here/said"
	lacks "$here/said" warning
	cp -R "$here/fp/out/"*-fp "$here/a/out"
	for target in $(every_target); do
		arm-none-eabi-readelf -hW "$here/a/out/$target/numbers.elf" >"$here/head"
		says "$here/head" "DYN (Position-Independent Executable file)"
		arm-none-eabi-readelf -rW "$here/a/out/$target/obj/src/main.c.o" >"$here/relocations"
		lacks "$here/relocations" R_ARM_GOT_PREL
		grep -qE "R_ARM_GOT(_BREL|OFF32)" "$here/relocations"
	done
}

it_computes_on_boards_as_on_this_computer() {
	numbers_expected "$here/expected"
	for row in v6m:$SDK_BOARD v7m:$SDK_BOARD v7em:$SDK_BOARD v8m-base:mps2-an505 v8m:mps2-an505; do
		by_clang "$here/${row%:*}" "${row%:*}"
		numbers_said "$here/${row%:*}" "${row#*:}" >"$here/said"
		diff "$here/expected" "$here/said"
	done
	by_clang "$here/fp" --fpu
	numbers_said "$here/fp" "$SDK_BOARD" >"$here/said"
	diff "$here/expected" "$here/said"
}

# Without times: the code of one takes longer than that of the other.
said() {
	ms -C "$1" run --fast --timeout 30 --board "$2" --cc "$3" 2>&1 | sed -n 's/^ *[0-9.]* *\([a-z0-9-]* *\(info\|error\) .*\)/\1/p'
}

examples_say_the_same_by_both_compilers() {
	for name in 01-hello 03-aes 09-cpp; do
		example $name
		# clang inlines what gcc calls, and a frame may take an eighth of the stack.
		sed -i 's/stack: 4 KiB/stack: 6 KiB/' "$here/$name/ms.yaml"
		for board in "$SDK_BOARD" mps2-an505; do
			said "$here/$name" $board gcc >"$here/gcc"
			said "$here/$name" $board clang >"$here/clang"
			test -s "$here/gcc"
			diff "$here/gcc" "$here/clang"
		done
	done
}

two_services_call_each_other_by_clang() {
	example 04-two-services
	for board in "$SDK_BOARD" mps2-an505; do
		ms -C "$here/04-two-services" run --fast --timeout 30 --board $board --cc clang >"$here/said" 2>&1 || :
		says "$here/said" "client"
		says "$here/said" "server"
		lacks "$here/said" "! "
	done
}

# What is measured on the board is never more than what was computed from the code.
stack_and_size_are_known() {
	example 01-hello
	ms -C "$here/01-hello" --json size --stack --cc clang >"$here/size"
	says "$here/size" '"stack"'
	ms -C "$here/01-hello" --json run --fast --timeout 10 --stats --cc clang >"$here/stats"
	says "$here/stats" '"stack_used"'
}

the_same_sources_give_the_same_bytes() {
	for folder in one other; do
		mkdir "$here/$folder"
		by_clang "$here/$folder/numbers" v7em
		ms -C "$here/$folder/numbers" build
	done
	cmp "$here/one/numbers/out/v7em/numbers.elf" "$here/other/numbers/out/v7em/numbers.elf"
	ms -C "$here/one/numbers" build --cc gcc
	if cmp -s "$here/one/numbers/out/v7em/numbers.img" "$here/other/numbers/out/v7em/numbers.img"; then return 1; fi
	ms -C "$here/one/numbers" build
	cmp "$here/one/numbers/out/v7em/numbers.elf" "$here/other/numbers/out/v7em/numbers.elf"
}

a_package_says_which_compiler_it_was() {
	by_clang "$here/a" v7em
	ms -C "$here/a" package -o "$here/a.msp"
	grep -qa 'clang [0-9.]*, arm-none-eabi-gcc' "$here/a.msp"
}

what_cannot_be_settled_is_named() {
	by_clang "$here/a" v7em
	echo "sources: [ src/*.c, src/*.S ]" >>"$here/a/ms.yaml"
	printf '.syntax unified\n.data\ncount: .word 1\n.text\n.globl look\n.thumb_func\nlook: bx lr\n.word count - .\n' >"$here/a/src/look.S"
	fails 3 ms -C "$here/a" build
	says "$here/out" "out/v7em/obj/src/look.S.o"
	says "$here/out" "reaches 'count' in a way that cannot be made one by r9, in section '.text'"
}

what_clang_says_is_understood() {
	hello "$here/a"
	echo 'cc: clang' >>"$here/a/ms.yaml"
	sed -i 's/return 0;/return nought_or_one;/' "$here/a/src/main.c"
	fails 3 ms -C "$here/a" build
	says "$here/out" "use of undeclared identifier 'nought_or_one' [MS1301]"
	hello "$here/b"
	sed -i 's/return 0;/char large[1000]; gets_it(large); return 0;/; s/^int main/void gets_it(char *); int main/' "$here/b/src/main.c"
	fails 3 ms -C "$here/b" build --cc clang
	says "$here/out" "a function needs too much stack at once [MS1304]"
	hello "$here/c"
	sed -i '1i #include <dlfcn.h>' "$here/c/src/main.c"
	fails 3 ms -C "$here/c" build --cc clang
	says "$here/out" "there is no header 'dlfcn.h' [MS1302]"
}

run every_target_links_and_reaches_data_by_r9_alone it_computes_on_boards_as_on_this_computer examples_say_the_same_by_both_compilers \
	two_services_call_each_other_by_clang stack_and_size_are_known the_same_sources_give_the_same_bytes \
	a_package_says_which_compiler_it_was what_cannot_be_settled_is_named what_clang_says_is_understood
