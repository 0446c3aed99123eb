/* SPDX-License-Identifier: Apache-2.0 */
/* ms api bind: a header's functions as messages, both sides. */
#include "bind.h"
#include "command.h"

static int write(const struct request *r, const struct contract *k, const char *end, struct text t, struct arena *a, struct err *e)
{
	return command_write(r, arena_printf(a, "%s_%s", k->name, end), &t, a, e);
}

int command_bind(const struct request *r, struct arena *a, struct err *e)
{
	bool both = r->client == r->server;
	struct contract k;

	int rc = command_read_whole(r, r->operands[0], a, &k, e);
	if (rc >= 0)
		rc = write(r, &k, "messages.h", bind_messages(&k, a), a, e);
	if (rc >= 0 && (both || r->client))
		rc = write(r, &k, "client.c", bind_client(&k, a), a, e);
	if (rc >= 0 && (both || r->server))
		rc = write(r, &k, "server.h", bind_server_header(&k, a), a, e);
	if (rc >= 0 && (both || r->server))
		rc = write(r, &k, "server.c", bind_server(&k, a), a, e);
	return rc;
}
