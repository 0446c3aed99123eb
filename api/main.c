/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-api: interfaces from C headers.  `ms api` runs it; a program of its own since libclang is larger than all of ms and takes
 * longer to start.
 */
#include "command.h"
#include "companion.h"

static struct request request;
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
	OPT_END
};

static const struct companion_command commands[] = {
#define COMMAND(name, operands, function) { name, operands, operands, NULL },
#include "commands.def"
#undef COMMAND
};

static command_fn *const functions[] = {
#define COMMAND(name, operands, function) function,
#include "commands.def"
#undef COMMAND
};

static int run(size_t at, const char *const *operands, struct arena *a, struct err *e)
{
	int rc = sdk_find(MS_VERSION, a, &request.sdk, e);
	if (rc < 0)
		return rc;
	request.operands = operands;
	return functions[at](&request, a, e);
}

int main(int argc, char **argv)
{
	return companion_main(&(struct companion){ "api", options, commands, sizeof(commands) / sizeof(*commands), run }, argc, argv);
}
