/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `ms build` hands to Ninja: the text of out/build.ninja of a service
 * project, and of the compile_commands.json that editors read.
 *
 *   out/<target>/obj/<source>.o     compiled
 *   out/<target>/<name>.debug       linked, with debug information, unsigned
 *   out/<target>/<name>.elf         stripped and signed
 *   out/<target>/<name>.img         what lies in flash
 *
 * Ninja runs in the project's folder; all paths of the project in it are
 * relative, so moving the project rebuilds nothing and changes no byte.
 */
#ifndef BUILDFILE_H
#define BUILDFILE_H

#include "project.h"
#include "toolchain.h"

struct buildfile {
	const struct project *project;
	const struct sdk *sdk;
	const char *ms;			/* this program: it seals what was linked */
	const char *key;		/* the developer's key file: a new key seals again */
	bool release;
	uint64_t epoch;			/* SOURCE_DATE_EPOCH of the compiler (archive_epoch) */
	uint8_t targets[MANIFEST_TARGET_MAX];	/* filled by buildfile_targets */
	uint32_t target_count;
};

/*
 * Which targets this build makes: those of the manifest, or all that the SDK
 * has; only `-fp` ones for a service that requests the FPU, only others for
 * one that does not, as docs/abi.md says.  `only` (or NULL) narrows it to one
 * by name.  -MS_EPROJECT, -MS_EINVAL with the choice.
 */
int buildfile_targets(struct buildfile *b, const char *only, struct arena *a, struct err *e);

/* Write out/build.ninja, out/compile_commands.json and the notes' sources, each only if it changes. */
int buildfile_write(const struct buildfile *b, struct arena *a, struct err *e);

/* out/<target>/<name>.<kind> relative to the project; kind is "debug", "elf" or "img". */
char *buildfile_product(const struct project *p, uint8_t target, const char *kind, struct arena *a);

/*
 * The words that compile any source of the project for a target, without
 * compiler, -c, -o and file.  `for_clang` as in sdk_target_flags.
 */
int buildfile_flags(const struct buildfile *b, uint8_t target, bool for_clang, struct arena *a, struct list *words, struct err *e);

#endif
