/* SPDX-License-Identifier: Apache-2.0 */
/* Waits a second, then does what the test has told it to in the meantime. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <ms/syscall.h>

#include "stray.h"

volatile enum stray_what stray_what;
volatile uintptr_t stray_where;
volatile int stray_zero;
const char stray_text[] = "constant";
char stray_data[64];

__attribute__((noinline)) static int deeper(int depth)
{
	volatile char frame[256];

	frame[depth % 256] = (char)depth;
	if (depth < 0)
		return 0;
	return deeper(depth + 1) + frame[depth % 256];
}

__attribute__((noinline)) static void read_there(void)
{
	printf("read %d\n", *(volatile int *)stray_where);
}

__attribute__((noinline)) static void write_there(void)
{
	*(volatile int *)stray_where = 4711;
}

__attribute__((noinline)) static void call_there(void)
{
	((void (*)(void))stray_where)();
	stray_zero = 1;		/* not a tail call */
}

static void log_from_there(void)
{
	printf("log %d\n", ms_log(MS_LOG_INFO, (const char *)stray_where, 8));
}

static void random_to_there(void)
{
	printf("random %d\n", ms_random((void *)stray_where, 8));
}

static void stray(void)
{
	switch (stray_what) {
	case STRAY_READ:
		read_there();
		break;
	case STRAY_WRITE:
		write_there();
		break;
	case STRAY_CALL:
		call_there();
		break;
	case STRAY_DEEPER:
		deeper(0);
		break;
	case STRAY_DIVIDE:
		stray_zero = 4711 / stray_zero;
		break;
	case STRAY_ILLEGAL:
		__builtin_trap();
	case STRAY_ABORT:
		abort();
	case STRAY_LOG:
		log_from_there();
		break;
	case STRAY_RANDOM:
		random_to_there();
		break;
	case STRAY_NOTHING:
		break;
	}
}

int main(void)
{
	printf("waiting\n");
	sleep(1);
	stray();
	printf("still here\n");
	return 0;
}
