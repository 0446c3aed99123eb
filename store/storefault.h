/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places at which a store may be killed, for tests: with MS_STORE_FAULT=N the program ends at the N-th place that it passes, as
 * by SIGKILL.  Without that variable a place costs one look at a number.
 */
#ifndef STOREFAULT_H
#define STOREFAULT_H

void storefault(const char *where);

#endif
