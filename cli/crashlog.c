/* SPDX-License-Identifier: Apache-2.0 */
#include "crashlog.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "out.h"

void crashlog_start(struct crashlog *l, const char *folder, struct arena *a)
{
	l->path = path_join(a, folder, "crashes.log");
	remove(l->path);
}

void crashlog_add(struct crashlog *l, const char *line, const struct crash_place *place, struct arena *a)
{
	if (!l->path)
		return;

	const char *text = arena_printf(a, "%s\n    %s\n", line, crash_place_text(place, a));
	ssize_t size = (ssize_t)strlen(text);
	int fd = open(l->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	bool kept = fd >= 0 && write(fd, text, (size_t)size) == size;
	if (fd >= 0)
		close(fd);
	if (kept)
		return;
	out_warn("cannot keep the fault in '%s': %s", l->path, strerror(errno));
	l->path = NULL;
}
