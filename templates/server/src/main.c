/* SPDX-License-Identifier: Apache-2.0 */
/* A service that others call: it waits for messages and answers them, for ever. */
#include <stdio.h>

#include <psa/service.h>

#include "psa_manifest/hello.h"

#include "greeter.h"

static psa_status_t greet(const psa_msg_t *m)
{
	char name[GREETER_NAME_MAX + 1], text[sizeof(name) + 8];

	if (m->in_size[0] > GREETER_NAME_MAX)
		return PSA_ERROR_INVALID_ARGUMENT;
	name[psa_read(m->handle, 0, name, GREETER_NAME_MAX)] = '\0';

	size_t size = (size_t)snprintf(text, sizeof(text), "Hello, %s", name);

	if (size > m->out_size[0])
		return PSA_ERROR_BUFFER_TOO_SMALL;
	psa_write(m->handle, 0, text, size);
	return PSA_SUCCESS;
}

/* Nothing is believed of a message but what the runtime says: its client may be anybody whom the product lets in. */
static psa_status_t answer(const psa_msg_t *m)
{
	switch (m->type) {
	case PSA_IPC_CONNECT:
	case PSA_IPC_DISCONNECT:
		return PSA_SUCCESS;
	case GREETER_GREET:
		return greet(m);
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

int main(void)
{
	psa_msg_t m;

	for (;;)
		if (psa_wait(GREETER_SIGNAL, PSA_BLOCK) && psa_get(GREETER_SIGNAL, &m) == PSA_SUCCESS)
			psa_reply(m.handle, answer(&m));
}
