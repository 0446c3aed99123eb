/* SPDX-License-Identifier: Apache-2.0 */
/* A partition as the PSA Firmware Framework 1.1 describes one: nothing here is of this SDK. */
#include <stdint.h>
#include <string.h>

#include <psa/error.h>
#include <psa/lifecycle.h>
#include <psa/service.h>

#include "psa_manifest/ffm_client.h"
#include "psa_manifest/ffm_server.h"
#include "psa_manifest/pid.h"
#include "psa_manifest/sid.h"

#if FFM_SECRET_VERSION != 2 || FFM_ADD_SID != 0xe002
#error "psa_manifest/sid.h does not say what the manifest says"
#endif

#if FFM_ADD_HANDLE == 0
#error "a stateless service has no handle where it is provided"
#endif

#if FFM_CLIENT_DISPATCHER_SID != 0xe0ff || !FFM_CLIENT_DISPATCHER_SIGNAL
#error "the partitions beside it are not known"
#endif

static struct secret { char text[16]; size_t size; int taken; } secrets[2];

static psa_status_t secret_request(const psa_msg_t *msg)
{
	struct secret *s = msg->rhandle;

	if (msg->type == 1) {
		s->size = psa_read(msg->handle, 0, s->text, sizeof(s->text));
		if (psa_skip(msg->handle, 0, SIZE_MAX) > 0)
			return PSA_ERROR_INVALID_ARGUMENT;
		psa_notify(msg->client_id);
		return PSA_SUCCESS;
	}
	if (msg->out_size[0] < s->size)
		return PSA_ERROR_BUFFER_TOO_SMALL;
	psa_write(msg->handle, 0, s->text, s->size / 2);
	psa_write(msg->handle, 0, s->text + s->size / 2, s->size - s->size / 2);
	return (psa_status_t)s->size;
}

static psa_status_t secret(const psa_msg_t *msg)
{
	struct secret *s = msg->rhandle;

	if (msg->type == PSA_IPC_DISCONNECT) {
		memset(s, 0, sizeof(*s));
		return PSA_SUCCESS;
	}
	if (msg->type != PSA_IPC_CONNECT)
		return secret_request(msg);
	for (s = secrets; s < secrets + 2 && s->taken; s++)
		;
	if (s == secrets + 2)
		return PSA_ERROR_CONNECTION_BUSY;
	s->taken = 1;
	psa_set_rhandle(msg->handle, s);
	return PSA_SUCCESS;
}

static psa_status_t add(const psa_msg_t *msg)
{
	int32_t sum = 0, number;

	for (uint32_t i = 0; i < PSA_MAX_IOVEC; i++)
		while (psa_read(msg->handle, i, &number, sizeof(number)) == sizeof(number))
			sum += number;
	return sum;
}

static void serve(psa_signal_t signal, psa_status_t (*answer)(const psa_msg_t *))
{
	psa_msg_t msg;

	if (psa_get(signal, &msg) == PSA_SUCCESS)
		psa_reply(msg.handle, answer(&msg));
}

void server_entry(void)
{
	if (FFM_SERVER <= 0 || psa_rot_lifecycle_state() != PSA_LIFECYCLE_UNKNOWN)
		psa_panic();
	for (;;) {
		psa_signal_t signals = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);

		if (signals & FFM_SECRET_SIGNAL)
			serve(FFM_SECRET_SIGNAL, secret);
		if (signals & FFM_ADD_SIGNAL)
			serve(FFM_ADD_SIGNAL, add);
	}
}
