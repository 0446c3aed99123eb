/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "locals.h"
#include "panic.h"
#include "sanitizer.h"
#include "testframe.h"
#include "windows.h"

extern char __start_ms_kernel[], __stop_ms_kernel[];

/* Without a service in the program there is no such section. */
extern const struct ms_instance *const __start_ms_instances[] __attribute__((weak));
extern const struct ms_instance *const __stop_ms_instances[] __attribute__((weak));

enum { COPY_MAX = 256 << 10 };

static struct area areas[LAYOUT_SERVICE_MAX];
static size_t area_count;
static const struct area *alone;	/* the one that is open, when all others are known to be closed */

/* Nothing is closed to anybody. */
__attribute__((section("ms_open")))
static bool unprotected;

static void protect(uintptr_t low, uintptr_t high, int access)
{
	if (mprotect((void *)low, high - low, access))
		panic_errno("cannot protect memory");
}

static uintptr_t data_end(const struct area *a)
{
	return (uintptr_t)a->instance.data_end;
}

static bool is_zero(const char *page)
{
	uint64_t all = 0;

	for (const uint64_t *at = (const uint64_t *)page, *end = at + LAYOUT_PAGE / sizeof(*at); at < end; at++)
		all |= *at;
	return !all;
}

/* Of a service that has little memory: as it is linked. */
static void take_copy(struct area *a)
{
	size_t size = data_end(a) - (uintptr_t)a->instance.data;
	void *copy = size <= COPY_MAX ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : MAP_FAILED;

	if (copy == MAP_FAILED)
		return;
	raw_copy(copy, a->instance.data, size);
	a->linked = copy;
}

static uintptr_t thread_stack(const struct area *a, uint32_t i)
{
	return a->low + (uintptr_t)i * LAYOUT_THREAD_STACK + LAYOUT_PAGE;
}

static void take_addresses(struct area *a, const struct ms_instance *instance)
{
	uintptr_t data = (uintptr_t)instance->data;
	size_t size = LAYOUT_DATA;

	*a = (struct area){ .instance = *instance, .low = data - LAYOUT_DATA, .open = true };
	void *got = mmap((void *)a->low, size, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (got != (void *)a->low)
		panic_errno("cannot take the addresses of a service's stacks");
	uint32_t room = LAYOUT_DATA - LAYOUT_THREAD_MAX * LAYOUT_THREAD_STACK - LAYOUT_PAGE;

	a->main_stack = data - layout_stack_size(instance->facts->stack_size, room);
	protect(a->main_stack, data, PROT_READ | PROT_WRITE);
	/* Nothing is behind the heap; this makes sure that nothing ever will. */
	mmap((void *)data_end(a), LAYOUT_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	take_copy(a);
}

/*
 * The kernel's data from the program's file into plain memory, page by page as far as something is in it: what closing
 * and opening it cost goes by the pages that are there, and those of a file are there by being close to others.
 */
static void settle_kernel(void)
{
	size_t size = (size_t)(__stop_ms_kernel - __start_ms_kernel);
	char *copy = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (copy == MAP_FAILED)
		panic_errno("cannot take memory for the kernel");
	for (size_t at = 0; at < size; at += LAYOUT_PAGE)
		if (!is_zero(__start_ms_kernel + at))
			raw_copy(copy + at, __start_ms_kernel + at, LAYOUT_PAGE);
	if (mremap(copy, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, __start_ms_kernel) != __start_ms_kernel)
		panic_errno("cannot move the kernel's memory");
}

void pages_init(void)
{
	settle_kernel();
	unprotected = getenv(TESTFRAME_OPEN);
	windows_init();
	for (const struct ms_instance *const *at = __start_ms_instances; at < __stop_ms_instances; at++) {
		if (area_count == LAYOUT_SERVICE_MAX)
			panic("more than %d services in one program", LAYOUT_SERVICE_MAX);
		take_addresses(&areas[area_count++], *at);
	}
}

struct area *pages_areas(size_t *count)
{
	*count = area_count;
	return areas;
}

struct area *pages_owner(uintptr_t at)
{
	for (struct area *a = areas; a < areas + area_count; a++)
		if (at >= a->low && at < data_end(a) + LAYOUT_PAGE)
			return a;
	return NULL;
}

struct area *pages_executor(uintptr_t pc)
{
	for (struct area *a = areas; a < areas + area_count; a++)
		if (pc >= (uintptr_t)a->instance.text && pc < (uintptr_t)a->instance.text_end)
			return a;
	return NULL;
}

bool pages_is_guard(const struct area *a, uintptr_t at)
{
	uintptr_t i = (at - a->low) / LAYOUT_THREAD_STACK;

	if (at < a->low || at >= data_end(a))
		return true;
	if (at >= a->main_stack)
		return false;
	return i >= LAYOUT_THREAD_MAX || !(a->stacks >> i & 1) || at < thread_stack(a, (uint32_t)i);
}

static void set_stack_access(const struct area *a, uint32_t i, int access)
{
	uintptr_t low = thread_stack(a, i);

	protect(low, low + LAYOUT_THREAD_STACK - LAYOUT_PAGE, access);
}

static void set_all_stacks(const struct area *a, int access)
{
	for (uint32_t left = a->stacks; left; left &= left - 1)
		set_stack_access(a, (uint32_t)__builtin_ctz(left), access);
}

uintptr_t pages_take_stack(struct area *a)
{
	if (a->stacks == UINT32_MAX)
		return 0;
	uint32_t i = (uint32_t)__builtin_ctz(~a->stacks);

	a->stacks |= UINT32_C(1) << i;
	if (a->open)
		set_stack_access(a, i, PROT_READ | PROT_WRITE);
	return thread_stack(a, i);
}

void pages_give_stack(struct area *a, uintptr_t low)
{
	uint32_t i = (uint32_t)((low - a->low) / LAYOUT_THREAD_STACK);

	set_stack_access(a, i, PROT_NONE);
	a->stacks &= ~(UINT32_C(1) << i);
}

/* What lies between the stacks is closed for good, so all can be closed by one call. */
static void set_access(struct area *a, bool open)
{
	if (a->open == open || unprotected)
		return;
	a->open = open;
	alone = NULL;
	if (!open) {
		protect(a->stacks ? a->low : a->main_stack, data_end(a), PROT_NONE);
		return;
	}
	protect(a->main_stack, data_end(a), PROT_READ | PROT_WRITE);
	set_all_stacks(a, PROT_READ | PROT_WRITE);
}

/*
 * Static data and heap are mapped from the program's file, and the stacks from nothing: giving the pages back brings both
 * back as they were.  What is small is compared with a copy instead, as a page that comes back costs more than all of its words.
 */
static void forget(uintptr_t low, uintptr_t high)
{
	if (madvise((void *)low, high - low, MADV_DONTNEED))
		panic_errno("cannot reset memory");
}

/* By whole lines of the processor's cache, which pages are made of. */
static void restore(uint64_t *to, const uint64_t *from, size_t size)
{
	enum { LINE = 8 };

	for (const uint64_t *end = from + size / sizeof(*from); from < end; to += LINE, from += LINE) {
		uint64_t differs = 0;

		for (int i = 0; i < LINE; i++)
			differs |= to[i] ^ from[i];
		for (int i = 0; differs && i < LINE; i++)
			to[i] = from[i];
	}
}

static void reset_data(struct area *a)
{
	uintptr_t data = (uintptr_t)a->instance.data;

	if (!a->linked) {
		forget(data, data_end(a));
		return;
	}
	set_access(a, true);
	restore((uint64_t *)data, a->linked, data_end(a) - data);
}

static void reset_stacks(struct area *a)
{
	if (!a->entered)
		return;
	forget(a->low, (uintptr_t)a->instance.data);
	set_all_stacks(a, PROT_NONE);
	for (uint32_t left = a->stacks; left; left &= left - 1)
		sanitizer_unpoison((void *)thread_stack(a, (uint32_t)__builtin_ctz(left)), LAYOUT_THREAD_STACK - LAYOUT_PAGE);
	sanitizer_unpoison((void *)a->main_stack, (uintptr_t)a->instance.data - a->main_stack);
	a->stacks = 0;
	a->entered = false;
}

void pages_reset(struct area *a)
{
	reset_data(a);
	reset_stacks(a);
	a->resets++;
}

void pages_enter(struct area *entered)
{
	if (entered && entered == alone && entered->entered) {
		windows_enter(entered);
		return;
	}
	for (struct area *a = areas; !unprotected && a < areas + area_count; a++)
		if (a != entered)
			set_access(a, false);
	if (entered) {
		entered->entered = true;
		set_access(entered, true);
		windows_enter(entered);
	}
	alone = entered;
}

void pages_open_all(void)
{
	windows_open_all();
	for (struct area *a = areas; a < areas + area_count; a++)
		set_access(a, true);
}

/* The kernel is open already, by who asks. */
bool pages_open_at(uintptr_t at)
{
	struct area *a = pages_owner(at);

	if (at >= (uintptr_t)__start_ms_kernel && at < (uintptr_t)__stop_ms_kernel)
		return true;
	if (!a || a->open || pages_is_guard(a, at))
		return false;
	set_access(a, true);
	return true;
}

void pages_open_kernel(void)
{
	if (unprotected)
		return;
	mprotect(__start_ms_kernel, (size_t)(__stop_ms_kernel - __start_ms_kernel), PROT_READ | PROT_WRITE);
}

void pages_close_kernel(void)
{
	if (unprotected)
		return;
	mprotect(__start_ms_kernel, (size_t)(__stop_ms_kernel - __start_ms_kernel), PROT_NONE);
}
