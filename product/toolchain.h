/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The SDK as it is installed, and how a service's sources are compiled with it.
 *
 *   <prefix>/bin/ms
 *   <prefix>/lib/ms-sdk/                its root ($MS_SDK instead, if that is set)
 *     VERSION                           the same as of ms
 *     include/                          SysCall.h, ms/
 *     lib/service.ld, fixed.ld, part.ld  the last two of fixed mode
 *     newlib/include/, newlib/ms/       headers of newlib, and what goes before them
 *     targets/<target>/cflags           one line: what every object is compiled with
 *     targets/<target>/lib/libms.a      start-up and system calls
 *     targets/<target>/picolibc/        include/, lib/libc.a
 *     targets/<target>/newlib/          of fixed mode: cflags, lib/libms-newlib.a, lib/libc_nano.a, lib/libm.a
 *     targets/<target>/<package>/       the same of what `libraries:` may name:
 *                                       `mbedcrypto` is mbedtls/lib/libmbedcrypto.a
 *     targets/sim/                      the same for services in `ms test`
 *     hostsim/                          the host simulation: ms-sim.o, ms-prelink, include/
 *     boards/<board>/                   board.dtb, runtime.elf
 *
 * What flags a target needs is said once, in ninja/<target>.ninja: staging
 * writes it to `cflags`, and this module reads it there.
 */
#ifndef TOOLCHAIN_H
#define TOOLCHAIN_H

#include "arena.h"
#include "board.h"
#include "err.h"
#include "manifest.h"

struct sdk {
	const char *root;	/* absolute */
	uint8_t targets[MANIFEST_TARGET_MAX];	/* enum ms_target that it can build for, ascending */
	uint32_t target_count;
};

/* Find the SDK of this program, which has this version.  -MS_ETOOL with the fix when it is not there, not complete or another one. */
int sdk_find(const char *version, struct arena *a, struct sdk *out, struct err *e);

bool sdk_has_target(const struct sdk *s, uint8_t target);

/* A path inside the SDK. */
char *sdk_path(const struct sdk *s, struct arena *a, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The board that is meant when none is named. */
#define SDK_BOARD_DEFAULT "mps2-an386"

/* The facts of a board by name.  -MS_EUSAGE naming those that there are. */
int sdk_board(const struct sdk *s, const char *name, struct arena *a, struct board *out, struct err *e);

/* Names of the boards that the SDK has a runtime for, sorted. */
int sdk_boards(const struct sdk *s, struct arena *a, struct list *names, struct err *e);

/* A library that a manifest may name. */
struct sdk_library { const char *name, *file, *include; };	/* include: NULL if it has no headers */

/* All that there are for a target, which is one of ms_target by name or "sim": struct sdk_library *, in the order of packages, then names. */
int sdk_libraries(const struct sdk *s, const char *target, struct arena *a, struct list *libraries, struct err *e);

/* The words of a target's cflags, to be pushed on `words`. */
int sdk_target_flags(const struct sdk *s, const char *target, struct arena *a, struct list *words, struct err *e);

/* The same of fixed mode (fixed.h). */
int sdk_fixed_flags(const struct sdk *s, const char *target, struct arena *a, struct list *words, struct err *e);

/* A compiler: what it is, for people and bills of materials, and where its own headers are. */
struct compiler {
	const char *name;	/* COMPILER_OF_TARGETS, COMPILER_CLANG or COMPILER_OF_HOST */
	const char *path;	/* absolute */
	const char *version;	/* "12.2.1" */
	const char *include, *include_fixed;
};

/*
 * Ask the compiler of this name in PATH.  `cache` is a file that keeps the
 * answer as long as the program is the same one, or NULL.  -MS_ETOOL with how to get it.
 */
#define COMPILER_OF_TARGETS "arm-none-eabi-gcc"
#define COMPILER_CLANG "clang"	/* compiles for targets in its place, where a project says so */
#define COMPILER_OF_HOST "gcc"
int compiler_find(const char *name, const char *cache, struct arena *a, struct compiler *out, struct err *e);

#endif
