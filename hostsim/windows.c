/* SPDX-License-Identifier: Apache-2.0 */
#include "windows.h"

#include <string.h>
#include <sys/mman.h>

#include "pages.h"
#include "panic.h"
#include "port.h"

enum { FIRST = 2 };

static const struct area *inside;	/* whose windows are open and no others; NULL: all are */
static bool used, closed;		/* may anybody map anything?  Otherwise all stays closed */

static void protect(uintptr_t base, size_t size, int access)
{
	uintptr_t low = base & ~(uintptr_t)(LAYOUT_PAGE - 1), high = (base + size + LAYOUT_PAGE - 1) & ~(uintptr_t)(LAYOUT_PAGE - 1);

	if (mprotect((void *)low, high - low, access))
		panic_errno("cannot protect mapped memory");
}

void windows_init(void)
{
	void *want = (void *)(uintptr_t)WINDOWS_DEVICES;

	if (mmap(want, WINDOWS_END - WINDOWS_DEVICES, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0) != want)
		panic_errno("cannot take the addresses of devices");
}

/* May anybody have mapped anything? */
static bool any_window(const struct area *areas, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (areas[i].instance.facts->device_count || areas[i].instance.facts->shared_count)
			return true;
	return false;
}

void windows_reset(void)
{
	size_t count;
	struct area *areas = pages_areas(&count);

	for (size_t i = 0; i < count; i++)
		memset(areas[i].window, 0, sizeof(areas[i].window));
	used = any_window(areas, count);
	if (!used && !closed)
		protect(WINDOWS_DEVICES, WINDOWS_END - WINDOWS_DEVICES, PROT_NONE);
	closed = !used;
	windows_open_all();
	if (used && madvise((void *)(uintptr_t)WINDOWS_DEVICES, WINDOWS_END - WINDOWS_DEVICES, MADV_DONTNEED))
		panic_errno("cannot reset mapped memory");
}

void windows_set(struct area *a, uint32_t index, const struct port_region *r)
{
	windows_open_all();
	a->window[index - FIRST] = r ? *r : (struct port_region){ 0 };
}

void windows_open_all(void)
{
	if (!inside)
		return;
	protect(WINDOWS_DEVICES, WINDOWS_END - WINDOWS_DEVICES, PROT_READ | PROT_WRITE);
	inside = NULL;
}

void windows_enter(const struct area *a)
{
	if (inside == a || !used)
		return;
	protect(WINDOWS_DEVICES, WINDOWS_END - WINDOWS_DEVICES, PROT_NONE);
	for (uint32_t k = 0; k < sizeof(a->window) / sizeof(a->window[0]); k++) {
		const struct port_region *r = &a->window[k];

		if (r->size)
			protect(r->base, r->size, r->access == PORT_READ_ONLY ? PROT_READ : PROT_READ | PROT_WRITE);
	}
	inside = a;
}

bool windows_hold(uintptr_t at)
{
	return at >= WINDOWS_DEVICES && at < WINDOWS_END;
}

bool windows_mapped(const struct area *a, uintptr_t at, size_t size)
{
	for (uint32_t k = 0; k < sizeof(a->window) / sizeof(a->window[0]); k++) {
		const struct port_region *r = &a->window[k];

		if (size <= r->size && at - r->base <= r->size - size)
			return true;
	}
	return false;
}
