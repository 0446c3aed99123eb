/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a test of ours has refused, for others that must refuse it, too (tests/store/test_hostile_packages.sh).
 *
 * With FORGED in the environment, the name of a folder, each goes there: N.msp, and beside it N.why, a sentence that the refusal must hold (it may be empty).
 * Keys are made from FORGED/developer.pem then, which those others believe: so nothing is refused only because nobody knows its key.
 */
#ifndef FORGED_H
#define FORGED_H

#include <stdio.h>
#include <stdlib.h>

static inline void forged_write(const char *folder, unsigned number, const char *end, const void *at, size_t size)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%05u.%s", folder, number, end);
	FILE *f = fopen(path, "wb");
	if (!f || (size && fwrite(at, 1, size, f) != size) || fclose(f)) {
		perror(path);
		exit(1);
	}
}

static inline void forged_keep(const void *at, size_t size, const char *why)
{
	const char *folder = getenv("FORGED");
	static unsigned count;
	size_t length = 0;

	if (!folder)
		return;
	while (why[length])
		length++;
	forged_write(folder, ++count, "msp", at, size);
	forged_write(folder, count, "why", why, length);
}

#endif
