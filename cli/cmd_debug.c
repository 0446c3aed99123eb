/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board_probe.h"
#include "cmd.h"
#include "crashsources.h"
#include "debugrecord.h"
#include "emulator.h"
#include "file.h"
#include "gdbscript.h"
#include "locking.h"
#include "plan.h"
#include "postmortem.h"
#include "probe.h"
#include "process.h"

static struct plan_options plan_options;
static const char *probe_name, *commands, *record;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &plan_options.board, OPT_BOARD, "the board (default: the product's, or " SDK_BOARD_DEFAULT ")"),
	OPT_TEXT('p', "probe", "PROBE", &probe_name, OPT_ANY, "debug the real board behind this probe (as ms flash names it) instead of an emulated one"),
	OPT_TEXT('x', "commands", "FILE", &commands, OPT_FILE, "have gdb execute the commands of FILE, and end"),
	OPT_TEXT(0, "crash", "FILE", &record, OPT_FILE, "look into the last fault record among the lines of FILE, without a board"),
	OPT_FLAG('r', "release", &plan_options.release, "build without assertions"),
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms debug", "the service in this folder on an emulated board, stopped before it begins" },
	{ "ms debug --board netduinoplus2 --probe stlink", "what was flashed into a real board" },
	{ "ms debug --commands look.gdb", "a session by script" },
	{ "ms debug --crash console.txt", "where was it, and who called? after the fact" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 0, "gdb ended with 0; else its own status" },
	{ 3, "a service does not build, or ms.yaml or product.yaml is wrong" },
	{ 6, "gdb, the emulator or OpenOCD is missing, or the board behind the probe does not answer" },
	{ 7, "there is no fault record in the file of --crash" },
	{ 8, "no probe reaches such a board, or the symbols at hand are not those of the record" },
	{ 0, NULL }
};

const struct page page_debug = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Starts gdb on a board with the symbols of the runtime and of all services at their places. DIR... is what 'ms run' takes. The "
		 "emulated board stands still before its first instruction; one behind a probe (--probe) is stopped where it is, and must hold what is built "
		 "here: 'ms flash' says whether it does.\n\n"
		 "Besides gdb's own commands there is ms-threads: the threads of all services, what each waits for and where it goes on. What the "
		 "emulated board prints goes into out/run/console.txt.\n\n"
		 "With --crash gdb stands where the last fault record in FILE was, with the symbols of the very build that it names (as ms crash finds them): pc, lr, sp, "
		 "and the return addresses that were on the stack, so that its backtrace goes through. Other registers, variables and other threads are not in a record; gdb "
		 "says of them that they are not available. Code and constants come from the debug file.",
	.examples = examples,
	.statuses = statuses,
	.files = "Builds into out/ as 'ms run' does; writes out/run/gdb, the script for gdb, and out/run/console.txt.",
	.json = "gdb's words are not JSON: with --json they go to standard error. The result has script, its path, and gdb, its status.",
};

struct session {
	struct plan plan;
	struct process server;		/* the emulator, or OpenOCD */
	struct postmortem *dead;	/* a record in their place, or NULL */
	const char *script, *said;	/* files */
	char error[256];		/* OpenOCD's first complaint */
};

/* OpenOCD with a port for gdb on this computer alone. */
static int start_openocd(struct session *s, uint16_t port, struct arena *a, struct err *e)
{
	const char *config = path_join(a, s->plan.folder, "openocd.cfg");
	const char *const argv[] = { "openocd", "-f", config, NULL };
	struct probe p;

	if (!s->plan.board.probe.target) {
		err_set(e, ERR_NOT_FLASHABLE, "no probe reaches the board '%s'", s->plan.board.name);
		return err_fix(e, "choose another one with --board, or leave --probe out for an emulated one");
	}
	int rc = probe_choose(probe_name, &s->plan.board, a, &p, e);
	if (rc < 0)
		return rc;
	const char *text = arena_printf(a, "%sbindto 127.0.0.1\ngdb_port %u\ninit\nhalt\n", probe_config(&p, &s->plan.board, a), port);
	rc = file_update(config, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, a, NULL, e);
	return rc < 0 ? rc : process_start(argv, NULL, &s->server, e);
}

static int start_server(struct session *s, uint16_t port, struct arena *a, struct err *e)
{
	struct emulator m = { .board = &s->plan.board, .flash = s->plan.flash, .gdb_port = port, .gdb_first = true };

	return probe_name ? start_openocd(s, port, a, e) : emulator_start(&m, a, &s->server, e);
}

/* gdb has our terminal; Ctrl-C is for it. */
static int start_gdb(struct session *s, pid_t *pid, struct err *e)
{
	const char *argv[] = { "gdb-multiarch", "-q", "-x", s->script, NULL, NULL, NULL, NULL };
	posix_spawn_file_actions_t actions;
	extern char **environ;

	if (commands) {
		argv[4] = "-batch";
		argv[5] = "-x";
		argv[6] = commands;
	}
	signal(SIGINT, SIG_IGN);
	posix_spawn_file_actions_init(&actions);
	if (out_is_json())
		posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
	int rc = posix_spawnp(pid, argv[0], &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return rc == ENOENT ? process_missing(argv[0], e) : rc ? err_set(e, ERR_TOOL_FAILED, "cannot start gdb: %s", strerror(rc)) : MS_OK;
}

static void take_line(struct session *s, int console, const char *line)
{
	static const char mark[] = "Error: ";

	if (console >= 0)
		file_add_line(console, line);
	if (!s->error[0] && !strncmp(line, mark, strlen(mark)))
		snprintf(s->error, sizeof(s->error), "%s", line + strlen(mark));
}

/* What the server says is kept while gdb is there. */
static int wait_for_gdb(struct session *s, pid_t pid)
{
	int console = s->said ? open(s->said, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
	char line[1024];
	int status = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		uint64_t soon = process_now_nsec() + UINT64_C(100000000);

		if (s->dead)
			postmortem_serve(s->dead, 100);
		else if (s->server.ended)
			usleep(100000);
		else if (process_line(&s->server, line, sizeof(line), soon) == 1)
			take_line(s, console, line);
	}
	while (!s->server.ended && process_line(&s->server, line, sizeof(line), process_now_nsec() + UINT64_C(100000000)) == 1)
		take_line(s, console, line);
	if (console >= 0)
		close(console);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* An OpenOCD that is no longer there when gdb ends has not let it in, whatever gdb says. */
static int verdict(const struct session *s, int status, struct err *e)
{
	out_field("script", out_string(s->script));
	out_field("gdb", json_integer(status));
	if (probe_name && s->server.ended && *s->error) {
		err_set(e, ERR_PROBE_SILENT, "no answer from a board: %s", s->error);
		return err_fix(e, "look after the cable, the board's power, and other programs that use the probe");
	}
	if (status)
		cmd_exit(status);
	return MS_OK;
}

static int check_record_options(int argc, struct err *e)
{
	if (argc > 1)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--crash takes symbols of what was built and run here, and builds nothing; leave DIR out");
	return probe_name ? err_set(e, ERR_OPTIONS_DISAGREE, "--crash looks at a record, and --probe at a board") : MS_OK;
}

/* The record answers in the place of a board. */
static int debug_record(struct session *s, struct arena *a, struct err *e)
{
	struct debug_record r;
	uint16_t port = 0;
	pid_t gdb = 0;

	int rc = debugrecord_open(record, plan_options.board, a, &r, e);
	if (rc < 0)
		return rc;
	debugrecord_tell(&r, a);
	s->dead = arena_new(a, struct postmortem);
	postmortem_of(&r.line.fault, r.text, s->dead);
	s->script = path_join(a, CRASHSOURCES_RUN, "gdb-record");
	rc = file_make_folders(CRASHSOURCES_RUN, a, e);
	if (rc >= 0)
		rc = postmortem_open(s->dead, &port, e);
	if (rc >= 0)
		rc = gdbscript_write_record(r.service, r.runtime, r.text, port, s->script, a, e);
	if (rc >= 0)
		rc = start_gdb(s, &gdb, e);
	int status = rc >= 0 ? wait_for_gdb(s, gdb) : 0;
	postmortem_close(s->dead);
	return rc >= 0 ? verdict(s, status, e) : rc;
}

int cmd_debug(int argc, char **argv, struct arena *a, struct err *e)
{
	struct session *s = arena_new(a, struct session);
	uint16_t port = 0;
	pid_t gdb = 0;

	s->server.ended = true;
	/* gdb itself would go on without them, and end as if all had been done. */
	if (commands && access(commands, R_OK))
		return err_errno(e, "cannot open '%s'", commands);
	if (!process_find("gdb-multiarch", a))
		return process_missing("gdb-multiarch", e);
	int rc = record ? check_record_options(argc, e) : MS_OK;
	if (record)
		return rc < 0 ? rc : debug_record(s, a, e);
	rc = plan_make(argv + 1, argc - 1, &plan_options, a, &s->plan, e);
	if (rc < 0)
		return rc;
	s->script = path_join(a, s->plan.folder, "gdb");
	s->said = path_join(a, s->plan.folder, "console.txt");
	rc = emulator_free_port(&port, e);
	if (rc >= 0)
		rc = gdbscript_write(&s->plan, port, s->script, a, e);
	if (rc >= 0)
		rc = start_server(s, port, a, e);
	if (rc >= 0)
		rc = start_gdb(s, &gdb, e);
	int status = rc >= 0 ? wait_for_gdb(s, gdb) : 0;
	rc = rc >= 0 ? verdict(s, status, e) : rc;
	process_stop(&s->server);
	return rc;
}
