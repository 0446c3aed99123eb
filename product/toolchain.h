/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The SDK as it is installed, and how a service's sources are compiled with it.
 *
 *   <prefix>/bin/ms
 *   <prefix>/lib/ms-sdk/                  the SDK's root ($MS_SDK instead, if set)
 *     VERSION
 *     include/                            SysCall.h, ms/
 *     lib/service.ld
 *     targets/<target>/cflags             one line: what every object is compiled with
 *     targets/<target>/include/           the C library's headers
 *     targets/<target>/lib/               start.o, libms.a, libc.a, and what `libraries:` may name
 *     targets/<target>/<library>/include/ the headers of a library that has some
 *     boards/<board>/board.dtb, runtime.elf
 *
 * What flags a target needs is said once, in ninja/<target>.ninja: staging
 * writes it to `cflags`, and this module reads it there.
 */
#ifndef TOOLCHAIN_H
#define TOOLCHAIN_H

#include "arena.h"
#include "err.h"
#include "manifest.h"

struct sdk {
	const char *root;	/* absolute */
	const char *version;
	uint8_t targets[MANIFEST_TARGET_MAX];	/* enum ms_target that it can build for, ascending */
	uint32_t target_count;
};

/* Find the SDK of this program.  -MS_ETOOL with the fix when there is none, or it is of another version than `version`. */
int sdk_find(const char *version, struct arena *a, struct sdk *out, struct err *e);

bool sdk_has_target(const struct sdk *s, uint8_t target);

/* A path inside the SDK. */
char *sdk_path(const struct sdk *s, struct arena *a, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Names of the boards that the SDK has a runtime for, sorted (for messages and completion). */
int sdk_boards(const struct sdk *s, struct arena *a, struct list *names, struct err *e);

/* Names that `libraries:` may have for a target, sorted. */
int sdk_libraries(const struct sdk *s, uint8_t target, struct arena *a, struct list *names, struct err *e);

/*
 * The words of a target's flags, to be pushed on `words`.  For clangd those that
 * clang does not know are left out, and a --target is put in front.
 */
int sdk_target_flags(const struct sdk *s, uint8_t target, bool for_clang, struct arena *a, struct list *words, struct err *e);

#endif
