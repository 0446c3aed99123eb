/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is said to be of `ms size --json`: its rows, or where it is none. */
#include "fuzz.h"
#include "sizediff.h"

FUZZ(in)
{
	struct list services = { 0 };
	struct arena a = { 0 };
	struct err e = { 0 };

	if (sizediff_parse(in, "before.json", &a, &services, &e) < 0) {
		must(e.code < 0 && e.text[0] && e.fix[0]);
	} else {
		must(services.count > 0);
		for (size_t i = 0; i < services.count; i++)
			must(((const struct size_service *)services.at[i])->rows.count > 0);
	}
	arena_done(&a);
}
