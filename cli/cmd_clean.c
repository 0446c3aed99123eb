/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builder.h"
#include "file.h"

static const struct example examples[] = {
	{ "ms clean", "remove out/ of the project in this folder" },
	{ "ms clean hello", "remove hello/out/" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "'out' is there but was not made by ms" },
	{ 0, NULL }
};

const struct page page_clean = {
	.complete = OPT_FOLDER,
	.about = "Removes the folder out/ of a project, with all that ms build, ms test and ms run put into it. Nothing else is touched, "
		 "and a folder of that name that ms did not make is left as it is. That there is nothing to remove is no failure.",
	.examples = examples,
	.statuses = statuses,
	.json = "Result: removed, the folder's path, or null when there was none.",
};

static int check_ours(const char *out, struct arena *a, struct err *e)
{
	if (file_exists(path_join(a, out, BUILD_MARK)))
		return MS_OK;

	err_set(e, ERR_OUT_FOLDER, "the folder '%s' was not made by ms", out);
	return err_fix(e, "look into it, and remove it yourself if you do not need it: rm -r '%s'", out);
}

/* All but the mark, so that what is left after an interruption is still known as ours. */
static int remove_content(const char *out, struct arena *a, struct err *e)
{
	DIR *dir = opendir(out);
	int rc = MS_OK;

	if (!dir)
		return err_errno(e, "cannot read '%s'", out);
	for (struct dirent *d; rc == MS_OK && (d = readdir(dir));)
		if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0 && strcmp(d->d_name, BUILD_MARK) != 0)
			rc = file_remove(path_join(a, out, d->d_name), e);
	closedir(dir);

	return rc;
}

static int remove_out(const char *out, struct arena *a, struct err *e)
{
	int rc = check_ours(out, a, e);
	if (rc < 0)
		return rc;
	int lock = file_lock(path_join(a, out, BUILD_LOCK), false, e);
	if (lock < 0)
		return lock;

	rc = remove_content(out, a, e);
	if (rc == MS_OK)
		rc = file_remove_tree(out, e);
	file_unlock(lock);
	return rc;
}

int cmd_clean(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *out = argc > 1 ? path_join(a, argv[1], "out") : "out";
	struct stat st;

	if (argc > 1 && !file_is_folder(argv[1]))
		return err_set(e, ERR_NO_FILE, "there is no folder '%s'", argv[1]);
	int there = lstat(out, &st);
	if (there < 0 && errno != ENOENT)
		return err_errno(e, "cannot look at '%s'", out);
	if (there < 0) {
		out_say("nothing to remove: there is no '%s'", out);
		out_field("removed", json_null());
		return MS_OK;
	}
	if (!S_ISDIR(st.st_mode))
		return err_set(e, ERR_OUT_FOLDER, "'%s' is no folder: it was not made by ms", out);

	int rc = remove_out(out, a, e);
	if (rc < 0)
		return rc;
	out_say("removed '%s'", out);
	out_field("removed", out_string(out));
	return MS_OK;
}
