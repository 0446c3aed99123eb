/* SPDX-License-Identifier: Apache-2.0 */
#include "toolreach.h"

#include <string.h>

#include "file.h"

static void push(struct list *readable, const char *path, struct arena *a)
{
	list_push(readable, a, (void *)(uintptr_t)path);
}

static bool is_wide(const char *folder, const char *home, struct arena *a)
{
	const char *real = home ? path_real(a, home) : NULL;

	return strlen(folder) < 2 || (real && (!strcmp(folder, real) || !strcmp(folder, path_join(a, real, ".local"))));
}

static void push_libraries(struct list *readable, const char *prefix, struct arena *a)
{
	static const char *const folders[] = { "lib", "lib64", "libexec", "arm-none-eabi" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		push(readable, path_join(a, prefix, folders[i]), a);
}

void toolreach_add(struct list *readable, const char *program, const char *home, struct arena *a)
{
	const char *real = path_real(a, program);

	if (!real)
		return;
	const char *folder = path_folder(a, real), *prefix = path_folder(a, folder);
	bool in_bin = !strcmp(path_name(folder), "bin"), wide = is_wide(prefix, home, a);

	if (in_bin && wide)
		push_libraries(readable, prefix, a);
	push(readable, in_bin && !wide ? prefix : is_wide(folder, home, a) ? real : folder, a);
}
