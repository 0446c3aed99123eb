#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms build`, whole: what it makes, what it does again, and what it survives.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# The bytes of all that is signed.
digest() {
	( cd "$1/out/v7em" && sha256sum ./*.elf ./*.img )
}

steps() {
	ms --json -C "$1" build | sed -n 's/.*"type":"result".*"steps":\([0-9]*\).*/\1/p'
}

it_makes_a_signed_file_and_an_image() {
	hello "$here/a"
	ms -C "$here/a" build >"$here/said"
	says "$here/said" "hello 1.0.0"
	for kind in elf img debug map; do
		[ -s "$here/a/out/v7em/hello.$kind" ]
	done
	same "$(head -c 4 "$here/a/out/v7em/hello.img")" MSI1
	arm-none-eabi-readelf -S "$here/a/out/v7em/hello.elf" >"$here/sections"
	lacks "$here/sections" .debug_
}

nothing_is_done_twice() {
	hello "$here/a"
	ms -C "$here/a" build
	cp -a "$here/a/out" "$here/before"
	touch "$here/stamp"
	same "$(steps "$here/a")" 0
	diff -r -x .lock "$here/before" "$here/a/out"
	same "$(find "$here/a/out" -newer "$here/stamp" -type f ! -name .lock)" ""
}

what_changed_is_done_again() {
	hello "$here/a"
	echo 'int unused_here;' >"$here/a/src/other.c"
	ms -C "$here/a" build
	echo 'int unused_there;' >>"$here/a/src/other.c"
	same "$(steps "$here/a")" 3	# compile, link, seal
	sed -i 's/heap: 1/heap: 2/' "$here/a/ms.yaml"
	ms -C "$here/a" build >"$here/said"
	same "$(steps "$here/a")" 0
	echo 'int more;' >"$here/a/src/more.c"
	same "$(steps "$here/a")" 3
	rm "$here/a/src/more.c"
	same "$(steps "$here/a")" 2	# link, seal
}

a_header_is_known_to_matter() {
	hello "$here/a"
	echo '#include "x.h"' >"$here/a/src/other.c"
	echo 'extern int x;' >"$here/a/src/x.h"
	ms -C "$here/a" build
	echo 'extern int y;' >>"$here/a/src/x.h"
	same "$(steps "$here/a")" 3
}

another_key_signs_again() {
	hello "$here/a"
	ms -C "$here/a" build
	before=$(digest "$here/a")
	MS_HOME=$here/home2 ms -C "$here/a" build
	[ "$before" != "$(digest "$here/a")" ]
	ms -C "$here/a" build
	same "$(digest "$here/a")" "$before"
}

the_key_is_made_once_and_said_once() {
	hello "$here/a"
	MS_HOME=$here/home2 ms -C "$here/a" build 2>"$here/first"
	MS_HOME=$here/home2 ms -C "$here/a" build 2>"$here/second"
	says "$here/first" "key"
	[ ! -s "$here/second" ]
	[ -z "$(find "$here/home2" -name '*.pem' -perm /077)" ]
}

release_leaves_assertions_out() {
	project "$here/a" <<-'END'
	#include <assert.h>
	int main(int argc, char **argv) { assert(argc > 1000 && "this text"); return (int)(long)argv; }
	END
	ms -C "$here/a" build
	grep -q 'this text' "$here/a/out/v7em/hello.img"
	ms -C "$here/a" build --release
	lacks "$here/a/out/v7em/hello.img" "this text"
}

the_fpu_has_its_own_target() {
	hello "$here/a"
	echo 'requests: { fpu: true }' >>"$here/a/ms.yaml"
	ms -C "$here/a" build
	[ -s "$here/a/out/v7em-fp/hello.img" ]
	[ ! -e "$here/a/out/v7em" ]
	hello "$here/b"
	echo 'targets: [ v7em-fp ]' >>"$here/b/ms.yaml"
	fails 3 ms -C "$here/b" build
	says "$here/out" "requests: { fpu: true }"
}

a_board_chooses_the_target_and_must_be_large_enough() {
	hello "$here/a"
	printf 'requests: { fpu: true }\ntargets: [ v7em, v7em-fp ]\n' >>"$here/a/ms.yaml"
	ms -C "$here/a" build >"$here/said"
	same "$(wc -l <"$here/said")" 2
	ms -C "$here/a" build --board mps2-an386 >"$here/said"
	same "$(cut -d' ' -f4 "$here/said")" v7em-fp
	sed -i 's/heap: 1 KiB/heap: 8 MiB/' "$here/a/ms.yaml"
	ms -C "$here/a" build >"$here/said"
	fails 8 ms -C "$here/a" build --board mps2-an386
	says "$here/out" "hello"
}

an_sdk_lies_anywhere() {
	ln -s "$MS_SDK" "$here/my sdk's \$HOME"
	hello "$here/a"
	MS_SDK="$here/my sdk's \$HOME" ms -C "$here/a" build
	ms -C "$here/a" build
	mkdir "$here/b"
	cp -R "$here/a/src" "$here/a/ms.yaml" "$here/b"
	ms -C "$here/b" build
	same "$(digest "$here/a")" "$(digest "$here/b")"
}

# A compiler that takes its time: the build stops at once, and all of it.
who_wants_it_to_stop_is_heard() {
	hello "$here/a"
	mkdir "$here/bin"
	cat >"$here/bin/arm-none-eabi-gcc" <<-END
	#!/bin/sh
	case "\$*" in *main.c*) echo \$\$ >"$here/pid"; exec sleep 60 ;; esac
	exec $(command -v arm-none-eabi-gcc) "\$@"
	END
	chmod +x "$here/bin/arm-none-eabi-gcc"
	PATH=$here/bin:$PATH ms -C "$here/a" build >"$here/out" 2>&1 &
	pid=$!
	soon [ -s "$here/pid" ]
	stopped "$pid"
	soon gone "$(cat "$here/pid")"
	ms -C "$here/a" build >/dev/null
}

# Two folders, users, homes, languages, time zones, clocks and umasks; the same key.
the_same_sources_give_the_same_bytes() {
	one=$here/one two="$here/two/with blank and =/grün"
	for where in "$one" "$two"; do
		project "$where" <<-'END'
		#include <assert.h>
		#include <SysCall.h>
		static int twice(int x) { assert(x); return 2 * x; }
		int main(void) { LOG_INFO(__FILE__ " " __DATE__ " " __TIME__ " %d", twice(1)); return 0; }
		END
		cp LICENSE "$where"
	done
	ms -C "$one" package
	cp -R "$MS_HOME" "$here/home2"
	set -- ms -C "$two" package
	if command -v faketime >/dev/null; then
		set -- env ASAN_OPTIONS=verify_asan_link_order=0 faketime 2031-02-03 "$@"
	fi
	if [ "$(id -u)" -eq 0 ]; then
		chown -R 65534 "$here/home2" "$two"
		for_anybody
		set -- setpriv --reuid=65534 --clear-groups "$@"
	fi
	(
		umask 077
		export MS_HOME="$here/home2" HOME="$here" USER=somebody LOGNAME=somebody LC_ALL=C.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Tokyo
		"$@"
	)
	same "$(digest "$one")" "$(digest "$two")"
	same "$(sha256sum <"$one/out/v7em/hello.debug")" "$(sha256sum <"$two/out/v7em/hello.debug")"
	same "$(sha256sum <"$one/out/hello-1.0.0.msp")" "$(sha256sum <"$two/out/hello-1.0.0.msp")"
}

no_file_names_the_folder_it_was_made_in() {
	hello "$here/a"
	ms -C "$here/a" build
	for file in elf img debug; do
		lacks "$here/a/out/v7em/hello.$file" "$here"
		lacks "$here/a/out/v7em/hello.$file" "$top"
	done
}

moving_a_project_rebuilds_nothing() {
	hello "$here/a"
	ms -C "$here/a" build
	mv "$here/a" "$here/b"
	same "$(steps "$here/b")" 0
}

odd_names_build() {
	name=$(printf 'n%.0s' $(seq 1 200))
	for folder in 'two words' 'grün ß 日本' "it's \$HOME" 'semi;colon & co' 'a:b|c' '#hash' '-dash' "$name"; do
		hello "$here/x/$folder"
		echo 'int i;' >"$here/x/$folder/src/two words \$1.c"
		echo 'int k;' >"$here/x/$folder/src/ümlaut.c"
		ms -C "$here/x/$folder" build
		[ -s "$here/x/$folder/out/v7em/hello.img" ]
		same "$(steps "$here/x/$folder")" 0
	done
}

clangd_reads_the_commands() {
	command -v clangd >/dev/null || skip "clangd is not installed"
	ms -q -C "$here" new hello >/dev/null
	ms -C "$here/hello" build
	for source in src/main.c src/greeting.c tests/test_greeting.c; do
		( cd "$here/hello" && clangd --check="$source" ) >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
		lacks "$here/out" "unknown argument"
		lacks "$here/out" "E["
		says "$here/out" "Compile command from CDB"
	done
}

# Killed after every few milliseconds: the next run finds its way, and the bytes are the same.
a_killed_build_goes_on() {
	hello "$here/a"
	for i in 1 2 3 4 5 6; do
		echo "int filler_$i(int x) { return x + $i; }" >"$here/a/src/f$i.c"
	done
	ms -C "$here/a" build
	want=$(digest "$here/a")
	for msec in 2 5 10 15 20 30 40 60 80 100 130 160 200 250; do
		rm -rf "$here/a/out"
		timeout -s KILL "0.$(printf %03d "$msec")" ms -C "$here/a" build >/dev/null 2>&1 || true
		ms -C "$here/a" build >"$here/said" 2>&1 || { cat "$here/said"; return 1; }
		same "$(digest "$here/a")" "$want"
	done
}

# The same when an older build is there, so that half-written files look newer than their sources.
a_killed_rebuild_goes_on() {
	hello "$here/a"
	ms -C "$here/a" build
	for msec in 5 10 20 30 40 50 60 80 100 120 150; do
		echo "int filler_$msec;" >>"$here/a/src/main.c"
		timeout -s KILL "0.$(printf %03d "$msec")" ms -C "$here/a" build >/dev/null 2>&1 || true
		ms -C "$here/a" build >"$here/said" 2>&1 || { cat "$here/said"; return 1; }
		same "$(steps "$here/a")" 0
	done
	rm -rf "$here/b"
	cp -R "$here/a" "$here/b"
	rm -rf "$here/b/out"
	ms -C "$here/b" build
	same "$(digest "$here/a")" "$(digest "$here/b")"
}

two_builds_at_once_take_turns() {
	hello "$here/a"
	for i in 1 2 3 4 5 6; do
		ms -C "$here/a" build >"$here/said.$i" 2>&1 &
		pids="${pids-} $!"
	done
	for pid in $pids; do
		wait "$pid"
	done
	cat "$here"/said.* >"$here/said"
	says "$here/said" "waiting"
	same "$(grep -c 'hello 1.0.0' "$here/said")" 6
}

a_folder_of_somebody_elses_is_left_alone() {
	hello "$here/a"
	mkdir "$here/a/out"
	echo precious >"$here/a/out/thesis"
	fails 3 ms -C "$here/a" build
	says "$here/out" "was not made by ms"
	same "$(ls -A "$here/a/out")" thesis
}

# As nobody, since root writes anywhere.
a_folder_that_cannot_be_written_is_said() {
	[ "$(id -u)" -eq 0 ] || skip "it needs root to become somebody else"
	hello "$here/a"
	mkdir "$here/home2"
	chown 65534 "$here/home2"
	chmod 755 "$here/a"
	for_anybody
	fails 1 setpriv --reuid=65534 --clear-groups env MS_HOME="$here/home2" ms -C "$here/a" build
	says "$here/out" "cannot make folder '$here/a/out': Permission denied"
	[ ! -e "$here/a/out" ]
}

a_full_disk_is_said_and_survived() {
	mkdir "$here/small"
	mount -t tmpfs -o size=200k tmpfs "$here/small" 2>/dev/null || skip "it needs to mount a small file system"
	hello "$here/small/a"
	head -c 300k /dev/zero >"$here/small/filler" 2>/dev/null || true
	got=0
	ms -C "$here/small/a" build >"$here/out" 2>&1 || got=$?
	rm "$here/small/filler"
	mount -o remount,size=8m "$here/small"
	ms -C "$here/small/a" build >"$here/said" 2>&1 || { cat "$here/said"; umount "$here/small"; return 1; }
	umount "$here/small"
	same "$got" 1
	says "$here/out" "No space left"
}

# path_without PROGRAM...: $here/bin has the programs of a build, but for these.
path_without() {
	mkdir "$here/bin"
	for program in sh env ninja arm-none-eabi-gcc arm-none-eabi-objcopy arm-none-eabi-as arm-none-eabi-ld; do
		case " $* " in *" $program "*) continue ;; esac
		ln -s "$(command -v "$program")" "$here/bin/$program"
	done
}

a_missing_tool_is_named_with_its_package() {
	hello "$here/a"
	ms=$(command -v ms)
	for pair in "ninja ninja-build" "arm-none-eabi-gcc gcc-arm-none-eabi"; do
		tool=${pair% *} package=${pair#* }
		rm -rf "${here:?}/bin"
		path_without "$tool"
		( PATH=$here/bin; fails 6 "$ms" -C "$here/a" build )
		says "$here/out" "$tool"
		says "$here/out" "$package"
	done
}

no_sdk_is_said() {
	hello "$here/a"
	fails 6 env MS_SDK="$here" ms -C "$here/a" build
	says "$here/out" "MS_SDK"
}

run it_makes_a_signed_file_and_an_image nothing_is_done_twice what_changed_is_done_again a_header_is_known_to_matter \
	another_key_signs_again the_key_is_made_once_and_said_once release_leaves_assertions_out the_fpu_has_its_own_target \
	a_board_chooses_the_target_and_must_be_large_enough an_sdk_lies_anywhere who_wants_it_to_stop_is_heard \
	the_same_sources_give_the_same_bytes no_file_names_the_folder_it_was_made_in moving_a_project_rebuilds_nothing \
	odd_names_build clangd_reads_the_commands a_killed_build_goes_on a_killed_rebuild_goes_on two_builds_at_once_take_turns \
	a_folder_of_somebody_elses_is_left_alone a_folder_that_cannot_be_written_is_said a_full_disk_is_said_and_survived \
	a_missing_tool_is_named_with_its_package no_sdk_is_said
