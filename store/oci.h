/* SPDX-License-Identifier: Apache-2.0 */
/* Versions as OCI artifacts: an image manifest, which follows from the log's entry alone, whose one layer is the package. */
#ifndef OCI_H
#define OCI_H

#include "leaf.h"

#define OCI_MANIFEST_TYPE "application/vnd.oci.image.manifest.v1+json"
#define OCI_PACKAGE_TYPE "application/vnd.microservice-sdk.package.v1+tar"
#define OCI_EMPTY "{}"	/* its config, of which there is nothing to say */

/* The manifest of a version; *digest gets its SHA-256 in hexadecimal digits. */
struct bytes oci_manifest(const struct leaf *publish, struct arena *a, const char **digest);

/* How many bytes it has: of such a version, whatever the hashes. */
size_t oci_manifest_size(const char *publisher, const char *name, const char *version, uint64_t size);

/* A version as a tag, which knows no '+': "1.0.0_7"; and back. */
const char *oci_tag(const char *version, struct arena *a);
const char *oci_version(const char *tag, struct arena *a);

/* The SHA-256 of OCI_EMPTY. */
const char *oci_empty_digest(struct arena *a);

#endif
