/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places at which a store may be killed, for tests: with MS_STORE_FAULT=N the program ends at the N-th place that it passes, as
 * by SIGKILL.  In the tests' program alone (STORE_FAULTS, ninja/check.ninja): what users get has no such places.
 */
#ifndef STOREFAULT_H
#define STOREFAULT_H

#ifdef STORE_FAULTS
void storefault(const char *where);
#else
static inline void storefault(const char *where)
{
	(void)where;
}
#endif

#endif
