/* SPDX-License-Identifier: Apache-2.0 */
/* The store as an OCI registry, to be read: what skopeo and others copy from. */
#include <stdlib.h>
#include <string.h>

#include "oci.h"
#include "storeindex.h"
#include "storeweb.h"

/* Errors as that specification has them. */
static enum MHD_Result unknown(struct call *c, const char *code, const char *message)
{
	return call_json(c, MHD_HTTP_NOT_FOUND, json_pack("{s:[{s:s, s:s}]}", "errors", "code", code, "message", message));
}

static const char *digest_in(const char *reference)
{
	return !strncmp(reference, "sha256:", 7) && route_is_digest(reference + 7) ? reference + 7 : NULL;
}

enum MHD_Result get_oci(struct call *c)
{
	return call_json(c, MHD_HTTP_OK, json_object());
}

enum MHD_Result get_oci_tags(struct call *c)
{
	struct db *d = store_of(c)->db;
	struct list versions = { 0 };
	json_t *tags;
	struct err e;

	if (d->versions(d, c->parts.at[0], c->parts.at[1], &c->arena, &versions, &e) < 0)
		return storeweb_trouble(c, &e);
	tags = json_array();
	for (size_t i = 0; i < versions.count; i++) {
		const struct db_version *v = versions.at[i];

		if (storeindex_offers(v->state))
			json_array_append_new(tags, json_string(oci_tag(v->version, &c->arena)));
	}
	if (json_array_size(tags))
		return call_json(c, MHD_HTTP_OK, json_pack("{s:s, s:o}", "name", arena_printf(&c->arena, "%s/%s", c->parts.at[0], c->parts.at[1]), "tags", tags));
	json_decref(tags);
	return unknown(c, "NAME_UNKNOWN", "there is no such service");
}

static int find(struct call *c, struct db_version *v, struct err *e)
{
	const char *reference = c->parts.at[2], *digest = digest_in(reference);
	struct db *d = store_of(c)->db;

	if (!digest)
		return d->version(d, c->parts.at[0], c->parts.at[1], oci_version(reference, &c->arena), &c->arena, v, e);
	int rc = d->by_oci(d, digest, &c->arena, v, e);
	return rc == 1 && (strcmp(v->publisher, c->parts.at[0]) || strcmp(v->name, c->parts.at[1])) ? 0 : rc;
}

enum MHD_Result get_oci_manifest(struct call *c)
{
	struct storeweb *s = store_of(c);
	struct bytes content;
	struct db_version v;
	const char *digest;
	struct leaf l;
	struct err e;

	int rc = find(c, &v, &e);
	if (rc < 0)
		return storeweb_trouble(c, &e);
	if (!rc || !storeindex_offers(v.state))
		return unknown(c, "MANIFEST_UNKNOWN", "there is no such version");
	rc = store_leaf(s->store, v.index, &c->arena, &l, &e);
	if (rc < 0)
		return storeweb_trouble(c, &e);
	content = oci_manifest(&l, &c->arena, &digest);
	struct MHD_Response *r = MHD_create_response_from_buffer(content.size, (void *)content.at, MHD_RESPMEM_MUST_COPY);
	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, OCI_MANIFEST_TYPE);
	MHD_add_response_header(r, "Docker-Content-Digest", arena_printf(&c->arena, "sha256:%s", digest));
	MHD_add_response_header(r, MHD_HTTP_HEADER_ETAG, arena_printf(&c->arena, "\"%s\"", digest));
	return call_send(c, MHD_HTTP_OK, r);
}

enum MHD_Result get_oci_blob(struct call *c)
{
	const char *digest = digest_in(c->parts.at[2]);

	if (!digest)
		return unknown(c, "BLOB_UNKNOWN", "a blob is named by sha256: and 64 hexadecimal digits");
	return storeweb_send_blob(c, digest, "application/octet-stream");
}
