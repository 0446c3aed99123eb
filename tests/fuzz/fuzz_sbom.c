/* SPDX-License-Identifier: Apache-2.0 */
/* Bills of materials, those as SPDX, CPE names, package URLs. */
#include "fuzz.h"
#include "sbom.h"
#include "spdx.h"
#include "world_name.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct sbom_root root = { 0 };
	struct err e = { 0 };

	int rc = sbom_check(in, "x.json", &a, &root, &e);
	must(rc == MS_OK ? root.name.size > 0 : rc == -MS_EFORMAT && e.text[0]);
	if (rc == MS_OK) {
		struct bytes spdx;

		rc = spdx_make(in, "x", 0, "0", &a, &spdx, &e);
		must(rc == MS_OK ? spdx.size > 0 : rc == -MS_EFORMAT && e.text[0]);
	}

	const char *text = arena_string(&a, in);
	must(!(cpe_valid(text) && purl_valid(text)));

	/* What we make of any words is valid. */
	size_t half = in.size / 2;
	for (size_t i = 0; i < in.size; i++)
		if (in.at[i] <= ' ' || in.at[i] > '~')
			half = 0;
	if (half && half <= 64) {
		must(cpe_valid(cpe_of(bytes_part(in, 0, half), bytes_part(in, half, 64), (struct bytes){ 0 }, &a)));
		must(purl_valid(purl_of(bytes_part(in, 0, half), bytes_part(in, half, 64), (struct bytes){ 0 }, &a)));
	}
	arena_done(&a);
}
