#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms run --stats` and ms_stack_unused(): a service that uses its stacks in a known way, seen from inside and from outside.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# Its threads 1 and 2 use about 208 bytes more at their deepest; thread 2 ends.
deep() {
	project "$1" "${2:-deep}" <<-'END'
	#include <stdlib.h>
	#include <SysCall.h>
	#include <ms/stack.h>
	#include <ms/syscall.h>

	static uint64_t stack[2][128], block[2][16];

	__attribute__((noinline)) static void use(void)
	{
		volatile uint32_t room[50];

		for (int i = 0; i < 50; i++)
			room[i] = 1;
		(void)room[7];
	}

	static void worker(void *ends)
	{
		int before = ms_stack_unused();

		use();
		LOG_INFO("worker %d then %d", before, ms_stack_unused());
		if (ends)
			ms_thread_exit();
		ms_sleep_until(MS_FOREVER);
	}

	int main(void)
	{
		char *taken = malloc(200);

		LOG_INFO("main %d, %d bytes at %p", ms_stack_unused(), 200, (void *)taken);
		for (uintptr_t i = 0; i < 2; i++) {
			ms_thread_block_init(block[i]);
			ms_thread_create(worker, (void *)i, stack[i], sizeof(stack[i]), block[i], 0);
		}
		ms_sleep_until(UINT64_C(2000000000));
		LOG_INFO("left %d", ms_stack_unused());
		ms_sleep_until(MS_FOREVER);
		return 0;
	}
	END
}

# column N of the row that begins so, in $here/out
column() {
	awk -v name="$2" -v thread="$3" -v n="$1" '
		/^service  *thread/ { table = 1; next }
		!table { next }
		/^[a-z]/ { service = $1; sub(/^[a-z0-9-]+ +/, "") }
		{ sub(/^ +/, "") }
		service == name && $1 == thread { print $n; exit }' "$here/out"
}

# What the service said of itself last, before anything was printed about it: printing takes stack, too.
inside_and_outside_agree() {
	deep "$here/a"
	for board in mps2-an386 mps2-an505 microbit; do
		timeout 60 ms -C "$here/a" run --board "$board" --fast --timeout 5 --stats >"$here/out"
		before=$(sed -n 's/.*worker \([0-9]*\) then .*/\1/p' "$here/out" | head -n 1)
		after=$(sed -n 's/.*worker [0-9]* then \([0-9]*\)$/\1/p' "$here/out" | head -n 1)
		[ $((before - after)) -ge 190 ] || { cat "$here/out"; return 1; }
		for thread in 2 3; do
			same "$(column 2 deep "$thread")" 1024
			guard=$(column 3 deep "$thread") used=$(column 4 deep "$thread") unused=$(column 5 deep "$thread")
			same "$((guard + used + unused))" 1024
			[ "$guard" -ge 128 ] && [ "$guard" -lt 384 ]
			[ "$unused" -le "$after" ] && [ "$unused" -gt $((after - 400)) ] && [ "$unused" -gt 0 ]
		done
		same "$(column 6 deep 3)" ended
		same "$(column 2 deep main)" 2048
		same "$(($(column 3 deep main) + $(column 4 deep main)))" 2048
		left=$(sed -n 's/.*left \([0-9]*\)$/\1/p' "$here/out")
		unused=$(column 4 deep main)
		[ "$unused" -le "$left" ] && [ "$unused" -gt 0 ]
		[ "$(column 6 deep main)" -ge 200 ] && [ "$(column 6 deep main)" -le 1024 ]
		same "$(column 7 deep main)" 0
		same "$(column 8 deep main)" running
	done
}

# The rights of what runs when it is stopped do not hold for who looks: neither spinning nor sleeping hides anything.
a_busy_service_is_seen_as_an_idle_one() {
	project "$here/a" spin <<-'END'
	#include <SysCall.h>

	int main(void)
	{
		LOG_INFO("spinning");
		for (volatile unsigned i = 0; ; i++)
			;
	}
	END
	for board in mps2-an386 mps2-an505; do
		timeout 60 ms -C "$here/a" run --board "$board" --fast --until spinning --stats >"$here/out"
		same "$(column 2 spin main)" 2048
		[ "$(column 3 spin main)" -gt 200 ]
		same "$(column 8 spin main)" running
	done
}

restarts_and_ends_are_told() {
	crasher "$here/crasher"
	hello "$here/hello"
	timeout 60 ms run "$here/crasher" "$here/hello" --fast --until "failed too often" --stats >"$here/out"
	same "$(column 7 crasher main)" 4
	same "$(column 8 crasher main)" quarantined
	same "$(column 8 hello main)" stopped
	timeout 60 ms run "$here/crasher" "$here/hello" --json --fast --until "failed too often" --stats >"$here/out"
	says "$here/out" '"service":"crasher"'
	grep '"type":"stats"' "$here/out" | grep -q '"thread":0,.*"service":"crasher".*"restarts":4,.*"state":"quarantined"'
}

gdb_and_stats_exclude_each_other() {
	hello "$here/a"
	fails 2 ms -C "$here/a" run --gdb --stats
	says "$here/out" "the same debug port"
}

# Without end: the main thread's stack, then a thread's.
recursive() {
	project "$1" "$2" <<-END
	#include <SysCall.h>
	#include <ms/syscall.h>

	uint64_t stack[64], block[16];

	__attribute__((noinline, optimize("O0"))) static int down(int n)
	{
		volatile char room[40] = { 0 };

		return n < 1000000 ? down(n + 1) + room[n & 31] : 0;
	}

	static void worker(void *argument)
	{
		(void)argument;
		LOG_INFO("%d", down(0));
	}

	int main(void)
	{
		ms_thread_block_init(block);
		$3
		return 0;
	}
	END
}

a_stack_overflow_says_whose_and_what_to_do() {
	recursive "$here/a" main-deep 'worker(0);'
	recursive "$here/b" thread-deep 'ms_thread_create(worker, 0, stack, sizeof(stack), block, 0); ms_sleep_until(MS_FOREVER);'
	for board in mps2-an386 mps2-an505; do
		timeout 60 ms -C "$here/a" run --board "$board" --fast --until "restart 1" >"$here/out"
		says "$here/out" "its stack of 2048 bytes is full; more: memory: { stack: 4 KiB }"
		timeout 60 ms -C "$here/b" run --board "$board" --fast --until "restart 1" >"$here/out"
		says "$here/out" "a thread's stack is used up: give ms_thread_create a larger one"
	done
	( cd "$here/a" && ms crash ) >"$here/out"
	says "$here/out" "its stack of 2048 bytes is full"
	( cd "$here/a" && ms --json crash ) >"$here/out"
	says "$here/out" '"stack_thread":"main","stack_size":2048'
}

run \
	inside_and_outside_agree \
	a_busy_service_is_seen_as_an_idle_one \
	restarts_and_ends_are_told \
	gdb_and_stats_exclude_each_other \
	a_stack_overflow_says_whose_and_what_to_do
