/* SPDX-License-Identifier: Apache-2.0 */
/* ms product update: another version of a service that is there, with what it was granted. */
#include "integrate_intake.h"

#include <string.h>

#include "integrate_request.h"
#include "out.h"
#include "product_edit.h"

static struct list trust_files;
static bool in_place, downgrade, unwalled;

static const struct opt options[] = {
	OPT_LIST(0, "trust", "KEY", &trust_files, OPT_FILE, "believe this public key of the developer from now on, too"),
	OPT_FLAG(0, "in-place", &in_place, "take the package from where it is, and copy nothing"),
	OPT_FLAG(0, "unwalled", &unwalled, "build a source package without a wall around it, as if it were your own"),
	OPT_FLAG(0, "downgrade", &downgrade, "also to a version that is not higher"),
	INTEGRATE_DRY_RUN,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product update aes-1.1.0.msp", "the new version in place of the old one" },
	{ "ms product update aes-1.0.0.msp --downgrade", "and back" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command" },
	{ 7, "the package is not to be believed, or its version is not higher" },
	{ 8, "the package holds nothing that runs on the board" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_update = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Verifies a package as 'ms product add' does, and puts it in place of the version of the same service that the product has. Grants, denials and all else that is said of the "
		 "service stay; what the new version no longer asks for is taken out of them, and what it asks for anew is undecided until it is granted or denied. "
		 "A version that is not higher is refused without --downgrade, and one with a lower security counter always. What is refused changes nothing.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock, packages/, trust/. The old package stays in packages/.",
	.json = "An event \"product_updated\": service, vendor, from, to, package, kid, undecided and withdrawn (names).",
};

struct updating {
	struct intake in;
	struct plan plan;
	uint32_t service;
	const struct manifest *old;
	struct bytes text;
	struct list undecided, withdrawn;
};

/* Which service of the product is of this name?  The first, where there are several. */
static int find_old(struct updating *u)
{
	const struct manifest *new = u->in.report.manifest;

	for (uint32_t i = 0; i < u->plan.services.count; i++) {
		const struct plan_service *s = u->plan.services.at[i];

		if (!u->in.edit->product.services[i].package || !bytes_equal(s->device.manifest->name, new->name))
			continue;
		u->service = i;
		u->old = s->device.manifest;
		return MS_OK;
	}
	err_set(u->in.e, ERR_NOT_IN_PRODUCT, "the product has no %s/%s to update", u->in.vendor, u->in.name);
	return err_fix(u->in.e, "take it in: ms product add PACKAGE");
}

static int compare(const struct table_version *l, const struct table_version *r)
{
	const uint32_t left[] = { l->major, l->minor, l->patch, l->build }, right[] = { r->major, r->minor, r->patch, r->build };

	for (int i = 0; i < 4; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

static int check_version(const struct updating *u)
{
	const struct manifest *new = u->in.report.manifest, *old = u->old;

	if (new->security_counter < old->security_counter) {
		err_set(u->in.e, ERR_VERSION_LOWER, "%s/%s %s has the security counter %u, and the product has %u", u->in.vendor, u->in.name,
			arena_string(u->in.arena, new->version_text), (unsigned)new->security_counter, (unsigned)old->security_counter);
		return err_fix(u->in.e, "its developer said that such a version must never run again: take a newer one");
	}
	if (downgrade || compare(&new->version, &old->version) > 0)
		return MS_OK;
	err_set(u->in.e, ERR_VERSION_LOWER, "%s/%s %s is not higher than %s, which the product has", u->in.vendor, u->in.name, arena_string(u->in.arena, new->version_text),
		arena_string(u->in.arena, old->version_text));
	return err_fix(u->in.e, "if it is meant: --downgrade");
}

/* Take out of one list what the new version does not ask for. */
static int withdraw(struct updating *u, const char *kind, const struct texts *names, const struct request *asked, uint32_t count)
{
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && i < names->count; i++) {
		bool is_asked = false;

		for (uint32_t k = 0; k < count && !is_asked; k++)
			is_asked = (!strcmp(kind, "denies") || !strcmp(kind, asked[k].kind)) &&
				   (!strcmp(asked[k].name, names->at[i]) || (asked[k].of && !strcmp(kind, "ipc") && !strcmp(asked[k].of, names->at[i])));
		if (is_asked)
			continue;
		list_push(&u->withdrawn, u->in.arena, (char *)names->at[i]);
		rc = product_edit_withdraw(u->text, u->in.edit->product.file, u->service, kind, names->at[i], u->in.arena, &u->text, u->in.e);
	}
	return rc;
}

static int fit_grants(struct updating *u)
{
	const struct product_service *s = &u->in.edit->product.services[u->service];
	struct request *asked = arena_array(u->in.arena, struct request, REQUEST_MAX);
	uint32_t count = request_list(&u->plan, u->in.report.manifest, u->in.arena, asked);
	const struct { const char *kind; const struct texts *names; } lists[] = {
		{ "ipc", &s->ipc }, { "devices", &s->devices }, { "shared", &s->shared }, { "denies", &s->denies }
	};
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < sizeof(lists) / sizeof(*lists); i++)
		rc = withdraw(u, lists[i].kind, lists[i].names, asked, count);
	for (uint32_t i = 0; i < count; i++)
		if (!asked[i].weak && !request_granted(s, &asked[i]) && !request_has(&s->denies, asked[i].name))
			list_push(&u->undecided, u->in.arena, (char *)asked[i].name);
	return rc;
}

static json_t *json_names(const struct list *names)
{
	json_t *list = json_array();

	for (size_t i = 0; i < names->count; i++)
		json_array_append_new(list, out_string(names->at[i]));
	return list;
}

static const char *joined(const struct list *names, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < names->count; i++)
		text_add(&t, a, "%s%s", i ? " " : "", (const char *)names->at[i]);
	return t.at;
}

static void say(const struct updating *u)
{
	struct arena *a = u->in.arena;
	const char *from = arena_string(a, u->old->version_text), *to = arena_string(a, u->in.report.manifest->version_text), *kid = key_kid_text(u->in.report.signer->kid, a);
	const char *name = ((const struct plan_service *)u->plan.services.at[u->service])->device.name;

	out_line("%s/%s %s in place of %s: signed by key %s", u->in.vendor, u->in.name, to, from, kid);
	if (u->in.report.manifest->fixed)
		out_line("it is linked for its place (fixed mode), so a device cannot take it alone: ms product build makes all of it anew");
	if (u->withdrawn.count)
		out_line("no longer asked for, and no longer decided: %s", joined(&u->withdrawn, a));
	if (u->undecided.count)
		out_line("to be decided: ms product grant %s %s (or deny)", name, joined(&u->undecided, a));
	out_event("product_updated", json_pack("{s:s, s:o, s:o, s:o, s:o, s:s, s:b, s:o, s:o}", "service", name, "vendor", out_string(u->in.vendor), "from", out_string(from), "to",
					       out_string(to), "package", out_string(u->in.relative), "kid", kid, "fixed", (int)u->in.report.manifest->fixed, "undecided", json_names(&u->undecided), "withdrawn", json_names(&u->withdrawn)));
}

static int update(struct updating *u, const char *path)
{
	struct integrate_edit *edit = u->in.edit;

	int rc = intake_believe(&u->in, path);
	if (rc >= 0)
		rc = find_old(u);
	if (rc >= 0)
		rc = check_version(u);
	if (rc >= 0)
		rc = intake_check_board(&u->in, path);
	if (rc >= 0)
		rc = fit_grants(u);
	if (rc >= 0)
		rc = intake_build(&u->in, path);
	if (rc >= 0)
		rc = intake_keep(&u->in, path);
	if (rc >= 0)
		rc = product_edit_package(u->text, edit->product.file, u->service, u->in.relative, u->in.arena, &u->text, u->in.e);
	if (rc >= 0)
		rc = product_edit_source(u->text, edit->product.file, u->service, u->in.source_relative, u->in.arena, &u->text, u->in.e);
	if (rc >= 0)
		rc = integrate_write(edit, u->text, u->in.arena, u->in.e);
	if (rc < 0)
		intake_take_back(&u->in);
	else
		say(u);
	return rc;
}

int integrate_update(int argc, char **argv, struct arena *a, struct err *e)
{
	struct updating *u = arena_new(a, struct updating);
	struct integrate_edit edit;

	(void)argc;
	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	u->in = (struct intake){ .edit = &edit, .arena = a, .e = e, .trust_files = trust_files, .in_place = in_place, .unwalled = unwalled };
	u->text = edit.text;
	rc = integrate_plan(".", false, NULL, a, &u->plan, e);
	if (rc >= 0)
		rc = update(u, argv[1]);
	integrate_close(&edit);
	return rc;
}
