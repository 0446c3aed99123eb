/* SPDX-License-Identifier: Apache-2.0 */
#include "event.h"

#include "board.h"
#include "capacity.h"
#include "log.h"
#include "service.h"

#define CHECK_SEED	UINT32_C(0x6b5a3c91)
#define CHECK_PRIME	UINT32_C(16777619)
#define TOLD		UINT32_C(0x7e11d0e5)

/* How the last start ended, as far as the kernel knows: only itself writes RESETTING. */
#define ALIVE_YOUNG	UINT32_C(0xa11ce5ad)
#define ALIVE_GOOD	UINT32_C(0x5ee3177a)
#define RESETTING	UINT32_C(0xc0de0ff5)

enum { FLUSH_TRIES = 1 << 16 };

static struct { struct event ring[EVENT_MAX]; uint32_t life; } kept PORT_RETAINED;

static struct {
	uint32_t next;			/* number of the next event */
	uint32_t first;			/* number of the first since this start */
	uint32_t policies;
	uint32_t resets;		/* in a row, before this start */
} now;

static uint32_t checksum(const struct event *e)
{
	const uint32_t *word = (const uint32_t *)(const void *)e;
	uint32_t sum = CHECK_SEED;

	for (size_t i = 1; i < offsetof(struct event, told) / sizeof(*word); i++)
		sum = (sum ^ word[i]) * CHECK_PRIME;
	return sum;
}

static struct event *slot(uint32_t number)
{
	return &kept.ring[number % EVENT_MAX];
}

static bool good(const struct event *e)
{
	return e == slot(e->number) && e->check == checksum(e);
}

static void find_newest(void)
{
	const struct event *newest = NULL;

	for (const struct event *e = kept.ring; e < kept.ring + EVENT_MAX; e++)
		if (good(e) && (!newest || (int32_t)(e->number - newest->number) > 0))
			newest = e;
	now.first = now.next = newest ? newest->number + 1 : 0;
	now.resets = newest ? newest->resets : 0;
}

void event_init(void)
{
	uint32_t life = kept.life;
	bool watchdog = board_watchdog_msec && (life == ALIVE_YOUNG || life == ALIVE_GOOD);

	now.policies = 0;
	find_newest();
	if (life != RESETTING && !(watchdog && life == ALIVE_YOUNG))
		now.resets = 0;
	kept.life = ALIVE_YOUNG;
	if (!watchdog)
		return;
	now.resets += now.resets < UINT8_MAX;
	event_keep(EVENT_WATCHDOG, NULL, NULL, 0);
}

void event_alive(void)
{
	board_watchdog_feed();
	if (clock_stamp().sec >= RESTART_GOOD_SEC)
		kept.life = ALIVE_GOOD;
}

/* What is on its way to the console shall arrive, but nothing may hang on it. */
static _Noreturn void reset(void)
{
	for (int tries = FLUSH_TRIES; tries; tries--)
		core_console_ready();
	kept.life = RESETTING;
	board_reset();
}

struct event *event_keep(enum event_kind kind, const struct service *s, const struct core_fault *f, uint32_t reset_limit)
{
	struct event *e = slot(now.next);
	struct clock_stamp when = clock_stamp();
	uint32_t resets = when.sec < RESTART_GOOD_SEC ? now.resets : 0;
	bool resets_now = resets + 1 < reset_limit;

	e->check = 0;
	__asm__ volatile("" : "+r"(e) : : "memory");	/* its place is not computed anew for each field */
	e->number = now.next++;
	e->when = when;
	e->kind = (uint8_t)kind;
	e->resets = (uint8_t)(resets + resets_now);
	e->service = s ? s->plan.id : 0;
	e->told = 0;
	e->fault = f ? *f : (struct core_fault){ 0 };
	e->offset = s ? (uint32_t)(e->fault.pc - s->plan.text) : 0;
	for (unsigned i = 0; i < sizeof(e->image_hash); i++)
		e->image_hash[i] = s ? s->plan.image_hash[i] : 0;
	__asm__ volatile("" : : : "memory");
	e->check = checksum(e);
	if (resets_now)
		reset();
	return e;
}

void event_told(struct event *e)
{
	e->told = TOLD;
}

bool event_get(uint32_t back, struct event *out)
{
	if (back >= now.next - now.first || back >= EVENT_MAX)
		return false;
	*out = *slot(now.next - 1 - back);
	return true;
}

void event_set_policies(uint32_t policies)
{
	now.policies = policies;
}

uint32_t event_policy(enum event_kind kind)
{
	return table_policy(now.policies, kind);
}

bool event_resets_too_often(void)
{
	return now.resets >= EVENT_RESETS;
}

void event_tell(void)
{
	if (now.resets)
		log_event(NULL, "reset %d in a row", now.resets);
	for (uint32_t number = now.next - EVENT_MAX; number != now.next; number++) {
		struct event *e = slot(number);

		if (!good(e) || e->number != number || e->told == TOLD)
			continue;
		if (e->kind == EVENT_FAULT || e->kind == EVENT_KERNEL)
			log_fault(e, true);
		else if (e->kind == EVENT_WATCHDOG)
			log_event(NULL, "reset by the watchdog");
		event_told(e);
	}
}
