/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A release of a product: what goes into a device, told to those who have to trust it.  The same facts give the same bytes.
 */
#ifndef RELEASE_H
#define RELEASE_H

#include <jansson.h>

#include "device.h"
#include "product.h"

struct release_service {
	const struct device_service *device;
	const struct product_service *product;
	struct bytes sbom;		/* of its package, found good */
	uint8_t target;			/* what of the package is in the device */
	const uint8_t *package_sha256;
	uint32_t parameters;		/* where in its image the room for them is; 0: nowhere */
	const uint8_t *source_sha256;	/* of the source package that it was built from here; NULL: none */
};

struct release {
	const struct product *product;
	const struct device *device;	/* built */
	const struct release_service *services;	/* as many as the device has, in the product's order */
	struct bytes flash;
	const char *sdk_version, *mbedtls_version;	/* its verifier of signatures is part of the runtime */
	uint64_t epoch;			/* SOURCE_DATE_EPOCH, or 0 */
	const struct key_public *integrator;
};

/* Bills of materials of the whole: CycloneDX 1.6, which has passed sbom_check, and that as SPDX 2.3.  -MS_EFORMAT when a service's cannot be part of them. */
int release_cyclonedx(const struct release *r, struct arena *a, struct bytes *out, struct err *e);
int release_spdx(const struct release *r, struct bytes cyclonedx, struct arena *a, struct bytes *out, struct err *e);

/* Names of its files beside NAME.bin, NAME.hex and NAME.elf; the evidence names the others with their hashes, and is signed by the integrator. */
#define RELEASE_CYCLONEDX "sbom.cdx.json"
#define RELEASE_SPDX "sbom.spdx.json"
#define RELEASE_EVIDENCE "evidence.json"
#define RELEASE_SIGNATURE "evidence.sig"
#define RELEASE_KIND "ms/evide1"

/* One for each file of the release: its name and content. */
struct release_file { const char *name; struct bytes content; };

/* What was asked for, what was granted, by whom, and each difference; of what files: names with hashes. */
struct bytes release_evidence(const struct release *r, const struct release_file *files, uint32_t count, struct arena *a);

/* How the product itself is called in both bills, and in the evidence. */
const char *release_cpe(const struct product *p, struct arena *a);
const char *release_purl(const struct product *p, struct arena *a);

/* Of a service in fixed mode: that it was linked for its place, and from what; NULL: of another. */
const char *release_linked(const struct device_service *s, struct arena *a);

/* Parts of them: hexadecimal digits. */
const char *release_hex(const uint8_t *at, size_t size, struct arena *a);
const char *release_sha256(struct bytes content, struct arena *a);

#endif
