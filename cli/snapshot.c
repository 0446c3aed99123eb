/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot.h"

#include <string.h>

#include "kernelview.h"

enum { STACK_MAX = 1 << 20 };

/* Where the runtime keeps what is asked of it: names in runtime/core, of which a build's symbols say the places. */
enum { SERVICE, SERVICE_ID, SERVICE_RUNS, SERVICE_STATE, SERVICE_MAIN, SERVICE_FLASH, SERVICE_RAM, THREAD, THREAD_SERVICE, THREAD_STATE, THREAD_POINTER, FIELDS };
static const struct kernel_field known_fields[FIELDS] = {
	[SERVICE] = { .type = "service", .path = "" },
	[SERVICE_ID] = { .type = "service", .path = "plan.id" },
	[SERVICE_RUNS] = { .type = "service", .path = "run_count" },
	[SERVICE_STATE] = { .type = "service", .path = "state" },
	[SERVICE_MAIN] = { .type = "service", .path = "main" },
	[SERVICE_FLASH] = { .type = "service", .path = "plan.image_extent" },
	[SERVICE_RAM] = { .type = "service", .path = "plan.ram_extent" },
	[THREAD] = { .type = "thread", .path = "" },
	[THREAD_SERVICE] = { .type = "thread", .path = "service" },
	[THREAD_STATE] = { .type = "thread", .path = "state" },
	[THREAD_POINTER] = { .type = "thread", .path = "context.thread_pointer" },
};
static const char *const states[] = { "stopped", "running", "back-off", "quarantined" };	/* enum service_state */

struct reading {
	struct gdbremote *from;
	struct arena *arena;
	struct kernel_field field[FIELDS];
	struct kernel_array services, threads;
};

static uint32_t value_of(const struct reading *r, const struct kernel_array *t, uint32_t i, int field)
{
	return kernel_value(t, i, &r->field[field]);
}

static int read_kernel(struct reading *r, const char *runtime, struct err *e)
{
	struct symbols *s;

	int rc = symbols_open(runtime, r->arena, &s, e);
	if (rc < 0)
		return rc;
	memcpy(r->field, known_fields, sizeof(known_fields));
	rc = kernel_find(s, r->field, FIELDS, e);
	if (rc >= 0)
		rc = kernel_read(s, r->from, "services", r->field[SERVICE].size, r->arena, &r->services, e);
	if (rc >= 0)
		rc = kernel_read(s, r->from, "threads", r->field[THREAD].size, r->arena, &r->threads, e);
	symbols_close(s);
	return rc;
}

static bool inside(const struct board_window *w, uint32_t at, uint32_t size)
{
	return size <= w->size && at - w->base <= w->size - size;
}

/* Count what was never used of a stack that is said to lie there, above its guard. */
static int read_stack(struct reading *r, const struct device_service *d, struct snapshot_thread *t, struct err *e)
{
	uint32_t limit = t->number ? ms_stack_limit(t->stack) : t->stack.low, room = t->stack.low + t->stack.size - limit;

	t->known = t->stack.size >= 256 && t->stack.size <= STACK_MAX && (t->stack.low | t->stack.size) % 8 == 0 &&
		   inside(&d->at.ram, t->stack.low, t->stack.size) && inside(&d->at.ram, limit, room);
	if (!t->known)
		return MS_OK;
	uint8_t *at = arena_take(r->arena, room);
	int rc = gdbremote_read(r->from, limit, at, room, e);

	while (t->unused + 4 <= room && bytes_u32(at + t->unused) == MS_STACK_UNUSED)
		t->unused += 4;
	t->used = room - t->unused;
	t->guard = limit - t->stack.low;
	return rc;
}

static int read_front(struct reading *r, uint32_t block, struct ms_stack *out, struct err *e)
{
	uint8_t words[8];

	int rc = gdbremote_read(r->from, block, words, sizeof(words), e);
	if (rc >= 0)
		*out = (struct ms_stack){ bytes_u32(words), bytes_u32(words + 4) };
	return rc;
}

static struct snapshot_thread *add_thread(struct snapshot_service *s, uint32_t number, bool ended, struct arena *a)
{
	struct snapshot_thread *t = arena_new(a, struct snapshot_thread);

	t->number = number;
	t->ended = ended;
	list_push(&s->threads, a, t);
	return t;
}

static int add_main(struct reading *r, struct snapshot_service *s, bool ended, struct err *e)
{
	const struct device_service *d = &s->of->device;
	struct snapshot_thread *t = add_thread(s, 0, ended, r->arena);

	t->stack = (struct ms_stack){ d->at.ram.base, d->header.stack_size };
	int rc = read_stack(r, d, t, e);
	/* Cleared and never filled: by a service that has not got so far, or was built without. */
	t->known &= s->starts > 0 && t->unused > 0;
	return rc;
}

static bool is_listed(const struct snapshot_service *s, uint32_t block)
{
	for (size_t i = 0; i < s->threads.count; i++)
		if (((const struct snapshot_thread *)s->threads.at[i])->block == block)
			return true;
	return false;
}

/* Of one that has ended its place still tells where its block was, as long as nobody else took it. */
static int add_threads(struct reading *r, struct snapshot_service *s, uint32_t address, uint32_t main, bool ended, struct err *e)
{
	const struct device_service *d = &s->of->device;
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && i < r->threads.count; i++) {
		uint32_t block = value_of(r, &r->threads, i, THREAD_POINTER), at = r->threads.address + i * r->threads.stride;
		bool is_free = value_of(r, &r->threads, i, THREAD_STATE) == 0, has_block = inside(&d->at.ram, block, sizeof(struct ms_stack)) && block % 4 == 0;
		bool is_main = at == main || block == d->at.ram.base + d->header.stack_size + d->header.tls_offset;
		struct ms_stack stack = { 0 };

		if (is_main || is_free != ended || (is_free && (!has_block || is_listed(s, block))) ||
		    (!is_free && value_of(r, &r->threads, i, THREAD_SERVICE) != address))
			continue;
		if (has_block)
			rc = read_front(r, block, &stack, e);
		if (rc < 0 || (is_free && !stack.size))
			continue;
		struct snapshot_thread *t = add_thread(s, i + 1, ended, r->arena);
		t->stack = stack;
		t->block = block;
		rc = read_stack(r, d, t, e);
	}
	return rc;
}

/* The library's own note of how far malloc has gone: ms_process.heap (sdk/lib/process.h). */
static void read_heap(struct reading *r, struct snapshot_service *s)
{
	const struct device_service *d = &s->of->device;
	uint32_t data = d->at.ram.base + d->header.stack_size, start = data + d->header.static_size, address, size, offset, heap;
	uint8_t word[4];
	struct err ignored = { 0 };
	struct symbols *syms;

	if (symbols_open(s->of->debug, r->arena, &syms, &ignored) < 0)
		return;
	if (symbols_object(syms, "ms_process", &address, &size) && symbols_member(syms, "process", "heap", &offset, &size) && size == 4 &&
	    gdbremote_read(r->from, data + (address - MS_LINK_DATA) + offset, word, sizeof(word), &ignored) >= 0 &&
	    (heap = bytes_u32(word)) - start <= d->header.heap_size) {
		s->heap_known = s->starts > 0;
		s->heap_used = heap - start;
	}
	symbols_close(syms);
}

static int take_service(struct reading *r, struct snapshot_service *s, struct err *e)
{
	uint32_t i = 0, state;

	s->state = "refused";
	while (i < r->services.count && value_of(r, &r->services, i, SERVICE_ID) != s->of->device.id)
		i++;
	if (i == r->services.count)
		return MS_OK;

	state = value_of(r, &r->services, i, SERVICE_STATE);
	s->state = state < sizeof(states) / sizeof(*states) ? states[state] : "unknown";
	s->starts = value_of(r, &r->services, i, SERVICE_RUNS);
	s->flash_taken = value_of(r, &r->services, i, SERVICE_FLASH);
	s->ram_taken = value_of(r, &r->services, i, SERVICE_RAM);
	uint32_t main = value_of(r, &r->services, i, SERVICE_MAIN), address = r->services.address + i * r->services.stride;
	int rc = add_main(r, s, main == 0, e);
	if (rc >= 0)
		rc = add_threads(r, s, address, main, false, e);
	if (rc >= 0)
		rc = add_threads(r, s, address, main, true, e);
	read_heap(r, s);
	return rc;
}

int snapshot_take(const struct plan *p, struct gdbremote *g, struct arena *a, struct list *out, struct err *e)
{
	struct reading *r = arena_new(a, struct reading);

	r->from = g;
	r->arena = a;
	int rc = read_kernel(r, p->symbols.runtime, e);
	for (size_t i = 0; rc >= 0 && i < p->services.count; i++) {
		struct snapshot_service *s = arena_new(a, struct snapshot_service);

		s->of = p->services.at[i];
		list_push(out, a, s);
		rc = take_service(r, s, e);
	}
	return rc;
}
