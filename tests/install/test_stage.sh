# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What gets installed is complete, and works wherever it is put.
set -eu
. tests/shell.sh
unset MS_SDK
export MS_HOME="$scratch/home" NO_COLOR=1

# The parts that the rest of the tree cannot do without, each with its file of a target or a board.
nothing_is_missing() {
	for target in $(sed -n 's/^MS_TARGET([^"]*"\([^"]*\)".*/\1/p' sdk/include/ms/abi/targets.def) sim; do
		for file in cflags lib/libms.a picolibc/lib/libc.a picolibc/include/stdio.h picolibc/licences/COPYING.picolibc \
			mbedtls/lib/libmbedcrypto.a mbedtls/include/psa/crypto.h mbedtls/licences/LICENSE; do
			[ -s "out/stage/lib/ms-sdk/targets/$target/$file" ] || { echo "no $file for $target"; return 1; }
		done
	done
	for tree in boards/*/board.dts; do
		board=${tree%board.dts}
		for file in board.dtb runtime.elf README.md; do
			[ -s "out/stage/lib/ms-sdk/$board$file" ] || { echo "no $file for $board"; return 1; }
		done
	done
	same "$(cd out/stage/lib/ms-sdk/include && find . -type f | sort)" "$({ (cd sdk/include && find . -type f); (cd sdk/posix/include && find . -type f); } | sort)"
	same "$(cat out/stage/lib/ms-sdk/VERSION)" "$(cat VERSION)"
}

each_verb_has_a_manual_page() {
	sed -n '/, HIDDEN,/d; s/^VERB(\([a-z]*\),.*/\1/p' cli/verbs.def >"$here/verbs"
	[ "$(wc -l <"$here/verbs")" -ge 15 ]
	while read -r verb; do
		[ -s "out/stage/share/man/man1/ms-$verb.1" ] || { echo "no page for $verb"; return 1; }
	done <"$here/verbs"
}

# No file of the SDK says where it was built.
no_file_names_this_folder() {
	same "$(grep -rlF -e "$top" -e "$HOME/.cache" out/stage || true)" ""
}

it_works_in_a_folder_with_blanks() {
	cp -R out/stage "$here/a prefix"
	cd "$here"
	"a prefix/bin/ms" new hello
	"a prefix/bin/ms" test hello
	"a prefix/bin/ms" run --fast --timeout 60 hello >console
	says console 'Hello, world'
}

run nothing_is_missing each_verb_has_a_manual_page no_file_names_this_folder it_works_in_a_folder_with_blanks
