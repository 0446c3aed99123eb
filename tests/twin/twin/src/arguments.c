/* SPDX-License-Identifier: Apache-2.0 */
#include "twin.h"

#include <string.h>

#include <ms/device.h>
#include <ms/psa.h>
#include <ms/shared.h>
#include <psa_manifest/sid.h>
#include <psa_manifest/twin.h>

/* Places: an argument that is a pointer is each of these once. */
static uint64_t own[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const uint32_t fixed[4] = { 1, 2, 3, 4 };

struct place { const char *name; uintptr_t at; };

static const struct place places[] = {
	{ "own", (uintptr_t)own },
	{ "own+1", (uintptr_t)own + 1 },
	{ "own+2", (uintptr_t)own + 2 },
	{ "text", (uintptr_t)fixed },
	{ "null", 0 },
	{ "one", 1 },
	{ "top", UINTPTR_MAX },
	{ "top-3", UINTPTR_MAX - 3 },
};

static const uint64_t numbers[] = { 0, 1, 2, 31, 32, 255, 256, 0x7fffffff, 0x80000000, 0xffffffff };

#define EACH(array, name) for (unsigned name = 0; name < sizeof(array) / sizeof(*(array)); name++)

/* Not each board has a source of entropy: that is a difference which may be. */
static int random_into(uintptr_t at, size_t size)
{
	int rc = ms_random((void *)at, size);

	return rc == -MS_ENODEV ? 0 : rc;
}

static void pointers(void)
{
	EACH(places, i) {
		const char *name = places[i].name;
		uintptr_t at = places[i].at;

		SAY("random %s: %d %d %d", name, random_into(at, 0), random_into(at, 4), random_into(at, 64));
		SAY("random huge %s: %d", name, random_into(at, SIZE_MAX));
		own[0] = 1;
		SAY("log %s: %d %d", name, ms_log(MS_LOG_DEBUG, (const char *)at, 0), ms_log(MS_LOG_DEBUG, (const char *)at, SIZE_MAX));
		SAY("futex_wait %s: %d %d", name, ms_futex_wait((const uint32_t *)at, 77, 0), ms_futex_wait((const uint32_t *)at, 77, MS_FOREVER));
		SAY("futex_wake %s: %d", name, ms_futex_wake((const uint32_t *)at, 1));
		uint32_t held = 5;
		int rc = ms_futex_swap((uint32_t *)at, 12345, 6, &held);

		SAY("futex_swap %s: %d %u", name, rc, at == (uintptr_t)own ? (unsigned)held : 0);
	}
}

static void never(void *unused)
{
	(void)unused;
	SAY("this thread should not run");
}

static void threads(void)
{
	static uint64_t stack[64], block[16];

	ms_thread_block_init(block);
	for (uintptr_t i = 1; i < 8; i++)
		SAY("thread stack + %u: %d", (unsigned)i, ms_thread_create(never, NULL, (char *)stack + i, 256, block, 1));
	static const uint32_t sizes[] = { 0, 1, 31, 64, 0x7fffffff, UINT32_MAX };

	EACH(sizes, i)
		SAY("thread size %u: %d", (unsigned)sizes[i], ms_thread_create(never, NULL, stack, sizes[i], block, 1));
	static const unsigned priorities[] = { 32, 255, UINT32_MAX };

	EACH(priorities, i)
		SAY("thread priority %u: %d %d", priorities[i], ms_thread_create(never, NULL, stack, sizeof(stack), block, priorities[i]),
		    ms_thread_priority(0, priorities[i]));
	static const int who[] = { -1, 1, 77, 0x7fffffff };

	EACH(who, i)
		SAY("priority of %d: %d", who[i], ms_thread_priority(who[i], 1));
	SAY("self %d, priority %d", ms_thread_self(), ms_thread_priority(0, 1));
}

static void plain_numbers(void)
{
	EACH(numbers, i) {
		uint32_t n = (uint32_t)numbers[i];
		uint64_t value = 99;
		int rc = ms_info((enum ms_info)n, &value);

		SAY("info %u: %d%s", (unsigned)n, rc, rc < 0 && value != 99 ? ", and it wrote" : "");
		SAY("version %u: %u", (unsigned)n, (unsigned)psa_version(n));
		SAY("device %u: unmap %d", (unsigned)n, ms_device_unmap(n));
		volatile void *registers = own;

		SAY("device %u: map %d%s", (unsigned)n, ms_device_map(n, &registers), registers == own ? "" : ", and it wrote");
		SAY("log severity %u: %d", (unsigned)n, ms_log((enum ms_severity)n, "x", 1));
	}
	SAY("versions %u %u %u", (unsigned)psa_version(PEER_SID), (unsigned)psa_version(BRIEF_SID), (unsigned)psa_version(ABSENT_SID));
}

static void blocks(void)
{
	EACH(numbers, i) {
		uint32_t n = (uint32_t)numbers[i];
		void *at = NULL;

		if (n == SLATE_SHARED)
			continue;
		SAY("shared %u: map %d unmap %d lend %d revoke %d", (unsigned)n, ms_shared_map(n, &at), ms_shared_unmap(n), ms_shared_lend(n, 1), ms_shared_revoke(n));
	}
	static const uint8_t zeros[SLATE_SIZE];
	void *at = NULL, *again = NULL;

	int revoked = ms_shared_revoke(SLATE_SHARED), unmapped = ms_shared_unmap(SLATE_SHARED);

	SAY("slate before: revoke %d, unmap %d", revoked, unmapped);
	int first = ms_shared_map(SLATE_SHARED, &at), second = ms_shared_map(SLATE_SHARED, &again);

	SAY("slate: map %d %d, %s, %s", first, second, at == again ? "the same" : "elsewhere", memcmp(at, zeros, SLATE_SIZE) ? "used" : "clear");
	SAY("slate: random %d, beyond %d", random_into((uintptr_t)at, SLATE_SIZE), random_into((uintptr_t)at, SLATE_SIZE + 1));
	SAY("slate: lend to nobody %d %d", ms_shared_lend(SLATE_SHARED, 0), ms_shared_lend(SLATE_SHARED, UINT32_MAX));
	first = ms_shared_unmap(SLATE_SHARED);
	second = ms_shared_unmap(SLATE_SHARED);
	SAY("slate: unmap %d %d, random %d", first, second, random_into((uintptr_t)at, 1));
}

void arguments(void)
{
	pointers();
	threads();
	plain_numbers();
	blocks();
}
