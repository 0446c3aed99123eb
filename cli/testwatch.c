/* SPDX-License-Identifier: Apache-2.0 */
#include "testwatch.h"

#include <fnmatch.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buildfile.h"
#include "file.h"
#include "out.h"
#include "process.h"

enum { QUIET_MSEC = 100, EVENTS_SIZE = 16384 };

/* A program as it was when it ran last. */
struct ran {
	const char *path;
	struct timespec written;
};

static struct {
	bool on;
	int fd;
	struct list ran;	/* struct ran * */
} watch;

bool testwatch_is_on(void)
{
	return watch.on;
}

/* Adding a folder again changes nothing. */
static void add(const struct project *p, const char *folder, struct arena *a)
{
	inotify_add_watch(watch.fd, path_join(a, p->root, folder), IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR);
}

static void add_matching(const struct project *p, const char *pattern, struct arena *a)
{
	struct list folders = { 0 };
	struct err ignored = { 0 };

	if (file_glob(p->root, pattern, a, &folders, &ignored) < 0)
		return;
	for (size_t i = 0; i < folders.count; i++)
		add(p, folders.at[i], a);
}

void testwatch_project(const struct project *p, struct arena *a)
{
	struct list sources = { 0 };
	struct err ignored = { 0 };

	if (!watch.on)
		return;
	add(p, ".", a);
	add(p, "tests", a);
	add_matching(p, "tests/services", a);
	add_matching(p, "tests/services/*", a);
	for (uint32_t i = 0; i < p->include_dirs.count; i++)
		add(p, p->include_dirs.at[i], a);
	for (uint32_t i = 0; i < p->test_with.count; i++) {
		add(p, p->test_with.at[i], a);
		add_matching(p, path_join(a, p->test_with.at[i], "src"), a);
	}
	if (buildfile_sources(p, a, &sources, &ignored) < 0)
		return;
	for (size_t i = 0; i < sources.count; i++)
		add(p, path_folder(a, sources.at[i]), a);
}

static struct ran *ran(const char *path, struct arena *a)
{
	struct ran *r;

	for (size_t i = 0; i < watch.ran.count; i++) {
		r = watch.ran.at[i];
		if (!strcmp(r->path, path))
			return r;
	}
	r = arena_new(a, struct ran);
	r->path = path;
	list_push(&watch.ran, a, r);
	return r;
}

bool testwatch_wants(const char *path, struct arena *a)
{
	struct stat s;
	struct ran *r = watch.on ? ran(path, a) : NULL;

	if (!r || stat(path, &s))
		return true;
	if (r->written.tv_sec == s.st_mtim.tv_sec && r->written.tv_nsec == s.st_mtim.tv_nsec)
		return false;
	r->written = s.st_mtim;
	return true;
}

/* What a person edits, and no editor's own files. */
static bool is_source(const char *name)
{
	static const char *const patterns[] = { "[!.]*.[chS]", "ms.yaml", "[!.]*.def", "[!.]*.inc" };

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		if (!fnmatch(patterns[i], name, 0))
			return true;
	return false;
}

static bool read_events(void)
{
	char events[EVENTS_SIZE] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t size = read(watch.fd, events, sizeof(events));
	bool any = false;

	for (ssize_t at = 0; at < size;) {
		const struct inotify_event *e = (const void *)(events + at);

		any |= (e->len && is_source(e->name)) || (e->mask & IN_Q_OVERFLOW);
		at += (ssize_t)(sizeof(*e) + e->len);
	}
	return any;
}

/* Until a source has changed, and the editor has written the others, too.  False when the user wants to stop. */
static bool wait_for_change(void)
{
	struct pollfd p[] = { { .fd = watch.fd, .events = POLLIN }, { .fd = process_interrupt_fd(), .events = POLLIN } };
	bool changed = false;

	while (!process_interrupted()) {
		int ready = poll(p, 2, changed ? QUIET_MSEC : -1);

		if (ready == 0)
			return true;
		if (ready > 0 && p[0].revents)
			changed |= read_events();
	}
	return false;
}

static void say(const struct err *e)
{
	if (*e->file)
		out_say("%s:%d: %s", e->file, e->line, e->text);
	else
		out_say("%s", e->text);
	if (*e->fix)
		out_say("  fix: %s", e->fix);
}

int testwatch(const char *folder, testwatch_round *round, struct arena *a, struct err *e)
{
	watch.on = true;
	watch.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (watch.fd < 0)
		return err_errno(e, "cannot watch files");
	process_catch_interrupt();
	do {
		struct err said = { 0 };
		int rc = round(folder, a, &said);

		if (rc < 0 && rc != -MS_EINTR)
			say(&said);
		if (!process_interrupted())
			out_say("waiting for a source to change; Ctrl-C ends it");
	} while (wait_for_change());
	close(watch.fd);
	return err_set(e, ERR_STOPPED, "stopped");
}
