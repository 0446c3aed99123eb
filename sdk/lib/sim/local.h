/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Included before every source of a service on the PC.  All threads of services
 * are carried by one thread of the host, so the host's thread-local data would be
 * shared; it is ordinary data instead, which the simulation exchanges (gate.h).
 */
#define _Thread_local __attribute__((section(".ms_tls")))
#define __thread _Thread_local
