/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What core asks of a processor, and what a processor tells core.
 *
 * All of core runs in one privileged context that nothing interrupts: the
 * port enters it from a trap, an interrupt or a fault by one of the core_...
 * functions below and leaves it by resuming `core_current()`.  Core never
 * switches stacks itself: it only says who runs next.
 */
#ifndef PORT_H
#define PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "region.h"

struct thread;

/* The saved registers of a thread; each port defines it in "port_context.h". */
#include "port_context.h"

/* The protection this processor enforces, for placement rules and `info`. */
enum mpu_kind port_mpu(void);

/* The best target an image may have been made for to run here, and whether it may. */
bool port_runs(uint8_t target);

/*
 * Prepare a context that will start at `entry` (a Thumb address without its
 * bit) with four arguments and the data base in the PIC register, on a stack
 * that ends below `stack_top`.  Writes into the stack: it lies in memory that core
 * has checked to be the service's own.
 */
struct port_start { uintptr_t entry, stack_low, stack_top, data_base; uintptr_t argument[4]; bool fpu; };
void port_thread_init(struct port_context *c, const struct port_start *start);

/* Give a thread that is not running the result of the call it made. */
void port_result(struct port_context *c, int32_t status, uint64_t value);

/*
 * Memory a service may touch.  The port turns it into whatever its protection unit wants
 * once (prepare) and loads it at each switch.
 */
enum port_access { PORT_NONE, PORT_READ_EXECUTE, PORT_READ_WRITE };
struct port_region { uintptr_t base; uint32_t size; enum port_access access; };
void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r);

/* Copy between kernel and service memory that core has checked to be the service's own. */
void port_copy_in(void *to, uintptr_t from, size_t size);
void port_copy_out(uintptr_t to, const void *from, size_t size);

/* Wait for an interrupt (or end the simulation when there is none to come).  Called with nothing to run. */
void port_idle(void);

/* A failed assertion of the kernel: stop everything, for ever or by reset. */
_Noreturn void port_halt(void);

/* Core's side: called by the port, never while core runs. */

struct core_call { uint32_t number; uint32_t argument[6]; int32_t status; uint64_t value; };

/* The thread to resume; NULL when there is none and the port must idle. */
struct thread *core_current(void);
struct port_context *core_context(struct thread *t);

/* A trap by the current thread.  When it still runs on return, status and value are its results. */
void core_syscall(struct core_call *call);

/* The board's alarm has gone off, or may have. */
void core_alarm(void);

/* A fault of the current thread (docs/abi.md, "Faults"), or of the kernel itself. */
enum core_cause {
#define CORE_CAUSE(number, name, text) CORE_CAUSE_##name = number,
#include "causes.def"
#undef CORE_CAUSE
};
struct core_fault { enum core_cause cause; bool kernel, address_valid; uint32_t address, pc, lr, sp, detail; };
void core_fault(const struct core_fault *f);

#endif
