/* SPDX-License-Identifier: Apache-2.0 */
/* ms api: hands what was asked for to ms-api, which lies beside this program. */
#include "cmd.h"

#include "companion.h"
#include "globals.h"

static const char *name, *output;
static struct list folders;
static bool client, server, mock, fake, html;

static const struct opt options[] = {
	OPT_TEXT(0, "name", "NAME", &name, OPT_ANY, "name of the interface (that of the header)"),
	OPT_TEXT('o', "output", "DIR", &output, OPT_FOLDER, "where to write (here)"),
	OPT_LIST('I', "include", "DIR", &folders, OPT_FOLDER, "where else headers are that the header includes"),
	OPT_FLAG(0, "client", &client, "bind: the client's side only"),
	OPT_FLAG(0, "server", &server, "bind: the server's side only"),
	OPT_FLAG(0, "mock", &mock, "mock: the mock only"),
	OPT_FLAG(0, "fake", &fake, "mock: the recording fake only"),
	OPT_FLAG(0, "html", &html, "doc: HTML, not Markdown"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms api check include/adder.h", "what of it can be called from another service, and why the rest cannot" },
	{ "ms api bind include/adder.h -o out", "both sides of it: what a client is compiled with, and what a server is" },
	{ "ms api mock include/adder.h -o tests --fake", "what tests of a client may have in its place" },
	{ "ms api diff old/adder.h adder.h", "may clients built with the old header call the new service?" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "the header does not compile, or something in it cannot cross" },
	{ 6, "there is no SDK, or it has no ms-api" },
	{ 8, "diff: old clients cannot call the new service" },
	{ 0, NULL }
};

const struct page page_api = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = "check|bind|mock|doc|diff",
	.about = "Interfaces as plain C headers: functions that one service has and others call, by messages that nobody writes by hand.\n\n"
		 "check HEADER: which functions can cross to another service; of each other one the place, why not, and what to do. What has other "
		 "sizes on the PC and on a board is found, and what the device lacks.\n\n"
		 "bind HEADER: writes NAME_messages.h, which both sides share; NAME_client.c, each function as a message; NAME_server.h and NAME_server.c, "
		 "each message as a call of its function, with every size checked. A file that would be the same is left alone.\n\n"
		 "mock HEADER: writes NAME_mock.c, each function for tests with cmocka, which say by expect_value, expect_memory, expect_string what it is to be called with and by "
		 "will_return what it gives; and NAME_fake.h and NAME_fake.c, each function as one that notes its calls and answers what the test has set.\n\n"
		 "doc HEADER: writes NAME.md, or NAME.html with --html: each function with its comment, its parameters, what of them is sent and what comes back, its errors; the "
		 "types; the fingerprint, and the version if the header is one of a project.\n\n"
		 "diff OLD NEW: may clients that were built with the old header call a service that has the new one? What has changed, function by function.",
	.examples = examples,
	.statuses = statuses,
	.files = "Headers are read as the device's compiler sees them: with the headers of the SDK and those beside them, and nothing of this computer's.",
	.json = "check: an event 'header_finding' for each: file, line, column, function (or null), refused (false: a remark), text, fix (or null); "
		"result: interface, functions (an array of names). "
		"bind, mock, doc: an event 'written' for each: path, changed. diff: an event 'function_change' for each: function, change, breaks; result: compatible.",
};

int cmd_api(int argc, char **argv, struct arena *a, struct err *e)
{
	struct list words = { 0 };

	companion_options(&words, options, a);
	globals_words(&words, a);
	return companion_become("ms-api", &words, argc, argv, a, e);
}
