/* SPDX-License-Identifier: Apache-2.0 */
#include "newinterface.h"

#include <string.h>

#include <jansson.h>

#include "apitool.h"
#include "file.h"
#include "ownresult.h"
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

static struct list command(const struct newinterface *n, const char *folder, struct arena *a)
{
	const char *const client[] = { "--name", n->interface, "--from", n->from, "--provider", n->provider, NULL };
	const char *const words[] = {
		apitool_path(a), "--json", n->uses ? "scaffold-client" : "scaffold", "--service", n->name, "--vendor", n->vendor, "--output", folder, NULL,
	};
	struct list argv = { 0 };

	for (size_t i = 0; words[i]; i++)
		list_push(&argv, a, (void *)words[i]);
	for (size_t i = 0; n->uses && client[i]; i++)
		list_push(&argv, a, (void *)client[i]);
	list_push(&argv, a, (void *)"--");
	list_push(&argv, a, (void *)n->header);
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
	struct list argv = command(context, folder, a);
	struct process_result r;
	char *rest;

	int rc = process_run((const char *const *)argv.at, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	for (char *line = strtok_r(arena_string(a, r.out), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (ownresult_failed(line, e))
			return e->code;
		take_file(line, folder, a, files);
	}
	if (r.status)
		return err_set(e, ERR_TOOL_FAILED, "'%s' ended with status %d", apitool_path(a), r.status);
	list_sort(files);
	return MS_OK;
}
