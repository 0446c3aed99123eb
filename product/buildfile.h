/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `ms build` hands to Ninja: the text of out/build.ninja of a service
 * project, and of the compile_commands.json that editors read.
 *
 *   out/<target>/obj/<source>.o     compiled
 *   out/<target>/<name>.part        in fixed mode: linked to one object
 *   out/<target>/<name>.debug       linked, with debug information, unsigned
 *   out/<target>/<name>.elf         stripped and signed
 *   out/<target>/<name>.img         what lies in flash
 *
 * Ninja runs in the project's folder, and all paths of the project are
 * relative: moving it rebuilds nothing and changes no byte.
 */
#ifndef BUILDFILE_H
#define BUILDFILE_H

#include "board.h"
#include "project.h"
#include "toolchain.h"

#define BUILDFILE_CLANG "out/clang"	/* which clang compiles: out/compiler is about gcc */

struct buildfile {
	const struct project *project;
	const struct sdk *sdk;
	struct compiler compiler;
	struct compiler clang;		/* what compiles in its place; name is NULL when it does itself, and it links all the same */
	const char *ms;			/* this program: it seals what was linked */
	const char *key;		/* the developer's key file: another key seals again */
	bool release;
	uint64_t epoch;			/* what time the compiler is told it is (archive_epoch) */
	uint8_t targets[MANIFEST_TARGET_MAX];	/* filled by buildfile_targets */
	uint32_t target_count;
};

/*
 * Which targets this build makes: those of the manifest, or else those of the
 * SDK that have an FPU for a service that requests it, and those that have none
 * for one that does not.  `only` (or NULL) narrows it to one by name.
 * -MS_EPROJECT, or -MS_EUSAGE for `only`, with the choice.
 */
int buildfile_targets(struct buildfile *b, const char *only, struct arena *a, struct err *e);

/* The best of the build's targets for a board; 0 when none runs there. */
uint8_t buildfile_target_for(const struct buildfile *b, const struct board *board);

/* The project's source files, relative to it: const char *, without duplicates.  -MS_EPROJECT when a pattern matches none. */
int buildfile_sources(const struct project *p, struct arena *a, struct list *sources, struct err *e);

/*
 * The objects and libraries of others that the project brings along, relative to it: const char *.  `target` is what
 * "@target" stands for, "sim" in tests.  -MS_EPROJECT when one is not there.
 */
int buildfile_library_files(const struct project *p, const char *target, struct arena *a, struct list *files, struct err *e);

/*
 * The words that compile any source of the project for a target, without
 * compiler, -c, -o and file.  For clangd they say --target, and what only gcc
 * knows is left out.
 */
int buildfile_flags(const struct buildfile *b, uint8_t target, bool for_clang, struct arena *a,
		    struct list *words, struct err *e);

/* Write buildfile_path, out/compile_commands.json and the notes' sources, each only if it changes. */
int buildfile_write(const struct buildfile *b, struct arena *a, struct err *e);

/* Of the Ninja file, relative to the project. */
char *buildfile_path(const struct project *p, struct arena *a);

/* out/<target>/<name>.<kind>, relative to the project; kind is "part", "debug", "elf", "img" or "map". */
char *buildfile_product(const struct project *p, uint8_t target, const char *kind, struct arena *a);

#endif
