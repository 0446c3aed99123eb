/* SPDX-License-Identifier: Apache-2.0 */
/* What every file of attempts needs: our own memory, touching an address, system calls by number, threads. */
#include "attempts.h"

#include <ms/abi/image.h>

_Noreturn void _start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count);

/* More than 32 no service can ask for. */
static uint8_t room[THREAD_STACKS + 1][THREAD_STACK_SIZE];
uint8_t (*thread_stack)[THREAD_STACK_SIZE];
static uint64_t thread_block[THREAD_STACKS][8];

__attribute__((constructor))
static void place_stacks(void)
{
	thread_stack = (uint8_t (*)[THREAD_STACK_SIZE])(((uintptr_t)room + THREAD_STACK_SIZE - 1) & ~(uintptr_t)(THREAD_STACK_SIZE - 1));
}

/* PMSAv7's granule is an eighth of the window, which the header's alignment says; elsewhere that is 32. */
static uint32_t rounded(uint32_t size, uint32_t log2)
{
	uint32_t granule = 1u << log2;

	return (size + granule - 1) & ~(granule - 1);
}

struct own own(void)
{
	struct own o = { .text = (uint32_t)(uintptr_t)_start & ~1u };
	const struct ms_image_header *h = (const void *)(uintptr_t)(o.text - sizeof(*h));
	uint64_t ram_size;

	ms_info(MS_INFO_RAM_SIZE, &ram_size);
	__asm__("mov %0, r9" : "=r"(o.data));
	o.image = (uint32_t)(uintptr_t)h;
	o.image_end = o.image + rounded(h->image_size, h->flash_align_log2);
	o.ram = o.data - h->stack_size;
	o.ram_end = o.ram + (uint32_t)ram_size;
	return o;
}

bool isolated(void)
{
	uint64_t isolation;

	ms_info(MS_INFO_ISOLATION, &isolation);
	return isolation != 0;
}

bool reads(uint32_t address)
{
	*(volatile uint8_t *)(uintptr_t)address;
	return true;
}

bool reads_word(uint32_t address)
{
	*(volatile uint32_t *)(uintptr_t)address;
	return true;
}

bool writes(uint32_t address)
{
	volatile uint8_t *at = (volatile uint8_t *)(uintptr_t)address;

	*at = isolated() ? 0xef : *at;
	return true;
}

bool calls(uint32_t address)
{
	((void (*)(void))(uintptr_t)(address | 1))();
	return true;
}

struct answer call(uint32_t number, const uint32_t argument[6])
{
	register uint32_t r0 __asm__("r0") = argument[0];
	register uint32_t r1 __asm__("r1") = argument[1];
	register uint32_t r2 __asm__("r2") = argument[2];
	register uint32_t r3 __asm__("r3") = argument[3];
	register uint32_t r4 __asm__("r4") = argument[4];
	register uint32_t r5 __asm__("r5") = argument[5];
	register uint32_t ip __asm__("r12") = number;

	__asm__ volatile("svc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(r4), "r"(r5), "r"(ip) : "memory");
	return (struct answer){ (int32_t)r0, r1, r2 };
}

int start_thread(uint32_t which, void (*entry)(void *), void *argument, unsigned priority)
{
	return ms_thread_create(entry, argument, thread_stack[which], THREAD_STACK_SIZE, thread_block[which], priority);
}

void pause_usec(uint32_t usec)
{
	ms_sleep_until(ms_clock() + usec * UINT64_C(1000));
}

int start_bare(uint32_t which, void (*entry)(void *), void *argument, unsigned priority)
{
	const uint32_t a[6] = {
		(uint32_t)(uintptr_t)entry, (uint32_t)(uintptr_t)argument, (uint32_t)(uintptr_t)thread_stack[which], THREAD_STACK_SIZE,
		(uint32_t)(uintptr_t)thread_block[which], priority,
	};
	struct answer got = call(MS_SYS_thread_create, a);

	return got.status < 0 ? got.status : (int)got.low;
}

int32_t status_of(uint32_t number, uint32_t a0, uint32_t a1, uint32_t a2)
{
	const uint32_t argument[6] = { a0, a1, a2 };

	return call(number, argument).status;
}
