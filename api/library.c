/* SPDX-License-Identifier: Apache-2.0 */
#include "library.h"

#include <fcntl.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* From the archive's index alone. */
static void add_names(const char *path, struct arena *a, struct list *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *archive = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ, NULL);
	size_t count = 0;
	const Elf_Arsym *symbols = archive ? elf_getarsym(archive, &count) : NULL;

	for (size_t i = 0; symbols && i < count && symbols[i].as_name; i++)
		list_push(out, a, arena_printf(a, "%s", symbols[i].as_name));
	elf_end(archive);
	if (fd >= 0)
		close(fd);
}

struct list library_names(const struct sdk *sdk, const char *target, struct arena *a)
{
	struct list names = { 0 };

	elf_version(EV_CURRENT);
	add_names(sdk_path(sdk, a, "targets/%s/picolibc/lib/libc.a", target), a, &names);
	add_names(sdk_path(sdk, a, "targets/%s/lib/libms.a", target), a, &names);
	if (names.count)
		qsort(names.at, names.count, sizeof(*names.at), by_name);
	return names;
}

bool library_has(const struct list *names, const char *name)
{
	return names->count && bsearch(&name, names->at, names->count, sizeof(*names->at), by_name);
}
