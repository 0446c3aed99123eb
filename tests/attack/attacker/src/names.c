/* SPDX-License-Identifier: Apache-2.0 */
/* What belongs to others cannot be named: threads, priorities, words. */
#include "attempts.h"

#include <ms/abi/abi.h>

enum { CEILING = 9 };		/* as product.yaml says */

/* All 16-bit numbers but our own, then each bit alone beside our own. */
bool foreign_thread(uint32_t n)
{
	uint32_t self = (uint32_t)ms_thread_self();
	uint32_t number = n < 65536 ? n : self | 1u << (n - 65536);
	const uint32_t argument[6] = { number, 1 };

	return number != self && call(MS_SYS_thread_priority, argument).status != -MS_ENOENT;
}

static uint8_t stack[256] __attribute__((aligned(8)));

bool above_ceiling(uint32_t n)
{
	uint32_t priority = n < 512 ? CEILING + 1 + n : (uint32_t)-1 - (n - 512);
	int32_t refusal = priority > 31 ? -MS_EINVAL : -MS_EPERM;
	const uint32_t set[6] = { (uint32_t)ms_thread_self(), priority };
	const uint32_t create[6] = { own().text, 0, (uint32_t)(uintptr_t)stack, sizeof(stack), 0, priority };

	return call(MS_SYS_thread_priority, set).status != refusal || call(MS_SYS_thread_create, create).status != refusal;
}

/* Nobody of another service waits for a word of ours, whatever its address is there. */
bool wake_others(uint32_t n)
{
	struct own o = own();
	const uint32_t argument[6] = { o.ram + 4 * n % (o.ram_end - o.ram), 0xffffffff };
	struct answer a = call(MS_SYS_futex_wake, argument);

	return a.status != MS_OK || a.low || a.high;
}
