#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms verify --rebuild`: the same source gives the same executables whoever builds it, and what differs is named.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# packed NAME [OPTION...]: a project for one target in $here/NAME, and its package by its developer.
packed() {
	project "$here/$1" <<-'END'
	#include "SysCall.h"

	static int twice(int n)
	{
		return 2 * n;
	}

	int main(void)
	{
		LOG_INFO("Hello");
		return twice(0);
	}
	END
	echo 'targets: [ v7em ]' >>"$here/$1/ms.yaml"
	name=$1
	shift
	ms -q -C "$here/$name" package -o "$here/$name.msp" "$@" >"$here/out" 2>&1
}

# By another person, in another place, and without leaving anything behind.
the_source_gives_the_very_package() {
	packed hello
	ms key export >"$here/developer.pem"
	mv "$here/hello" "$here/elsewhere"
	mkdir "$here/tmp"
	MS_HOME=$here/other TMPDIR=$here/tmp ms verify --key "$here/developer.pem" --rebuild --source "$here/elsewhere" "$here/hello.msp" >"$here/out" 2>"$here/err"
	says "$here/out" "ok       elf/v7em.elf: the same"
	says "$here/out" "hello.msp: good: example.org/hello 1.0.0"
	same "$(find "$here/tmp" -mindepth 1)" ""
}

a_release_is_recognised() {
	packed hello --release
	ms verify --rebuild --source "$here/hello" "$here/hello.msp" >"$here/out" 2>"$here/err"
	says "$here/out" "elf/v7em.elf: the same"
}

# Where it begins, in which section, and whose bytes these are.
another_source_is_told_by_section_and_symbol() {
	packed hello
	sed -i 's/"Hello"/"Jello"/' "$here/hello/src/main.c"
	fails 7 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	says "$here/out" "another file from byte"
	says "$here/out" "section .rodata differs from byte"
	says "$here/out" "[MS1612]"
	sed -i 's/"Jello"/"Hello"/; s/twice(0)/twice(0) + 3/' "$here/hello/src/main.c"
	fails 7 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	says "$here/out" "section .text differs from byte"
	says "$here/out" "main"
	says "$here/out" "ok       built by: SDK $(cat VERSION 2>/dev/null || cat "$top/VERSION"), arm-none-eabi-gcc"
	says "$here/out" "with the same flags"
	says "$here/out" "0 of 1 executables are the same"
}

another_version_target_or_no_source_is_refused() {
	packed hello
	sed -i 's/1\.0\.0/1.0.1/' "$here/hello/ms.yaml"
	fails 7 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	says "$here/out" "is example.org/hello 1.0.0, and the source is of example.org/hello 1.0.1"
	sed -i 's/1\.0\.1/1.0.0/; s/v7em/v7m/' "$here/hello/ms.yaml"
	fails 7 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	says "$here/out" "elf/v7em.elf: the source is not built for that target"
	echo 'int broken' >"$here/hello/src/broken.c"
	fails 3 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	fails 1 ms verify --rebuild --source "$here/nowhere" "$here/hello.msp"
	fails 2 ms verify --source "$here/hello" "$here/hello.msp"
	ln -s /etc/passwd "$here/hello/src/link.c"
	fails 3 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	says "$here/out" "'src/link.c' is a link out of the project [MS1614]"
}

# Flags by their names, and not those of the builder's folders.
another_flag_or_compiler_is_named() {
	packed hello
	sed -i 's/^memory/cflags: [ -O3, -funroll-loops ]\nmemory/' "$here/hello/ms.yaml"
	fails 7 ms verify --rebuild --source "$here/hello" "$here/hello.msp"
	says "$here/out" "built otherwise: flags: rebuilt only: -O3 -funroll-loops"
	lacks "$here/out" "$here/hello/src"
	packed other --release
	mkdir "$here/bin"
	real=$(command -v arm-none-eabi-ld)
	# shellcheck disable=SC2016 # for the script that is written
	printf '#!/bin/sh\ncase $1 in --version) echo "GNU ld (strange) 9.99";; *) exec %s "$@";; esac\n' "$real" >"$here/bin/arm-none-eabi-ld"
	chmod +x "$here/bin/arm-none-eabi-ld"
	sed -i 's/"Hello"/"Jello"/' "$here/other/src/main.c"
	PATH=$here/bin:$PATH fails 7 ms verify --rebuild --source "$here/other" "$here/other.msp"
	says "$here/out" "built otherwise: linker: the package by 'GNU ld 2"
	says "$here/out" "rebuilt by 'GNU ld 9.99'"
}

what_the_package_says_of_its_build_names_no_folder_of_its_builder() {
	packed hello
	ms inspect --json "$here/hello.msp" >"$here/out"
	says "$here/out" '"compiler"'
	says "$here/out" "/ms-sdk/include"
	lacks "$here/out" "$MS_SDK"
	lacks "$here/out" "$here/hello/src"
	lacks "$here/hello.msp" "$MS_SDK"
}

run the_source_gives_the_very_package a_release_is_recognised another_source_is_told_by_section_and_symbol another_version_target_or_no_source_is_refused another_flag_or_compiler_is_named what_the_package_says_of_its_build_names_no_folder_of_its_builder
