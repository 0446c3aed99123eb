/* SPDX-License-Identifier: Apache-2.0 */
#include <ms/psa.h>

#include <psa/lifecycle.h>

#include "psa_trap.h"

static struct trap_result wait(psa_signal_t mask, uint32_t timeout, uint64_t deadline_nsec)
{
	return trap4(MS_SYS_psa_wait, mask, timeout, LOW(deadline_nsec), HIGH(deadline_nsec));
}

psa_signal_t psa_wait(psa_signal_t signal_mask, uint32_t timeout)
{
	return (psa_signal_t)wait(signal_mask, timeout, MS_FOREVER).value;
}

int ms_psa_wait(psa_signal_t signal_mask, uint64_t deadline_nsec, psa_signal_t *signals)
{
	struct trap_result r = wait(signal_mask, PSA_BLOCK, deadline_nsec);

	if (r.status >= 0)
		*signals = (psa_signal_t)r.value;
	return r.status;
}

psa_status_t psa_get(psa_signal_t signal, psa_msg_t *msg)
{
	return (psa_status_t)trap4(MS_SYS_psa_get, signal, ADDRESS(msg), 0, 0).value;
}

int ms_psa_next(psa_handle_t reply_to, psa_status_t status, psa_signal_t signal_mask, uint64_t deadline_nsec,
		psa_msg_t *msg, psa_signal_t *signals)
{
	struct trap_result r;

	msg->handle = PSA_NULL_HANDLE;
	r = trap(MS_SYS_psa_next, (uintptr_t)reply_to, (uintptr_t)status, signal_mask, ADDRESS(msg), LOW(deadline_nsec), HIGH(deadline_nsec));
	if (r.status >= 0)
		*signals = (psa_signal_t)r.value;
	return r.status;
}

void psa_set_rhandle(psa_handle_t msg_handle, void *rhandle)
{
	trap4(MS_SYS_psa_set_rhandle, (uintptr_t)msg_handle, ADDRESS(rhandle), 0, 0);
}

size_t psa_read(psa_handle_t msg_handle, uint32_t invec_idx, void *buffer, size_t num_bytes)
{
	return (size_t)trap4(MS_SYS_psa_read, (uintptr_t)msg_handle, invec_idx, ADDRESS(buffer), num_bytes).value;
}

size_t psa_skip(psa_handle_t msg_handle, uint32_t invec_idx, size_t num_bytes)
{
	return (size_t)trap4(MS_SYS_psa_skip, (uintptr_t)msg_handle, invec_idx, num_bytes, 0).value;
}

void psa_write(psa_handle_t msg_handle, uint32_t outvec_idx, const void *buffer, size_t num_bytes)
{
	trap4(MS_SYS_psa_write, (uintptr_t)msg_handle, outvec_idx, ADDRESS(buffer), num_bytes);
}

void psa_reply(psa_handle_t msg_handle, psa_status_t status)
{
	trap4(MS_SYS_psa_reply, (uintptr_t)msg_handle, (uintptr_t)status, 0, 0);
}

void psa_notify(int32_t partition_id)
{
	trap4(MS_SYS_psa_notify, (uintptr_t)partition_id, 0, 0, 0);
}

void psa_clear(void)
{
	trap4(MS_SYS_psa_clear, 0, 0, 0, 0);
}

_Noreturn void psa_panic(void)
{
	trap4(MS_SYS_psa_panic, 0, 0, 0, 0);
	__builtin_unreachable();
}

uint32_t psa_rot_lifecycle_state(void)
{
	return PSA_LIFECYCLE_UNKNOWN;
}
