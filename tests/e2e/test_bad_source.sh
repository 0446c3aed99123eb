#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What an author can do wrong in sources and manifest: each gets a sentence
# with place and fix, status 3, and nothing that was built before is lost.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# refused FOLDER: the build of a source from standard input, over one that was good.
refused() {
	hello "$1"
	ms -C "$1" build >/dev/null
	before=$(sha256sum "$1"/out/v7em/*.elf "$1"/out/v7em/*.img)
	cat >"$1/src/main.c"
	fails 3 ms -C "$1" build
	same "$(sha256sum "$1"/out/v7em/*.elf "$1"/out/v7em/*.img)" "$before"
}

a_syntax_error() {
	refused "$here/a" <<-'END'
	int main(void)
	{
		return 0
	}
	END
	says "$here/out" "src/main.c:3:9: error: expected ';'"
	says "$here/out" "ms build: cannot compile 'src/main.c' for v7em"
	lacks "$here/out" "arm-none-eabi-gcc"	# no command line
	lacks "$here/out" "FAILED"
	lacks "$here/out" "ninja"
}

errors_in_two_files_are_both_shown() {
	hello "$here/a"
	echo 'int a = ;' >"$here/a/src/a.c"
	echo 'int b = ;' >"$here/a/src/b.c"
	fails 3 ms -C "$here/a" build
	says "$here/out" "src/a.c:1:9: error"
	says "$here/out" "src/b.c:1:9: error"
}

a_source_with_an_odd_name_is_named_whole() {
	hello "$here/a"
	echo 'int a = ;' >"$here/a/src/two words \$1.c"
	fails 3 ms -C "$here/a" build
	says "$here/out" "ms build: cannot compile 'src/two words \$1.c' for v7em"
}

an_option_that_the_compiler_does_not_know() {
	hello "$here/a"
	echo 'cflags: [ -fnonsense ]' >>"$here/a/ms.yaml"
	fails 3 ms -C "$here/a" build
	says "$here/out" "does not know '-fnonsense'"
	says "$here/out" "'cflags' in ms.yaml"
}

an_undefined_symbol() {
	refused "$here/a" <<-'END'
	int spin(void);
	int main(void)
	{
		return spin();
	}
	END
	says "$here/out" "ms build: src/main.c:4: undefined symbol 'spin', used by 'main'"
	says "$here/out" "fix: define it"
}

a_function_that_a_device_lacks() {
	refused "$here/a" <<-'END'
	int fork(void);
	int main(void) { return fork(); }
	END
	says "$here/out" "undefined symbol 'fork'"
	says "$here/out" "fix: a service is one program"
}

no_main() {
	refused "$here/a" <<-'END'
	int nothing;
	END
	says "$here/out" "undefined symbol 'main'"
	says "$here/out" "int main(void)"
}

a_text_relocation() {
	refused "$here/a" <<-'END'
	__asm__(".section .text.table,\"ax\"\n.global table\ntable: .word variable\n.text");
	extern int table;
	int variable = 1;
	int main(void) { return table; }
	END
	says "$here/out" "relocations in text"
	says "$here/out" "'table'"
	says "$here/out" "out/v7em/obj/src/main.c.o"
	says "$here/out" "fix:"
}

a_section_both_writable_and_executable() {
	refused "$here/a" <<-'END'
	__asm__(".section .both,\"awx\",%progbits\n.global both\nboth: .word 1\n.text");
	extern int both;
	int main(void) { return both++; }
	END
	says "$here/out" "writable and executable"
	says "$here/out" "'.both'"
	says "$here/out" "fix:"
}

a_frame_too_large() {
	refused "$here/a" <<-'END'
	#include <string.h>
	int main(void) { char all[600]; memset(all, 1, sizeof(all)); return strlen(all) > 3; }
	END
	says "$here/out" "memory.stack"
}

a_header_that_is_not_there() {
	refused "$here/a" <<-'END'
	#include <sys/epoll.h>
	int main(void) { return 0; }
	END
	says "$here/out" "there is no header 'sys/epoll.h'"
}

# Not even the host's own headers, which lie where a compiler likes to look.
no_header_of_this_computer_is_found() {
	refused "$here/a" <<-'END'
	#include <gelf.h>
	int main(void) { return 0; }
	END
	says "$here/out" "there is no header 'gelf.h'"
}

no_source_at_all() {
	hello "$here/a"
	rm "$here/a/src/main.c"
	fails 3 ms -C "$here/a" build
	says "$here/out" "no file matches 'src/*.c'"
}

an_unknown_library() {
	hello "$here/a"
	echo 'libraries: [ mbedcrypt ]' >>"$here/a/ms.yaml"
	fails 3 ms -C "$here/a" build
	says "$here/out" "ms.yaml:6:"
	says "$here/out" "mbedcrypto"
}

# An SDK of links to this one, but for one target.
a_target_that_the_sdk_has_not() {
	hello "$here/a"
	mkdir -p "$here/sdk/targets"
	ln -s "$MS_SDK"/* "$here/sdk" 2>/dev/null || true
	ln -s "$MS_SDK"/targets/* "$here/sdk/targets"
	rm "$here/sdk/targets/v8m"
	MS_SDK=$here/sdk
	echo 'targets: [ v8m ]' >>"$here/a/ms.yaml"
	fails 3 ms -C "$here/a" build
	says "$here/out" "ms.yaml:6:"
	says "$here/out" "this SDK cannot build for 'v8m'"
}

an_unknown_target_or_board_on_the_command_line() {
	hello "$here/a"
	fails 2 ms -C "$here/a" build --target v9x
	says "$here/out" "it is built for: v6m, v7m, v7em, v8m-base, v8m"
	fails 2 ms -C "$here/a" build --board nonesuch
	says "$here/out" "mps2-an386"
	fails 2 ms -C "$here/a" build --board ../../boards/mps2-an386
}

# The service's own `ms.yaml` is the CLI's matter; one case shows that build says it.
a_wrong_manifest() {
	hello "$here/a"
	echo 'memry: 3' >>"$here/a/ms.yaml"
	fails 3 ms -C "$here/a" build
	says "$here/out" "ms.yaml:6:1"
	[ ! -e "$here/a/out" ]
}

no_project_here() {
	fails 3 ms -C "$here" build
	says "$here/out" "ms.yaml"
}

a_warning_is_shown_and_no_error() {
	hello "$here/a"
	echo 'static int unused;' >>"$here/a/src/main.c"
	ms -C "$here/a" build >"$here/out" 2>&1
	says "$here/out" "warning:"
	ms -C "$here/a" build >"$here/out" 2>&1
	lacks "$here/out" "warning:"
}

with_json_the_words_are_events() {
	hello "$here/a"
	echo 'int x = ;' >>"$here/a/src/main.c"
	fails 3 ms --json -C "$here/a" build
	says "$here/out" '"type":"words","text":"src/main.c:'
	last=$(wc -l <"$here/a/src/main.c")
	says "$here/out" "\"type\":\"diagnostic\",\"severity\":\"error\",\"file\":\"src/main.c\",\"line\":$last,\"column\":9,\"text\":\"expected expression before"
	says "$here/out" "\"file\":\"src/main.c\",\"line\":$last,\"column\":9,\"fix\""
	fails 3 ms --json build "$here/a"
	says "$here/out" "\"file\":\"$here/a/src/main.c\",\"line\":$last,"
	same "$(grep -c '"type":"result"' "$here/out")" 1
	same "$(grep -vc '^{"v":1,' "$here/out")" 0
}

run a_syntax_error errors_in_two_files_are_both_shown a_source_with_an_odd_name_is_named_whole \
	an_option_that_the_compiler_does_not_know an_undefined_symbol a_function_that_a_device_lacks no_main a_text_relocation \
	a_section_both_writable_and_executable a_frame_too_large a_header_that_is_not_there no_header_of_this_computer_is_found \
	no_source_at_all an_unknown_library a_target_that_the_sdk_has_not an_unknown_target_or_board_on_the_command_line a_wrong_manifest \
	no_project_here a_warning_is_shown_and_no_error with_json_the_words_are_events
