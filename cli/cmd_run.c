/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "emulator.h"
#include "file.h"
#include "gdbremote.h"
#include "gdbscript.h"
#include "locking.h"
#include "plan.h"
#include "rigged.h"
#include "runlines.h"
#include "runprofile.h"
#include "runstats.h"
#include "runtrace.h"
#include "toolwords.h"

static struct plan_options plan_options;
enum { TOP = 20 };
static uint32_t timeout_sec, variant, top, wait_sec;
static const char *until, *serial, *trace, *on;
static bool gdb, fast, stats, profile;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &plan_options.board, OPT_BOARD, "the board to emulate (default: " SDK_BOARD_DEFAULT ")"),
	OPT_CHOOSE(0, "cc", &plan_options.cc, "gcc|clang", "compile with it (default: as ms.yaml says, or gcc)"),
	OPT_FLAG('r', "release", &plan_options.release, "build without assertions"),
	LOCKING_OPTIONS,
	OPT_NUMBER('t', "timeout", "SECONDS", &timeout_sec, 1, 86400, "stop after this time"),
	OPT_TEXT(0, "until", "TEXT", &until, OPT_ANY, "stop at the first line that holds this text"),
	OPT_TEXT(0, "on", "RIG", &on, OPT_ANY, "run on a board that a rig lends: rig:NAME or rig:NAME/BOARD"),
	OPT_NUMBER(0, "wait", "SECONDS", &wait_sec, 1, 86400, "for that board, if others have it (default: 60)"),
	OPT_FLAG(0, "gdb", &gdb, "let the board wait for gdb, and say how to start it"),
	OPT_FLAG(0, "fast", &fast, "let sleeping take no real time: for tests"),
	OPT_FLAG(0, "stats", &stats, "at the end, show what each service and thread used of its stack and heap"),
	OPT_FLAG(0, "profile", &profile, "at the end, show how many instructions each function executed"),
	OPT_NUMBER(0, "top", "N", &top, 1, 100000, "the functions that --profile shows (default: 20)"),
	OPT_TEXT(0, "trace", "FILE", &trace, OPT_FILE, "write what the runtime does to FILE for Perfetto, or into a folder (FOLDER/) as CTF"),
	OPT_TEXT(0, "serial", "DEVICE=FILE", &serial, OPT_ANY, "what a UART of the board sends goes to FILE; pipes FILE.in and FILE.out: both ways"),
	OPT_NUMBER(0, "placement", "N", &variant, 0, UINT32_MAX, "place the services another way: 0 is the tightest"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms run", "run the service in this folder until Ctrl-C" },
	{ "ms run hello counter", "run two services at once" },
	{ "ms run --timeout 10 --until 'Hello'", "a test: does it greet within ten seconds?" },
	{ "ms run --timeout 10 --stats", "how much of its stack does it need?" },
	{ "ms run --fast --until done --profile", "where do the instructions go until it is done?" },
	{ "ms run --timeout 10 --trace trace.json", "who runs when, calls whom, and waits for what?" },
	{ "ms run --on rig:desk", "on a board that the rig 'desk' lends" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 0, "all services ended, the text of --until came, or the time of --timeout was over" },
	{ 3, "a service does not build, or ms.yaml or product.yaml is wrong" },
	{ 5, "the runtime did not come up, the emulator broke off, or the text of --until did not come" },
	{ 6, "the emulator, the compiler or the SDK is missing" },
	{ 7, "a package is not to be believed" },
	{ 8, "a service is for another board, or they do not all fit" },
	{ 9, "trouble with a rig or the way to it" },
	{ 0, NULL }
};

const struct page page_run = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Builds the services of the projects in DIR... (default: here), places and signs them together as one device "
		 "image and starts an emulated board with it. DIR may also be one folder with a product.yaml, or packages "
		 "(.msp). The same project may be given twice.\n\n"
		 "Each line of a log is shown with the time on the board, the service and the severity. Below a fault stands "
		 "where in the source it was. The board's clock counts instructions while it works, and follows real time while it sleeps. "
		 "With --fast it jumps over sleep, so that the same run prints the same, however busy this computer is.\n\n"
		 "--stats reads the board's memory at the end and costs the device nothing: docs/observe.md tells what the columns mean. "
		 "--profile counts every instruction from the first of a service to the end of the run, or to the end of the line that --until waited for; with --fast "
		 "the same run gives the same figures (docs/observe.md). "
		 "--trace starts a build of the runtime that notes switches, system calls, messages, interrupts, restarts and faults, and writes them as a "
		 "file of trace events that Perfetto's page opens or, if FILE is a folder or ends in '/', in the Common Trace Format.\n\n"
		 "Ctrl-C stops the board; the status is then 130.",
	.examples = examples,
	.statuses = statuses,
	.files = "Writes out/run of the first project (or of the product): BOARD.bin, the device image; crashes.log, the faults of "
		 "the last run, for 'ms crash'; symbols, where they are to be looked up.",
	.json = "An event for each line of the board: \"log\" (time_usec, service, severity, text), \"runtime\" (time_usec, text), "
		"\"fault\" (time_usec, service, cause, address, pc, offset, lr, sp, function, file, line, caller, stack of function, file, line, sure; earlier: of before a reset; of a stack overflow also stack_thread, \"main\" or \"other\", and stack_size), \"console\" (text). "
		"With --stats at the end \"stats\" for each thread (service, thread, ended, stack_size, stack_guard, stack_used, stack_unused; of the main thread, 0, "
		"also heap_size, heap_used, restarts, state, and flash_taken and ram_taken, bytes that the runtime opens to the service; null: not known). "
		"With --profile at the end \"profile\" for each function (service, null: the runtime; function and file, null: not known; instructions) and \"profile_service\" for each service and the runtime (service, instructions); the result has instructions and boot_instructions. "
		"With --trace at the end \"trace\" (file, format: \"json\" or \"ctf\", records, lost). "
		"The result has ended: \"all\", \"until\", \"timeout\" or \"interrupted\".",
};

struct run {
	struct plan plan;
	struct rigged rig;	/* whose board it is, with --on */
	struct runlines lines;
	bool up;		/* the runtime has said something */
	bool nothing;		/* it has nothing to run */
	const char *ended;
	char last[CONSOLE_LINE_MAX];	/* what was said last */
	char telling[CONSOLE_LINE_MAX];	/* what the emulator said before anything ran, and we know what to do about */
	struct runtrace trace;
	struct runprofile profile;
};

static void say_start(const struct plan *p)
{
	runlines_services(p);
	if (!gdb && isatty(STDERR_FILENO))
		out_say("%s runs %zu service%s; Ctrl-C stops it", p->board.name, p->services.count,
			p->services.count == 1 ? "" : "s");
}

static void look_at(struct run *r, const struct console_line *l)
{
	snprintf(r->last, sizeof(r->last), "%s", l->text);
	r->up |= l->kind == CONSOLE_LOG || l->kind == CONSOLE_RUNTIME;
	if (!r->up && !*r->telling && toolwords_hint(l->text))
		snprintf(r->telling, sizeof(r->telling), "%s", l->text);
	if (l->kind == CONSOLE_RUNTIME && !strcmp(l->text, "all services have ended"))
		r->ended = "all";
	if (l->kind == CONSOLE_RUNTIME && strstr(l->text, ": nothing runs"))
		r->nothing = true;
	if (until && strstr(l->text, until))
		r->ended = "until";
}

static void take_line(struct run *r, const char *line)
{
	struct console_line l;

	if (!runlines_take(&r->lines, line, &l))
		return;
	look_at(r, &l);
	runprofile_line(&r->profile, line, r->ended);
}

static uint64_t deadline(void)
{
	return timeout_sec && !gdb ? process_now_nsec() + timeout_sec * UINT64_C(1000000000) : UINT64_MAX;
}

/* The debug port has failed: if that was because the emulator ends, its last words say more. */
static void hear_last_words(struct run *r, struct process *p)
{
	uint64_t stop_at = process_now_nsec() + UINT64_C(1000000000);
	char line[CONSOLE_LINE_MAX];

	p->also = -1;
	while (process_line(p, line, sizeof(line), stop_at) == 1)
		take_line(r, line);
}

/* Read the console until there is a reason to stop. */
static int watch(struct run *r, struct process *p, struct err *e)
{
	uint64_t stop_at = deadline();
	char line[CONSOLE_LINE_MAX];
	int rc = MS_OK;

	while (rc >= 0 && !r->ended && !r->nothing && !out_is_lost()) {
		int more = on ? rigged_line(&r->rig, line, sizeof(line), stop_at, e) : process_line(p, line, sizeof(line), stop_at);

		if (more == -MS_ETIMEDOUT)
			r->ended = "timeout";
		else if (more == -MS_EINTR)
			r->ended = "interrupted";
		else if (more == -MS_EAGAIN)
			rc = tracing_follow(&r->trace.tracing, e);
		else if (on && more < 0)
			rc = more;
		else if (more <= 0)
			break;
		else
			take_line(r, line);
	}
	if (rc < 0 && !on)
		hear_last_words(r, p);
	return rc;
}

/* Status 128 and a signal's number is for a program that a signal ended. */
static int ended_err(const struct run *r, int status, struct err *e)
{
	if (status == 128 + SIGKILL) {
		err_set(e, ERR_EMULATOR_ENDED, "the emulator was killed");
		return err_fix(e, "if nobody did so, this computer had too little memory: close other programs, and look into 'dmesg'");
	}
	err_set(e, ERR_EMULATOR_ENDED, status > 128 ? "the emulator was ended by signal %d" : "the emulator ended with status %d", status > 128 ? status - 128 : status);
	if (*r->telling)
		return err_fix(e, "%s; it said: %s", toolwords_hint(r->telling), r->telling);
	return err_fix(e, "its last line was: %s", *r->last ? r->last : "(nothing)");
}

static int verdict(const struct run *r, const struct process *p, struct err *e)
{
	if (r->nothing)
		return err_set(e, ERR_BOARD_REFUSED, "the board refused to run anything: %s", r->last);
	if (!r->ended && p->ended)
		return ended_err(r, p->status, e);
	if (r->ended && !strcmp(r->ended, "timeout") && !r->up)
		return err_set(e, ERR_SILENT, "the runtime said nothing within %u s", timeout_sec);
	if (r->ended && !strcmp(r->ended, "timeout") && until)
		return err_set(e, ERR_NOT_SEEN, "no line held '%s' within %u s", until, timeout_sec);
	if (r->ended && strcmp(r->ended, "until") && strcmp(r->ended, "interrupted") && until)
		return err_set(e, ERR_NOT_SEEN, "all services have ended, and no line held '%s'", until);
	return MS_OK;
}

static int prepare_gdb(const struct plan *p, uint16_t *port, struct arena *a, struct err *e)
{
	const char *script = path_join(a, p->folder, "gdb");

	int rc = emulator_free_port(port, e);
	if (rc >= 0)
		rc = gdbscript_write(p, *port, script, a, e);
	if (rc >= 0)
		out_say("%s waits; in another terminal:\n  gdb-multiarch -x '%s'", p->board.name, path_shown(a, script));
	return rc;
}

/* The board stands still from here on. */
static int look_inside(struct run *r, uint16_t port, struct arena *a, struct err *e)
{
	struct gdbremote own = { .fd = -1 }, *g = trace ? &r->trace.tracing.port : &own;
	struct list services = { 0 };
	int rc = trace ? MS_OK : gdbremote_open(&own, port, e);

	if (rc >= 0)
		rc = snapshot_take(&r->plan, g, a, &services, e);
	if (rc >= 0)
		runstats_show(&services, a);
	gdbremote_close(&own);
	return rc;
}

/* Files and ports that the options name; nothing runs yet. */
static int prepare(struct run *r, struct emulator *m, struct arena *a, struct err *e)
{
	int rc = serial ? emulator_check_serial(m->board, serial, a, e) : MS_OK;

	if (rc >= 0 && gdb)
		rc = prepare_gdb(&r->plan, &m->gdb_port, a, e);
	if (rc >= 0 && (stats || trace))
		rc = emulator_free_port(&m->gdb_port, e);
	if (rc >= 0 && trace)
		rc = runtrace_begin(&r->trace, trace, &r->plan, a, e);
	if (rc >= 0 && profile)
		rc = runprofile_begin(&r->profile, &r->plan, until, m, a, e);
	return rc;
}

static int start(struct run *r, const struct emulator *m, struct process *p, struct arena *a, struct err *e)
{
	say_start(&r->plan);
	process_catch_interrupt();
	int rc = on ? rigged_start(&r->rig, "run", m->flash, m->fast, 0, a, e) : emulator_start(m, a, p, e);

	if (rc >= 0 && trace) {
		rc = tracing_start(&r->trace.tracing, m->gdb_port, e);
		p->also = r->trace.tracing.port.fd;
	}
	if (rc < 0 && p->pid)
		hear_last_words(r, p);
	if (rc < 0 && trace)
		trace_output_drop(r->trace.output);
	return rc;
}

/* What options want to know in the end.  A trace is kept of a run that failed, too. */
static int finish(struct run *r, const struct process *p, uint16_t port, int rc, struct arena *a, struct err *e)
{
	struct err second;
	int traced = trace ? runtrace_end(&r->trace, !p->ended, a, rc < 0 ? &second : e) : MS_OK;

	if (rc >= 0)
		rc = traced;
	return rc >= 0 && stats && r->up && !p->ended ? look_inside(r, port, a, e) : rc;
}

/* A board of a rig, if that is wanted: the image is made for its kind. */
static int borrow(struct run *r, char *const operands[], int count, struct arena *a, struct err *e)
{
	if (!on)
		return MS_OK;
	if (!rigged_is_meant(on)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' names no board of a rig", on);
		return err_fix(e, "write '--on rig:NAME', or '--board %s' for one that is emulated here", on);
	}
	int rc = rigged_take(on, plan_wanted_board(operands, count, plan_options.board, a), wait_sec ? wait_sec : RIGGED_WAIT_SEC, a, &r->rig, e);
	if (rc >= 0)
		plan_options.board = r->rig.board;
	return rc;
}

static int run_planned(struct run *r, struct arena *a, struct err *e)
{
	struct emulator m = { .board = &r->plan.board, .flash = r->plan.flash, .fast = fast, .serial = serial, .gdb_first = gdb || trace };
	struct process p = { .ended = true };

	r->lines.symbols = &r->plan.symbols;
	crashlog_start(&r->lines.crashes, r->plan.folder, a);
	int rc = prepare(r, &m, a, e);
	if (rc >= 0)
		rc = start(r, &m, &p, a, e);
	if (rc < 0) {
		process_stop(&p);
		return p.pid && !r->up && *r->last ? verdict(r, &p, e) : rc;
	}
	rc = watch(r, &p, e);
	if (rc >= 0 || (p.ended && !on))
		rc = verdict(r, &p, e);
	rc = finish(r, &p, m.gdb_port, rc, a, e);
	process_stop(&p);
	if (rc >= 0 && profile)
		rc = runprofile_show(&r->profile, &r->plan, top ? top : TOP, a, e);
	out_field("ended", r->ended ? json_string(r->ended) : json_null());
	if (r->ended && !strcmp(r->ended, "interrupted"))
		cmd_exit(130);
	return rc;
}

static int check_options(struct err *e)
{
	if (gdb && (stats || trace))
		return err_set(e, ERR_OPTIONS_DISAGREE, "--%s and --gdb want the same debug port", stats ? "stats" : "trace");
	if (top && !profile) {
		err_set(e, ERR_OPTIONS_DISAGREE, "--top is about what --profile shows");
		return err_fix(e, "add --profile, or leave --top out");
	}
	if (on && (gdb || stats || trace || profile || serial)) {
		err_set(e, ERR_OPTIONS_DISAGREE, "--on shows the console of a rig's board, and no option looks into it");
		return err_fix(e, "leave out --gdb, --stats, --trace, --profile and --serial, or run it here");
	}
	if (wait_sec && !on)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--wait is about the board of --on");
	return MS_OK;
}

int cmd_run(int argc, char **argv, struct arena *a, struct err *e)
{
	struct run *r = arena_new(a, struct run);

	plan_options.variant = variant;
	plan_options.trace = trace;
	int rc = check_options(e);
	if (rc >= 0)
		rc = borrow(r, argv + 1, argc - 1, a, e);
	if (rc >= 0)
		rc = plan_make(argv + 1, argc - 1, &plan_options, a, &r->plan, e);
	if (rc >= 0)
		rc = run_planned(r, a, e);
	rigged_release(&r->rig);
	return rc;
}
