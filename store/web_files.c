/* SPDX-License-Identifier: Apache-2.0 */
/* Files as they lie in the folder: packages, and source packages, whose state allows it, the log. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "oci.h"
#include "storeindex.h"
#include "storeweb.h"

/* Why a version's bytes are not given, or NULL. */
static const char *kept_back(const struct call *c, const struct db_version *v, unsigned *status)
{
	if (!storeweb_may_see(c, v)) {
		*status = MHD_HTTP_NOT_FOUND;
		return "there is no such blob";
	}
	if (v->state == LEAF_QUARANTINED) {
		*status = MHD_HTTP_FORBIDDEN;
		return "it is quarantined";
	}
	if (v->state == LEAF_REMOVED) {
		*status = MHD_HTTP_GONE;
		return "it was removed";
	}
	return NULL;
}

enum MHD_Result storeweb_send_blob(struct call *c, const char *digest, const char *type)
{
	struct storeweb *s = store_of(c);
	struct db_version v;
	uint64_t size;
	struct err e;
	unsigned status;

	int rc = s->db->by_package(s->db, digest, &c->arena, &v, &e);
	if (!rc)
		rc = s->db->by_source(s->db, digest, &c->arena, &v, &e);
	if (rc < 0)
		return storeweb_trouble(c, &e);
	const char *why = rc ? kept_back(c, &v, &status) : NULL;
	if (why)
		return call_problem(c, status, status == MHD_HTTP_NOT_FOUND ? "no-such-blob" : leaf_state_name(v.state), why);
	/* What no version is made of lies there by chance: a body that was refused, or was not yet answered. */
	if (!rc && strcmp(digest, oci_empty_digest(&c->arena)))
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-blob", "there is no such blob");
	int fd = s->store->blobs.open(&s->store->blobs, digest, &size, &e);
	if (fd < 0)
		return storeweb_trouble(c, &e);
	return storeweb_send_file(c, fd, size, type, arena_printf(&c->arena, "\"%s\"", digest), rc && storeindex_shows(v.state) ? KEEP_FOR_EVER : rc ? KEEP_NOT : KEEP_ASKING);
}

enum MHD_Result get_blob(struct call *c)
{
	if (!route_is_digest(c->parts.at[0]))
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-blob", "a blob is named by 64 hexadecimal digits");
	return storeweb_send_blob(c, c->parts.at[0], OCI_PACKAGE_TYPE);
}

/* Checkpoint and tiles; what else lies there is the writer's. */
static bool is_public(const char *path)
{
	return !strcmp(path, "checkpoint") || !strncmp(path, "tile/", 5);
}

/* A file below the store's folder, which is asked for again and again. */
static enum MHD_Result send_public(struct call *c, const char *path, const char *type, enum storeweb_keep keep)
{
	struct stat t;

	int fd = open(path_join(&c->arena, store_of(c)->store->folder, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &t) || !S_ISREG(t.st_mode)) {
		if (fd >= 0)
			close(fd);
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-path", "there is nothing of that name");
	}
	const char *tag = arena_printf(&c->arena, "\"%llx-%llx-%llx\"", (unsigned long long)t.st_ino, (unsigned long long)t.st_size,
				       (unsigned long long)t.st_mtim.tv_sec * 1000000000u + (unsigned long long)t.st_mtim.tv_nsec);
	return storeweb_send_file(c, fd, (uint64_t)t.st_size, type, tag, keep);
}

enum MHD_Result get_log(struct call *c)
{
	const char *path = c->parts.at[0];
	bool whole = strcmp(path, "checkpoint") && !strstr(path, ".p/");

	if (!is_public(path))
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-path", "there is nothing of that name");
	return send_public(c, arena_printf(&c->arena, "log/%s", path), strcmp(path, "checkpoint") ? "application/octet-stream" : "text/plain; charset=utf-8", whole ? KEEP_FOR_EVER : KEEP_ASKING);
}

enum MHD_Result get_index(struct call *c)
{
	const char *path = c->parts.at[0];

	return send_public(c, arena_printf(&c->arena, "index/%s", path), strcmp(path, "config.json") ? "application/x-ndjson" : "application/json", KEEP_ASKING);
}
