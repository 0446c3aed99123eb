#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fixed mode: a service that is linked with newlib-nano and with what cannot be position independent, for the place that a product gives it.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/numbers.sh

# fixed FOLDER: the service, and its library as others compile it.
fixed() {
	cp -R "$top/tests/e2e/fixed" "$1"
	for core in v7em:cortex-m4 v8m:cortex-m33+nofp; do
		mkdir "$1/vendor/${core%:*}"
		arm-none-eabi-gcc -mcpu="${core#*:}" -mthumb -mfloat-abi=soft -Os -g -c "$1/vendor/src/rot.c" -o "$here/rot.o"
		arm-none-eabi-ar rcD "$1/vendor/${core%:*}/librot.a" "$here/rot.o"
	done
}

# beside FOLDER: a service that is position independent, to live on beside it.
beside() {
	cp -R "$top/examples/01-hello" "$1"
	rm -rf "$1/out"
}

# door FOLDER [BOARD]: a product of both, from their packages.
door() {
	mkdir "$1"
	ms -q package "$here/a" -o "$1/old.msp" 2>>"$here/talk"
	ms -q package "$here/b" -o "$1/hello.msp" 2>>"$here/talk"
	cd "$1"
	ms -q product init --board "${2:-mps2-an386}" --vendor acme.example
	ms -q product add hello.msp >>"$here/talk"
	ms -q product add old.msp >>"$here/talk"
}

it_runs_at_its_place() {
	fixed "$here/a"
	for board in mps2-an386 mps2-an505; do
		ms -C "$here/a" run --fast --timeout 30 --board $board >"$here/out" 2>"$here/talk"
		says "$here/out" "sorted 1 3 5 9, sum 118, calls 1, mine 8"
		says "$here/out" "error 34, heap has an end"
		says "$here/out" "signal 0: 0, signal -1: -1, nobody: -1"
		says "$here/out" "after 2 s, no end of linebye"
		same "$(grep -o 'bye[a-z ]*' "$here/out" | tr '\n' ',')" "bye,bye of a constructor,bye of a destructor,"
		says "$here/out" "old ended with status 0"
	done
}

it_computes_on_each_target_as_on_this_computer() {
	numbers_expected "$here/expected"
	# newlib's strtod takes from the heap, and newlib-nano leaves numbers with a point out of printf but for who asks.
	asks='__asm__(".global _printf_float");'
	for row in v6m:mps2-an386 v7m:mps2-an386 v7em:mps2-an386 v8m-base:mps2-an505 v8m:mps2-an505; do
		numbers "$here/${row%:*}" "${row%:*}"
		printf 'pie: false\nlibc: newlib-nano\n' >>"$here/${row%:*}/ms.yaml"
		sed -i 's/heap: 1 KiB/heap: 4 KiB/' "$here/${row%:*}/ms.yaml"
		echo "$asks" >>"$here/${row%:*}/src/main.c"
		numbers_said "$here/${row%:*}" "${row#*:}" >"$here/said"
		diff "$here/expected" "$here/said"
	done
	numbers "$here/fp" --fpu
	printf 'pie: false\nlibc: newlib-nano\n' >>"$here/fp/ms.yaml"
	sed -i 's/heap: 1 KiB/heap: 4 KiB/' "$here/fp/ms.yaml"
	echo "$asks" >>"$here/fp/src/main.c"
	numbers_said "$here/fp" mps2-an386 >"$here/said"
	diff "$here/expected" "$here/said"
}

when_it_crashes_the_others_live() {
	for row in mps2-an386:0x20000000 mps2-an505:0x38000000; do
		rm -rf "$here/a" "$here/b" "$here/door"
		fixed "$here/a"
		echo "defines: [ 'REACH=${row#*:}' ]" >>"$here/a/ms.yaml"
		beside "$here/b"
		door "$here/door" "${row%:*}"
		sed -i '/old.msp\|old-1/a\    restart: never' product.yaml
		ms run --fast --timeout 30 --until 'hello ended with status 0' >"$here/out" 2>"$here/talk"
		grep -q "old  *fault  *write to memory that is not its own at ${row#*:}" "$here/out" || { cat "$here/out"; return 1; }
		says "$here/out" "the device has been up for 00:00:03"
		cd "$top"
	done
}

its_crash_is_told_by_source_line() {
	fixed "$here/a"
	echo "defines: [ 'REACH=0x20000000' ]" >>"$here/a/ms.yaml"
	ms -C "$here/a" run --fast --timeout 10 --until 'in main' >"$here/out" 2>"$here/talk" || true
	says "$here/out" "src/main.c:54"
}

a_product_says_where_and_of_what_it_was_linked() {
	fixed "$here/a"
	beside "$here/b"
	door "$here/door"
	ms product explain old >"$here/out"
	says "$here/out" "it cannot be updated alone"
	ms -q product build >"$here/out"
	ms -q product verify >"$here/out"
	arm-none-eabi-objcopy -O binary --only-section=.ms.fixed --set-section-flags .ms.fixed=alloc "$here/a/out/v7em/old.elf" "$here/object"
	object=$(sha256sum <"$here/object" | cut -d ' ' -f 1)
	says out/product/evidence.json "linked at product time at 0x00040040 from an object with SHA-256 $object"
	says out/product/sbom.cdx.json "linked at product time at 0x00040040 from an object with SHA-256 $object"
	says out/product/sbom.spdx.json "linked at product time at 0x00040040 from an object with SHA-256 $object"
	says out/product/evidence.json '"text_address": 262208'
	ms inspect old.msp >"$here/out"
	says "$here/out" "mode: fixed"
	ms inspect --sbom cyclonedx old.msp >"$here/out"
	says "$here/out" '"name": "newlib"'
	lacks "$here/out" picolibc
}

another_version_needs_the_whole_product_built() {
	fixed "$here/a"
	beside "$here/b"
	door "$here/door"
	sed -i 's/^version: .*/version: 1.1.0/' "$here/a/ms.yaml"
	ms -q package "$here/a" -o new.msp 2>"$here/talk"
	ms product update new.msp >"$here/out"
	says "$here/out" "a device cannot take it alone: ms product build makes all of it anew"
}

the_same_product_has_the_same_bytes_elsewhere() {
	fixed "$here/a"
	beside "$here/b"
	door "$here/door"
	ms -q product build >"$here/out"
	mkdir "$here/tmp"
	cp -R "$here/door" "$here/elsewhere"
	rm -rf "$here/elsewhere/out"
	cd "$here/elsewhere"
	TMPDIR=$here/tmp LC_ALL=C.UTF-8 ms -q product build >"$here/out"
	for file in door.bin door.hex evidence.json sbom.cdx.json; do
		cmp "$here/door/out/product/$file" "out/product/$file"
	done
	same "$(ls "$here/tmp")" ""
}

# A bit of the object's code, behind all headers.
spoil() {
	offset=$(arm-none-eabi-readelf -SW "$1" | sed -n 's/.* \.ms\.fixed *PROGBITS *[0-9a-f]* \([0-9a-f]*\) .*/\1/p')
	printf '\001' | dd of="$1" bs=1 seek=$((0x$offset + 900)) conv=notrunc status=none
}

an_object_that_is_another_is_refused() {
	fixed "$here/a"
	ms -q -C "$here/a" build 2>"$here/talk"
	spoil "$here/a/out/v7em/old.elf"
	fails 7 ms verify "$here/a/out/v7em/old.elf"
	fails 8 ms sign "$here/a/out/v7em/old.elf"
	says "$here/out" "holds an object of which arm-none-eabi-ld makes something else here than what its developer has signed [MS1419]"
	fails 8 ms -C "$here/a" run --fast --timeout 10
	says "$here/out" "[MS1419]"
}

# The linker would take a script for an object, and read whatever file that names: here the very object, so that all else is right.
what_is_no_object_is_never_given_to_the_linker() {
	fixed "$here/a"
	ms -q -C "$here/a" build 2>"$here/talk"
	cp "$here/a/out/v7em/old.elf" "$here/old.elf"
	arm-none-eabi-objcopy -O binary --only-section=.ms.fixed --set-section-flags .ms.fixed=alloc "$here/old.elf" "$here/object.o"
	arm-none-eabi-ar rcT "$here/thin.a" "$here/object.o"
	echo "INPUT($here/object.o)" >"$here/script"
	for other in script thin.a; do
		arm-none-eabi-objcopy --update-section .ms.fixed="$here/$other" "$here/old.elf" "$here/$other.elf"
		fails 8 ms sign "$here/$other.elf"
		says "$here/out" "its section '.ms.fixed' holds no object [MS1419]"
	done
}

what_has_only_a_part_of_an_address_is_refused() {
	fixed "$here/a"
	printf '.syntax unified\n.text\n.thumb\n.globl half\n.thumb_func\nhalf: movw r0, #:lower16:rot_calls\n bx lr\n.short rot_calls\n' >"$here/a/src/half.S"
	echo 'sources: [ src/*.c, src/*.S ]' >>"$here/a/ms.yaml"
	sed -i 's/^int rot_sum.*/&\nint half(void);/; s/atexit(bye);/& half();/' "$here/a/src/main.c"
	fails 3 ms -C "$here/a" build
	says "$here/out" "rot_calls"
}

what_newlib_has_not_is_named() {
	fixed "$here/a"
	sed -i '2i #include <pthread.h>' "$here/a/src/main.c"
	fails 3 ms -C "$here/a" build
	says "$here/out" "a service with newlib has one thread"
	fixed "$here/b"
	sed -i 's/atexit(bye);/& nowhere();/; s/^int rot_sum.*/&\nvoid nowhere(void);/' "$here/b/src/main.c"
	fails 3 ms -C "$here/b" build
	says "$here/out" "'nowhere'"
	fixed "$here/c"
	sed -i 's/^libraries: .*/libraries: [ mbedcrypto, vendor\/@target\/librot.a ]/' "$here/c/ms.yaml"
	fails 3 ms -C "$here/c" build
	says "$here/out" "the SDK's library 'mbedcrypto' cannot be linked in fixed mode [MS1142]"
	fixed "$here/d"
	fails 3 ms -C "$here/d" build --cc clang
	says "$here/out" "[MS1142]"
	mkdir "$here/d/tests"
	cp "$top/templates/hello/tests/"*.c "$here/d/tests"
	fails 3 ms -C "$here/d" test --on mps2-an386
	says "$here/out" "'ms test' without --on tests 'old' on this computer"
}

run it_runs_at_its_place it_computes_on_each_target_as_on_this_computer when_it_crashes_the_others_live its_crash_is_told_by_source_line \
	a_product_says_where_and_of_what_it_was_linked another_version_needs_the_whole_product_built the_same_product_has_the_same_bytes_elsewhere \
	an_object_that_is_another_is_refused what_is_no_object_is_never_given_to_the_linker what_has_only_a_part_of_an_address_is_refused what_newlib_has_not_is_named
