/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-rig: lends boards to others, and borrows them.  `ms rig` runs it, and so do the verbs that have --on; a program of its own, so that
 * nobody who builds a service starts libraries for the network.
 */
#include <string.h>

#include "command.h"
#include "out.h"

static struct request request = { .speed = 115200 };
static bool json, quiet;
static int verbose;
static const char *colour;

static const struct opt options[] = {
	OPT_TEXT('c', "config", "FILE", &request.config, OPT_FILE, "what is lent, and to whom"),
	OPT_LIST('b', "board", "BOARD", &request.boards, OPT_BOARD, "lent, emulated; or wanted"),
	OPT_TEXT(0, "socket", "PATH", &request.socket, OPT_ANY, "to be reached by"),
	OPT_TEXT(0, "listen", "ADDRESS", &request.listen, OPT_ANY, "to be reached by"),
	OPT_TEXT(0, "certificate", "FILE", &request.certificate, OPT_FILE, "of the server"),
	OPT_TEXT(0, "key", "FILE", &request.key, OPT_FILE, "of the certificate"),
	OPT_TEXT(0, "state", "DIR", &request.state, OPT_FOLDER, "of the agent"),
	OPT_NUMBER(0, "lease", "SECONDS", &request.lease_sec, 1, 3600, "until a lease ends"),
	OPT_TEXT(0, "pin", "PIN", &request.pin, OPT_ANY, "of the certificate"),
	OPT_TEXT(0, "kind", "BOARD", &request.kind, OPT_BOARD, "which kind of board is wanted"),
	OPT_NUMBER(0, "wait", "SECONDS", &request.wait_sec, 0, 86400, "in line"),
	OPT_NUMBER(0, "limit", "SECONDS", &request.limit_sec, 1, 86400, "for a run"),
	OPT_FLAG(0, "fast", &request.fast, "sleep takes no time"),
	OPT_TEXT(0, "probe", "PROBE", &request.probe, OPT_ANY, "of a board"),
	OPT_NUMBER(0, "speed", "BAUD", &request.speed, 1, 4000000, "of a serial device"),
	OPT_FLAG(0, "json", &json, "for programs"),
	OPT_FLAG('q', "quiet", &quiet, "say less"),
	OPT_COUNT('v', "verbose", &verbose, "say more"),
	OPT_CHOOSE(0, "color", &colour, "auto|always|never", "colour"),
	OPT_END
};

static const struct command {
	const char *name;
	int least, most;
	command_fn *run;
} commands[] = {
#define COMMAND(name, least, most, function) { name, least, most, function },
#include "commands.def"
#undef COMMAND
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static const struct command *find_command(const char *name, struct err *e)
{
	const char *names[COMMAND_COUNT];

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		names[i] = commands[i].name;
		if (name && !strcmp(name, names[i]))
			return &commands[i];
	}
	const char *near = name ? opt_nearest(name, names, COMMAND_COUNT) : NULL;

	err_set(e, name ? ERR_UNKNOWN_VERB : ERR_OPERANDS, name ? "there is no command '%s'" : "the command is missing%s", name ? name : "");
	if (near)
		err_fix(e, "did you mean 'ms rig %s'?", near);
	else
		err_fix(e, "'ms help rig' lists them");
	return NULL;
}

static int run(int argc, char **argv, struct arena *a, struct err *e)
{
	const struct opt *const tables[] = { options, NULL };

	int count = opt_parse(argc, argv, tables, a, e);
	out_init("rig", &(struct out_options){ json, quiet, verbose, !colour || !strcmp(colour, "auto") ? OUT_AUTO :
		 !strcmp(colour, "always") ? OUT_ALWAYS : OUT_NEVER });
	if (count < 0)
		return count;
	argv[count + 1] = NULL;
	const struct command *c = find_command(count ? argv[1] : NULL, e);
	if (!c)
		return e->code;
	if (count - 1 < c->least || count - 1 > c->most) {
		err_set(e, ERR_OPERANDS, "'%s' takes %s%d operand%s", c->name, c->least < c->most ? "at most " : "", c->most, c->most == 1 ? "" : "s");
		return err_fix(e, "'ms help rig' says which");
	}
	request.operands = (const char *const *)argv + 2;
	return c->run(&request, a, e);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	out_init("rig", &(struct out_options){ 0 });
	int rc = run(argc, argv, &a, &e);
	int status = out_finish(rc < 0 ? &e : NULL, rc > 0 ? rc : 0);

	arena_done(&a);
	return status;
}
