/* SPDX-License-Identifier: Apache-2.0 */
/* Product files of any shape: what ms adds is there afterwards, with all that was there before, or nothing is changed. */
#include <string.h>

#include "fuzz.h"
#include "product_edit.h"

FUZZ(in)
{
	struct bytes added = { 0 }, granted = { 0 };
	struct arena a = { 0 };
	struct product before, after;
	struct err e = { 0 };

	if (product_decode(in, "/p/product.yaml", &a, &before, &e) < 0)
		goto done;
	if (product_edit_add(in, "/p/product.yaml", "new.msp", &a, &added, &e) >= 0) {
		must(product_decode(added, "/p/product.yaml", &a, &after, &e) >= 0);
		must(after.service_count == before.service_count + 1);
		must(!strcmp(after.services[before.service_count].package, "/p/new.msp"));
	} else {
		must(e.code == -MS_EPROJECT && e.fix[0] && !added.at);
	}
	if (before.service_count && product_edit_grant(in, "/p/product.yaml", 0, "devices", "uart1", &a, &granted, &e) >= 0) {
		must(product_decode(granted, "/p/product.yaml", &a, &after, &e) >= 0);
		must(after.service_count == before.service_count && after.services[0].devices.count == before.services[0].devices.count + 1);
	}
done:
	arena_done(&a);
}
