/* SPDX-License-Identifier: Apache-2.0 */
/* storepackages SAMPLES KEY FOLDER COUNT: so many small packages of different services, signed with the key, as FOLDER/1.msp, 2.msp, ... */
#include <stdio.h>

static const char *samples;
#define SAMPLE_FOLDER samples
#include "package_fixture.h"

#include "file.h"
#include "renamed.h"

int main(int argc, char **argv)
{
	struct arena own = { 0 };
	struct key *k;
	struct err e;

	if (argc != 5)
		return fprintf(stderr, "usage: storepackages SAMPLES KEY FOLDER COUNT\n"), 2;
	samples = argv[1];
	if (key_open(argv[2], &own, &k, &e) < 0)
		return fprintf(stderr, "%s\n", e.text), 1;
	for (size_t n = 1; n <= strtoull(argv[4], NULL, 10); n++) {
		struct arena a = { 0 };
		char name[6];

		renamed_name(n, name);
		if (file_replace_unsynced(arena_printf(&a, "%s/%zu.msp", argv[3], n), renamed_package(name, k, &a), 0644, &a, &e) < 0)
			return fprintf(stderr, "%s\n", e.text), 1;
		arena_done(&a);
	}
	key_close(k);
	arena_done(&own);
	return 0;
}
