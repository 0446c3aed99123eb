/* SPDX-License-Identifier: Apache-2.0 */
#include "testdebug.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"
#include "testframe.h"
#include "testfile.h"
#include "toolchain.h"
#include "version.h"

#define WORD "debug"
enum { ANSWER_SEC = 10, LINE_SIZE = 1024 };

/* Has it tests which the filter names?  It is asked as by `ms test --list`; one that does not answer may be what is to be debugged. */
static int ask(const struct test_program *t, bool *has, struct err *e)
{
	const char *const argv[] = { t->path, NULL };
	char line[LINE_SIZE];
	struct process p;
	int more;

	setenv(TESTFRAME_PROGRAM, t->name, 1);
	setenv(TESTFRAME_WORD, WORD, 1);
	setenv(TESTFRAME_LIST, "all", 1);
	int rc = process_start(argv, NULL, &p, e);
	unsetenv(TESTFRAME_WORD);
	unsetenv(TESTFRAME_LIST);
	if (rc < 0)
		return rc;

	uint64_t deadline = process_now_nsec() + ANSWER_SEC * UINT64_C(1000000000);

	while ((more = process_line(&p, line, sizeof(line), deadline)) > 0)
		*has |= !strncmp(line, WORD " name ", strlen(WORD " name "));
	*has |= more == -MS_ETIMEDOUT;
	process_stop(&p);
	return more == -MS_EINTR ? err_set(e, more, "stopped") : MS_OK;
}

/* The one program with such tests. */
static int choose(const struct list *programs, const char *filter, const struct test_program **chosen, struct arena *a, struct err *e)
{
	struct text names = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < programs->count; i++) {
		const struct test_program *t = programs->at[i];
		bool has = false;
		int rc = testrun_wants(filter, t->name, a) ? ask(t, &has, e) : MS_OK;

		if (rc < 0)
			return rc;
		if (!has)
			continue;
		*chosen = t;
		count++;
		text_add(&names, a, "%s%s/...", names.size ? " or " : "", t->name);
	}
	if (count == 1)
		return MS_OK;
	if (!count)
		return err_set(e, ERR_NO_TEST, "no test is called '%s'", filter ? filter : "");
	err_set(e, ERR_ONE_PROGRAM, "gdb looks at one program at a time, and there are several");
	return err_fix(e, "name the test: --filter %s", names.at);
}

int testdebug(const struct project *p, const struct list *programs, const struct testrun_options *o, struct arena *a, struct err *e)
{
	const struct test_program *t = NULL;
	struct sdk sdk;
	int rc = sdk_find(ms_version, a, &sdk, e);

	if (rc < 0)
		return rc;
	if (chdir(p->root))
		return err_errno(e, "cannot go to '%s'", p->root);
	setenv(TESTFRAME_FILTER, o->filter ? o->filter : "*", 1);
	rc = choose(programs, o->filter, &t, a, e);
	if (rc < 0)
		return rc;
	setenv(TESTFRAME_PROGRAM, t->name, 1);
	if (o->open)
		setenv(TESTFRAME_OPEN, "all", 1);
	if (o->replay)
		setenv(TESTFRAME_REPLAY, o->replay, 1);
	if (o->fault)
		setenv(TESTFRAME_FAULT, o->fault, 1);
	if (o->power_cut)
		setenv(TESTFRAME_POWER_CUT, o->power_cut, 1);
	execlp("gdb-multiarch", "gdb", "-q", "-x", sdk_path(&sdk, a, "hostsim/ms.gdb"), t->path, (char *)NULL);
	return process_missing("gdb-multiarch", e);
}
