/* SPDX-License-Identifier: Apache-2.0 */
/* ms api bind: a header's functions as messages, both sides. */
#include "bind.h"

#include <string.h>

#include "canon.h"
#include "command.h"
#include "file.h"

enum { COPY_SIZE_MAX = 16 << 20 };

/* A header of somebody else's, for who includes it from the folder of what we write. */
static int copy(const struct request *r, const char *path, const char *name, struct arena *a, struct err *e)
{
	struct bytes content;
	struct text t = { 0 };

	int rc = file_read(path, COPY_SIZE_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	text_add_bytes(&t, a, content);
	return command_write(r, name, &t, a, e);
}

/* With those of its own folder that it includes. */
int command_copy_headers(const struct request *r, const struct contract *k, struct arena *a, struct err *e)
{
	const char *folder = arena_printf(a, "%s/", path_folder(a, k->header->path));
	int rc = copy(r, k->header->path, k->file, a, e);

	for (size_t i = 0; rc >= 0 && i < k->header->files.count; i++) {
		const char *path = k->header->files.at[i];

		if (!strncmp(path, folder, strlen(folder)) && !strstr(path + strlen(folder), ".."))
			rc = copy(r, path, path + strlen(folder), a, e);
	}
	return rc;
}

int command_bind(const struct request *r, struct arena *a, struct err *e)
{
	bool both = r->client == r->server;
	struct contract k;

	int rc = command_read_whole(r, r->operands[0], a, &k, e);
	if (rc >= 0 && r->copy)
		rc = command_copy_headers(r, &k, a, e);
	if (rc >= 0)
		rc = command_write_part(r, &k, "_messages.h", bind_messages(&k, a), a, e);
	if (rc >= 0 && (both || r->client))
		rc = command_write_part(r, &k, "_client.c", bind_client(&k, a), a, e);
	if (rc >= 0 && r->mock)
		rc = command_write_doubles(r, &k, a, e);
	if (rc >= 0 && (both || r->server))
		rc = command_write_part(r, &k, "_server.h", bind_server_header(&k, a), a, e);
	if (rc >= 0 && (both || r->server))
		rc = command_write_part(r, &k, "_server.c", bind_server(&k, a), a, e);
	if (rc < 0)
		return rc;
	struct text fingerprint = { 0 };

	text_add(&fingerprint, a, "%s\n", canon_fingerprint(&k, a));
	out_field("fingerprint", json_string(canon_fingerprint(&k, a)));
	return r->copy || r->depfile ? command_write_part(r, &k, ".fingerprint", fingerprint, a, e) : MS_OK;
}
