/* SPDX-License-Identifier: Apache-2.0 */
#include <ms/psa.h>

#include "psa_trap.h"

enum { TYPE_NONE = 0x8000, COUNT_MAX = 0xff };		/* what no call may have: the runtime refuses it */

uint32_t psa_framework_version(void)
{
	return PSA_FRAMEWORK_VERSION;
}

uint32_t psa_version(uint32_t sid)
{
	return (uint32_t)trap4(MS_SYS_psa_version, sid, 0, 0, 0).value;
}

int ms_psa_connect(uint32_t sid, uint32_t version, uint64_t deadline_nsec, psa_handle_t *handle)
{
	struct trap_result r = trap4(MS_SYS_psa_connect, sid, version, LOW(deadline_nsec), HIGH(deadline_nsec));

	if (r.status >= 0)
		*handle = (psa_handle_t)r.value;
	return r.status;
}

psa_handle_t psa_connect(uint32_t sid, uint32_t version)
{
	psa_handle_t handle = PSA_ERROR_CONNECTION_BUSY;

	ms_psa_connect(sid, version, MS_FOREVER, &handle);
	return handle;
}

/* Type and counts in one word, so that what is out of range stays so. */
static inline uint32_t control(int32_t type, size_t inputs, size_t outputs)
{
	uint32_t t = type < PSA_CALL_TYPE_MIN || type > PSA_CALL_TYPE_MAX ? TYPE_NONE : (uint32_t)type;
	uint32_t in = inputs < COUNT_MAX ? (uint32_t)inputs : COUNT_MAX;
	uint32_t out = outputs < COUNT_MAX ? (uint32_t)outputs : COUNT_MAX;

	return t | in << 16 | out << 24;
}

static inline struct trap_result call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
				      psa_outvec *out_vec, size_t out_len, uint64_t deadline_nsec)
{
	return trap(MS_SYS_psa_call, (uintptr_t)handle, control(type, in_len, out_len), ADDRESS(in_vec), ADDRESS(out_vec),
		    LOW(deadline_nsec), HIGH(deadline_nsec));
}

int ms_psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
		psa_outvec *out_vec, size_t out_len, uint64_t deadline_nsec, psa_status_t *status)
{
	struct trap_result r = call(handle, type, in_vec, in_len, out_vec, out_len, deadline_nsec);

	if (r.status >= 0)
		*status = (psa_status_t)r.value;
	return r.status;
}

psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
		      psa_outvec *out_vec, size_t out_len)
{
	struct trap_result r = call(handle, type, in_vec, in_len, out_vec, out_len, MS_FOREVER);

	return r.status < 0 ? PSA_ERROR_BAD_STATE : (psa_status_t)r.value;
}

int ms_psa_close(psa_handle_t handle, uint64_t deadline_nsec)
{
	return trap4(MS_SYS_psa_close, (uintptr_t)handle, 0, LOW(deadline_nsec), HIGH(deadline_nsec)).status;
}

void psa_close(psa_handle_t handle)
{
	ms_psa_close(handle, MS_FOREVER);
}
