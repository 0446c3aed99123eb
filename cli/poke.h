/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Registers of an emulated processor, written from outside: what a debugger's port cannot do while a service runs or the
 * processor sleeps.  It is the protocol by which QEMU's own tests drive it (option -qtest).
 */
#ifndef POKE_H
#define POKE_H

#include <stdint.h>

#include "err.h"

/* Connect to that port of an emulator on this computer that listens: a descriptor, or -MS_ETOOL. */
int poke_open(uint16_t port, struct err *e);

/*
 * Write a word where the (first) processor sees it, as privileged code does, and not secure one: a processor with TrustZone
 * does not hear of it.  It may sleep, or stand still.
 */
int poke_word(int fd, uint32_t address, uint32_t value, struct err *e);

#endif
