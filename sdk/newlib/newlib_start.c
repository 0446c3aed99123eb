/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first instructions of a service that was linked for its place (docs/build.md, "Fixed mode"): nothing is relocated.  Run
 * anywhere else it would reach into what is not its own, so it looks where it is before it touches anything.
 */
#include <stdlib.h>

#include <ms/abi/image.h>
#include <ms/syscall.h>

#include "process.h"
#include "stack.h"

enum { EXIT_WRONG_PLACE = 125 };

struct process ms_process;

extern char __ms_text[], __ms_data[], __ms_static_end[], __ms_tls_block[];
typedef void function(void);
extern function *const __preinit_array_start[], *const __preinit_array_end[];
extern function *const __init_array_start[], *const __init_array_end[];
extern function *const __fini_array_start[], *const __fini_array_end[];

_Noreturn void _start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count);

static void call_all(function *const *from, function *const *end)
{
	for (; from < end; from++)
		(*from)();
}

/* The C library's exit knows of what was given to atexit alone. */
static void call_destructors(void)
{
	for (function *const *f = __fini_array_end; f > __fini_array_start; )
		(*--f)();
}

__attribute__((section(".text._start"), used))
_Noreturn void _start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count)
{
	const struct ms_image_header *h = (const void *)(text - sizeof(*h));
	const uint32_t *from = (const uint32_t *)((uintptr_t)h + h->data_offset);
	uint32_t *to = (uint32_t *)data;

	if (text != (uintptr_t)__ms_text || data != (uintptr_t)__ms_data)
		ms_exit(EXIT_WRONG_PLACE);
	for (uint32_t left = h->data_size / 4; left; left--)
		*to++ = *from++;
	for (uint32_t left = (h->static_size - h->data_size) / 4; left; left--)
		*to++ = 0;
	((uint32_t *)data)[1] = data + h->tls_offset;

	ms_process = (struct process){ text, (uintptr_t)__ms_static_end, ram_end, run_count };
	ms_thread_block_init(__ms_tls_block);
	stack_mark((struct ms_stack){ data - h->stack_size, h->stack_size }, data - h->stack_size);
	/* First, so that it is called last: behind what constructors give to atexit, too. */
	if (&__fini_array_start[0] != &__fini_array_end[0])
		atexit(call_destructors);
	call_all(__preinit_array_start, __preinit_array_end);
	call_all(__init_array_start, __init_array_end);
	exit(process_main());
}
