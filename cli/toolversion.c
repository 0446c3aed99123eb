/* SPDX-License-Identifier: Apache-2.0 */
#include "toolversion.h"

#include <string.h>
#include <unistd.h>

#include "process.h"

enum { LINE_MAX_SHOWN = 120 };

const char *tool_version(const char *program, struct arena *a)
{
	const char *const argv[] = { program, "--version", NULL };
	struct process_result ran;
	struct err e = { 0 };

	if (process_run(argv, NULL, a, &ran, &e) < 0 || ran.status)
		return NULL;
	const char *out = (const char *)ran.out.at;
	size_t size = strcspn(out, "\n");

	return arena_printf(a, "%.*s", (int)(size < LINE_MAX_SHOWN ? size : LINE_MAX_SHOWN), out);
}

const char *tool_remedy(const char *program, struct arena *a)
{
	static const struct { const char *name, *package; } tools[] = {
#define TOOL(program, debian_package) { program, debian_package },
#include "tools.def"
#undef TOOL
	};
	const char *package = program;

	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (strcmp(tools[i].name, program) == 0)
			package = tools[i].package;

	return arena_printf(a, "%sapt-get install %s", geteuid() ? "sudo " : "", package);
}
