/* SPDX-License-Identifier: Apache-2.0 */
#include "locking.h"

#include "file.h"
#include "neighbour.h"
#include "out.h"
#include "plan_package.h"
#include "version.h"

static int find_in_project(const char *folder, struct arena *a, struct locking *l, struct err *e)
{
	int rc = project_open(folder, ms_version, a, &l->project, e);

	if (rc >= 0)
		rc = neighbour_resolve(&l->project, ms_version, a, &l->dependencies, e);
	l->root = l->project.root;
	return rc < 0 ? rc : dependencies_lock(&l->dependencies, a, &l->lock, e);
}

int locking_find(const char *folder, struct arena *a, struct locking *out, struct err *e)
{
	const char *product = path_join(a, folder, PRODUCT_FILE);

	*out = (struct locking){ .is_product = file_exists(product) };
	dependency_policy.fresh = true;
	if (!out->is_product)
		return find_in_project(folder, a, out, e);

	int rc = product_read(product, a, &out->product, e);
	out->root = out->product.root;
	return rc < 0 ? rc : plan_package_lock(&out->product, a, &out->lock, e);
}

int locking_write(struct locking *l, struct arena *a, struct err *e)
{
	const char *name = l->is_product ? LOCK_PRODUCT_FILE : LOCK_FILE;
	const char *file = path_shown(a, path_join(a, l->root, name));
	bool changed = false;

	int rc = file_update(file, lock_encode(&l->lock, name, a), 0644, a, &changed, e);
	if (rc < 0)
		return rc;
	if (!l->lock.lines.count)
		out_line("%s: nothing of others is used", file);
	else
		out_line("%s: %zu line%s, %s", file, l->lock.lines.count, l->lock.lines.count == 1 ? "" : "s", changed ? "changed" : "as before");
	out_event("written", json_pack("{s:o, s:b}", "path", out_string(file), "changed", (int)changed));
	return MS_OK;
}
