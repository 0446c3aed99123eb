/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service's start on the PC.  The linker has relocated it and the simulation
 * gives it fresh memory, so less is left to do than on a device.
 */
#include <stdlib.h>
#include <string.h>

#include <ms/syscall.h>

#include "gate.h"
#include "identity.h"
#include "poison.h"
#include "process.h"
#include "stand_in.h"

struct process ms_process;

/* By the linker's script (hostsim/prelink/script.c). */
extern const struct ms_facts __ms_facts;
extern const char __ms_text[], __ms_own_end[], __ms_text_end[];
extern char __ms_data[], __ms_data_end[], __ms_heap[], __ms_heap_end[];
extern char __ms_local[], __ms_local_end[], __ms_local_template[], __ms_tls_block[];
typedef void constructor(void);
extern constructor *const __init_array_start[], *const __init_array_end[];


static void prepare(uint32_t run_count)
{
	ms_process = (struct process){
		.text = (uintptr_t)__ms_text,
		.heap = (uintptr_t)__ms_heap,
		.heap_end = (uintptr_t)__ms_heap_end,
		.run_count = run_count,
	};
	memcpy(__ms_local_template, __ms_local, (size_t)(__ms_local_end - __ms_local));
	poison_heap();
	ms_thread_block_init(__ms_tls_block);
	ms_thread_block = (uintptr_t)__ms_tls_block;
	for (constructor *const *f = __init_array_start; f < __init_array_end; f++)
		(*f)();
}

static void start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count)
{
	(void)text, (void)data, (void)ram_end;
	prepare(run_count);
	exit(process_main());
}

static void start_stand_in(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count)
{
	(void)text, (void)data, (void)ram_end;
	prepare(run_count);
	ms_stand_in();
}

static void construct(void)
{
	prepare(0);
}

static const struct ms_instance instance = {
	.facts = &__ms_facts,
	.start = start,
	.construct = construct,
	.stand_in = start_stand_in,
	.stand_in_talk = &ms_stand_in_talk,
	.heap_used = heap_used,
	.text = __ms_text,
	.own_end = __ms_own_end,
	.text_end = __ms_text_end,
	.data = __ms_data,
	.data_end = __ms_data_end,
	.heap_end = __ms_heap_end,
	.local = __ms_local,
	.local_end = __ms_local_end,
	.main_block = __ms_tls_block,
};
__attribute__((section("ms_instances"), used))
static const struct ms_instance *const descriptor = &instance;
