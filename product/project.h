/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service's project: its folder and what its ms.yaml says (docs/manifest.md).
 *
 * What is here has been checked: texts are well-formed, numbers in range,
 * defaults filled in.  All of it lives in the arena that project_read was
 * given.
 */
#ifndef PROJECT_H
#define PROJECT_H

#include "arena.h"
#include "err.h"
#include "interface.h"
#include "manifest.h"
#include "mapped.h"
#include "parameters.h"
#include "schema.h"

#define PROJECT_FILE "ms.yaml"

struct project {
	const char *root;		/* absolute path of the project's folder */
	const char *file;		/* its ms.yaml, as sentences name it */

	const char *name, *vendor;	/* "hello", "example.org" */
	const char *version_text;	/* "1.0.0" */
	struct table_version version;
	uint32_t security_counter;
	const char *license;		/* an SPDX expression */
	const char *summary;		/* one line for who looks for it in a store, or NULL */
	struct texts categories;	/* names of categories.def, for the same: at most CATEGORY_MAX, none twice */
	const char *sdk;		/* ">=0.1 <0.2"; the running SDK is in it.  NULL: any */
	uint8_t targets[MANIFEST_TARGET_MAX];	/* enum ms_target, ascending, no duplicates */
	uint32_t target_count;		/* 0: all that this SDK builds for */
	uint32_t stack_size, heap_size;	/* bytes; multiples of 32 and of 8 */
	uint32_t flash_budget, ram_budget, stack_budget;	/* bytes that it may take at most (budget.h); 0: no such budget */
	const char *libc;		/* "picolibc", or "newlib-nano" in fixed mode */
	bool pie;			/* false: fixed mode (fixed.h) */

	struct texts overlays;		/* sources of overlays of boards' device trees, relative to root */
	struct texts sources;		/* patterns for file_glob, relative to root */
	struct texts include_dirs;	/* relative to root */
	struct texts defines;		/* "NAME" or "NAME=value" */
	struct texts cflags;
	struct texts libraries;		/* "mbedtls": libraries of the SDK */
	const char *cc;			/* "gcc" or "clang" */
	const char *c_std;		/* "c17" */

	bool fpu;			/* requests: may it use the FPU */
	struct interface *provides;	/* what others may call; the first has signal 4 */
	uint32_t provide_count;
	struct interface *calls;	/* requests: what it calls, by local index; from project_read on each with name, sid and version */
	uint32_t call_count;
	struct parameter_asked *parameters;	/* requests: what a product gives it by name */
	uint32_t parameter_count;
	struct texts test_with;		/* folders of projects whose services run beside it in tests, relative to root */
	struct texts notifies;		/* requests: "vendor/name" of services to notify */
	struct mapped *devices;		/* requests: by local index */
	uint32_t device_count;
	struct mapped *blocks;		/* shared memory, first its own, then what it requests of others: by local index */
	uint32_t block_count;

	const char *psa_manifest;	/* a partition manifest of FF-M, as sentences name it; NULL: none */
	const char *partition;		/* its name there */
	const char *entry_point;	/* the function that is called in place of main; of the model SFN before it waits, or NULL */
	bool sfn;			/* its services are functions, called for each message */

	/* not of the manifest */
	const char *out;		/* the folder of what is built, relative to root: "out" */
	bool for_board_test;		/* a test program that runs on a board: its test library starts it (testboard.h) */

	struct schema_places places;
};

/*
 * Read the project in `folder`.  -MS_EPROJECT for everything that is wrong
 * with its ms.yaml, with file, line, column and fix; -MS_EINCOMPATIBLE when
 * it asks for another SDK than `sdk_version`.
 */
int project_read(const char *folder, const char *sdk_version, struct arena *a, struct project *out, struct err *e);

/* The same without looking at its neighbours: requests are left as they are written.  `sdk_version` NULL: for any SDK. */
int project_open(const char *folder, const char *sdk_version, struct arena *a, struct project *out, struct err *e);

/* The same from bytes; `file` names them in sentences.  `root` of the result is NULL; a partition manifest is not looked at. */
int project_decode(struct bytes text, const char *file, const char *sdk_version, struct arena *a, struct project *out, struct err *e);

/* Put the place of a key ("memory.stack", "sources[1]") on a failure that was set; of its nearest parent when it was left out.  Returns e->code. */
int project_err(const struct project *p, const char *key, struct err *e);

/* All keys with type, range, default and meaning, as Markdown (docs/manifest.md). */
char *project_manual(struct arena *a);

#endif
