/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"
#include "crashsources.h"
#include "file.h"
#include "process.h"
#include "rigged.h"
#include "runview.h"
#include "serialline.h"
#include "toolchain.h"

static const char *board, *until, *record, *on;
static struct list debug_files;
static uint32_t timeout_sec, wait_sec, speed = 115200;
static bool once;

static const struct opt options[] = {
	OPT_NUMBER('s', "speed", "BAUD", &speed, 1, 4000000, "of a serial device (default: 115200)"),
	OPT_TEXT('b', "board", "BOARD", &board, OPT_BOARD, "whose runtime it is (default: that of the last build here, else " SDK_BOARD_DEFAULT ")"),
	OPT_LIST('d', "debug", "FILE", &debug_files, OPT_FILE, "a NAME.debug file, beside its NAME.img, to look faults up in as well"),
	OPT_TEXT(0, "record", "FILE", &record, OPT_FILE, "add all lines to FILE as they came, for 'ms crash FILE'"),
	OPT_TEXT(0, "on", "RIG", &on, OPT_ANY, "the console of a board that a rig lends: rig:NAME or rig:NAME/BOARD"),
	OPT_NUMBER(0, "wait", "SECONDS", &wait_sec, 1, 86400, "for that board, if others have it (default: 60)"),
	OPT_NUMBER('t', "timeout", "SECONDS", &timeout_sec, 1, 86400, "stop after this time"),
	OPT_TEXT(0, "until", "TEXT", &until, OPT_ANY, "stop at the first line that holds this text"),
	OPT_FLAG(0, "once", &once, "fail when the line vanishes, instead of waiting for it to come back"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms monitor", "the serial line that is plugged in" },
	{ "ms monitor /dev/ttyACM0 --record console.txt", "keep what it says" },
	{ "ms monitor console.txt", "show what was kept again" },
	{ "ms monitor --timeout 10 --until 'ready'", "a test: is it ready within ten seconds?" },
	{ "ms monitor --on rig:desk/disco", "what says the board of a rig?" },
	{ "echo status | ms monitor /dev/ttyUSB0 --timeout 2", "send a line, see what comes" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 5, "the text of --until did not come" },
	{ 6, "there is no such line, or it vanished with --once" },
	{ 9, "trouble with a rig or the way to it" },
	{ 0, NULL }
};

const struct page page_monitor = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Shows what a board says on its console, as 'ms run' does: each line with the time on the board, the service and the severity, and "
		 "below a fault where in the source it was. LINE is a serial device, the path of a socket, or HOST:PORT; left out: the serial "
		 "device that is plugged in. A file that --record wrote is shown again as it was.\n\n"
		 "Faults are looked up in the project in this folder, the debug files of its last build and those of --debug. They are believed only for the very "
		 "image that the record names: of another build it is said that it is another.\n\n"
		 "What is typed, or comes from standard input, is sent to the board. When the line vanishes, as it does when a board is unplugged or reset, it is "
		 "waited for. Ctrl-C ends it; the status is then 130.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads out/run/symbols and out/TARGET/NAME.debug; adds to the file of --record.",
	.json = "An event for each line as 'ms run' gives it: \"log\", \"runtime\", \"fault\", \"console\". The result has ended: \"until\", \"timeout\", \"end\" of a file, or "
		"\"interrupted\"; lines, faults and reconnects, their numbers.",
};

struct monitor {
	struct serialline line;
	struct crash_sources sources;
	int record;			/* -1: none */
	const char *ended;
	int input;		/* what is sent; -1: nothing more */
	uint64_t stop_at;
	uint32_t lines, faults, reconnects;
};

static void take_line(struct monitor *m, const char *text)
{
	struct arena scratch = { 0 };
	struct crash_place place;
	struct console_line l;

	if (m->record >= 0 && !file_add_line(m->record, text))
		out_warn("cannot write '%s': %s", record, strerror(errno));
	console_parse(text, &l);
	bool fault = l.kind == CONSOLE_FAULT;
	if (fault)
		crash_locate(&m->sources, &l, &scratch, &place);
	runview_line(&l, fault ? &place : NULL, &scratch);
	m->lines++;
	m->faults += fault;
	if (until && strstr(l.text, until))
		m->ended = "until";
	arena_done(&scratch);
}

static void pass_input(struct monitor *m)
{
	char typed[512];

	ssize_t n = read(m->input, typed, sizeof(typed));
	if (n <= 0)
		m->input = -1;
	else if (!serialline_write(&m->line, typed, (size_t)n))
		out_warn("what was typed did not reach '%s'", m->line.name);
}

/* Somebody else may be reading from the terminal: in the background nothing is read. */
static int input(void)
{
	return isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) != getpgrp() ? -1 : STDIN_FILENO;
}

/* Try until it is there again, or there is a reason to stop. */
static int wait_for_line(struct monitor *m, struct err *e)
{
	const struct timespec pause = { .tv_nsec = 200 * 1000 * 1000 };
	struct err ignored;

	if (once) {
		err_set(e, ERR_NO_LINE, "'%s' has vanished", m->line.name);
		return err_fix(e, "look after cable and power; without --once it is waited for");
	}
	out_say("'%s' has vanished; waiting for it", m->line.name);
	while (serialline_open(&m->line, &ignored) < 0) {
		if (process_interrupted() || process_now_nsec() >= m->stop_at) {
			m->ended = process_interrupted() ? "interrupted" : "timeout";
			return MS_OK;
		}
		nanosleep(&pause, NULL);
	}
	m->reconnects++;
	out_say("'%s' is back", m->line.name);
	return MS_OK;
}

static int watch(struct monitor *m, struct err *e)
{
	char text[CONSOLE_LINE_MAX];
	int rc = MS_OK;

	while (rc >= 0 && !m->ended && !out_is_lost()) {
		int more = serialline_read(&m->line, text, sizeof(text), m->stop_at, m->input);

		if (more == 1)
			take_line(m, text);
		else if (more == -MS_EAGAIN)
			pass_input(m);
		else if (more == 0 && m->line.kept)
			m->ended = "end";
		else if (more == 0)
			rc = wait_for_line(m, e);
		else
			m->ended = more == -MS_EINTR ? "interrupted" : "timeout";
	}
	return rc;
}

static int open_record(struct monitor *m, struct err *e)
{
	m->record = record ? open(record, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644) : -1;
	return record && m->record < 0 ? err_errno(e, "cannot write '%s'", record) : MS_OK;
}

static int verdict(const struct monitor *m, struct err *e)
{
	out_field("ended", m->ended ? json_string(m->ended) : json_null());
	out_field("lines", json_integer(m->lines));
	out_field("faults", json_integer(m->faults));
	out_field("reconnects", json_integer(m->reconnects));
	if (m->ended && !strcmp(m->ended, "interrupted"))
		cmd_exit(130);
	if (until && m->ended && !strcmp(m->ended, "timeout"))
		return err_set(e, ERR_NOT_SEEN, "no line held '%s' within %u s", until, timeout_sec);
	if (until && m->ended && !strcmp(m->ended, "end"))
		return err_set(e, ERR_NOT_SEEN, "no line of '%s' held '%s'", m->line.name, until);
	return MS_OK;
}

/* A rig's board is watched as long as it is ours; nothing can be typed to it. */
static int watch_rig(struct monitor *m, struct arena *a, struct err *e)
{
	char text[CONSOLE_LINE_MAX];
	struct rigged rig;

	int rc = rigged_take(on, board, wait_sec ? wait_sec : RIGGED_WAIT_SEC, a, &rig, e);
	if (rc >= 0)
		rc = rigged_start(&rig, "monitor", NULL, false, 0, a, e);
	m->stop_at = timeout_sec ? process_now_nsec() + timeout_sec * UINT64_C(1000000000) : UINT64_MAX;
	while (rc >= 0 && !m->ended && !out_is_lost()) {
		int more = rigged_line(&rig, text, sizeof(text), m->stop_at, e);

		if (more == 1)
			take_line(m, text);
		else if (more == -MS_EINTR || more == -MS_ETIMEDOUT)
			m->ended = more == -MS_EINTR ? "interrupted" : "timeout";
		else if (more < 0)
			rc = more;
		else
			break;
	}
	rigged_release(&rig);
	return rc;
}

static int watch_line(struct monitor *m, struct arena *a, struct err *e)
{
	int rc = m->line.name ? MS_OK : serialline_choose(a, &m->line.name, e);

	if (rc >= 0)
		rc = serialline_open(&m->line, e);
	if (rc >= 0) {
		process_catch_interrupt();
		m->stop_at = timeout_sec ? process_now_nsec() + timeout_sec * UINT64_C(1000000000) : UINT64_MAX;
		rc = watch(m, e);
	}
	serialline_close(&m->line);
	return rc;
}

static int check_options(int argc, struct err *e)
{
	if (on && (argc > 1 || once))
		return err_set(e, ERR_OPTIONS_DISAGREE, "--on is about a rig's board, and %s about a line of this computer's", once ? "--once" : "LINE");
	if (on && !rigged_is_meant(on)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' names no board of a rig", on);
		return err_fix(e, "write '--on rig:NAME' or '--on rig:NAME/BOARD'");
	}
	return wait_sec && !on ? err_set(e, ERR_OPTIONS_DISAGREE, "--wait is about the board of --on") : MS_OK;
}

int cmd_monitor(int argc, char **argv, struct arena *a, struct err *e)
{
	struct monitor *m = arena_new(a, struct monitor);

	m->line = (struct serialline){ .name = argc > 1 ? argv[1] : NULL, .speed = speed, .fd = -1 };
	m->record = -1;
	m->input = input();
	int rc = check_options(argc, e);
	if (rc >= 0)
		rc = crashsources_find(&debug_files, board, &m->sources, a, e);
	if (rc >= 0)
		rc = open_record(m, e);
	if (rc >= 0)
		rc = on ? watch_rig(m, a, e) : watch_line(m, a, e);
	if (m->record >= 0)
		close(m->record);
	return rc < 0 ? rc : verdict(m, e);
}
