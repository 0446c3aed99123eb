/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies of a file with some of its bytes changed, as a seed determines (mutants.h): FOLDER/1.msp to FOLDER/COUNT.msp.
 *
 *   mutate FILE FOLDER COUNT SEED
 */
#include <stdio.h>

#include "mutants.h"

enum { FILE_MAX = 16 << 20 };

static int write_one(const char *folder, unsigned long number, const uint8_t *at, size_t size)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%lu.msp", folder, number);
	FILE *f = fopen(path, "wb");
	return !f || fwrite(at, 1, size, f) != size || fclose(f);
}

int main(int argc, char **argv)
{
	static uint8_t bytes[FILE_MAX], before[FILE_MAX];
	FILE *f = argc == 5 ? fopen(argv[1], "rb") : NULL;
	size_t size = f ? fread(before, 1, sizeof(before), f) : 0;
	uint64_t seed = argc == 5 ? strtoull(argv[4], NULL, 10) : 0;

	if (size < 2)
		return 2;
	fclose(f);
	for (unsigned long i = 1, count = strtoul(argv[3], NULL, 10); i <= count; i++) {
		memcpy(bytes, before, size);
		while (!memcmp(before, bytes, size))
			mutant(bytes, size, &seed);
		if (write_one(argv[2], i, bytes, size))
			return 1;
	}
	return 0;
}
