/* SPDX-License-Identifier: Apache-2.0 */
#include "newinterface.h"

#include <string.h>

#include <jansson.h>

#include "companion.h"
#include "file.h"
#include "identity.h"
#include "ownresult.h"
#include "plan_package.h"
#include "process.h"
#include "project.h"
#include "version.h"

int newinterface_find(const char *folder, struct arena *a, struct newinterface *out, struct err *e)
{
	struct project p;

	int rc = project_open(folder, ms_version, a, &p, e);
	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < p.provide_count; i++) {
		if (!p.provides[i].header)
			continue;
		out->uses = path_absolute(a, folder);
		out->from = folder[0] == '/' ? folder : path_join(a, "..", folder);
		out->header = path_join(a, p.root, p.provides[i].header);
		out->interface = p.provides[i].name;
		out->provider = p.name;
		return MS_OK;
	}
	err_set(e, ERR_NOT_INTERFACE, "'%s' provides no interface that has a C header", folder);
	return err_fix(e, "add 'header: include/NAME.h' to one in 'provides' of its ms.yaml, or request it by hand (docs/messages.md)");
}

static void add_headers(struct bytes package, struct newinterface *out, struct arena *a)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (package_next(&it, &m)) {
		struct archive_file *f = arena_new(a, struct archive_file);

		if (m.kind != PACKAGE_IS_HEADER)
			continue;
		*f = (struct archive_file){ path_name(arena_string(a, m.name)), m.content };
		list_push(&out->headers, a, f);
	}
}

static const char *hex(struct bytes b, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < b.size; i++)
		text_add(&t, a, "%02x", b.at[i]);
	return t.at;
}

/* What a client of it needs, if the package has its header. */
static bool take_interface(const struct manifest_interface *i, struct newinterface *out, struct arena *a)
{
	const char *file = arena_printf(a, "%s.h", arena_string(a, i->name));
	bool there = false;

	for (size_t k = 0; k < out->headers.count; k++)
		there |= !strcmp(((const struct archive_file *)out->headers.at[k])->name, file);
	if (!i->fingerprint.size || !there)
		return false;
	out->interface = arena_string(a, i->name);
	out->header = file;
	out->fingerprint = hex(i->fingerprint, a);
	out->ipc = arena_printf(a, "{ name: %s, sid: 0x%08x, version: %u, connections: %s, header: include/%s }", out->interface, (unsigned)i->sid,
				(unsigned)i->version, i->flags & MANIFEST_CONNECTIONS ? "true" : "false", file);
	return true;
}

int newinterface_find_package(const char *path, struct arena *a, struct newinterface *out, struct err *e)
{
	struct archive_report *r = arena_new(a, struct archive_report);
	struct bytes package;

	int rc = plan_package_verify(path, NULL, a, &package, r, e);
	if (rc < 0)
		return rc;
	add_headers(package, out, a);
	out->uses = path_absolute(a, path);
	out->from = path[0] == '/' ? path : path_join(a, "..", path);
	out->provider = arena_string(a, identity_name(r->manifest));
	for (uint32_t i = 0; i < r->manifest->provide_count; i++)
		if (take_interface(&r->manifest->provides[i], out, a))
			return MS_OK;
	err_set(e, ERR_NOT_INTERFACE, "'%s' holds no interface with its C header", path);
	return err_fix(e, "its author puts the header into include/ and names it in 'provides'; or request the interface by hand (docs/messages.md)");
}

/* The headers that a package brought, into the new project. */
static int write_headers(const struct newinterface *n, const char *folder, struct arena *a, struct list *files, struct err *e)
{
	int rc = file_make_folders(path_join(a, folder, "include"), a, e);

	for (size_t i = 0; rc >= 0 && i < n->headers.count; i++) {
		const struct archive_file *f = n->headers.at[i];
		const char *name = path_join(a, "include", f->name);

		rc = file_replace(path_join(a, folder, name), f->content, 0644, a, e);
		list_push(files, a, (void *)name);
	}
	return rc;
}

static struct list command(const struct newinterface *n, const char *folder, struct arena *a)
{
	const char *const client[] = {
		"--name", n->interface, "--from", n->from, "--provider", n->provider, n->ipc ? "--ipc" : NULL, n->ipc, "--fingerprint", n->fingerprint, NULL,
	};
	const char *const words[] = {
		companion_path("ms-api", a), "--json", n->uses ? "scaffold-client" : "scaffold", "--service", n->name, "--vendor", n->vendor, "--output", folder, NULL,
	};
	struct list argv = { 0 };

	for (size_t i = 0; words[i]; i++)
		list_push(&argv, a, (void *)words[i]);
	for (size_t i = 0; n->uses && client[i]; i++)
		list_push(&argv, a, (void *)client[i]);
	list_push(&argv, a, (void *)"--");
	list_push(&argv, a, n->ipc ? path_join(a, path_join(a, folder, "include"), n->header) : (void *)n->header);
	list_push(&argv, a, NULL);
	return argv;
}

/* {"type":"written","path":...}: one that was made, below the folder. */
static void take_file(const char *line, const char *folder, struct arena *a, struct list *files)
{
	json_t *event = json_loads(line, 0, NULL);
	const char *type = json_string_value(json_object_get(event, "type")), *path = json_string_value(json_object_get(event, "path"));

	if (type && path && !strcmp(type, "written") && !strncmp(path, folder, strlen(folder)))
		list_push(files, a, arena_printf(a, "%s", path + strlen(folder) + 1));
	json_decref(event);
}

int newinterface_add(const char *folder, const void *context, struct arena *a, struct list *files, struct err *e)
{
	const struct newinterface *n = context;
	struct list argv = command(n, folder, a);
	struct process_result r;
	char *rest;

	int rc = n->ipc ? write_headers(n, folder, a, files, e) : MS_OK;
	if (rc >= 0)
		rc = process_run((const char *const *)argv.at, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	for (char *line = strtok_r(arena_string(a, r.out), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (ownresult_failed(line, e))
			return e->code;
		take_file(line, folder, a, files);
	}
	if (r.status)
		return err_set(e, ERR_TOOL_FAILED, "'%s' ended with status %d", companion_path("ms-api", a), r.status);
	list_sort(files);
	return MS_OK;
}
