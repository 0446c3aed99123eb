/* SPDX-License-Identifier: Apache-2.0 */
/* What a target's libraries must get right: arithmetic, printing, jumps, data of a thread, constructors, pointers in data, atomic operations. */
#include <SysCall.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "sample.h"

static const char *const names[] = { "zero", "one", "two" };
static volatile int which = 2;
static _Thread_local int mine = 5;
static jmp_buf back;
static int built;
static _Atomic uint32_t count = 5;
static _Atomic uint8_t small[4];

__attribute__((constructor)) static void build(void)
{
	built = 42;
}

__attribute__((noinline)) static void leave(int result)
{
	longjmp(back, result);
}

static void count_atomically(void)
{
	uint32_t wrong = 7, right = 6;

	count ^= 3;
	small[1] += 250;
	small[1] += 10;
	small[2]--;
	bool refused = !atomic_compare_exchange_strong(&count, &wrong, 9);
	bool taken = atomic_compare_exchange_strong(&count, &right, 9);
	LOG_INFO("atomic %d %d %u %u, %u %u %u %u", refused, taken, (unsigned)wrong, (unsigned)count, small[0], small[1], small[2], small[3]);
}

int main(void)
{
	int came = setjmp(back);

	if (came == 0)
		leave(3);
	LOG_INFO("sums %08x %08x %08x", (unsigned)sample_floats(200), (unsigned)sample_doubles(200), (unsigned)sample_integers(100));
	LOG_INFO("printed %.17g %g", 355.0 / (came + 110), strtod("1e-310", NULL));
	LOG_INFO("jump %d, own %d, constructor %d, %s", came, ++mine, built, names[which]);
	count_atomically();
	return 0;
}
