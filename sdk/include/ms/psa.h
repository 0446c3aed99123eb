/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of <psa/client.h> and <psa/service.h> that wait, with a deadline: nanoseconds of ms_clock(),
 * or MS_FOREVER.  They return the runtime's status, MS_OK or negative -MS_E..., and
 * through a pointer what the PSA function would return; it is untouched on failure.  The programmer errors are the same.
 *
 * -MS_ETIMEDOUT: the deadline has passed.  A service that holds the message then cannot read or write the caller's
 * memory any more.  -MS_EDEADLK: the service waits, directly or by others, for the caller.
 */
#ifndef MS_PSA_H
#define MS_PSA_H

#include <psa/service.h>

#include <ms/abi/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* psa_connect.  After -MS_ETIMEDOUT there is no connection. */
int ms_psa_connect(uint32_t sid, uint32_t version, uint64_t deadline_nsec, psa_handle_t *handle);

/* psa_call.  After -MS_ETIMEDOUT the connection is still there; a next call waits until the service has replied to this one. */
int ms_psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
		psa_outvec *out_vec, size_t out_len, uint64_t deadline_nsec, psa_status_t *status);

/* psa_close.  Whatever it returns, the handle is none any more. */
int ms_psa_close(psa_handle_t handle, uint64_t deadline_nsec);

/* psa_wait with PSA_BLOCK. */
int ms_psa_wait(psa_signal_t signal_mask, uint64_t deadline_nsec, psa_signal_t *signals);

/*
 * What the loop of a server does with each message, by one call of the kernel in place of three: psa_reply to `reply_to` with `status`
 * (PSA_NULL_HANDLE: no reply), then psa_wait for `signal_mask` with PSA_BLOCK, then psa_get into *msg.  *signals are those of the mask that
 * were set; the message is of the lowest of them that belongs to a service (its signal is clear already if no other message waits).
 * `msg->handle` is PSA_NULL_HANDLE when no message was got: only others were set, or none (0), as the message had left.
 * *msg lies in the service's own memory, not in a shared block.  After -MS_ETIMEDOUT the reply has been given.
 */
int ms_psa_next(psa_handle_t reply_to, psa_status_t status, psa_signal_t signal_mask, uint64_t deadline_nsec,
		psa_msg_t *msg, psa_signal_t *signals);

#ifdef __cplusplus
}
#endif

#endif
