/* SPDX-License-Identifier: Apache-2.0 */
#include "tracehash.h"

#include <ms/abi/abi.h>

#define FACTOR UINT64_C(0xbf58476d1ce4e5b9)
enum { CALL = 1, RESULT, FAULT, LINE };

static uint64_t *hash;		/* NULL: nobody wants it */

/* Bit i: argument i is a number, the same however the service is compiled (docs/abi.md). */
static const uint8_t numbers[] = {
	[MS_SYS_exit] = 1, [MS_SYS_clock_sleep] = 3, [MS_SYS_random] = 2, [MS_SYS_log_write] = 5, [MS_SYS_info] = 1,
	[MS_SYS_thread_create] = 32, [MS_SYS_thread_priority] = 3, [MS_SYS_futex_wait] = 14, [MS_SYS_futex_wake] = 2, [MS_SYS_futex_swap] = 6,
	[MS_SYS_psa_version] = 1, [MS_SYS_psa_connect] = 15, [MS_SYS_psa_call] = 51, [MS_SYS_psa_close] = 13, [MS_SYS_psa_wait] = 15,
	[MS_SYS_psa_get] = 1, [MS_SYS_psa_read] = 11, [MS_SYS_psa_skip] = 7, [MS_SYS_psa_write] = 11, [MS_SYS_psa_reply] = 3,
	[MS_SYS_psa_next] = 55, [MS_SYS_psa_notify] = 1, [MS_SYS_psa_set_rhandle] = 1,
	[MS_SYS_device_map] = 1, [MS_SYS_device_unmap] = 1, [MS_SYS_irq_enable] = 1, [MS_SYS_irq_disable] = 1, [MS_SYS_irq_eoi] = 1,
	[MS_SYS_irq_reset] = 1, [MS_SYS_shm_map] = 1, [MS_SYS_shm_unmap] = 1, [MS_SYS_shm_lend] = 3, [MS_SYS_shm_revoke] = 1,
};

void tracehash_begin(uint64_t *to)
{
	hash = to;
	*hash = UINT64_C(0xcbf29ce484222325);
}

/* A multiplication takes each bit up; the shift brings what is there down again. */
static void add(uint64_t value)
{
	uint64_t h = (*hash ^ value) * FACTOR;

	*hash = h ^ h >> 29;
}

static void begin(unsigned kind, uint32_t service, uint32_t thread, uint64_t nsec)
{
	add((uint64_t)kind << 56 | (uint64_t)service << 32 | thread);
	add(nsec);
}

void tracehash_call(uint32_t service, uint32_t thread, const struct core_call *call, uint64_t nsec)
{
	uint32_t mask = call->number < sizeof(numbers) ? numbers[call->number] : 0;

	if (!hash)
		return;
	begin(CALL, service, thread, nsec);
	add(call->number);
	for (int i = 0; mask; i++, mask >>= 1)
		if (mask & 1)
			add((uint32_t)call->argument[i]);
}

void tracehash_result(uint32_t service, uint32_t thread, const struct trap_result *result, uint64_t nsec)
{
	if (!hash)
		return;
	begin(RESULT, service, thread, nsec);
	add((uint32_t)result->status);
	add(result->value);
}

void tracehash_fault(uint32_t service, uint32_t cause, uint64_t nsec)
{
	if (!hash)
		return;
	begin(FAULT, service, 0, nsec);
	add(cause);
}

void tracehash_line(const char *line, size_t size)
{
	if (!hash || (size && *line == '!'))
		return;
	begin(LINE, 0, 0, size);
	for (; size; size--)
		add((uint8_t)*line++);
}
