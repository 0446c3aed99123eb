/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service's first instructions, unprivileged (docs/abi.md, "Start").
 *
 * Until relocate() is done no address of ours is right: _start and relocate
 * use their arguments only and call nothing that reads the GOT.  The calls
 * the compiler makes of the copying loops (memcpy, memset) are PC-relative
 * and read none either.
 */
#include <stdlib.h>

#include <ms/abi/abi.h>
#include <ms/abi/image.h>
#include <ms/syscall.h>

#include "process.h"
#include "stack.h"

struct process ms_process;

extern char __ms_static_end[], __ms_tls_block[];
typedef void constructor(void);
extern constructor *const __preinit_array_start[], *const __preinit_array_end[];
extern constructor *const __init_array_start[], *const __init_array_end[];

_Noreturn void _start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count);

static inline void relocate_word(uint32_t *word, uintptr_t text, uintptr_t data)
{
	*word += *word < MS_LINK_SPLIT ? text - MS_LINK_TEXT : data - MS_LINK_DATA;
}

/* The compact list of docs/formats.md 2. */
static inline void relocate(const uint32_t *list, const uint32_t *end, uintptr_t text, uintptr_t data)
{
	uint32_t *cursor = (uint32_t *)data;

	for (; list < end; list++) {
		uint32_t word = *list;

		if (!(word & 1)) {
			cursor = (uint32_t *)(data + word);
			relocate_word(cursor++, text, data);
			continue;
		}
		uint32_t *at = cursor;
		while (word >>= 1) {
			if (word & 1)
				relocate_word(at, text, data);
			at++;
		}
		cursor += 31;
	}
}

static void call_constructors(void)
{
	for (constructor *const *f = __preinit_array_start; f < __preinit_array_end; f++)
		(*f)();
	for (constructor *const *f = __init_array_start; f < __init_array_end; f++)
		(*f)();
}

__attribute__((section(".text._start"), used))
_Noreturn void _start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count)
{
	const struct ms_image_header *h = (const void *)(text - sizeof(*h));
	uintptr_t image = (uintptr_t)h;
	const uint32_t *from = (const uint32_t *)(image + h->data_offset);
	uint32_t *to = (uint32_t *)data;

	for (uint32_t left = h->data_size / 4; left; left--)
		*to++ = *from++;
	for (uint32_t left = (h->static_size - h->data_size) / 4; left; left--)
		*to++ = 0;
	((uint32_t *)data)[1] = data + h->tls_offset;
	relocate((const uint32_t *)(image + h->reloc_offset),
		 (const uint32_t *)(image + h->reloc_offset + h->reloc_size), text, data);

	ms_process = (struct process){ text, (uintptr_t)__ms_static_end, ram_end, run_count };
	ms_thread_block_init(__ms_tls_block);
	stack_mark((struct ms_stack){ data - h->stack_size, h->stack_size }, data - h->stack_size);
	call_constructors();
	exit(process_main());
}
