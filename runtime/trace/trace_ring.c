/* SPDX-License-Identifier: Apache-2.0 */
/* The ring: what the linker leaves of the runtime's RAM.  Nobody clears it, so that starts can be counted. */
#include "trace_note.h"

extern struct trace_record trace_ring_end[];	/* trace.ld: the end of the runtime's RAM */

struct ring { struct trace_head head; struct trace_record record[]; };
__attribute__((section("ms_trace"), used)) struct trace_head trace_ring;

static bool began;
static const struct thread *resumed;

/* The largest power of two of records that fits. */
static uint32_t capacity(void)
{
	uint32_t room = (uint32_t)((uintptr_t)trace_ring_end - (uintptr_t)(&trace_ring + 1)) / TRACE_RECORD_SIZE, n = TRACE_CAPACITY_MAX;

	while (n > room)
		n >>= 1;
	return n;
}

#define PLACE __attribute__((noinline, noipa, used))
PLACE static void trace_place_0(void) { __asm__ volatile("" : : : "memory"); }
PLACE static void trace_place_1(void) { __asm__ volatile("" : : : "memory"); }

void trace_full(void)
{
	void (*place)(void) = trace_ring.place == (uint32_t)(uintptr_t)trace_place_0 ? trace_place_1 : trace_place_0;

	trace_ring.place = (uint32_t)(uintptr_t)place;
	trace_stand(place);
}

/* What the last start has left is read first. */
static void begin(struct trace_head *h)
{
	bool before = h->magic == TRACE_MAGIC;

	began = true;
	if (before)
		trace_full();
	*h = (struct trace_head){
		.magic = TRACE_MAGIC, .record_size = TRACE_RECORD_SIZE, .capacity = capacity(), .next = 1,
		.starts = before ? h->starts + 1 : 1, .place = before ? h->place : 0,
	};
	trace_note(NULL, 0, TRACE_BOOT, 0, h->starts, 0, 0);
}

void trace_note(const struct service *s, uint32_t thread, enum trace_kind kind, uint32_t code, uint32_t a, uint32_t b, uint32_t c)
{
	struct ring *ring = (struct ring *)(void *)&trace_ring;
	struct trace_head *h = &ring->head;

	if (!began)
		begin(h);
	struct trace_record *r = &ring->record[h->next & (h->capacity - 1)];

	r->number = 0;
	__asm__ volatile("" : : : "memory");
	r->kind = (uint8_t)kind;
	r->code = (uint8_t)(code < TRACE_CODE_MAX ? code : TRACE_CODE_MAX);
	r->thread = (uint16_t)thread;
	r->time_nsec = clock_now();
	r->service = s ? s->plan.id : 0;
	r->argument[0] = a;
	r->argument[1] = b;
	r->argument[2] = c;
	__asm__ volatile("" : : : "memory");
	r->number = h->next++;
	if ((r->number & (h->capacity - 1)) == 0)
		trace_full();
}

void trace_resume(const struct thread *t)
{
	if (t == resumed)
		return;
	resumed = t;
	trace_note(t ? t->service : NULL, t ? t->number : 0, TRACE_RUN, 0, t ? t->priority : 0, 0, 0);
}

void trace_end(const struct service *s)
{
	trace_note(s, 0, TRACE_END, 0, 0, 0, 0);
	if (resumed && resumed->service == s)
		resumed = NULL;
}
