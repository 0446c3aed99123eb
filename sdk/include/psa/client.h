/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a client may do (PSA Firmware Framework 1.1, Arm DEN 0063 and AES 0039, "Client API").
 *
 * Which services there are for it, and whether by connections or stateless, stands in the generated
 * psa_manifest/sid.h.  Each function may be called from any thread.  Those that talk to a service wait for
 * it as long as it takes; <ms/psa.h> has them with a deadline.
 *
 * A "programmer error" stops the calling service: a fault record with the cause "protocol" is kept,
 * and the product's restart policy decides what comes then.  The function does not return.
 */
#ifndef PSA_CLIENT_H
#define PSA_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_FRAMEWORK_VERSION (0x0101u)		/* major << 8 | minor */
#define PSA_VERSION_NONE (0u)

typedef int32_t psa_handle_t;

#define PSA_NULL_HANDLE ((psa_handle_t)0)
#define PSA_HANDLE_IS_VALID(handle) ((psa_handle_t)(handle) > 0)
#define PSA_HANDLE_TO_ERROR(handle) ((psa_status_t)(handle))

#define PSA_MAX_IOVEC (4u)		/* inputs and outputs of a call together */

#define PSA_IPC_CALL (0)		/* the type of a request that needs no types */
#define PSA_CALL_TYPE_MIN (0)
#define PSA_CALL_TYPE_MAX (INT16_MAX)

/* Memory of the client that the service reads. */
typedef struct psa_invec {
	const void *base;
	size_t len;			/* bytes */
} psa_invec;

/* Memory of the client that the service writes. */
typedef struct psa_outvec {
	void *base;
	size_t len;			/* bytes it has room for; when the call returns, bytes that were written */
} psa_outvec;

/* The version of the framework that this device has: PSA_FRAMEWORK_VERSION. */
uint32_t psa_framework_version(void);

/* The version of a service, or PSA_VERSION_NONE when there is none of this number or the caller may not reach it. */
uint32_t psa_version(uint32_t sid);

/*
 * Connect to a service.  Returns a handle > 0 that is the caller's until psa_close, or
 * PSA_ERROR_CONNECTION_REFUSED: the service will not have it, or has ended for good.
 * PSA_ERROR_CONNECTION_BUSY: not now; the service says so, or the caller has its share of all
 * connections, or the service waits, directly or by others, for the caller.
 * PSA_ERROR_COMMUNICATION_FAILURE: the service died meanwhile.
 * Programmer error: no such service for the caller, a stateless one, or a version that its policy does not allow.
 */
psa_handle_t psa_connect(uint32_t sid, uint32_t version);

/*
 * Call a service and wait for its answer, by a connection or by the fixed handle of a stateless one.  `type`
 * (0 to PSA_CALL_TYPE_MAX) is the service's to give a meaning.  The vectors and what they point to stay the caller's.
 * Returns the service's status, or
 * PSA_ERROR_COMMUNICATION_FAILURE: the service died, now or since the connection was made: close it.
 * PSA_ERROR_CONNECTION_BUSY (stateless): the caller has its share of all calls.
 * PSA_ERROR_BAD_STATE: the service waits, directly or by others, for the caller.
 * Programmer error: a handle that is not the caller's or on which another thread's call is on its way, a
 * type out of range, more than PSA_MAX_IOVEC vectors, memory that is not the caller's own, inputs that overlap each
 * other, a version that the stateless service does not allow; or the service said that the request was one.
 */
psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
		      psa_outvec *out_vec, size_t out_len);

/*
 * Close a connection; the handle is none from now on.  Waits until the service has taken note of it.
 * PSA_NULL_HANDLE does nothing.  Programmer error: any other handle that is not a connection of the caller,
 * or on which another thread's call is on its way.
 */
void psa_close(psa_handle_t handle);

#ifdef __cplusplus
}
#endif

#endif
