/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"
#include "file.h"
#include "locking.h"
#include "plan_package.h"
#include "vendor.h"

static const struct example examples[] = {
	{ "ms vendor", "copy what this project takes from others into vendor/" },
	{ "ms build --locked --offline", "build with just that" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "ms.yaml or product.yaml is wrong, or what it needs is not there; or vendor/ was not made by ms" },
	{ 7, "a package of the product is not to be believed" },
	{ 0, NULL }
};

const struct page page_vendor = {
	.complete = OPT_FOLDER,
	.about = "Copies what the project in DIR (default: here) takes from its neighbours into its folder vendor/, and writes ms.lock: of each neighbour ms.yaml, the "
		 "headers of the interfaces that are called, and its licence; of a product its packages. Whatever else is in vendor/ goes.\n\n"
		 "What lies in vendor/ is taken first by each build, so that the neighbours need not be there. With --offline nothing else is. Services that tests run beside this one "
		 "(test-with) are not copied.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads ms.yaml and what it names; writes vendor/ and ms.lock beside it (docs/lock.md).",
	.json = "An event \"written\" for ms.lock: path, changed. Result: copied, the number of projects or packages in vendor/.",
};

static int copy(struct locking *l, struct arena *a, uint32_t *copied, struct err *e)
{
	struct list packages = { 0 };

	if (!l->is_product)
		return vendor_update(&l->project, &l->dependencies, a, copied, e);
	for (uint32_t i = 0; i < l->product.service_count; i++) {
		const struct product_service *s = &l->product.services[i];

		if (s->package)
			list_push(&packages, a, (void *)plan_package_path(&l->product, s->package, a));
		if (s->source)
			list_push(&packages, a, (void *)plan_package_path(&l->product, s->source, a));
	}
	return vendor_files(l->root, &packages, a, copied, e);
}

int cmd_vendor(int argc, char **argv, struct arena *a, struct err *e)
{
	struct locking *l = arena_new(a, struct locking);
	uint32_t copied;

	int rc = locking_find(argc > 1 ? argv[1] : ".", a, l, e);
	if (rc >= 0)
		rc = copy(l, a, &copied, e);
	if (rc < 0)
		return rc;
	out_line("%s: %u %s%s", path_shown(a, path_join(a, l->root, VENDOR_FOLDER)), copied, l->is_product ? "package" : "project", copied == 1 ? "" : "s");
	out_field("copied", json_integer(copied));
	return locking_write(l, a, e);
}
