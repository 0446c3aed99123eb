/* SPDX-License-Identifier: Apache-2.0 */
/* ms product grant: what a service asks for, by name, into product.yaml. */
#include "integrate_request.h"

#include <string.h>

#include "out.h"
#include "product_edit.h"

static bool all_of_it;

static const struct opt options[] = {
	OPT_FLAG(0, "all", &all_of_it, "all that the service asks for"),
	INTEGRATE_DRY_RUN,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product grant client aes", "let client call what it asks for of aes" },
	{ "ms product grant shell uart1", "let shell have the device" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command" },
	{ 8, "the service does not ask for that, or is denied it" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_grant = {
	.options = options,
	.about = "Lets a service have what it asks for: an interface, a device or a block of shared memory by its name, or all that it calls of "
		 "another service by that one's. 'ms inspect PACKAGE' shows what a service asks for.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock.",
	.json = "An event \"product_granted\" for each: service, kind, name, of (the service that provides it, or null).",
};

struct granting {
	struct integrate_edit *edit;
	struct plan *plan;
	uint32_t service;
	struct bytes text;
	struct arena *arena;
	struct err *e;
	struct product now;		/* what the text says */
	uint32_t changed;
};

static const char *service_name(const struct granting *g)
{
	return ((const struct plan_service *)g->plan->services.at[g->service])->device.name;
}

static int grant_one(struct granting *g, const struct request *r)
{
	const struct product *p = &g->now;
	const struct product_service *s = &p->services[g->service];

	if (request_granted(s, r))
		return MS_OK;
	if (request_has(&s->denies, r->name)) {
		err_set(g->e, ERR_GRANT_BOTH, "'%s' is denied '%s'", service_name(g), r->name);
		err_fix(g->e, "take it out of 'denies' first");
		return product_err(p, arena_printf(g->arena, "services[%u].denies", g->service), g->e);
	}
	int rc = product_edit_grant(g->text, p->file, g->service, r->kind, r->name, g->arena, &g->text, g->e);
	if (rc >= 0)
		rc = product_decode(g->text, p->file, g->arena, &g->now, g->e);
	if (rc < 0)
		return rc;
	g->changed++;
	out_line("%s may %s %s%s%s", service_name(g), request_verb(r), r->name,
		 r->of ? " of " : "", r->of ? r->of : "");
	out_event("product_granted", json_pack("{s:s, s:s, s:s, s:o}", "service", service_name(g), "kind", r->kind, "name", r->name, "of", out_string(r->of)));
	return MS_OK;
}

/* A name means what it is, or all that is of the service of this name. */
static int grant_named(struct granting *g, const char *name, const struct request *all, uint32_t count)
{
	bool found = false;
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && i < count; i++) {
		if (name && strcmp(all[i].name, name) && (!all[i].of || strcmp(all[i].of, name)))
			continue;
		found = true;
		rc = grant_one(g, &all[i]);
	}
	return rc < 0 || found || !name ? rc : request_refuse(service_name(g), name, all, count, g->e);
}

static int grant(struct granting *g, char *const names[], int count)
{
	struct request all[REQUEST_MAX];
	int rc = integrate_service(g->plan, names[0], g->arena, &g->service, g->e);

	if (rc < 0)
		return rc;
	uint32_t asked = request_list(g->plan, ((const struct plan_service *)g->plan->services.at[g->service])->device.manifest, g->arena, all);

	if (all_of_it)
		rc = grant_named(g, NULL, all, asked);
	for (int i = 1; rc >= 0 && i < count; i++)
		rc = grant_named(g, names[i], all, asked);
	if (rc >= 0 && !g->changed)
		out_say("nothing new: '%s' has what it is to have", service_name(g));
	return rc < 0 || !g->changed ? rc : integrate_write(g->edit, g->text, g->arena, g->e);
}

int integrate_grant(int argc, char **argv, struct arena *a, struct err *e)
{
	struct integrate_edit edit;
	struct plan plan;

	if (argc < 3 && !all_of_it) {
		err_set(e, ERR_OPERANDS, "what '%s' is granted is missing", argv[1]);
		return err_fix(e, "name what it asks for, as 'ms product check' says it, or --all");
	}
	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	rc = integrate_plan(".", false, NULL, a, &plan, e);
	struct granting g = { .edit = &edit, .plan = &plan, .text = edit.text, .now = edit.product, .arena = a, .e = e };

	if (rc >= 0)
		rc = grant(&g, argv + 1, argc - 1);
	integrate_close(&edit);
	return rc;
}
