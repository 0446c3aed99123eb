#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# ms.lock and vendor/: what was locked is what is built, and what was copied is enough.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# A provider with a header that includes another, and a client beside it; in $here/w.
pair() {
	mkdir "$here/w"
	cd "$here/w"
	cat >adder.h <<-'END'
	#include <stdint.h>
	#include <psa/error.h>
	#include "adder_kinds.h"

	/* The sum of two numbers. */
	psa_status_t adder_add(int32_t a, int32_t b, int32_t *sum);
	END
	echo '#include <stdint.h>' >adder_kinds.h
	ms -q new adder --interface adder.h >/dev/null
	[ -e adder/include/adder_kinds.h ] || cp adder_kinds.h adder/include
	ms -q new caller --uses adder >/dev/null
	cd caller
}

hash_of() {
	sha256sum "$1" | cut -d ' ' -f 1
}

a_lock_says_what_was_taken_from_whom() {
	pair
	ms lock >"$here/out"
	same "$(cat "$here/out")" "ms.lock: 3 lines, changed"
	sid=$(sed -n 's/.*sid: \(0x[0-9a-f]*\).*/\1/p' ../adder/ms.yaml)
	cat >"$here/want" <<-END
	ms.lock 1
	# Made by 'ms lock', and compared by each build.
	file example.org/adder $(hash_of ../adder/include/adder.h) include/adder.h
	file example.org/adder $(hash_of ../adder/include/adder_kinds.h) include/adder_kinds.h
	interface example.org/adder 0.1.0 $sid 1 stateless adder
	END
	sed -i "s|^interface example.org/adder [^ ]*|interface example.org/adder $(sed -n 's/^version: //p' ../adder/ms.yaml)|" "$here/want"
	diff "$here/want" ms.lock
	same "$(ms lock)" "ms.lock: 3 lines, as before"
	ms -q build --locked
	ms lock --json | grep -q '"type":"written","path":"ms.lock","changed":false'
}

nothing_of_others_is_said_to_be_so() {
	cd "$here"
	ms -q new alone >/dev/null
	same "$(ms -C alone lock)" "ms.lock: nothing of others is used"
	ms -q -C alone build --locked
}

# The file, what it is and what was locked; whichever verb builds; and nothing was built.
what_differs_is_named_with_both_hashes() {
	pair
	ms -q lock
	old=$(hash_of ../adder/include/adder_kinds.h)
	echo '/* changed */' >>../adder/include/adder_kinds.h
	for verb in build test run package size; do
		fails 11 timeout 60 ms "$verb"
		says "$here/out" "file 'include/adder_kinds.h' of example.org/adder is $(hash_of ../adder/include/adder_kinds.h), locked is $old"
		says "$here/out" "ms.lock:4"
		says "$here/out" "[MS2302]"
		says "$here/out" "fix: if that is wanted: ms lock"
	done
	[ ! -e out ]
	cp ms.lock "$here/before"
	fails 11 ms build --locked
	cmp ms.lock "$here/before"
	ms -q lock
	ms -q build --locked
	sed -i 's/^version: .*/version: 7.0.0/' ../adder/ms.yaml
	fails 11 ms build
	says "$here/out" "interface 'adder' of example.org/adder is 7.0.0 "
	says "$here/out" "locked is "
}

a_file_more_or_less_is_a_difference() {
	pair
	ms -q lock
	sed -i '/adder_kinds/d' ../adder/include/adder.h
	sed -i "/adder.h$/s/[0-9a-f]\{64\}/$(hash_of ../adder/include/adder.h)/" ms.lock
	fails 11 ms build
	says "$here/out" "file 'include/adder_kinds.h' of example.org/adder is locked, and not used"
	sed -i '/adder_kinds/d' ms.lock
	ms -q build
	echo '#include "adder_kinds.h"' >>../adder/include/adder.h
	sed -i "/adder.h$/s/[0-9a-f]\{64\}/$(hash_of ../adder/include/adder.h)/" ms.lock
	fails 11 ms build
	says "$here/out" "is used, and not locked"
}

# Without the option a new dependency may come before its lock.
locked_wants_all_of_it() {
	pair
	ms -q build
	fails 11 ms build --locked
	says "$here/out" "interface 'adder' of example.org/adder is used, and not locked"
	says "$here/out" "[MS2303]"
	says "$here/out" "fix: ms lock"
	ms -q lock
	sed -i '/^requests:/d; /^  ipc:/d' ms.yaml
	rm src/calls.*
	printf '#include <SysCall.h>\nint main(void)\n{\n\treturn 0;\n}\n' >src/main.c
	ms -q build
	fails 11 ms build --locked
	says "$here/out" "is locked, and not used"
	hello "$here/alone"
	ms -q build --locked "$here/alone"
}

malformed() {
	printf %b "$1" >ms.lock
	fails 3 ms build
	says "$here/out" "ms.lock:$2"
	says "$here/out" "[MS2301]"
	says "$here/out" "ms lock"
}

what_is_no_lock_is_refused_at_its_line() {
	pair
	h=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
	malformed '' ""
	malformed 'ms.lock 2\n' 1
	malformed 'ms.lock 1\nfile a.org/b %s x' ""
	malformed "ms.lock 1\nfile a.org/b ${h}0 x\n" 2
	malformed "ms.lock 1\n\nfile a.org/b $h\n" 3
	malformed "ms.lock 1\nfile nobody $h x\n" 2
	malformed "ms.lock 1\nfile a.org/b $h /etc/passwd\n" 2
	malformed "ms.lock 1\nfolder a.org/b $h x\n" 2
	malformed "ms.lock 1\nfile a.org/b $h x\nfile a.org/b $h x\n" 3
	malformed "ms.lock 1\ninterface a.org/b 1.0.0 0x1 1 stateless c\n" 2
	malformed "ms.lock 1\ninterface a.org/b 1.0.0 0x00000001 1 sometimes c\n" 2
	malformed "ms.lock 1\n<<<<<<< HEAD\n" 2
	says "$here/out" "were not merged"
	malformed 'ms.lock 1\nfile\001\n' ""
	ms -q lock
	ms -q build --locked
}

# Branches that locked different things merge into what both need: lines stand for themselves and are sorted.
two_locks_merge_line_by_line() {
	pair
	ms -q lock
	cp ms.lock base
	sed 's/example.org\/adder/example.org\/aaa/' base | sed 1,2d >mine
	sed 's/example.org\/adder/example.org\/zzz/' base | sed 1,2d >theirs
	for side in mine theirs; do
		{ sed -n 1,2p base; sed 1,2d base | cat - "$side" | LC_ALL=C sort; } >"$side.lock"
	done
	git merge-file -p --union mine.lock base theirs.lock >ms.lock
	ms -q build
	same "$(grep -c 'interface' ms.lock)" 3
}

what_was_copied_is_enough() {
	pair
	ms -q build
	cp out/v7em/caller.elf "$here/before.elf"
	ms vendor >"$here/out"
	says "$here/out" "vendor: 1 project"
	same "$(cd vendor && find . -type f | LC_ALL=C sort | tr '\n' ' ')" "./.ms-vendor ./adder/LICENSE ./adder/include/adder.h ./adder/include/adder_kinds.h ./adder/ms.yaml "
	cp -R . "$here/elsewhere"
	rm -rf "$here/w" "$here/elsewhere/out"
	cd "$here/elsewhere"
	if unshare -rn true 2>/dev/null; then
		unshare -rn ms -q build --locked --offline
	else
		ms -q build --locked --offline
	fi
	cmp out/v7em/caller.elf "$here/before.elf"
	echo '/* bent */' >>vendor/adder/include/adder.h
	fails 11 ms build
	says "$here/out" "file 'include/adder.h' of example.org/adder is "
}

# A neighbour that has moved on does not count until it is copied again; --offline never looks at it.
a_copy_goes_before_the_neighbour() {
	pair
	fails 3 ms build --offline
	says "$here/out" "no project in vendor/ provides '../adder'"
	says "$here/out" "fix: copy it once: ms vendor"
	ms -q vendor
	cp ms.lock "$here/before"
	sed -i 's/^version: .*/version: 7.0.0/' ../adder/ms.yaml
	ms -q build --locked
	ms -q vendor
	says ms.lock "interface example.org/adder 7.0.0 "
	ms -q build --locked --offline
	mkdir vendor/old
	ms -q vendor
	[ ! -e vendor/old ]
}

a_folder_of_somebody_else_is_left_alone() {
	pair
	mkdir vendor
	echo mine >vendor/notes
	fails 3 ms vendor
	says "$here/out" "[MS2305]"
	same "$(cat vendor/notes)" mine
	[ ! -e ms.lock ]
}

a_product_locks_its_packages() {
	mkdir "$here/p"
	cd "$here/p"
	hello hello
	ms -q package hello -o hello.msp
	printf 'name: door\nvendor: example.org\nservices:\n  - package: hello.msp\n' >product.yaml
	ms lock >"$here/out"
	same "$(sed -n 3p product.lock)" "package example.org/hello 1.0.0 $(hash_of hello.msp) hello.msp"
	ms -q vendor
	mkdir "$here/q"
	cp -R product.yaml product.lock vendor "$here/q"
	timeout 60 ms run "$here/q" --locked --offline --fast --timeout 30 --until Hello >"$here/out"
	sed -i 's/Hello/Goodbye/' hello/src/main.c
	old=$(hash_of hello.msp)
	ms -q package hello -o hello.msp
	cp hello.msp "$here/q/vendor"
	fails 11 ms run "$here/q" --fast --timeout 30
	says "$here/out" "package 'hello.msp' of example.org/hello is 1.0.0 $(hash_of hello.msp), locked is 1.0.0 $old"
}

run a_lock_says_what_was_taken_from_whom nothing_of_others_is_said_to_be_so what_differs_is_named_with_both_hashes a_file_more_or_less_is_a_difference \
	locked_wants_all_of_it what_is_no_lock_is_refused_at_its_line two_locks_merge_line_by_line what_was_copied_is_enough a_copy_goes_before_the_neighbour \
	a_folder_of_somebody_else_is_left_alone a_product_locks_its_packages
