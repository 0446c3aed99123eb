/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of attempts share.  An attempt(n) does not come back when it
 * is stopped, gives false when it was refused or without effect, and true
 * when it succeeded.  attempts.def lists them all.
 */
#ifndef ATTEMPTS_H
#define ATTEMPTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ms/abi/abi.h>
#include <ms/syscall.h>

/* Copied here by the test: the board's addresses. */
#include "board_facts.h"

enum { POINTER_KINDS = 24 };		/* places that a pointer may not point at */
enum { FOREIGN_PLACES = 12, FLOOD_CONNECTIONS = 64, FLOOD_INTERRUPTS = 2000 };

typedef bool attempt(uint32_t n);

#define ATTEMPT(function, count, needs, end, open, name) attempt function;
#include "attempts.def"
#undef ATTEMPT

/* Where there are many places, one in ATTACK_STEP is tried. */
#ifndef ATTACK_STEP
#define ATTACK_STEP 16
#endif

/* Of a row that has more runs so many are made, from all parts of it. */
#ifndef ATTACK_RUNS
#define ATTACK_RUNS UINT32_C(4096)
#endif

#define KERNEL_RAM_SIZE (BOARD_SERVICES_RAM_BASE - BOARD_RAM_BASE)
#define EACH(table) (sizeof(table) / sizeof(*(table)))

/* Our own memory: [image, image_end) and [ram, ram_end), from the header in front of our text. */
struct own { uint32_t text, image, image_end, data, ram, ram_end; };
struct own own(void);

/* Does the system say that it isolates? */
bool isolated(void);

/* Touch an address; true if that came back.  What was there is written back where nothing stops it: it shall break only after it was told. */
bool reads(uint32_t address);
bool reads_word(uint32_t address);
bool writes(uint32_t address);
bool calls(uint32_t address);

/* A system call, by number and registers. */
struct answer { int32_t status; uint32_t low, high; };
struct answer call(uint32_t number, const uint32_t argument[6]);

/* The status alone, of one with at most three arguments. */
int32_t status_of(uint32_t number, uint32_t a0, uint32_t a1, uint32_t a2);

/* Start a thread on one of THREAD_STACKS stacks of our own, at multiples of their size; its number or an error. */
enum { THREAD_STACKS = 2, THREAD_STACK_SIZE = 512 };
extern uint8_t (*thread_stack)[THREAD_STACK_SIZE];
int start_thread(uint32_t which, void (*entry)(void *), void *argument, unsigned priority);

/* The same without the library: the entry is the thread's first instruction. */
int start_bare(uint32_t which, void (*entry)(void *), void *argument, unsigned priority);

/* Sleep, in microseconds. */
void pause_usec(uint32_t usec);

#endif
