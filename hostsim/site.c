/* SPDX-License-Identifier: Apache-2.0 */
#include "site.h"

#include <stdlib.h>

#include <ms/abi/abi.h>
#include <psa/error.h>

#include "allocates.h"
#include "backtrace.h"
#include "simboard.h"
#include "standin.h"

enum when { ALWAYS, RUNNING, WITH_DEADLINE };

static const struct kind {
	uint32_t number;
	const char *name;
	enum when when;
	unsigned deadline;		/* WITH_DEADLINE: its argument */
	int32_t status, value;		/* what the call gives */
} kinds[] = {
	{ SITE_ALLOCATES, "allocation", ALWAYS, 0, -MS_ENOMEM, 0 },
	{ MS_SYS_random, "random", ALWAYS, 0, -MS_EIO, 0 },
	{ MS_SYS_log_write, "log_write", ALWAYS, 0, -MS_EAGAIN, 0 },
	{ MS_SYS_thread_create, "thread_create", RUNNING, 0, -MS_EAGAIN, 0 },
	{ MS_SYS_futex_wait, "futex_wait", WITH_DEADLINE, 2, -MS_ETIMEDOUT, 0 },
	{ MS_SYS_psa_connect, "psa_connect", RUNNING, 0, MS_OK, PSA_ERROR_CONNECTION_REFUSED },
	{ MS_SYS_psa_call, "psa_call", RUNNING, 0, MS_OK, PSA_ERROR_COMMUNICATION_FAILURE },
	{ MS_SYS_psa_wait, "psa_wait", WITH_DEADLINE, 2, -MS_ETIMEDOUT, 0 },
	{ MS_SYS_psa_get, "psa_get", RUNNING, 0, MS_OK, PSA_ERROR_DOES_NOT_EXIST },
	{ MS_SYS_psa_read, "psa_read", RUNNING, 0, MS_OK, 0 },
	{ MS_SYS_device_map, "device_map", RUNNING, 0, -MS_EIO, 0 },
	{ MS_SYS_shm_map, "shm_map", RUNNING, 0, -MS_ENOMEM, 0 },
	{ MS_SYS_shm_lend, "shm_lend", RUNNING, 0, -MS_EBUSY, 0 },
};

static struct site_plan plan;
static uint32_t passed;

/* Asked by a service that runs, when the kernel is closed. */
__attribute__((section("ms_open")))
static bool watched;

void site_begin(const struct site_plan *p)
{
	plan = *p;
	passed = 0;
	watched = p->list || p->chosen_count;
}

bool site_watched(void)
{
	return watched;
}

static const struct kind *kind_of(uint32_t number)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].number == number)
			return &kinds[i];
	return NULL;
}

static uint64_t deadline_of(const struct kind *k, const struct core_call *call)
{
	return (uint64_t)(uint32_t)call->argument[k->deadline + 1] << 32 | (uint32_t)call->argument[k->deadline];
}

static bool is_site(const struct kind *k, const struct core_call *call, const struct area *a, bool running)
{
	if (k->when == ALWAYS)
		return true;
	if (!running || standin_is(a))
		return false;
	return k->when == RUNNING || deadline_of(k, call) != MS_FOREVER;
}

static void note(const struct kind *k, const struct area *a, uintptr_t caller, uintptr_t frame)
{
	size_t count;

	if (passed > SITE_MAX)
		return;
	backtrace_take(caller, frame);
	plan.list->at[passed - 1] = (struct site){ k->number, (uint32_t)(a - pages_areas(&count)), backtrace_own() };
}

static bool is_chosen(void)
{
	for (uint32_t i = 0; i < plan.chosen_count; i++)
		if (plan.chosen[i] == passed)
			return true;
	return false;
}

/* A deadline that passes does so at its time. */
bool site_fails(const struct core_call *call, const struct area *a, bool running, uintptr_t caller, uintptr_t frame, struct trap_result *r)
{
	const struct kind *k = watched ? kind_of(call->number) : NULL;

	if (!k || !a || !is_site(k, call, a, running))
		return false;
	passed++;
	if (plan.list) {
		plan.list->count = passed;
		note(k, a, caller, frame);
	}
	if (!is_chosen())
		return false;
	if (k->when == WITH_DEADLINE && deadline_of(k, call) > simboard_now())
		simboard_pass(deadline_of(k, call) - simboard_now());
	*r = (struct trap_result){ k->status, (uint32_t)k->value };
	return true;
}

const char *site_name(const struct site *s)
{
	return kind_of(s->number)->name;
}

bool site_read(struct site_plan *p, const char *text)
{
	for (p->chosen_count = 0; p->chosen_count < SITE_CHOSEN_MAX; text++) {
		char *end;
		unsigned long number = *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;

		if (!number || number > SITE_MAX)
			return false;
		p->chosen[p->chosen_count++] = (uint32_t)number;
		text = end;
		if (!*text)
			return true;
		if (*text != ',')
			return false;
	}
	return false;
}
