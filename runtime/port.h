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

/* What `info` calls the isolation this port gives (MS_INFO_ISOLATION). */
extern const uint32_t port_isolation;

/*
 * Memory a service may touch.  The port turns it into what its protection unit
 * wants when it is given, and loads it at each switch.  Index 0 is the image,
 * 1 the RAM, both for ever; from 2 up to PORT_REGIONS - 1 are what the service maps and
 * unmaps: devices (never cached, never reordered) and shared memory.  NULL closes one.  A change holds from the next
 * time core is left.
 */
enum port_access { PORT_READ_EXECUTE, PORT_READ_WRITE, PORT_READ_ONLY, PORT_DEVICE };
enum { PORT_REGIONS = 7 };
struct port_region { uintptr_t base; uint32_t size; enum port_access access; };
void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r);

/*
 * Prepare a context that will start at `entry` (a code address without the
 * Thumb bit) with four arguments and the data base in the PIC register, on a
 * stack [stack_low, stack_top).  Writes into the stack: it lies in memory that
 * core has checked to be the service's own.  guard_size bytes (0: none) from
 * stack_low on are closed while this thread runs; port_guard_size says how many
 * a stack of some size gets.
 */
struct port_start {
	struct port_protection *protection;	/* its service's; the data base and the FPU are told to it, too */
	uintptr_t entry, stack_low, stack_top, data_base, thread_pointer;
	uintptr_t argument[4];
	uint32_t guard_size;
	bool fpu;
};
void port_thread_init(struct port_context *c, const struct port_start *start);

/* The thread has ended, maybe the one that came here: nothing of its registers is kept. */
void port_thread_end(struct port_context *c);

uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size);

/* Give a thread that is not running the result of the call it made. */
void port_result(struct port_context *c, int32_t status, uint64_t value);

/* Copy between kernel and service memory, or clear the latter, which core has checked to be the service's own. */
void port_copy_in(void *to, uintptr_t from, size_t size);
void port_copy_out(uintptr_t to, const void *from, size_t size);
void port_copy(uintptr_t to, uintptr_t from, size_t size);	/* between two services, neither of which needs to be current */
void port_clear(uintptr_t at, size_t size);

/* The same for one number of `size` bytes, at any address; a port may have a shorter way, which its "port_context.h" defines. */
#ifndef port_put
static inline void port_put(uintptr_t to, uintptr_t value, size_t size)
{
	port_copy_out(to, &value, size);
}
#endif

/* Where a thread stands, for a record: fills pc, lr and sp. */
struct core_fault;
void port_where(const struct port_context *c, struct core_fault *f);

/*
 * Fill in f->call: words on the stack from f->sp on, inside [stack, stack + stack_size) and at most CORE_CALL_WORDS of them, that
 * are return addresses into [text, text + text_size): behind a call instruction.  The nearest first.
 */
void port_calls(struct core_fault *f, uintptr_t stack, uint32_t stack_size, uintptr_t text, uint32_t text_size);

/* Nothing helps any more: stop everything, for ever. */
_Noreturn void port_halt(void);

/*
 * An interrupt line of the processor.  Open: an interrupt enters board_interrupt, and by
 * way of core_line core.  Closed: it stays pending.  port_line_forget drops what is pending.
 */
void port_line_open(uint32_t line);
void port_line_close(uint32_t line);
void port_line_forget(uint32_t line);

/* Is an interrupt waiting for core to be left?  Then core_work() is not called again before it was served. */
bool port_interrupt_pending(void);

/* Core's side: called by the port, never while core runs. */

/* First: all state of core as at power-up. Then services are added and started (boot.h, service.h). */
void core_init(void);

/* The thread to resume; NULL when there is none and the port must wait for an interrupt. */
struct thread *core_current(void);
struct port_context *core_context(struct thread *t);

/* A trap by the current thread.  Its result is given by port_result, now or when it is woken. */
struct core_call { uintptr_t argument[6]; uint32_t number; int32_t status; uint64_t value; bool waits; };
void core_syscall(struct core_call *call);	/* number and argument are given; the rest is zero, and core's */

/*
 * Work of the current thread that core does piece by piece (a long copy,
 * clearing memory) while it waits: true when a piece was done, false when there is none.
 * The port calls it before it resumes a thread, again and again until it says false,
 * and serves pending interrupts between the pieces; who is current may change then.
 */
bool core_work(void);

/* Is there such work for this thread? */
bool core_busy(const struct thread *t);

/* The board's alarm has gone off, or may have. */
void core_alarm(void);

/* An interrupt line that is none of the board's own: its device's, whose owner gets a signal. */
void core_line(uint32_t line);

/* Memory that a reset leaves as it is, and nothing clears. */
#define PORT_RETAINED __attribute__((section("ms_retained")))

/* A fault of the current thread (docs/abi.md, "Faults"), or of the kernel itself. */
enum core_cause {
#define CORE_CAUSE(number, name, text) CORE_CAUSE_##name = number,
#include "causes.def"
#undef CORE_CAUSE
};
/*
 * call: return addresses found on the stack, nearest first, 0 when there are no more.  Each in one word: the offset in text, a multiple
 * of 2, and how many words above sp it lay.
 */
enum { CORE_CALLS = 8, CORE_CALL_WORDS = 512 };
struct core_fault { enum core_cause cause; bool kernel, address_valid; uintptr_t address, pc, lr, sp; uint32_t call[CORE_CALLS]; };
static inline uint32_t core_call(uint32_t offset, uint32_t words) { return offset >> 1 << 9 | words; }
static inline uint32_t core_call_offset(uint32_t call) { return call >> 9 << 1; }
static inline uint32_t core_call_words(uint32_t call) { return call & (CORE_CALL_WORDS - 1); }

void core_fault(const struct core_fault *f);

#endif
