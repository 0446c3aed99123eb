/* SPDX-License-Identifier: Apache-2.0 */
/* ms product deny and revoke: what a service asks for and is not to have, and what it has no longer, by name. */
#include "integrate_request.h"

#include <string.h>

#include "out.h"
#include "product_edit.h"

static const struct opt options[] = { INTEGRATE_DRY_RUN, OPT_END };

static const struct example deny_examples[] = {
	{ "ms product deny client uart1", "client asks for the device, and is not to have it" },
	{ NULL, NULL }
};

static const struct example revoke_examples[] = {
	{ "ms product revoke client counter", "take the grant back: then it is undecided" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command" },
	{ 8, "the service does not ask for that, or it is decided otherwise" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_deny = {
	.options = options,
	.about = "Lists what a service asks for under 'denies', so that a build knows that somebody decided: an interface, a device or a block of shared memory by its name. "
		 "What is granted is taken back first: ms product revoke.",
	.examples = deny_examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock.",
	.json = "An event \"product_denied\" for each: service, kind, name.",
};

const struct page page_integrate_revoke = {
	.options = options,
	.about = "Takes grants back, by the names that stand under 'grants'. What the service asked for is undecided then: a build refuses until it is denied, or granted again. Comments stay.",
	.examples = revoke_examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock.",
	.json = "An event \"product_revoked\" for each: service, kind, name.",
};

struct deciding {
	struct integrate_edit *edit;
	struct plan *plan;
	uint32_t service;
	struct request asked[REQUEST_MAX];
	uint32_t asked_count;
	struct bytes text;
	struct product now;		/* what the text says */
	struct arena *arena;
	struct err *e;
	uint32_t changed;
};

typedef int decide(struct deciding *d, const char *name);

static const char *service_name(const struct deciding *d)
{
	return ((const struct plan_service *)d->plan->services.at[d->service])->device.name;
}

static const struct product_service *entry(const struct deciding *d)
{
	return &d->now.services[d->service];
}

static int refuse_otherwise(const struct deciding *d, const char *key, const char *why, const char *name, const char *fix)
{
	err_set(d->e, ERR_GRANT_BOTH, "'%s' is %s '%s'", service_name(d), why, name);
	err_fix(d->e, "%s", fix);
	return product_err(&d->now, arena_printf(d->arena, "services[%u].%s", d->service, key), d->e);
}

/* Read what was written again. */
static int take(struct deciding *d, const char *event, const char *kind, const char *name)
{
	int rc = product_decode(d->text, d->edit->product.file, d->arena, &d->now, d->e);

	if (rc < 0)
		return rc;
	d->changed++;
	out_event(event, json_pack("{s:s, s:s, s:s}", "service", service_name(d), "kind", kind, "name", name));
	return MS_OK;
}

static int deny(struct deciding *d, const char *name)
{
	const struct request *r = d->asked, *end = d->asked + d->asked_count;

	while (r < end && strcmp(r->name, name))
		r++;
	if (r == end)
		return request_refuse(service_name(d), name, d->asked, d->asked_count, d->e);
	const char *by = request_granted(entry(d), r);

	if (by)
		return refuse_otherwise(d, "grants", "granted", name, arena_printf(d->arena, "take it back first: ms product revoke %s %s", service_name(d), by));
	if (request_has(&entry(d)->denies, name))
		return MS_OK;
	int rc = product_edit_deny(d->text, d->edit->product.file, d->service, name, d->arena, &d->text, d->e);

	if (rc >= 0)
		rc = take(d, "product_denied", r->kind, name);
	if (rc >= 0)
		out_line("%s may not %s %s", service_name(d), request_verb(r), name);
	return rc;
}

/* Nothing of this name is granted: is it denied, or granted by another name, or not asked for? */
static int refuse_revoke(const struct deciding *d, const char *name)
{
	for (uint32_t i = 0; i < d->asked_count; i++) {
		const char *by = strcmp(d->asked[i].name, name) ? NULL : request_granted(entry(d), &d->asked[i]);

		if (by)
			return refuse_otherwise(d, "grants", "granted all of", by, arena_printf(d->arena, "take that back, and grant what it is to keep: ms product revoke %s %s", service_name(d), by));
	}
	if (request_has(&entry(d)->denies, name))
		return refuse_otherwise(d, "denies", "denied", name, "there is nothing to take back");
	err_set(d->e, ERR_GRANT_UNASKED, "'%s' is not granted '%s'", service_name(d), name);
	return err_fix(d->e, "'ms product check' lists what it is granted");
}

static int revoke(struct deciding *d, const char *name)
{
	const struct product_service *s = entry(d);
	const struct { const char *kind; const struct texts *names; } kinds[] = { { "ipc", &s->ipc }, { "devices", &s->devices }, { "shared", &s->shared } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (!request_has(kinds[i].names, name))
			continue;
		int rc = product_edit_withdraw(d->text, d->edit->product.file, d->service, kinds[i].kind, name, d->arena, &d->text, d->e);

		if (rc >= 0)
			rc = take(d, "product_revoked", kinds[i].kind, name);
		if (rc >= 0)
			out_line("%s no longer has %s", service_name(d), name);
		return rc;
	}
	return refuse_revoke(d, name);
}

static int decide_all(struct deciding *d, char *const words[], int count, decide *one)
{
	int rc = integrate_service(d->plan, words[0], d->arena, &d->service, d->e);

	if (rc < 0)
		return rc;
	d->asked_count = request_list(d->plan, ((const struct plan_service *)d->plan->services.at[d->service])->device.manifest, d->arena, d->asked);
	for (int i = 1; rc >= 0 && i < count; i++)
		rc = one(d, words[i]);
	if (rc >= 0 && !d->changed)
		out_say("nothing new: '%s' is denied that already", service_name(d));
	return rc < 0 || !d->changed ? rc : integrate_write(d->edit, d->text, d->arena, d->e);
}

static int run(int argc, char **argv, decide *one, struct arena *a, struct err *e)
{
	struct deciding *d = arena_new(a, struct deciding);
	struct integrate_edit edit;
	struct plan plan;

	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	rc = integrate_plan(".", false, NULL, a, &plan, e);
	*d = (struct deciding){ .edit = &edit, .plan = &plan, .text = edit.text, .now = edit.product, .arena = a, .e = e };
	if (rc >= 0)
		rc = decide_all(d, argv + 1, argc - 1, one);
	integrate_close(&edit);
	return rc;
}

int integrate_deny(int argc, char **argv, struct arena *a, struct err *e)
{
	return run(argc, argv, deny, a, e);
}

int integrate_revoke(int argc, char **argv, struct arena *a, struct err *e)
{
	return run(argc, argv, revoke, a, e);
}
