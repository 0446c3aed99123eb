/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

#include <errno.h>

#include <SysCall.h>
#include <ms/syscall.h>
#include <psa/client.h>

#include "cancellation.h"
#include "latch.h"

enum { SPARE_MAX = 8, STATUS_MIN = -128 };
#define ASK_AGAIN_NSEC UINT64_C(10000000)

static uint32_t lock;

/* All below it. */
static psa_handle_t first;		/* 0: no session */
static uint32_t epoch_now, epochs, number;	/* number: of the session, the service's */
static psa_handle_t spare[SPARE_MAX];	/* connections for waiting that nobody waits on; 0: none */

static int exchange_by(psa_handle_t handle, enum ms_network_call call, struct exchange *x)
{
	psa_invec in[] = { { &x->in, sizeof(x->in) }, { x->data, x->size } };
	psa_outvec out[] = { { &x->out, sizeof(x->out) }, { x->room, x->room_size } };

	return psa_call(handle, call, in, x->size ? 2 : 1, out, x->room_size ? 2 : 1);
}

static void say_once(void)
{
	static uint32_t said;

	if (!__atomic_exchange_n(&said, 1, __ATOMIC_RELAXED))
		LOG_ERROR("no network: the product grants no 'network' (sid 0x%08lx) to this service", (unsigned long)MS_NETWORK_SID);
}

/* A connection that begins a session, or joins one. */
static int connect_to(uint32_t session, psa_handle_t *handle, uint32_t *got)
{
	struct exchange x = { .in.argument = session };
	psa_handle_t h = psa_connect(MS_NETWORK_SID, MS_NETWORK_VERSION);

	if (!PSA_HANDLE_IS_VALID(h))
		return h == PSA_ERROR_CONNECTION_BUSY ? -ENOBUFS : -ENETDOWN;
	int rc = exchange_by(h, MS_NETWORK_OPEN, &x);

	if (rc < 0) {
		psa_close(h);
		return -ENETDOWN;
	}
	*handle = h;
	*got = x.out.value;
	return 0;
}

/* All connections of the session go. */
static void end_session(void)
{
	psa_close(first);
	for (unsigned i = 0; i < SPARE_MAX; i++) {
		psa_close(spare[i]);
		spare[i] = PSA_NULL_HANDLE;
	}
	first = PSA_NULL_HANDLE;
	epoch_now = 0;
}

static int begin_session(void)
{
	if (first)
		return 0;
	if (psa_version(MS_NETWORK_SID) != MS_NETWORK_VERSION) {
		say_once();
		return -ENETDOWN;
	}
	int rc = connect_to(0, &first, &number);

	if (rc == 0) {
		if (++epochs == 0)
			epochs = 1;
		epoch_now = epochs;
	}
	return rc;
}

/* A service that has died, or does not know us any more, has none of our sockets, either. */
static bool lost(int status)
{
	return status == PSA_ERROR_COMMUNICATION_FAILURE || status == -ENETRESET;
}

static int outcome(int status)
{
	if (lost(status))
		return -ECONNRESET;
	return status >= STATUS_MIN ? status : -ENETDOWN;
}

static int locked_call(enum ms_network_call call, uint32_t *epoch, struct exchange *x)
{
	int status = *epoch ? 0 : begin_session();

	if (status < 0)
		return status;
	if (*epoch && *epoch != epoch_now)
		return -ECONNRESET;
	*epoch = epoch_now;
	status = exchange_by(first, call, x);
	if (lost(status))
		end_session();
	return outcome(status);
}

int ms_session_call(enum ms_network_call call, uint32_t *epoch, struct exchange *x)
{
	ms_latch_take(&lock);
	int rc = locked_call(call, epoch, x);

	ms_latch_give(&lock);
	return rc;
}

/* A connection to wait on; PSA_NULL_HANDLE when there are no more. */
static psa_handle_t take_spare(uint32_t epoch)
{
	psa_handle_t h = PSA_NULL_HANDLE;
	uint32_t got;

	ms_latch_take(&lock);
	for (unsigned i = 0; epoch == epoch_now && !h && i < SPARE_MAX; i++) {
		h = spare[i];
		spare[i] = PSA_NULL_HANDLE;
	}
	if (epoch == epoch_now && !h)
		connect_to(number, &h, &got);
	ms_latch_give(&lock);
	return h;
}

static void give_back(uint32_t epoch, psa_handle_t h)
{
	ms_latch_take(&lock);
	for (unsigned i = 0; epoch == epoch_now && h && i < SPARE_MAX; i++)
		if (!spare[i]) {
			spare[i] = h;
			h = PSA_NULL_HANDLE;
		}
	ms_latch_give(&lock);
	psa_close(h);
}

static int wait_by_asking(uint32_t epoch, struct exchange *x)
{
	uint64_t deadline_nsec = x->in.deadline_nsec;
	int rc;

	x->in.deadline_nsec = 0;
	while ((rc = ms_session_call(MS_NETWORK_WAIT, &epoch, x)) == 0 && ms_clock() < deadline_nsec) {
		uint64_t next = ms_clock() + ASK_AGAIN_NSEC;

		ms_sleep_until(next < deadline_nsec ? next : deadline_nsec);
	}
	return rc;
}

static int wait_until(uint32_t epoch, const struct ms_network_event *wanted, struct ms_network_event *ready, size_t count, uint64_t deadline_nsec)
{
	struct exchange x = { .in.deadline_nsec = deadline_nsec, .data = wanted, .size = count * sizeof(*wanted),
			      .room = ready, .room_size = count * sizeof(*ready) };
	bool now = deadline_nsec <= ms_clock();
	psa_handle_t h = now ? PSA_NULL_HANDLE : take_spare(epoch);

	if (!h)
		return wait_by_asking(epoch, &x);
	int status = exchange_by(h, MS_NETWORK_WAIT, &x);

	if (lost(status)) {
		psa_close(h);
		ms_latch_take(&lock);
		if (epoch == epoch_now)
			end_session();
		ms_latch_give(&lock);
	} else {
		give_back(epoch, h);
	}
	return outcome(status);
}

/* First without a wait: what is ready is told before a signal is looked for. */
int ms_session_wait(uint32_t epoch, const struct ms_network_event *wanted, struct ms_network_event *ready, size_t count, uint64_t deadline_nsec, bool restarts)
{
	uint64_t until = interruption_hook ? 0 : deadline_nsec;

	for (;;) {
		int rc = wait_until(epoch, wanted, ready, count, until);

		if (rc || until == deadline_nsec)
			return rc;
		if (ms_interrupted(restarts))
			return -EINTR;
		until = ms_next_look(deadline_nsec);
	}
}

uint32_t ms_session_epoch(void)
{
	ms_latch_take(&lock);
	uint32_t epoch = epoch_now;

	ms_latch_give(&lock);
	return epoch;
}
