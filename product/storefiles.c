/* SPDX-License-Identifier: Apache-2.0 */
#include "storefiles.h"

#include "file.h"

struct place { const char *path; };

static int read_there(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	const struct place *p = context;
	return file_read(path_join(a, p->path, path), limit, a, content, e);
}

static int list_there(void *context, const char *path, struct arena *a, struct list *names, struct err *e)
{
	const struct place *p = context;
	const char *folder = path_join(a, p->path, path);
	struct list found = { 0 };

	if (!file_exists(folder))
		return MS_OK;
	int rc = file_list(folder, a, &found, e);
	for (size_t i = 0; rc == MS_OK && i < found.count; i++) {
		const char *name = found.at[i];
		list_push(names, a, file_is_folder(path_join(a, folder, name)) ? arena_printf(a, "%s/", name) : arena_printf(a, "%s", name));
	}
	return rc;
}

struct storefiles storefiles_folder(const char *path, struct arena *a)
{
	struct place *p = arena_new(a, struct place);

	p->path = path;
	return (struct storefiles){ .read = read_there, .list = list_there, .context = p, .name = path };
}
