/* SPDX-License-Identifier: Apache-2.0 */
#include "neighbour.h"

#include <string.h>

#include "dependencies.h"
#include "file.h"

/* Projects in a folder; there need be no such folder. */
static int list_projects(const struct project *p, const char *folder, const char *sdk_version, struct arena *a, struct list *out, struct err *e)
{
	struct list names = { 0 };

	if (!file_is_folder(folder))
		return MS_OK;

	int rc = file_glob(folder, "*/" PROJECT_FILE, a, &names, e);
	for (size_t i = 0; rc >= 0 && i < names.count; i++) {
		const char *root = path_folder(a, path_join(a, folder, names.at[i]));
		struct project *other = arena_new(a, struct project);
		struct err ignored = { 0 };

		if (strcmp(root, p->root) && project_open(root, sdk_version, a, other, &ignored) >= 0)
			list_push(out, a, other);
	}
	return rc;
}

int neighbour_list(const struct project *p, const char *sdk_version, struct arena *a, struct list *out, struct err *e)
{
	return list_projects(p, path_folder(a, p->root), sdk_version, a, out, e);
}

/* What a request may mean: a service by vendor/name or by name, or one interface by its name. */
static bool is_service(const struct project *other, const char *from, struct arena *a)
{
	return !strcmp(from, strchr(from, '/') ? arena_printf(a, "%s/%s", other->vendor, other->name) : other->name);
}

enum { PLACES = 2 };

struct resolving {
	const struct project *project;
	struct place { bool is_vendor; struct list projects; } places[PLACES];	/* in the order in which they are asked */
	uint32_t place_count;
	struct list *dependencies;
	const char *sdk_version;
	struct arena *arena;
	struct interface *found;
	uint32_t count, room;
};

static bool is_new(const struct resolving *r, uint32_t first, uint32_t sid)
{
	for (uint32_t i = first; i < r->count; i++)
		if (r->found[i].sid == sid)
			return false;
	return true;
}

static void add(struct resolving *r, const struct project *from, const struct interface *n, const struct interface *request)
{
	if (r->count == r->room) {
		struct interface *more = arena_array(r->arena, struct interface, r->room = 2 * r->room + 8);

		if (r->count)
			memcpy(more, r->found, sizeof(*more) * r->count);
		r->found = more;
	}
	r->found[r->count] = *n;
	r->found[r->count].policy = NULL;
	if (from && n->header)
		r->found[r->count].header = path_join(r->arena, from->root, n->header);
	r->found[r->count].weak = request->weak;
	r->found[r->count].item = request->item;
	r->count++;
	if (!from)
		return;
	struct dependency *d = arena_new(r->arena, struct dependency);

	*d = (struct dependency){ from, n };
	list_push(r->dependencies, r->arena, d);
}

/* The name that the folder "../adder/" has in vendor/. */
static const char *vendored(const struct resolving *r, const char *from)
{
	size_t size = strlen(from);

	while (size > 1 && from[size - 1] == '/')
		size--;
	return path_join(r->arena, VENDOR_FOLDER, path_name(arena_printf(r->arena, "%.*s", (int)size, from)));
}

/* All that the project in a folder provides. */
static uint32_t add_folder(struct resolving *r, const struct place *place, const struct interface *request)
{
	const char *from = place->is_vendor ? vendored(r, request->from) : request->from;
	const char *root = path_real(r->arena, path_join(r->arena, r->project->root, from));
	struct project *other = arena_new(r->arena, struct project);
	struct err ignored = { 0 };

	if (!root || project_open(root, r->sdk_version, r->arena, other, &ignored) < 0)
		return 0;
	for (uint32_t i = 0; i < other->provide_count; i++)
		add(r, other, &other->provides[i], request);
	return other->provide_count;
}

/* All of a place that fits what a request names; each interface once. */
static uint32_t add_from(struct resolving *r, const struct place *place, const struct interface *request)
{
	const char *wanted = request->from ? request->from : request->name;
	uint32_t first = r->count;

	if (wanted[0] == '.')
		return add_folder(r, place, request);
	for (size_t i = 0; i < place->projects.count; i++) {
		const struct project *other = place->projects.at[i];
		bool all = request->from && is_service(other, wanted, r->arena);

		for (uint32_t k = 0; k < other->provide_count; k++)
			if ((all || !strcmp(other->provides[k].name, wanted)) && is_new(r, first, other->provides[k].sid))
				add(r, other, &other->provides[k], request);
	}
	return r->count - first;
}

/* The first place that has any decides. */
static uint32_t add_named(struct resolving *r, const struct interface *request)
{
	uint32_t count = 0;

	for (uint32_t i = 0; !count && i < r->place_count; i++)
		count = add_from(r, &r->places[i], request);
	return count;
}

static int find_places(struct resolving *r, struct err *e)
{
	const struct project *p = r->project;
	bool fresh = dependency_policy.fresh;
	int rc = MS_OK;

	r->place_count = dependency_policy.offline ? 1 : PLACES;
	r->places[dependency_policy.offline ? 0 : fresh].is_vendor = true;
	for (uint32_t i = 0; rc >= 0 && i < r->place_count; i++)
		rc = list_projects(p, r->places[i].is_vendor ? path_join(r->arena, p->root, VENDOR_FOLDER) : path_folder(r->arena, p->root),
				   r->sdk_version, r->arena, &r->places[i].projects, e);
	return rc;
}

static int not_found(const struct resolving *r, const struct interface *request, struct err *e)
{
	const struct project *p = r->project;
	const char *wanted = request->from ? request->from : request->name;

	err_set(e, ERR_NO_PROVIDER, "no project %s provides '%s'", dependency_policy.offline ? "in vendor/" : "beside this one", wanted);
	if (dependency_policy.offline)
		err_fix(e, "copy it once: ms vendor");
	else
		err_fix(e, "put its project's folder beside '%s', or write out what it provides: '{ name: NAME, sid: 0x48000001, version: 1 }'", path_name(p->root));
	if (p->psa_manifest)
		return err_at(e, p->psa_manifest, 0, 0);
	return project_err(p, arena_printf(r->arena, "requests.ipc[%u]", request->item), e);
}

static bool is_open(const struct interface *n)
{
	return !n->sid;
}

int neighbour_resolve(struct project *p, const char *sdk_version, struct arena *a, struct list *dependencies, struct err *e)
{
	struct resolving r = { .project = p, .sdk_version = sdk_version, .dependencies = dependencies, .arena = a };
	bool any = false;

	for (uint32_t i = 0; i < p->call_count; i++)
		any |= is_open(&p->calls[i]);
	if (!any)
		return MS_OK;
	int rc = find_places(&r, e);
	for (uint32_t i = 0; i < p->call_count && rc >= 0; i++) {
		if (!is_open(&p->calls[i]))
			add(&r, NULL, &p->calls[i], &p->calls[i]);
		else if (!add_named(&r, &p->calls[i]) && !p->calls[i].weak)
			rc = not_found(&r, &p->calls[i], e);
	}
	if (rc < 0)
		return rc;

	p->calls = r.found;
	p->call_count = r.count;
	if (r.count > MANIFEST_CALL_MAX) {
		err_set(e, ERR_ASKS_TOO_MUCH, "'%s' calls %u interfaces, at most %d are possible", p->name, r.count, MANIFEST_CALL_MAX);
		return project_err(p, "requests.ipc", e);
	}
	return interface_check(p, a, e);
}
