/* SPDX-License-Identifier: Apache-2.0 */
/* Packages by the hundred: the sample service under other names, each whole and signed.  After package_fixture.h. */
#ifndef RENAMED_H
#define RENAMED_H

/* The n-th name, as long as that of the sample. */
static inline void renamed_name(size_t n, char name[6])
{
	for (size_t k = 0; k < 5; k++, n /= 26)
		name[k] = (char)('a' + n % 26);
	name[5] = '\0';
}

static inline void renamed_replace(uint8_t *elf, size_t size, const void *old, const void *new, size_t length)
{
	for (uint8_t *at; (at = memmem(elf, size, old, length)); )
		memcpy(at, new, length);
}

/* The sample's manifest, and the number that follows from its name, are changed where they stand in the executable. */
static inline struct bytes renamed_package(const char *name, const struct key *developer, struct arena *a)
{
	struct bytes raw = sample_file("small.elf", a), package;
	uint8_t *elf = sample_copy(raw, a);
	struct package_parts p;
	struct err e = { 0 };

	fixture_parts(&p, "1.0.0", "small.elf", developer, a);
	const uint8_t *hello = p.service.component;
	int rc = identity_set(&p.service, "example.org", name, "1.0.0", a, &e);
	renamed_replace(elf, raw.size, "hello", name, 5);
	renamed_replace(elf, raw.size, hello, p.service.component, 16);
	if (rc >= 0)
		rc = executable_sign(elf, raw.size, name, developer, a, &e);
	p.in.elf[0] = (struct bytes){ elf, raw.size };
	p.in.sbom = fixture_sbom(&p.service, a);
	if (rc >= 0)
		rc = archive_build(&p.in, developer, a, &package, &e);
	if (rc < 0)
		fail_msg("%s", e.text);
	return package;
}

#endif
