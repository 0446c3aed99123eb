/* SPDX-License-Identifier: Apache-2.0 */
/* What the host's processor says in a signal handler. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

uintptr_t machine_pc(const ucontext_t *u);
uintptr_t machine_sp(const ucontext_t *u);

/* Of a fault of memory: was it to fetch an instruction, or to write? */
bool machine_fetched(const ucontext_t *u);
bool machine_wrote(const ucontext_t *u);

/* Is it in a loop without anything in it, which it can never leave? */
bool machine_spins(const ucontext_t *u);

/* Go on with `f`, which does not return, as if called from there. */
void machine_enter(ucontext_t *u, void (*f)(void));

#endif
