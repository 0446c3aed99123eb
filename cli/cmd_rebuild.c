/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The builder of sources that others wrote, in a process of its own: first it
 * builds a wall around itself, then it reads ms.yaml.  cleanroom.h starts it.
 */
#include <pwd.h>
#include <stdint.h>
#include <unistd.h>

#include "cmd.h"
#include "companion.h"
#include "confine.h"
#include "dependencies.h"
#include "file.h"
#include "packaging.h"
#include "process.h"
#include "toolchain.h"
#include "toolreach.h"
#include "version.h"

static struct build_options build = { .all = true, .over_budget = true };
static bool unwalled;

static const struct opt options[] = {
	OPT_CHOOSE(0, "cc", &build.cc, "gcc|clang", "compile with it"),
	OPT_FLAG('r', "release", &build.release, "leave assertions out (-DNDEBUG)"),
	OPT_FLAG(0, "unwalled", &unwalled, "without a wall"),
	OPT_END
};

const struct page page_rebuild = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Builds the source in the folder where it runs, which lies in TOP, and writes its package to a file in TOP. Nothing outside of TOP is written, and of other files "
		 "only those of the system, the compilers and the SDK are read; there is no network. 'ms product add' and 'ms verify --rebuild' call this.",
};

static void find_tools(const char *home, struct arena *a, struct list *readable)
{
	static const char *const tools[] = { COMPILER_OF_TARGETS, COMPILER_CLANG, "arm-none-eabi-ld", "arm-none-eabi-objcopy", "ninja", "dtc", "sh" };

	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++) {
		const char *program = process_find(tools[i], a);

		if (program)
			toolreach_add(readable, program, home, a);
	}
}

static int wall(const char *top, struct arena *a, struct err *e)
{
	const struct passwd *who = getpwuid(getuid());
	const char *home = who ? who->pw_dir : NULL;
	struct list readable = { 0 };
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc < 0)
		return rc;
	find_tools(home, a, &readable);
	list_push(&readable, a, path_real(a, sdk.root));
	list_push(&readable, a, path_real(a, "/proc/self/exe"));
	list_push(&readable, a, (void *)(uintptr_t)companion_path("ms-api", a));
	return confine(top, &readable, e);
}

int cmd_rebuild(int argc, char **argv, struct arena *a, struct err *e)
{
	struct packaging *w = arena_new(a, struct packaging);

	(void)argc;
	int rc = unwalled ? MS_OK : wall(argv[1], a, e);
	if (rc < 0)
		return rc;
	dependency_policy.offline = true;
	rc = packaging_make(".", &build, NULL, a, w, e);
	return rc < 0 ? rc : file_replace(argv[2], w->package, 0644, a, e);
}
