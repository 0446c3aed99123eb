#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each target: what a service may need of compiler and libraries links, is position independent, and computes alike.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/numbers.sh

every_target_links_without_a_relocation_in_text() {
	numbers "$here/a"
	ms -C "$here/a" build --all
	numbers "$here/fp" --fpu
	ms -C "$here/fp" build --all
	cp -R "$here/fp/out/"*-fp "$here/a/out"
	for target in $(every_target); do
		elf=$here/a/out/$target/numbers.elf
		arm-none-eabi-readelf -hW "$elf" >"$here/head"
		says "$here/head" "DYN (Position-Independent Executable file)"
		arm-none-eabi-readelf -dW "$elf" >"$here/dynamic"
		lacks "$here/dynamic" TEXTREL
		# Each lies in data and says nothing but "move".
		same "$(arm-none-eabi-readelf -rW "$elf" | awk '/ R_ARM_/ && !/^a[0-9a-f]* .* R_ARM_RELATIVE/')" ""
	done
}

# Which instructions there are is what a target is about.
every_target_is_compiled_for_its_processor() {
	numbers "$here/a"
	ms -C "$here/a" build --all
	numbers "$here/fp" --fpu
	ms -C "$here/fp" build --all
	cp -R "$here/fp/out/"*-fp "$here/a/out"
	while read -r target arch float; do
		arm-none-eabi-readelf -A "$here/a/out/$target/obj/src/sample.c.o" >"$here/attributes"
		says "$here/attributes" "Tag_CPU_arch: $arch"
		same "$target $(grep -c 'Tag_FP_arch' "$here/attributes")" "$target $float"
		lacks "$here/attributes" Tag_ABI_VFP_args
	done <<-'END'
	v6m v6S-M 0
	v7m v7 0
	v7em v7E-M 0
	v7em-fp v7E-M 1
	v8m-base v8-M.baseline 0
	v8m v8-M.mainline 0
	v8m-fp v8-M.mainline 1
	END
}

# The board's best target is v7em-fp: what is made for the others of its kin runs there, too.
it_computes_on_the_board_as_on_this_computer() {
	numbers_expected "$here/expected"
	for target in v6m v7m v7em; do
		numbers "$here/$target" "$target"
		numbers_said "$here/$target" "$SDK_BOARD" >"$here/$target.said"
		diff "$here/expected" "$here/$target.said"
	done
	numbers "$here/fp" --fpu
	numbers_said "$here/fp" "$SDK_BOARD" >"$here/fp.said"
	diff "$here/expected" "$here/fp.said"
}

# libgcc's conversion to half precision is not position independent.
a_library_that_is_not_position_independent_is_named() {
	numbers "$here/a" v7m
	cat >"$here/a/src/half.c" <<-'END'
	unsigned short __gnu_f2h_ieee(unsigned bits);
	unsigned short half(unsigned bits);
	__attribute__((constructor)) static void use(void)
	{
		static volatile unsigned short result;
		result += __gnu_f2h_ieee(1);
	}
	END
	fails 3 ms -C "$here/a" build
	says "$here/out" "has relocations in text"
	says "$here/out" "__gnu_f2h_internal"
	says "$here/out" "libgcc.a(fp16.o)"
}

a_table_of_pointers_in_text_is_named_for_each_target() {
	numbers "$here/a"
	echo "sources: [ src/*.c, src/*.S ]" >>"$here/a/ms.yaml"
	cat >"$here/a/src/table.S" <<-'END'
	.syntax unified
	.section .rodata.addresses, "a"
	.global addresses
	addresses:
	.word main
	END
	echo 'extern const int addresses; __attribute__((constructor)) static void look(void) { static volatile int x; x += addresses; }' >"$here/a/src/look.c"
	for target in v6m v8m-base v8m; do
		fails 3 ms -C "$here/a" build --target "$target"
		says "$here/out" "'addresses' (out/$target/obj/src/table.S.o, section .rodata.addresses)"
		says "$here/out" "'main'"
	done
}

run every_target_links_without_a_relocation_in_text every_target_is_compiled_for_its_processor \
	it_computes_on_the_board_as_on_this_computer a_library_that_is_not_position_independent_is_named \
	a_table_of_pointers_in_text_is_named_for_each_target
