/* SPDX-License-Identifier: Apache-2.0 */
/* Services that talk, for tests of messages: who calls whom, and the calls of whoever runs, in few words. */
#ifndef TALK_H
#define TALK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "capacity.h"
#include "event.h"
#include "fake_port.h"
#include "message.h"
#include "services.h"

#define MSEC UINT64_C(1000000)
#define NEVER MS_FOREVER

/* Services 1 to TALKERS; c and d are called by a and b, f by those too (docs/formats.md 5.4). */
enum {
	TALKERS = 5,
	SID_OPEN = 0x1000, SID_STRICT, SID_STATELESS, SID_OTHER, SID_BACK,	/* endpoints 0..4 */
	SIGNAL_OPEN = 1 << 4, SIGNAL_STRICT = 1 << 5, SIGNAL_STATELESS = 1 << 6, SIGNAL_OTHER = 1 << 4, SIGNAL_BACK = 1 << 31,
	HANDLE_STATELESS = 0x40000000 | 3 << 8 | 2,	/* version 3, local index 2 */
};

extern struct test_service talker[TALKERS];

/*
 * Power on: `server` (2) provides endpoints 0 (connections, relaxed, version 2), 1 (connections, strict, version 2),
 * 2 (stateless, relaxed, version 3); `other` (4) provides 3; `back` (1) provides 4 to all others.  1, 3 and 4 may call
 * 0 to 2, local index as number; 1 and 2 may call 3; 5 may call none.  All run at their priority, in the order of the array.
 */
void talk_begin(const uint8_t priority[TALKERS]);

/* The same, and the two that provide to others, 2 and 4, wait for whatever comes. */
void talk_ready(const uint8_t priority[TALKERS]);

/* Id of the service that runs; 0: none. */
uint32_t running(void);
struct service *service_at(uint32_t id);

/* The result of the last call of a thread. */
int32_t status(const struct thread *t);
uint64_t value(const struct thread *t);
uint32_t results(const struct thread *t);

/* Addresses in the RAM and image of who runs. */
uintptr_t at(size_t offset);
uintptr_t image_at(size_t offset);

/* Calls of who runs.  Each returns its thread. */
struct thread *version(uint32_t sid);
struct thread *do_connect(uint32_t sid, uint32_t v, uint64_t deadline);
struct thread *call(int64_t handle, uint32_t type, uint32_t inputs, uintptr_t in, uint32_t outputs, uintptr_t out, uint64_t deadline);
struct thread *request(int64_t handle);	/* without vectors, type 0, without deadline */
struct thread *do_close(int64_t handle, uint64_t deadline);
struct thread *wait_for(uint32_t mask, uint32_t mode, uint64_t deadline);
struct thread *get(uint32_t signal);	/* into MESSAGE_AT of its RAM */
struct thread *read_vector(int64_t handle, uint32_t index, uintptr_t to, size_t size);
struct thread *skip_vector(int64_t handle, uint32_t index, size_t size);
struct thread *write_vector(int64_t handle, uint32_t index, uintptr_t from, size_t size);
struct thread *reply(int64_t handle, int32_t status);
struct thread *next(int64_t handle, int32_t status, uint32_t mask, uint64_t deadline);	/* into MESSAGE_AT of its RAM */
struct thread *set_rhandle(int64_t handle, uintptr_t value);
struct thread *notify(uint32_t id);
struct thread *clear(void);
struct thread *new_thread(uint8_t priority);	/* of who runs; the thread that it runs on is returned as well */

enum { MESSAGE_AT = 2048 };
psa_msg_t taken(uint32_t id);		/* what `get` or `next` wrote in that service's RAM */

/* Service `id` runs and takes its next message of this signal. */
psa_msg_t server_gets(uint32_t id, uint32_t signal);

/* A connection of who runs to one of the endpoints of 2, which waits again. */
psa_handle_t connected(uint32_t sid, uint32_t signal);

/* Put an array of vectors into the RAM of who runs. */
uintptr_t vectors(size_t offset, unsigned count, ...);	/* base, size, ... */

/* Has the newest event this service and the cause "protocol"? */
bool breached(uint32_t id);
unsigned breaches(void);

/* Everything that must be true of core between two calls; fails the test otherwise. */
void talk_check(void);

/* No connection is open, no message on its way. */
void talk_check_quiet(void);

#endif
