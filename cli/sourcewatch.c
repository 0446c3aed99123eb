/* SPDX-License-Identifier: Apache-2.0 */
#include "sourcewatch.h"

#include <fnmatch.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "buildfile.h"
#include "file.h"
#include "out.h"
#include "process.h"

enum { EVENTS_SIZE = 16384 };

int sourcewatch_open(struct sourcewatch *w, struct err *e)
{
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	return w->fd < 0 ? err_errno(e, "cannot watch files") : MS_OK;
}

void sourcewatch_close(struct sourcewatch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

/* Adding a folder again changes nothing. */
void sourcewatch_folder(struct sourcewatch *w, const char *folder, struct arena *a)
{
	inotify_add_watch(w->fd, path_absolute(a, folder), IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR);
}

static void add(struct sourcewatch *w, const struct project *p, const char *folder, struct arena *a)
{
	sourcewatch_folder(w, path_join(a, p->root, folder), a);
}

static void add_matching(struct sourcewatch *w, const struct project *p, const char *pattern, struct arena *a)
{
	struct list folders = { 0 };
	struct err ignored = { 0 };

	if (file_glob(p->root, pattern, a, &folders, &ignored) < 0)
		return;
	for (size_t i = 0; i < folders.count; i++)
		add(w, p, folders.at[i], a);
}

void sourcewatch_project(struct sourcewatch *w, const struct project *p, struct arena *a)
{
	struct list sources = { 0 };
	struct err ignored = { 0 };

	add(w, p, ".", a);
	add(w, p, "tests", a);
	add_matching(w, p, "tests/services", a);
	add_matching(w, p, "tests/services/*", a);
	for (uint32_t i = 0; i < p->include_dirs.count; i++)
		add(w, p, p->include_dirs.at[i], a);
	for (uint32_t i = 0; i < p->test_with.count; i++) {
		add(w, p, p->test_with.at[i], a);
		add_matching(w, p, path_join(a, p->test_with.at[i], "src"), a);
	}
	if (buildfile_sources(p, a, &sources, &ignored) < 0)
		return;
	for (size_t i = 0; i < sources.count; i++)
		add(w, p, path_folder(a, sources.at[i]), a);
}

/* What a person edits, and no editor's own files. */
static bool is_source(const char *name)
{
	static const char *const patterns[] = { "[!.]*.[chS]", "[!.]*.cpp", "[!.]*.hpp", "ms.yaml", "product.yaml", "[!.]*.def", "[!.]*.inc", "[!.]*.msp" };

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		if (!fnmatch(patterns[i], name, 0))
			return true;
	return false;
}

bool sourcewatch_changed(struct sourcewatch *w)
{
	char events[EVENTS_SIZE] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t size = read(w->fd, events, sizeof(events));
	bool any = false;

	for (ssize_t at = 0; at < size;) {
		const struct inotify_event *e = (const void *)(events + at);

		any |= (e->len && is_source(e->name)) || (e->mask & IN_Q_OVERFLOW);
		at += (ssize_t)(sizeof(*e) + e->len);
	}
	return any;
}

bool sourcewatch_wait(struct sourcewatch *w, bool changed, int quiet_msec)
{
	struct pollfd p[] = { { .fd = w->fd, .events = POLLIN }, { .fd = process_interrupt_fd(), .events = POLLIN } };

	while (!process_interrupted()) {
		int ready = poll(p, 2, changed ? quiet_msec : -1);

		if (ready == 0)
			return true;
		if (ready > 0 && p[0].revents)
			changed |= sourcewatch_changed(w);
	}
	return false;
}

void sourcewatch_say(const struct err *e)
{
	if (*e->file)
		out_say("%s:%d: %s", e->file, e->line, e->text);
	else
		out_say("%s", e->text);
	if (*e->fix)
		out_say("  fix: %s", e->fix);
}
