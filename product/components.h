/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service is made of, for its bill of materials: found in the linker's
 * maps and in what the compiler said it read, not in what was meant to be linked.
 * Headers of SDK, C library and compiler are told by their versions.
 */
#ifndef COMPONENTS_H
#define COMPONENTS_H

#include "project.h"
#include "sbom.h"
#include "toolchain.h"

struct components {
	const struct project *project;
	const struct sdk *sdk;
	const struct compiler *compiler, *clang;	/* clang is NULL where it did not compile */
	const char *sdk_version;
	const uint8_t *targets;		/* what was built */
	const struct bytes *maps;	/* the linker's map of each */
	uint32_t target_count;
};

/*
 * Fill libraries, files and compiler of *out, whose other fields are the
 * caller's.  -MS_EPROJECT when something was linked that nobody can name.
 */
int components_find(const struct components *c, struct arena *a, struct sbom_input *out, struct err *e);

/* The text that a header defines a macro as, such as a version. */
int components_macro(const char *path, const char *macro, struct arena *a, const char **value, struct err *e);

#endif
