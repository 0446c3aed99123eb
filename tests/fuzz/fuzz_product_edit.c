/* SPDX-License-Identifier: Apache-2.0 */
/* Product files of any shape: what ms adds or takes out leaves all else as it was, and a product's file, or nothing is changed. */
#include "edits.h"
#include "fuzz.h"

static void edit_one(enum edit_kind kind, struct bytes in, const struct product *p, uint32_t service)
{
	struct bytes now = { 0 };
	struct arena a = { 0 };
	struct product after;
	struct err e = { 0 };

	if (edit_do(kind, in, p, service, &a, &now, &e) < 0) {
		must(e.code == -MS_EPROJECT && e.fix[0] && !now.at);
	} else {
		must(product_decode(now, EDIT_FILE, &a, &after, &e) >= 0);
		must(edit_kept_bytes(kind, p, service, in, now));
		must(after.service_count == p->service_count + (kind == EDIT_ADD) - (kind == EDIT_REMOVE));
	}
	arena_done(&a);
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct product before;
	struct err e = { 0 };

	if (product_decode(in, EDIT_FILE, &a, &before, &e) >= 0)
		for (enum edit_kind kind = 0; kind < EDIT_KINDS; kind++)
			for (uint32_t service = 0; service < before.service_count || !service; service += before.service_count > 8 ? 7 : 1)
				if (edit_applies(kind, &before, service))
					edit_one(kind, in, &before, service);
	arena_done(&a);
}
