/* SPDX-License-Identifier: Apache-2.0 */
/* A small package as `ms package` makes it, and the means to spoil it. */
#ifndef PACKAGE_FIXTURE_H
#define PACKAGE_FIXTURE_H

#include "sample_files.h"

#include "archive.h"
#include "executable.h"
#include "package.h"
#include "sbom.h"
#include "service_sample.h"

/* Believes exactly the keys it is given, each for a vendor or for all. */
struct belief { const struct key *keys[4]; const char *vendor[4]; uint32_t count; };

static inline bool belief_find(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	const struct belief *b = context;

	(void)role;
	for (uint32_t i = 0; i < b->count; i++) {
		const struct key_public *k = key_public_of(b->keys[i]);

		if (memcmp(k->kid, kid, COSE_KID_SIZE))
			continue;
		*out = (struct believed){ .key = *k, .label = "tester", .vendor = b->vendor[i] };
		return true;
	}
	return false;
}

static inline struct believer believing(struct belief *b, const struct key *k)
{
	*b = (struct belief){ .keys = { k }, .count = 1 };
	return (struct believer){ belief_find, b };
}

static inline struct bytes fixture_sbom(const struct manifest *m, struct arena *a)
{
	struct sbom_input in = { .service = m, .tool_version = "0.1.0" };
	struct bytes json;
	struct err e = { 0 };

	if (sbom_make(&in, a, &json, &e) < 0)
		fail_msg("%s", e.text);
	return json;
}

static inline struct bytes fixture_elf(const char *name, const struct key *k, struct arena *a)
{
	struct bytes raw = sample_file(name, a);
	uint8_t *copy = sample_copy(raw, a);
	struct err e = { 0 };

	if (executable_sign(copy, raw.size, name, k, a, &e) < 0)
		fail_msg("%s", e.text);
	return (struct bytes){ copy, raw.size };
}

/* All that goes into a package; a test may change some of it. */
struct package_parts {
	struct manifest service;
	struct archive_file header, license;
	struct archive_input in;
};

static inline void fixture_parts(struct package_parts *p, const char *version, const char *elf, const struct key *k, struct arena *a)
{
	struct err e = { 0 };

	if (sample_manifest(&p->service, version, a, &e) < 0)
		fail_msg("%s", e.text);
	p->service.source_epoch = 1700000000;
	p->header = (struct archive_file){ "hello.h", BYTES_LITERAL("int hello(void);\n") };
	p->license = (struct archive_file){ "LICENSE", BYTES_LITERAL("Do as you like.\n") };
	p->in = (struct archive_input){
		.service = &p->service, .elf = { fixture_elf(elf, k, a) }, .sbom = fixture_sbom(&p->service, a),
		.headers = &p->header, .header_count = 1, .licenses = &p->license, .license_count = 1,
	};
}

static inline struct bytes fixture_package(const char *version, const char *elf, const struct key *k, struct arena *a)
{
	struct package_parts p;
	struct bytes package;
	struct err e = { 0 };

	fixture_parts(&p, version, elf, k, a);
	if (archive_build(&p.in, k, a, &package, &e) < 0)
		fail_msg("%s", e.text);
	return package;
}

#endif
