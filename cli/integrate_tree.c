/* SPDX-License-Identifier: Apache-2.0 */
/* ms product tree: the devices of the board as the product has them, from the board's device tree and all overlays. */
#include "integrate.h"

#include <string.h>

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
	.json = "An event \"product_device\" for each device of the board: name, node, status, owner (a service, kernel, or null), said_by (an overlay, or null); result: name, board, file (the merged tree, compiled).",
};

static void say_device(const struct board_device *b, const struct devtree_device *d)
{
	const char *owner = d->owner ? d->owner->name : b->console ? "kernel" : NULL;

	out_line("%-12s %-9s %-16s %s%s%s", b->name, owner ? "okay" : "disabled", owner ? owner : "-", b->path, d->said_by ? ", by " : "", d->said_by ? d->said_by->name : "");
	out_event("product_device", json_pack("{s:s, s:o, s:s, s:o?, s:o?}", "name", b->name, "node", out_string(b->path), "status", owner ? "okay" : "disabled",
					      "owner", owner ? out_string(owner) : NULL, "said_by", d->said_by ? out_string(d->said_by->name) : NULL));
}

/* As people read it, by the program that reads it for everyone. */
static int say_source(const char *path, struct arena *a, struct err *e)
{
	const char *const argv[] = { "dtc", "-q", "-I", "dtb", "-O", "dts", path, NULL };
	struct process_result r;

	int rc = process_run(argv, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	if (r.status)
		return err_set(e, ERR_TOOL_FAILED, "dtc cannot read '%s': %s", path, (const char *)r.err.at);
	for (char *line = arena_string(a, r.out), *end; *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		out_line("%s", line);
	}
	return MS_OK;
}

static int say_all(const struct plan *p, const char *file, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < p->board.device_count; i++)
		say_device(&p->board.devices[i], &p->device.tree.devices[i]);
	out_field("name", out_string(p->product->name));
	out_field("board", out_string(p->board.name));
	out_field("file", out_string(file));
	return globals.verbose && !globals.json ? say_source(file, a, e) : MS_OK;
}

int integrate_tree(int argc, char **argv, struct arena *a, struct err *e)
{
	struct bytes blob;
	struct plan plan;

	int rc = integrate_plan(integrate_folder(argc, argv), true, NULL, a, &plan, e);
	if (rc >= 0)
		rc = plan_device(&plan, a, NULL, e);
	if (rc >= 0)
		rc = devtree_write(&plan.device, a, &blob, e);
	if (rc < 0)
		return rc;
	const char *file = path_shown(a, path_join(a, plan.folder, "tree.dtb"));

	rc = file_make_folders(plan.folder, a, e);
	if (rc >= 0)
		rc = file_update(file, blob, 0644, a, NULL, e);
	return rc < 0 ? rc : say_all(&plan, file, a, e);
}
