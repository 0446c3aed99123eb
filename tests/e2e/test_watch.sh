#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms watch`, whole: what is saved takes the place of the service that runs on an emulated board, and its neighbour notices nothing.
# The board's time is the real one here: somebody edits meanwhile.  Nothing waits for a time, only for what is said.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# talker WORD: the service that is edited says it again and again.
talker() {
	project "$here/talker" talker <<-END
	#include <stdio.h>
	#include <unistd.h>

	int main(void)
	{
		for (int n = 1; ; n++) {
			printf("$1 %d\n", n);
			usleep(100000);
		}
	}
	END
}

# edited SED: what somebody saves.
edited() {
	sed -i "$1" "$here/talker/src/main.c"
}

# watching OPTION...: both, in the background.
watching() {
	counter "$here/counter"
	cd "$here"
	ms watch talker counter --timeout 800 "$@" >"$here/out" 2>&1 &
	pid=$!
}

# heard TEXT: it has been said.
heard() {
	soon grep -qF -- "$1" "$here/out" || { tail -20 "$here/out"; return 1; }
}

# counted_on: no number of the neighbour's is missing, none comes twice, and there are some.
counted_on() {
	sed -n 's/.* counter *info *count //p' "$here/out" | awk '$1 != NR { print "count " $1 " where " NR " was due"; exit 1 } END { exit NR < 5 }'
}

a_saved_service_takes_the_place_of_the_one_that_runs() {
	talker first
	watching
	heard "first 3"
	edited 's/first/second/'
	heard "replaced talker in"
	heard "talker restart 1 in 0 ms"
	heard "second 3"
	counted_on
	lacks "$here/out" "started the board anew"
	edited 's/second/third/'
	heard "third 3"
	heard "talker restart 2 in 0 ms"
	counted_on
	stopped "$pid"
	same "$(processes "$here/talker/out/run")" ""
}

what_does_not_build_is_said_and_the_service_goes_on() {
	talker first
	watching --json
	heard '"first 3"'
	edited 's/printf/prinf/'
	heard '"what":"failed"'
	heard "prinf"
	said=$(grep -c '"text":"first' "$here/out")
	heard "\"text\":\"first $((said + 3))\""
	edited 's/prinf/printf/; s/first/second/'
	heard '"text":"second 3"'
	heard '"what":"replaced","services":["talker"]'
	lacks "$here/out" '"what":"restarted"'
	stopped "$pid"
	grep -q '"ended":"interrupted","replaced":1,"restarted":0' "$here/out"
}

# By the debug file of the code that runs now; and one that fails for good is brought back by being mended.
a_fault_of_the_new_code_is_found_in_the_new_code() {
	talker first
	watching
	heard "first 2"
	sed -i '4i __attribute__((noinline)) static void poke(volatile int *where) { *where = 1; }' "$here/talker/src/main.c"
	edited 's/usleep.*/poke((int *)0x20000000);/'
	heard "in poke at talker/src/main.c:4,"
	heard "called from main at talker/src/main.c:9"
	heard "talker failed too often: quarantined"
	edited 's/poke((int.*/usleep(100000);/; s/first/second/'
	heard "second 3"
	counted_on
	lacks "$here/out" "started the board anew"
	stopped "$pid"
}

# Its extent of flash grows, and the memory protection with it.
a_larger_service_fits_where_room_was_kept() {
	talker first
	watching
	heard "first 2"
	sed -i '3i static const unsigned char more[900] = { 7 };' "$here/talker/src/main.c"
	edited 's/"first %d.n", n/"second %d and %d\\n", n, more[n % 900]/'
	heard "replaced talker in"
	heard "second 3 and 0"
	counted_on
	stopped "$pid"
}

one_that_computes_without_a_pause_is_replaced_too() {
	talker first
	edited 's/usleep.*/while (1) __asm__ volatile("");/'
	watching
	heard "first 1"
	edited 's/while (1).*/usleep(100000);/; s/first/second/'
	heard "second 3"
	heard "replaced talker in"
	counted_on
	stopped "$pid"
}

what_cannot_be_done_in_place_starts_the_board_anew() {
	talker first
	watching
	heard "first 2"
	sed -i 's/heap: 1 KiB/heap: 64 KiB/' "$here/talker/ms.yaml"
	heard "'talker' needs more RAM than was kept for it"
	heard "runtime 0.1.0"
	echo 'provides: [ { name: talker, sid: 0x48000001, version: 1 } ]' >>"$here/talker/ms.yaml"
	heard "started the board anew in"
	heard "the services are others"
	printf 'requests: { fpu: true }\ntargets: [ v7em ]\n' >>"$here/talker/ms.yaml"
	heard "the rights of 'talker' have changed"
	stopped "$pid"
}

# A reset brings back what the emulator was started with: that is noticed.
after_a_reset_the_newest_runs_again() {
	talker first
	mkdir "$here/both"
	counter "$here/counter"
	printf 'name: both\nvendor: example.org\nservices:\n  - { path: ../talker, restart: reboot, restart-limit: 2 }\n  - { path: ../counter }\n' >"$here/both/product.yaml"
	cd "$here"
	ms watch both --timeout 800 >"$here/out" 2>&1 &
	pid=$!
	heard "first 2"
	edited 's/first/second/; s/usleep.*/if (n > 3) return 7; usleep(100000);/'
	heard "replaced talker in"
	heard "second 4"
	heard "the board was reset, which brought back what it was started with"
	edited 's/return 7/return 0/; s/second/third/'
	heard "third 4"
	stopped "$pid"
}

what_does_not_build_at_first_runs_once_it_does() {
	talker first
	edited 's/printf/prinf/'
	watching
	heard "waiting for a source to change"
	edited 's/prinf/printf/'
	heard "first 3"
	stopped "$pid"
}

a_text_ends_it_and_one_that_does_not_come_is_no_verdict() {
	talker first
	watching --until "count 3"
	wait "$pid"
	fails 5 timeout 60 ms watch "$here/talker" --timeout 3 --until nonesuch
	says "$here/out" "no line held 'nonesuch' within 3 s"
	fails 2 timeout 60 ms watch "$here/talker" --board nonesuch
	fails 3 timeout 20 ms watch "$here/nothing"
	says "$here/out" "there is no 'ms.yaml' in"
}

run a_saved_service_takes_the_place_of_the_one_that_runs what_does_not_build_is_said_and_the_service_goes_on a_fault_of_the_new_code_is_found_in_the_new_code \
	a_larger_service_fits_where_room_was_kept one_that_computes_without_a_pause_is_replaced_too what_cannot_be_done_in_place_starts_the_board_anew \
	after_a_reset_the_newest_runs_again what_does_not_build_at_first_runs_once_it_does a_text_ends_it_and_one_that_does_not_come_is_no_verdict
