/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-rig: lends boards to others, and borrows them.  `ms rig` runs it, and so do the verbs that have --on; a program of its own, so that
 * nobody who builds a service starts libraries for the network.
 */
#include "command.h"
#include "companion.h"

static struct request request = { .speed = 115200 };
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
	OPT_END
};

static const struct companion_command commands[] = {
#define COMMAND(name, least, most, function) { name, least, most, NULL },
#include "commands.def"
#undef COMMAND
};

static command_fn *const functions[] = {
#define COMMAND(name, least, most, function) function,
#include "commands.def"
#undef COMMAND
};

static int run(size_t at, const char *const *operands, struct arena *a, struct err *e)
{
	request.operands = operands;
	return functions[at](&request, a, e);
}

int main(int argc, char **argv)
{
	return companion_main(&(struct companion){ "rig", options, commands, sizeof(commands) / sizeof(*commands), run }, argc, argv);
}
