/* SPDX-License-Identifier: Apache-2.0 */
#include "testwatch.h"

#include <string.h>
#include <sys/stat.h>

#include "out.h"
#include "process.h"
#include "sourcewatch.h"

enum { QUIET_MSEC = 100 };

/* A program as it was when it ran last. */
struct ran {
	const char *path;
	struct timespec written;
};

static struct {
	bool on;
	struct sourcewatch files;
	struct list ran;	/* struct ran * */
} watch;

bool testwatch_is_on(void)
{
	return watch.on;
}

void testwatch_project(const struct project *p, struct arena *a)
{
	if (watch.on)
		sourcewatch_project(&watch.files, p, a);
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

int testwatch(const char *folder, testwatch_round *round, struct arena *a, struct err *e)
{
	int rc = sourcewatch_open(&watch.files, e);
	if (rc < 0)
		return rc;

	watch.on = true;
	process_catch_interrupt();
	do {
		struct err said = { 0 };

		rc = round(folder, a, &said);
		if (rc < 0 && rc != -MS_EINTR)
			sourcewatch_say(&said);
		if (!process_interrupted())
			out_say("waiting for a source to change; Ctrl-C ends it");
	} while (sourcewatch_wait(&watch.files, false, QUIET_MSEC));
	sourcewatch_close(&watch.files);
	return err_set(e, ERR_STOPPED, "stopped");
}
