/* SPDX-License-Identifier: Apache-2.0 */
/* The files that the build linked for these tests, and keys. */
#ifndef SAMPLE_FILES_H
#define SAMPLE_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "key.h"

#ifndef SAMPLE_FOLDER
#define SAMPLE_FOLDER "out/check/tests/product/"
#endif

static inline struct bytes sample_file(const char *name, struct arena *a)
{
	struct bytes content;
	struct err e = { 0 };

	if (file_read(path_join(a, SAMPLE_FOLDER, name), 1 << 24, a, &content, &e) < 0)
		fail_msg("%s", e.text);
	return content;
}

/* A copy that may be changed. */
static inline uint8_t *sample_copy(struct bytes b, struct arena *a)
{
	uint8_t *copy = arena_take(a, b.size);

	memcpy(copy, b.at, b.size);
	return copy;
}

/* A new private key, in a file that is gone again; the first one is that of others if they ask for what is forged (forged.h). */
static inline struct key *sample_key(struct arena *a)
{
	char path[] = "/tmp/ms-key-XXXXXX";
	static bool asked;
	const char *known = asked ? NULL : getenv("FORGED");
	struct key *k = NULL;
	struct err e = { 0 };

	asked = true;
	if (known && key_open(path_join(a, known, "developer.pem"), a, &k, &e) < 0)
		fail_msg("%s", e.text);
	if (known)
		return k;
	assert_non_null(mkdtemp(path));
	const char *file = path_join(a, path, "key.pem");
	if (key_create(file, a, &e) < 0 || key_open(file, a, &k, &e) < 0)
		fail_msg("%s", e.text);
	unlink(file);
	rmdir(path);
	return k;
}

#endif
