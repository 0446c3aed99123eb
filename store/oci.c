/* SPDX-License-Identifier: Apache-2.0 */
#include "oci.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "release.h"

const char *oci_empty_digest(struct arena *a)
{
	return release_sha256(BYTES_LITERAL(OCI_EMPTY), a);
}

struct bytes oci_manifest(const struct leaf *publish, struct arena *a, const char **digest)
{
	const char *publisher = arena_string(a, publish->publisher), *name = arena_string(a, publish->name), *version = arena_string(a, publish->version);
	struct text t = { 0 };

	text_add(&t, a, "{\"schemaVersion\":2,\"mediaType\":\"" OCI_MANIFEST_TYPE "\",\"artifactType\":\"" OCI_PACKAGE_TYPE "\","
			"\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:%s\",\"size\":%zu},", oci_empty_digest(a), strlen(OCI_EMPTY));
	text_add(&t, a, "\"layers\":[{\"mediaType\":\"" OCI_PACKAGE_TYPE "\",\"digest\":\"sha256:%s\",\"size\":%" PRIu64 ","
			"\"annotations\":{\"org.opencontainers.image.title\":\"%s-%s.msp\"}}],", release_hex(publish->package.at, 32, a), publish->size, name, version);
	text_add(&t, a, "\"annotations\":{\"org.opencontainers.image.vendor\":\"%s\",\"org.opencontainers.image.title\":\"%s\",\"org.opencontainers.image.version\":\"%s\"}}",
		 publisher, name, version);
	struct bytes manifest = { (uint8_t *)t.at, t.size };
	*digest = release_sha256(manifest, a);
	return manifest;
}

/* All else in it is as long in one as in another, and is measured once. */
static size_t rest_of_size(void)
{
	static const uint8_t hash[32];
	const struct leaf none = { .package = BYTES_OF(hash) };
	struct arena a = { 0 };
	const char *digest;
	size_t size = oci_manifest(&none, &a, &digest).size - strlen("0");

	arena_done(&a);
	return size;
}

size_t oci_manifest_size(const char *publisher, const char *name, const char *version, uint64_t size)
{
	static size_t rest;

	if (!rest)
		rest = rest_of_size();
	return rest + strlen(publisher) + 2 * strlen(name) + 2 * strlen(version) + (size_t)snprintf(NULL, 0, "%" PRIu64, size);
}

static const char *exchanged(const char *text, char from, char to, struct arena *a)
{
	char *copy = arena_printf(a, "%s", text);

	for (char *at = copy; (at = strchr(at, from)); )
		*at++ = to;
	return copy;
}

const char *oci_tag(const char *version, struct arena *a)
{
	return exchanged(version, '+', '_', a);
}

const char *oci_version(const char *tag, struct arena *a)
{
	return exchanged(tag, '_', '+', a);
}
