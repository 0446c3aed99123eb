#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --fuzz: inputs are found that no one would guess, kept, and run again as tests.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# service FOLDER: reads a frame of a magic number, a length, a checksum and a word.
service() {
	project "$1" parser <<-'END'
	#include "frame.h"
	int main(void) { return 0; }
	END
	cat >"$1/src/frame.h" <<-'END'
	#include <stddef.h>
	#include <stdint.h>
	int frame_read(const uint8_t *data, size_t size);
	int frames_read(void);
	END
	cat >"$1/src/frame.c" <<-'END'
	#include <string.h>
	#include "frame.h"

	static int count;

	int frames_read(void) { return count; }

	int frame_read(const uint8_t *data, size_t size)
	{
		uint8_t text[8];
		uint32_t magic;
		uint8_t sum = 0;

		count++;
		if (size < 6)
			return -1;
		memcpy(&magic, data, 4);
		if (magic != 0x51494d4d || data[4] > size - 6)
			return -2;
		for (size_t i = 0; i < data[4]; i++)
			sum = (uint8_t)(sum + data[6 + i]);
		if (sum != data[5] || data[4] < 3 || memcmp(data + 6, "put", 3))
			return -3;
		memcpy(text, data + 6, data[4]);
		return text[0];
	}
	END
	mkdir -p "$1/tests"
	cat >"$1/tests/fuzz_frame.c" <<-'END'
	#include "frame.h"
	int fuzz(const uint8_t *data, size_t size)
	{
		frame_read(data, size);
		return 0;
	}
	END
}

it_is_found_kept_and_run_again() {
	service "$here/p"
	cd "$here/p"
	fails 4 ms test --fuzz frame --time 300
	says "$here/out" "stack-buffer-overflow"
	says "$here/out" "src/frame.c:"
	says "$here/out" "fuzz_frame: 0 files of tests/corpus/frame have run, now new inputs for 300 s"
	says "$here/out" "does not pass, and is made smaller"
	lacks "$here/out" "a second, "
	crash=$(basename "$(ls tests/corpus/frame/crash-*)")
	says "$here/out" "again: ms test --filter 'fuzz_frame/$crash'"
	size=$(wc -c <"tests/corpus/frame/$crash") kept=$(find tests/corpus/frame -type f | wc -l)
	# None of the bytes that its length counts can be left out, however many that are; of those behind them few stay.
	needed=$((6 + $(od -An -tu1 -j4 -N1 "tests/corpus/frame/$crash")))
	if [ "$size" -gt $((needed + 34)) ] || [ "$kept" -le 5 ]; then echo "$size bytes, $needed needed, $kept files"; cat "$here/out"; return 1; fi
	fails 4 sh -c "$(sed -n 's/.*again: //p' "$here/out")"
	fails 4 ms test --in-process
	says "$here/out" "2 tests: 1 passed, 1 failed"
	# mended
	sed -i 's/text\[8\]/text[256]/' src/frame.c
	fails 0 ms test
	says "$here/out" "2 tests: 2 passed"
}

# A new device for each input, and what an author expects is an assertion.
each_input_has_a_new_device() {
	service "$here/p"
	cat >"$here/p/tests/fuzz_frame.c" <<-'END'
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <cmocka.h>
	#include <ms/sim.h>
	#include "frame.h"
	int fuzz(const uint8_t *data, size_t size)
	{
		struct sim *s = sim_open();

		assert_int_equal(frames_read(), 0);
		frame_read(data, size > 5 ? 5 : size);
		assert_int_equal(frames_read(), 1);
		sim_run(s, "parser", 10);
		assert_int_equal(sim_exit_status(s, "parser"), 0);
		return 0;
	}
	END
	cd "$here/p"
	fails 0 ms test --fuzz fuzz_frame --time 2
	says "$here/out" "passed    fuzz"
	[ "$(sed -n 's/^ *\([0-9]*\) inputs, .*/\1/p' "$here/out")" -gt 200 ]
	sed -i 's/frames_read(), 1/frames_read(), size > 3 ? 2 : 1/' tests/fuzz_frame.c
	fails 4 ms test --fuzz frame --time 60
	says "$here/out" "tests/fuzz_frame.c:14"
	same "$(wc -c <"$(ls tests/corpus/frame/crash-*)")" 4
}

# Files that run at once, each in a process of its own, do not get each other's bytes.
files_of_a_corpus_do_not_mix() {
	service "$here/p"
	cat >"$here/p/tests/fuzz_frame.c" <<-'END'
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <cmocka.h>
	int fuzz(const uint8_t *data, size_t size)
	{
		for (volatile int i = 0; i < 2000; i++)
			assert_true(size == 0 || data[0] == 'g');
		return 0;
	}
	END
	cd "$here/p"
	mkdir -p tests/corpus/frame
	for i in $(seq 300); do echo "good $i" >tests/corpus/frame/"good-$i"; done
	for i in $(seq 30); do echo "bad $i" >tests/corpus/frame/"crash-$i"; done
	for how in "" --in-process; do
		# shellcheck disable=SC2086 # an option or none
		fails 4 ms test --jobs 4 $how
		says "$here/out" "passed    corpus"
		says "$here/out" "31 tests: 1 passed, 30 failed"
	done
}

an_input_that_takes_for_ever_is_ended() {
	service "$here/p"
	sed -i 's/magic != 0x51494d4d/magic == 0x51494d4d) for (;;) count++; if (magic != 1/' "$here/p/src/frame.c"
	cd "$here/p"
	fails 5 ms test --fuzz frame --time 100
	says "$here/out" "timed out crash-"
	says "$here/out" "busy in frame_read at src/frame.c:"
	same "$(processes "$here/p/out/test/fuzz_frame")" ""
}

# Who looks at a terminal sees how far it has come.
# In a container without pseudo terminals there is nothing to look at.
a_terminal_shows_progress() {
	service "$here/p"
	sed -i 's/text\[8\]/text[256]/' "$here/p/src/frame.c"
	cd "$here/p"
	if ! script -qec true /dev/null </dev/null >"$here/out" 2>&1; then
		echo "no pseudo terminal here: not tried"
		return
	fi
	env -u CI -u NO_COLOR TERM=xterm script -qec "stty cols 200; ms test --fuzz frame --time 3" /dev/null </dev/null >"$here/out" 2>&1
	grep -qE 'fuzz_frame: [0-9]+ s of 3, [0-9]+ inputs, [0-9]+ a second, [0-9]+ new, [0-9]+ places in the code' "$here/out"
	says "$here/out" "1 passed"
}

phases_are_told_to_programs() {
	service "$here/p"
	cd "$here/p"
	sed -i 's/text\[8\]/text[256]/' src/frame.c
	fails 0 ms --json test --fuzz frame --time 1
	says "$here/out" '"type":"phase","program":"fuzz_frame","text":"'
	lacks "$here/out" " a second, "
}

what_is_no_target_is_said() {
	service "$here/p"
	cd "$here/p"
	fails 2 ms test --fuzz nosuch
	says "$here/out" "there is no tests/fuzz_nosuch.c"
	says "$here/out" "there is: frame"
	fails 2 ms test --fuzz frame --on mps2-an505
	fails 0 ms test --list
	same "$(cat "$here/out")" fuzz_frame/corpus
}

run it_is_found_kept_and_run_again each_input_has_a_new_device files_of_a_corpus_do_not_mix an_input_that_takes_for_ever_is_ended a_terminal_shows_progress phases_are_told_to_programs what_is_no_target_is_said
