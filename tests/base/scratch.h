/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for each test, in the memory of the machine or on disk, gone afterwards. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "file.h"

static struct arena scratch;
static char scratch_folder[64];

/* cmocka's set-up and tear-down: the folder is the current one meanwhile. */
static inline int scratch_make(void **state)
{
	(void)state;

	strcpy(scratch_folder, "/tmp/ms-test.XXXXXX");
	return mkdtemp(scratch_folder) && chdir(scratch_folder) == 0 ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
	struct err e;
	(void)state;

	arena_done(&scratch);
	return chdir("/") || file_remove_tree(scratch_folder, &e) < 0 ? -1 : 0;
}

/* A text file, written plainly. */
static inline void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* The content of a small file; it stays until the test ends. */
static inline const char *text_of(const char *path)
{
	struct bytes content;
	struct err e;

	return file_read(path, 1 << 20, &scratch, &content, &e) == MS_OK ? (const char *)content.at : "(not there)";
}

#define scratch_test(f) cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

#endif
