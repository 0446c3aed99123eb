/* SPDX-License-Identifier: Apache-2.0 */
#include "remote_files.h"

static int read_there(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	struct client_request r = { .path = path, .limit = limit };
	struct client_answer answer;

	int rc = client_ask(context, &r, a, &answer, e);
	if (rc < 0)
		return rc;
	if (answer.status != 200)
		return err_set(e, ERR_STORE_ANSWER, "'%s/%s' is answered with status %u, and with no file", client_url(context), path, answer.status);
	*content = answer.body;
	return MS_OK;
}

struct storefiles remote_files(struct client *c)
{
	return (struct storefiles){ .read = read_there, .context = c, .name = client_url(c) };
}
