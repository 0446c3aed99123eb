/* SPDX-License-Identifier: Apache-2.0 */
/* A public key that is accepted is a point of the curve, which can be written and read again. */
#include <string.h>

#include "crypto.h"
#include "fuzz.h"
#include "key.h"
#include "key_file.h"

static bool read_point(struct bytes pem, uint8_t exported[65])
{
	psa_key_id_t id;
	struct err e;
	size_t size;

	if (key_file_public("file", pem, &id, &e) < 0)
		return false;
	must(psa_export_public_key(id, exported, 65, &size) == PSA_SUCCESS && size == 65 && exported[0] == 4);
	psa_destroy_key(id);
	return true;
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct key_public k;
	uint8_t exported[65], again[65];
	struct err e;
	char *pem;

	if (read_point(arena_copy(&a, in), exported)) {
		key_public_from_point(&k, exported + 1);
		must(key_public_pem(&k, &a, &pem, &e) == MS_OK);
		must(read_point((struct bytes){ (uint8_t *)pem, strlen(pem) }, again));
		must(memcmp(exported, again, sizeof(again)) == 0);
	}
	arena_done(&a);
}
