/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-api: interfaces from C headers.  `ms api` runs it; a program of its own since libclang is larger than all of ms and takes
 * longer to start.
 */
#include <string.h>

#include "command.h"
#include "opt.h"

static struct request request;
static bool json, quiet;
static int verbose;
static const char *colour;

static const struct opt options[] = {
	OPT_TEXT(0, "name", "NAME", &request.name, OPT_ANY, "of the interface"),
	OPT_TEXT('o', "output", "PATH", &request.output, OPT_ANY, "where to write"),
	OPT_TEXT(0, "depfile", "FILE", &request.depfile, OPT_FILE, "for Ninja"),
	OPT_LIST('I', "include", "DIR", &request.folders, OPT_FOLDER, "where headers are"),
	OPT_FLAG(0, "client", &request.client, "the client's side only"),
	OPT_FLAG(0, "server", &request.server, "the server's side only"),
	OPT_FLAG(0, "mock", &request.mock, "the mock"),
	OPT_FLAG(0, "fake", &request.fake, "the recording fake"),
	OPT_FLAG(0, "html", &request.html, "HTML"),
	OPT_FLAG(0, "copy", &request.copy, "the header itself, too"),
	OPT_TEXT(0, "service", "NAME", &request.service, OPT_ANY, "of the project"),
	OPT_TEXT(0, "vendor", "DOMAIN", &request.vendor, OPT_ANY, "of the project"),
	OPT_TEXT(0, "from", "DIR", &request.from, OPT_FOLDER, "of the provider"),
	OPT_TEXT(0, "ipc", "TEXT", &request.ipc, OPT_ANY, "what the client requests"),
	OPT_TEXT(0, "fingerprint", "HEX", &request.fingerprint, OPT_ANY, "of the header"),
	OPT_TEXT(0, "provider", "NAME", &request.provider, OPT_ANY, "of the service that is called"),
	OPT_FLAG(0, "json", &json, "for programs"),
	OPT_FLAG('q', "quiet", &quiet, "say less"),
	OPT_COUNT('v', "verbose", &verbose, "say more"),
	OPT_CHOOSE(0, "color", &colour, "auto|always|never", "colour"),
	OPT_END
};

static const struct command {
	const char *name;
	int operands;
	int (*run)(const struct request *r, struct arena *a, struct err *e);
} commands[] = {
#define COMMAND(name, operands, function) { name, operands, function },
#include "commands.def"
#undef COMMAND
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static int find_command(const char *name, const struct command **out, struct err *e)
{
	const char *names[COMMAND_COUNT];

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		names[i] = commands[i].name;
		*out = &commands[i];
		if (name && !strcmp(name, names[i]))
			return MS_OK;
	}
	const char *near = name ? opt_nearest(name, names, COMMAND_COUNT) : NULL;

	err_set(e, name ? ERR_UNKNOWN_VERB : ERR_OPERANDS, name ? "there is no command '%s'" : "the command is missing%s", name ? name : "");
	return near ? err_fix(e, "did you mean 'ms api %s'?", near) : err_fix(e, "'ms help api' lists them");
}

static int run(int argc, char **argv, struct arena *a, struct err *e)
{
	const struct opt *const tables[] = { options, NULL };
	const struct command *c;

	int count = opt_parse(argc, argv, tables, a, e);
	out_init("api", &(struct out_options){ json, quiet, verbose, !colour || !strcmp(colour, "auto") ? OUT_AUTO :
		 !strcmp(colour, "always") ? OUT_ALWAYS : OUT_NEVER });
	if (count < 0)
		return count;
	int rc = find_command(count ? argv[1] : NULL, &c, e);
	if (rc < 0)
		return rc;
	if (count != c->operands + 1) {
		err_set(e, ERR_OPERANDS, "'%s' takes %d operand%s", c->name, c->operands, c->operands == 1 ? "" : "s");
		return err_fix(e, "'ms help api' says which");
	}
	rc = sdk_find(MS_VERSION, a, &request.sdk, e);
	if (rc < 0)
		return rc;
	request.operands = (const char *const *)argv + 2;
	return c->run(&request, a, e);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	out_init("api", &(struct out_options){ 0 });
	int rc = run(argc, argv, &a, &e);
	int status = out_finish(rc < 0 ? &e : NULL, 0);

	arena_done(&a);
	return status;
}
