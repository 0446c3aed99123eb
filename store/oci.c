/* SPDX-License-Identifier: Apache-2.0 */
#include "oci.h"

#include <inttypes.h>
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
