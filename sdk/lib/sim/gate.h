/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between a service and the host simulation: everything that passes.
 *
 * A service on the PC is one relocatable object with its symbols made local.
 * The simulation finds it by its descriptor; the service reaches the
 * simulation by ms_gate, which stands where the device has its trap
 * instruction, and by nothing else.
 */
#ifndef GATE_H
#define GATE_H

#include <stddef.h>
#include <stdint.h>

struct trap_result { int32_t status; uint64_t value; };

/* A system call (docs/abi.md, "Calls into the system"). */
struct trap_result ms_gate(uint32_t number, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
			   uintptr_t a4, uintptr_t a5);

/* An interface that it provides or calls (format/manifest.h). */
struct ms_interface {
	uint32_t sid;
	uint16_t version, flags;		/* MANIFEST_CONNECTIONS ... */
};

/* A device or a block of shared memory that it asks for or has (format/manifest.h). */
struct ms_mapped {
	char name[32];
	uint32_t number, flags;
};

/* What the manifest says of it: written by the linker's script. */
struct ms_facts {
	uint32_t stack_size, heap_size;		/* as on the device */
	uint32_t priority;
	uint32_t id;				/* as psa_manifest/pid.h says it; 0: none */
	uint32_t provide_count, call_count, device_count, shared_count;
	char name[64];
	struct ms_interface interfaces[];	/* provided, then called; behind them a struct ms_mapped for each device, then each block */
};

static inline const struct ms_mapped *ms_facts_mapped(const struct ms_facts *f)
{
	return (const struct ms_mapped *)(f->interfaces + f->provide_count + f->call_count);
}

/* One service of a program.  A pointer to each stands in section "ms_instances". */
struct ms_instance {
	const struct ms_facts *facts;
	void (*start)(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count);
	void (*construct)(void);		/* what start does before main */
	void (*stand_in)(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count);	/* as start, for a test's stand-in */
	struct ms_stand_in *stand_in_talk;
	size_t (*heap_used)(void);		/* bytes that malloc has given out */
	const char *text, *text_end;		/* code and constants */
	const char *own_end;			/* of the code that is its author's: libraries follow */
	char *data, *data_end;			/* whole pages: static data, then the heap */
	char *heap_end;
	char *local, *local_end;		/* thread-local data of the thread that runs */
	char *main_block;			/* thread block of the main thread */
};

/*
 * Thread-local data is ordinary data here, at one address for all threads of a
 * service; the simulation exchanges its content when it switches between them.  A
 * thread block (ms_thread_block_init) holds, behind two words as on the device, the content for a
 * thread that does not run.
 */
enum { MS_BLOCK_HEAD = 2 * sizeof(uint64_t) };

#endif
