/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "file.h"
#include "locking.h"
#include "product.h"
#include "sourcewatch.h"
#include "version.h"
#include "watchboard.h"

enum { QUIET_MSEC = 30, CATCH_UP_NSEC = 10000000 };

static struct plan_options plan_options = { .room = true };
static uint32_t timeout_sec;
static const char *until;
static bool fast;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &plan_options.board, OPT_BOARD, "the board to emulate (default: " SDK_BOARD_DEFAULT ")"),
	OPT_FLAG('r', "release", &plan_options.release, "build without assertions"),
	LOCKING_OPTIONS,
	OPT_NUMBER('t', "timeout", "SECONDS", &timeout_sec, 1, 86400, "stop after this time"),
	OPT_TEXT(0, "until", "TEXT", &until, OPT_ANY, "stop at the first line that holds this text"),
	OPT_FLAG(0, "fast", &fast, "let sleeping take no real time: for tests"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms watch", "run the service in this folder, and what is saved in its place" },
	{ "ms watch hello counter", "work on two services at once: each is replaced alone" },
	{ "ms watch --board mps2-an505", "the same on another board" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 0, "the text of --until came, or the time of --timeout was over" },
	{ 5, "the text of --until did not come" },
	{ 6, "the emulator is missing" },
	{ 0, NULL }
};

const struct page page_watch = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Runs services as 'ms run' does, and watches their sources. When one is saved, it is built, and the service is replaced on the board "
		 "that runs: the others go on, keep what they know, and see what they would see if it had failed and were restarted.\n\n"
		 "What does not build is said, and the service goes on as it was. Some changes need a start of the whole board, which is then done and "
		 "the reason said: a service that needs more flash or RAM than was kept for it (a quarter more than it had), other rights or "
		 "interfaces, other services. Faults of the new code are looked up in the new code.\n\n"
		 "To have tests run when a file is saved, use 'ms test --watch'. Ctrl-C ends it; the status is then 130.",
	.examples = examples,
	.statuses = statuses,
	.files = "Writes out/run of the first project (or of the product), as 'ms run' does.",
	.json = "The events of 'ms run' for each line of the board, and \"watch\" for each time that something was saved (what: \"started\", \"replaced\", \"restarted\", "
		"\"same\" or \"failed\"; services, names of those that were replaced; msec, from the moment it was noticed until the new code ran; reason of a "
		"restart or failure, or null; file and line of a failure, or null). The result has ended (\"until\", \"timeout\", \"interrupted\"), replaced and restarted, how often.",
};

/* What was saved, built: two take turns, as one runs while the next is made. */
struct round { struct arena arena; struct plan plan; };

struct watching {
	char **folders;
	int count;
	struct sourcewatch files;
	struct watchboard board;
	struct round round[2];
	int turn;
	uint32_t replaced, restarted;
	const char *ended;
};

static void watch_project(struct watching *w, const char *folder, struct arena *a)
{
	struct project p;
	struct err ignored;

	sourcewatch_folder(&w->files, folder, a);
	if (project_read(folder, ms_version, a, &p, &ignored) >= 0)
		sourcewatch_project(&w->files, &p, a);
}

static void watch_product(struct watching *w, const char *path, struct arena *a)
{
	struct product p;
	struct err ignored;

	if (product_read(path, a, &p, &ignored) < 0)
		return;
	for (uint32_t i = 0; i < p.service_count; i++)
		if (p.services[i].package)
			sourcewatch_folder(&w->files, path_folder(a, path_join(a, p.root, p.services[i].package)), a);
		else
			watch_project(w, p.services[i].path, a);
}

/* Before anything is built, so that no change is missed; again each time, as there may be new folders. */
static void watch_all(struct watching *w, struct arena *a)
{
	for (int i = 0; i < w->count; i++) {
		const char *folder = w->folders[i], *product = path_join(a, folder, PRODUCT_FILE);

		if (!file_is_folder(folder)) {
			sourcewatch_folder(&w->files, path_folder(a, folder), a);
			continue;
		}
		watch_project(w, folder, a);
		if (file_exists(product))
			watch_product(w, product, a);
	}
}

static void tell(const char *what, json_t *services, uint64_t since, const char *reason, const struct err *e)
{
	json_t *event = json_pack("{s:s, s:o, s:I}", "what", what, "services", services ? services : json_array(), "msec", (json_int_t)((process_now_nsec() - since) / 1000000));

	json_object_set_new(event, "reason", out_string(reason));
	json_object_set_new(event, "file", e && *e->file ? out_string(e->file) : json_null());
	json_object_set_new(event, "line", e && *e->file ? json_integer(e->line) : json_null());
	out_event("watch", event);
}

static void say_failure(const struct watching *w, uint64_t since, const struct err *e)
{
	sourcewatch_say(e);
	out_say(w->board.plan ? "the board goes on with what it has; waiting for a source to change" : "waiting for a source to change");
	tell("failed", NULL, since, e->text, e);
}

static void say_replaced(const struct plan *p, const bool changed[], uint64_t since, struct arena *a)
{
	struct text names = { 0 };
	json_t *list = json_array();

	for (uint32_t i = 0; i < p->device.service_count; i++)
		if (changed[i]) {
			text_add(&names, a, "%s%s", names.size ? ", " : "", p->device.services[i].name);
			json_array_append_new(list, out_string(p->device.services[i].name));
		}
	out_say("replaced %s in %.2f s", names.at, (double)(process_now_nsec() - since) / 1e9);
	tell("replaced", list, since, NULL, NULL);
}

static void say_brought(struct watching *w, const struct round *r, int how, const bool changed[], const char *why, uint64_t since)
{
	struct arena scratch = { 0 };

	if (how == WATCH_REPLACED) {
		w->replaced++;
		say_replaced(&r->plan, changed, since, &scratch);
	} else if (how == WATCH_SAME) {
		out_say("what was saved changes nothing on the board");
		tell("same", NULL, since, NULL, NULL);
	} else if (why) {
		w->restarted++;
		out_say("started the board anew in %.2f s: %s", (double)(process_now_nsec() - since) / 1e9, why);
		tell("restarted", NULL, since, why, NULL);
	} else {
		out_say("%s runs, and what is saved will run in its place; Ctrl-C ends it", r->plan.board.name);
		tell("started", NULL, since, NULL, NULL);
	}
	arena_done(&scratch);
}

static int take_line(struct watching *w, uint64_t stop_at)
{
	char line[CONSOLE_LINE_MAX];
	struct console_line l;
	int more = process_line(&w->board.process, line, sizeof(line), stop_at);

	if (more == 1) {
		watchboard_line(&w->board, line, &l);
		if (until && strstr(l.text, until))
			w->ended = "until";
	}
	return more;
}

/* Show what the board has said meanwhile, so that what is said next stands behind it. */
static void catch_up(struct watching *w)
{
	uint64_t stop_at = process_now_nsec() + CATCH_UP_NSEC;
	int also = w->board.process.also;

	w->board.process.also = -1;
	while (!w->ended && take_line(w, stop_at) == 1)
		;
	w->board.process.also = also;
}

/* By saving a file, that is. */
static bool can_be_mended(int rc)
{
	return rc != -MS_ETOOL && rc != -MS_EUSAGE && rc != -MS_ENOENT;
}

/* Build all, and bring it onto the board.  What is wrong with the sources is said, and is no failure. */
static int work(struct watching *w, struct err *e)
{
	struct round *r = &w->round[w->turn];
	uint64_t since = process_now_nsec();
	struct err said = { 0 };
	const char *why;

	arena_done(&r->arena);
	watch_all(w, &r->arena);
	plan_options.beside = w->board.plan;
	int rc = plan_make(w->folders, w->count, &plan_options, &r->arena, &r->plan, &said);
	if (rc == -MS_EINTR)
		return MS_OK;
	catch_up(w);
	if (rc < 0 && !w->board.plan && !can_be_mended(rc)) {
		*e = said;
		return rc;
	}
	if (rc < 0) {
		say_failure(w, since, &said);
		return MS_OK;
	}
	r->plan.beside = NULL;
	bool *changed = arena_array(&r->arena, bool, r->plan.device.service_count);

	rc = watchboard_bring(&w->board, &r->plan, &r->arena, changed, &why, e);
	if (rc < 0)
		return rc;
	say_brought(w, r, rc, changed, why, since);
	w->turn = !w->turn;
	return MS_OK;
}

/* A line, or a file that was saved, whichever comes first. */
static int step(struct watching *w, uint64_t stop_at, struct err *e)
{
	int more = take_line(w, stop_at);

	if (more == 1)
		return w->board.reset ? work(w, e) : MS_OK;
	if (more == -MS_ETIMEDOUT)
		w->ended = "timeout";
	else if (more == -MS_EAGAIN && sourcewatch_changed(&w->files) && sourcewatch_wait(&w->files, true, QUIET_MSEC))
		return work(w, e);
	else if (more == 0 && !w->board.plan && sourcewatch_wait(&w->files, false, QUIET_MSEC))
		return work(w, e);
	else if (more == 0 && w->board.plan)
		return err_set(e, ERR_EMULATOR_ENDED, "the emulator ended; its last line was: %s", w->board.last);
	return MS_OK;
}

static int watch(struct watching *w, struct err *e)
{
	uint64_t stop_at = timeout_sec ? process_now_nsec() + timeout_sec * UINT64_C(1000000000) : UINT64_MAX;
	int rc = work(w, e);

	while (rc >= 0 && !w->ended && !process_interrupted() && !out_is_lost())
		rc = step(w, stop_at, e);
	if (rc >= 0 && process_interrupted())
		w->ended = "interrupted";
	if (rc >= 0 && w->ended && !strcmp(w->ended, "timeout") && until)
		rc = err_set(e, ERR_NOT_SEEN, "no line held '%s' within %u s", until, timeout_sec);
	return rc;
}

/* What is not there now is not what somebody is about to mend. */
static int check_there(const struct watching *w, struct arena *a, struct err *e)
{
	for (int i = 0; i < w->count; i++) {
		const char *folder = w->folders[i];

		if (file_exists(folder) && (!file_is_folder(folder) || file_exists(path_join(a, folder, PROJECT_FILE)) || file_exists(path_join(a, folder, PRODUCT_FILE))))
			continue;
		err_set(e, ERR_NO_MANIFEST, "there is no 'ms.yaml' in '%s'", folder);
		return err_fix(e, "go to a project's folder, or name one, or make one with 'ms new NAME'");
	}
	return MS_OK;
}

int cmd_watch(int argc, char **argv, struct arena *a, struct err *e)
{
	static char *here[] = { (char *)"." };
	struct watching *w = arena_new(a, struct watching);

	w->folders = argc > 1 ? argv + 1 : here;
	w->count = argc > 1 ? argc - 1 : 1;
	w->board = (struct watchboard){ .fast = fast, .process = { .ended = true, .out = -1 }, .port.fd = -1, .poke = -1 };
	int rc = check_there(w, a, e);
	if (rc >= 0)
		rc = sourcewatch_open(&w->files, e);
	if (rc < 0)
		return rc;
	w->board.process.also = w->files.fd;
	process_catch_interrupt();
	rc = watch(w, e);
	watchboard_stop(&w->board);
	sourcewatch_close(&w->files);
	arena_done(&w->round[0].arena);
	arena_done(&w->round[1].arena);
	out_field("ended", w->ended ? json_string(w->ended) : json_null());
	out_field("replaced", json_integer(w->replaced));
	out_field("restarted", json_integer(w->restarted));
	if (w->ended && !strcmp(w->ended, "interrupted"))
		cmd_exit(130);
	return rc;
}
