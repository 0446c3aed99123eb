/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms product remove: a service out of product.yaml and product.lock.  It works whatever is wrong with the product's packages and projects, since it may be
 * the way out of that: names come from product.lock, nothing is built or verified, and the lines of all others stay as they are locked.
 */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "identity.h"
#include "out.h"
#include "plan_package.h"
#include "product_edit.h"
#include "version.h"

static const struct opt options[] = { INTEGRATE_DRY_RUN, OPT_END };

static const struct example examples[] = {
	{ "ms product remove client", "with all that is granted to it" },
	{ "ms product remove packages/beta.example-client-1.0.0.msp", "the same, by its file, as product.yaml has it" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml or product.lock is wrong, or product.yaml cannot be changed by a command" },
	{ 0, NULL }
};

const struct page page_integrate_remove = {
	.options = options,
	.about = "Takes a service out of product.yaml, with its grants, and its package out of product.lock. The lines of the service go, with the comments in them; all others stay. "
		 "Its package stays in packages/, and its developer's key in trust/: others may come from there. What others were granted of it is refused by the next check.\n\n"
		 "It is for packages as well that are gone, spoiled or no longer believed: nothing is verified.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock.",
	.json = "An event \"product_removed\": service, package.",
};

struct removing {
	struct integrate_edit edit;
	struct lock lock;
	bool is_locked;		/* there is a product.lock */
	const char **names;	/* of its services */
	struct arena *arena;
	struct err *e;
};

static int read_lock(struct removing *r)
{
	const char *path = path_shown(r->arena, path_join(r->arena, r->edit.product.root, LOCK_PRODUCT_FILE));

	r->is_locked = file_exists(path);
	return r->is_locked ? lock_read(path, r->arena, &r->lock, r->e) : MS_OK;
}

/* What a package was locked as; its own words, where it was not; else the name of its file. */
static const char *package_name(const struct removing *r, const char *package)
{
	struct archive_report *report = arena_new(r->arena, struct archive_report);
	struct err none;

	for (size_t i = 0; i < r->lock.lines.count; i++) {
		const struct lock_line *n = r->lock.lines.at[i];

		if (!strcmp(n->kind, "package") && !strcmp(n->name, path_name(package)))
			return strchr(n->owner, '/') + 1;
	}
	if (plan_package_verify(package, r->edit.product.trust, r->arena, NULL, report, &none) < 0)
		return path_name(package);
	return arena_string(r->arena, identity_name(report->manifest));
}

static const char *project_name(const struct removing *r, const char *folder)
{
	struct project *project = arena_new(r->arena, struct project);
	struct err none;

	return project_read(folder, ms_version, r->arena, project, &none) < 0 ? path_name(folder) : project->name;
}

/* As they are called on the device. */
static void name_all(struct removing *r)
{
	const struct product *p = &r->edit.product;

	r->names = arena_array(r->arena, const char *, p->service_count + 1);
	for (uint32_t i = 0; i < p->service_count; i++) {
		const struct product_service *s = &p->services[i];
		const char *name = s->package ? package_name(r, s->package) : project_name(r, s->path);

		r->names[i] = plan_own_name(r->names, i, name, r->arena);
	}
}

/* 'ms product check' may have no more to say than that something is wrong. */
static int say_names(const struct removing *r)
{
	struct text t = { 0 };

	for (uint32_t i = 0; i < r->edit.product.service_count; i++)
		text_add(&t, r->arena, "%s'%s'", i ? ", " : "", r->names[i]);
	return err_fix(r->e, "it has %s", t.size ? t.at : "none");
}

/* By its name, or by its folder or file, which are still there to tell when its name is not. */
static int find(const struct removing *r, const char *word, uint32_t *out)
{
	const struct product *p = &r->edit.product;
	const char *at = path_absolute(r->arena, word);

	for (uint32_t i = 0; i < p->service_count; i++) {
		const char *from = p->services[i].package ? p->services[i].package : p->services[i].path;

		if (strchr(word, '/') && !strcmp(path_absolute(r->arena, from), at)) {
			*out = i;
			return MS_OK;
		}
	}
	int rc = integrate_name(r->names, p->service_count, word, out, r->e);

	return rc < 0 && !opt_nearest(word, r->names, p->service_count) ? say_names(r) : rc;
}

static bool is_used(const struct product *p, const char *file, uint32_t but)
{
	for (uint32_t i = 0; i < p->service_count; i++) {
		const struct product_service *s = &p->services[i];

		if (i != but && ((s->package && !strcmp(path_name(s->package), file)) || (s->source && !strcmp(path_name(s->source), file))))
			return true;
	}
	return false;
}

/* All that was locked, but what this service alone had. */
static void unlock(struct removing *r, uint32_t service)
{
	const struct product_service *s = &r->edit.product.services[service];
	struct list kept = { 0 };

	for (size_t i = 0; i < r->lock.lines.count; i++) {
		const struct lock_line *n = r->lock.lines.at[i];
		bool is_its = (s->package && !strcmp(n->kind, "package") && !strcmp(n->name, path_name(s->package))) ||
			      (s->source && !strcmp(n->kind, "source") && !strcmp(n->name, path_name(s->source)));

		if (!is_its || is_used(&r->edit.product, n->name, service))
			list_push(&kept, r->arena, r->lock.lines.at[i]);
	}
	r->lock.lines = kept;
}

static int remove_service(struct removing *r, const char *word)
{
	struct bytes text;
	uint32_t i;

	name_all(r);
	int rc = find(r, word, &i);
	if (rc >= 0)
		rc = product_edit_remove(r->edit.text, r->edit.product.file, i, r->arena, &text, r->e);
	if (rc < 0)
		return rc;
	unlock(r, i);
	rc = integrate_write_locked(&r->edit, text, r->is_locked ? &r->lock : NULL, r->arena, r->e);
	if (rc < 0)
		return rc;
	out_line("%s: out of the product", r->names[i]);
	out_event("product_removed", json_pack("{s:o, s:o}", "service", out_string(r->names[i]), "package", out_string(r->edit.product.services[i].package)));
	return MS_OK;
}

int integrate_remove(int argc, char **argv, struct arena *a, struct err *e)
{
	struct removing *r = arena_new(a, struct removing);

	(void)argc;
	r->arena = a;
	r->e = e;
	int rc = integrate_open_unchecked(".", a, &r->edit, e);
	if (rc < 0)
		return rc;
	rc = read_lock(r);
	if (rc >= 0)
		rc = remove_service(r, argv[1]);
	integrate_close(&r->edit);
	return rc;
}
