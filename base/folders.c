/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "file.h"

static const char *home(struct arena *a)
{
	const char *path = getenv("HOME");

	if (path && path[0] == '/')
		return path;
	const struct passwd *me = getpwuid(getuid());

	return me && me->pw_dir && me->pw_dir[0] == '/' ? arena_printf(a, "%s", me->pw_dir) : "/";
}

/* XDG: a variable that holds no absolute path counts as not set. */
static const char *folder(struct arena *a, const char *name, const char *variable, const char *below_home)
{
	const char *all = getenv("MS_HOME");
	const char *xdg = getenv(variable);

	if (all && *all)
		return path_join(a, path_absolute(a, all), name);
	if (xdg && xdg[0] == '/')
		return path_join(a, xdg, "ms");

	return path_join(a, path_join(a, home(a), below_home), "ms");
}

const char *folder_config(struct arena *a)
{
	return folder(a, "config", "XDG_CONFIG_HOME", ".config");
}

const char *folder_cache(struct arena *a)
{
	return folder(a, "cache", "XDG_CACHE_HOME", ".cache");
}

const char *folder_state(struct arena *a)
{
	return folder(a, "state", "XDG_STATE_HOME", ".local/state");
}
