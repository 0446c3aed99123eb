/* SPDX-License-Identifier: Apache-2.0 */
/* ms product tree: the devices of the board as the product has them, from the board's device tree and all overlays. */
#include "integrate.h"

#include "file.h"
#include "globals.h"
#include "locking.h"
#include "out.h"
#include "process.h"

static const struct opt options[] = {
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product tree", "each device of the board, whether it is in use, and whose it is" },
	{ "ms product tree -v", "and the merged device tree" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or dtc does not understand an overlay" },
	{ 7, "what 'ms product check' says, or a package's overlay is about a device that its service does not ask for" },
	{ 8, "what 'ms product check' says, or an overlay says what cannot be" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_tree = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Lists the devices of the board as this product has them: name, in use (okay) or not (disabled), owner, node, and which overlay of the device tree says so (docs/devices.md). With -v also the merged tree "
		 "as a source, as dtc prints it. It refuses what 'check' does.",
	.examples = examples,
	.statuses = statuses,
	.files = "out/run/tree.dtb.",
	.json = "An event \"product_device\" for each device of the board: name, node, status, owner (a service, kernel, or null), said_by (an overlay, or null); result: name, board, source (the merged tree).",
};

static void say_device(const struct board_device *b, const struct devtree_device *d)
{
	const char *owner = d->owner ? d->owner->name : b->console ? "kernel" : NULL;

	out_line("%-12s %-9s %-16s %s%s%s", b->name, owner ? "okay" : "disabled", owner ? owner : "-", b->path, d->said_by ? ", by " : "", d->said_by ? d->said_by->name : "");
	out_event("product_device", json_pack("{s:s, s:o, s:s, s:o?, s:o?}", "name", b->name, "node", out_string(b->path), "status", owner ? "okay" : "disabled",
					      "owner", owner ? out_string(owner) : NULL, "said_by", d->said_by ? out_string(d->said_by->name) : NULL));
}

/* As people read it, by the program that reads it for everyone. */
static int source_of(struct bytes blob, const char *folder, struct arena *a, struct bytes *source, struct err *e)
{
	const char *path = path_join(a, folder, "tree.dtb");
	const char *const argv[] = { "dtc", "-q", "-I", "dtb", "-O", "dts", path, NULL };
	struct process_result r;

	int rc = file_make_folders(folder, a, e);
	if (rc >= 0)
		rc = file_update(path, blob, 0644, a, NULL, e);
	if (rc >= 0)
		rc = process_run(argv, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	*source = r.out;
	return r.status ? err_set(e, ERR_TOOL_FAILED, "dtc cannot read '%s': %s", path, (const char *)r.err.at) : MS_OK;
}

static void say_all(const struct plan *p, struct bytes source, struct arena *a)
{
	const struct device *d = &p->device;

	for (uint32_t i = 0; i < p->board.device_count; i++)
		say_device(&p->board.devices[i], &d->tree.devices[i]);
	if (globals.verbose)
		out_line("%s", arena_string(a, source));
	out_field("name", out_string(p->product->name));
	out_field("board", out_string(p->board.name));
	out_field("source", out_string(arena_string(a, source)));
}

int integrate_tree(int argc, char **argv, struct arena *a, struct err *e)
{
	struct bytes blob, source;
	struct plan plan;

	int rc = integrate_plan(integrate_folder(argc, argv), true, NULL, a, &plan, e);
	if (rc >= 0)
		rc = plan_device(&plan, a, NULL, e);
	if (rc >= 0)
		rc = devtree_write(&plan.device, a, &blob, e);
	if (rc >= 0)
		rc = source_of(blob, plan.folder, a, &source, e);
	if (rc >= 0)
		say_all(&plan, source, a);
	return rc;
}
