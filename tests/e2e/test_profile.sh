#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms run --profile`: what is counted is what ran, by the right function of the right service, and up to where it was asked for.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# A loop of 2 n + 1 instructions, n given; three times.  When the line about it was sent it does something else.
looper() {
	project "$1" "$2" <<-END
	#include <SysCall.h>
	#include <time.h>

	#define LOOP(name) __attribute__((naked, noinline)) static void name(__attribute__((unused)) unsigned n) \\
		{ __asm__(".syntax unified\n1: subs r0, r0, #1\n\tbne 1b\n\tbx lr"); }
	LOOP(two_n_and_one)
	LOOP(afterwards)

	int main(void)
	{
		for (int i = 0; i < 3; i++)
			two_n_and_one($3);
		LOG_INFO("$2 is done");
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
		afterwards(5000);
		LOG_INFO("$2 later");
		return 0;
	}
	END
}

# instructions SERVICE FUNCTION: as --json has told them in $here/out; nothing if it has not.
instructions() {
	sed -n "s/.*\"type\":\"profile\",\"service\":$1,\"instructions\":\([0-9]*\),\"function\":\"$2\",.*/\1/p" "$here/out"
}

profiled() {
	timeout 60 ms run "$@" --fast --timeout 30 --profile --json >"$here/out"
}

a_loop_of_known_length_is_counted_exactly() {
	looper "$here/a" looper 100000
	for more in --board=mps2-an386 --board=mps2-an505 --board=microbit --board=netduinoplus2 --release --placement=3; do
		profiled "$here/a" --until "is done" "$more"
		same "$(instructions '"looper"' two_n_and_one)" 600003
	done
}

# The emulator goes on until it is stopped; what it does by then is not counted, or each run would tell another figure.
nothing_is_counted_behind_the_line_that_ends_the_run() {
	looper "$here/a" looper 1000
	for board in mps2-an386 mps2-an505; do
		ms -q build "$here/a" --board "$board"
		profiled "$here/a" --board "$board" --until "is done"
		same "$(instructions '"looper"' afterwards)" ""
		cp "$here/out" "$here/first"
		profiled "$here/a" --board "$board" --until "is done"
		same "$(cat "$here/out")" "$(cat "$here/first")"
	done
	profiled "$here/a" --until later
	same "$(instructions '"looper"' afterwards)" 10001
}

# A line is not the last one because the text stands elsewhere in it.
the_line_is_the_one_that_ended_the_run() {
	looper "$here/a" done-soon 50
	sed -i 's/two_n_and_one(50);/{ & LOG_INFO(i == 1 ? "done-soon" : "step %d", i); nanosleep(\&(struct timespec){ .tv_nsec = 10000000 }, NULL); }/' "$here/a/src/main.c"
	profiled "$here/a" --until "step 0"
	same "$(instructions '"done-soon"' two_n_and_one)" 101
	profiled "$here/a" --until done-soon
	same "$(instructions '"done-soon"' two_n_and_one)" 202
	profiled "$here/a" --until "is done"
	same "$(instructions '"done-soon"' two_n_and_one)" 303
}

each_service_has_its_own_and_the_sums_are_right() {
	looper "$here/a" first 1000
	looper "$here/b" second 2000
	profiled "$here/a" "$here/b"
	same "$(instructions '"first"' two_n_and_one)" 6003
	same "$(instructions '"second"' two_n_and_one)" 12003
	[ "$(instructions null sys_log_write)" -gt 0 ]
	for type in profile profile_service; do
		sed -n "s/.*\"type\":\"$type\",.*\"instructions\":\([0-9]*\).*/\1/p" "$here/out" | awk '{ sum += $1 } END { printf "%d\n", sum }' >>"$here/sums"
	done
	sed -n 's/.*"type":"result".*"instructions":\([0-9]*\).*/\1/p' "$here/out" >>"$here/sums"
	same "$(sort -u "$here/sums" | wc -l)" 1
	grep -q '"boot_instructions":[1-9]' "$here/out"
}

a_table_for_people_shows_the_most_first() {
	looper "$here/a" looper 100000
	timeout 60 ms run "$here/a" --fast --timeout 30 --until "is done" --profile --top 3 >"$here/out"
	same "$(sed -n '/share/,$p' "$here/out" | sed -n 2p)" "  99.2%        600003  looper   two_n_and_one"
	same "$(sed -n '/share/,/more functions/p' "$here/out" | wc -l)" 5
	grep -q '^ *[0-9]*  together, and [0-9]* of the boot before$' "$here/out"
}

it_goes_with_the_other_options() {
	looper "$here/a" looper 1000
	timeout 60 ms run "$here/a" --fast --timeout 30 --until "is done" --profile --json --stats --trace "$here/t.json" >"$here/out"
	same "$(instructions '"looper"' two_n_and_one)" 6003
	says "$here/out" '"type":"stats"'
	says "$here/out" '"type":"trace"'
	fails 2 ms run "$here/a" --profile --top 0
	fails 2 ms run "$here/a" --top 3
	says "$here/out" "add --profile"
}

# An emulator that counts nothing.
what_was_not_counted_is_not_made_up() {
	hello "$here/a"
	profiled "$here/a" --until Hello
	real=$(command -v qemu-system-arm)
	mkdir "$here/bin"
	cat >"$here/bin/qemu-system-arm" <<-END
	#!/bin/bash
	words=()
	while [ \$# -gt 0 ]; do
		if [ "\$1" = -plugin ]; then shift; else words+=("\$1"); fi
		shift
	done
	exec $real "\${words[@]}"
	END
	chmod +x "$here/bin/qemu-system-arm"
	PATH=$here/bin:$PATH
	fails 5 timeout 60 ms run "$here/a" --fast --timeout 30 --until Hello --profile
	says "$here/out" "MS1908"
	lacks "$here/out" together
}

run a_loop_of_known_length_is_counted_exactly nothing_is_counted_behind_the_line_that_ends_the_run the_line_is_the_one_that_ended_the_run \
	each_service_has_its_own_and_the_sums_are_right a_table_for_people_shows_the_most_first it_goes_with_the_other_options what_was_not_counted_is_not_made_up
