/* SPDX-License-Identifier: Apache-2.0 */
/* ms product remove: a service out of product.yaml and product.lock. */
#include "integrate.h"

#include "out.h"
#include "product_edit.h"

static const struct example examples[] = {
	{ "ms product remove client", "with all that is granted to it" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_remove = {
	.about = "Takes a service out of product.yaml, with its grants, and its package out of product.lock. The lines of the service go, with the comments in them; all others stay. "
		 "Its package stays in packages/, and its developer's key in trust/: others may come from there. What others were granted of it is refused by the next check.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock.",
	.json = "An event \"product_removed\": service, package.",
};

static int remove_service(struct integrate_edit *edit, const struct plan *p, const char *name, struct arena *a, struct err *e)
{
	struct bytes text;
	uint32_t i;

	int rc = integrate_service(p, name, a, &i, e);
	if (rc >= 0)
		rc = product_edit_remove(edit->text, edit->product.file, i, a, &text, e);
	if (rc >= 0)
		rc = integrate_write(edit, text, a, e);
	if (rc < 0)
		return rc;
	const char *package = edit->product.services[i].package;

	out_line("%s: out of the product", name);
	out_event("product_removed", json_pack("{s:o, s:o}", "service", out_string(name), "package", out_string(package)));
	return MS_OK;
}

int integrate_remove(int argc, char **argv, struct arena *a, struct err *e)
{
	struct integrate_edit edit;
	struct plan plan;

	(void)argc;
	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	rc = integrate_plan(".", false, NULL, a, &plan, e);
	if (rc >= 0)
		rc = remove_service(&edit, &plan, argv[1], a, e);
	integrate_close(&edit);
	return rc;
}
