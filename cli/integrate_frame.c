/* SPDX-License-Identifier: Apache-2.0 */
/* ms product frame: the product as a store takes it that is asked what fits beside it. */
#include "integrate.h"

#include <stdlib.h>

#include "fitframe.h"

static const struct example examples[] = {
	{ "ms product frame", "board, services with what they take, and grants, as one line of JSON" },
	{ "ms product frame | curl --json @- 'https://store.example.org/v1/search?q=aes'", "ask a store what fits; 'ms search --fits .' tells nobody what is in the product" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong" },
	{ 7, "a package is not to be believed" },
	{ 8, "a service does not run on this board" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_frame = {
	.complete = OPT_FOLDER,
	.about = "Prints what has to be known of a product to say whether another service fits beside those that it has: the board, and of each service its sizes, its interfaces, devices and shared memory, and what it was "
		 "granted and denied. A store that is asked with it (POST /v1/search, docs/store.md) answers with what fits. Names and versions of the services are in it: who does not want to tell them asks with 'ms search --fits DIR', which "
		 "looks on this computer.",
	.examples = examples,
	.statuses = statuses,
	.json = "Result: frame, the object itself.",
};

/* As device_check takes it. */
struct device integrate_device(const struct plan *p, struct arena *a)
{
	struct device d = p->device;

	d.board = &p->board;
	d.service_count = (uint32_t)p->services.count;
	d.services = arena_array(a, struct device_service, p->services.count + 1);
	for (size_t i = 0; i < p->services.count; i++)
		d.services[i] = ((const struct plan_service *)p->services.at[i])->device;
	return d;
}

int integrate_frame(int argc, char **argv, struct arena *a, struct err *e)
{
	const struct plan_options options = { .unfilled = true, .may_be_empty = true };
	struct plan plan;

	int rc = plan_product(integrate_folder(argc, argv), &options, a, &plan, e);
	if (rc < 0)
		return rc;
	struct device d = integrate_device(&plan, a);
	json_t *o = fitframe_json(&d, a);
	char *text = json_dumps(o, JSON_COMPACT);

	out_line("%s", text);
	free(text);
	out_field("frame", o);
	return MS_OK;
}
