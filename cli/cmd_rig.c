/* SPDX-License-Identifier: Apache-2.0 */
/* ms rig: hands what was asked for to ms-rig, which lies beside this program. */
#include "cmd.h"

#include "companion.h"
#include "globals.h"

static const char *config, *path, *address, *certificate, *key, *state, *pin;
static struct list boards;
static uint32_t lease_sec;

static const struct opt options[] = {
	OPT_TEXT('c', "config", "FILE", &config, OPT_FILE, "serve: what is lent and to whom, rig.yaml"),
	OPT_LIST('b', "board", "BOARD", &boards, OPT_BOARD, "serve: lend this board, emulated; NAME=BOARD under another name"),
	OPT_TEXT(0, "socket", "PATH", &path, OPT_ANY, "serve: be reached by this Unix socket"),
	OPT_TEXT(0, "listen", "ADDRESS", &address, OPT_ANY, "serve: be reached by HTTPS under ADDRESS:PORT"),
	OPT_TEXT(0, "certificate", "FILE", &certificate, OPT_FILE, "serve: of the server (default: one that is made)"),
	OPT_TEXT(0, "key", "FILE", &key, OPT_FILE, "serve: of the certificate"),
	OPT_TEXT(0, "state", "DIR", &state, OPT_FOLDER, "serve: where to keep what outlives a restart"),
	OPT_NUMBER(0, "lease", "SECONDS", &lease_sec, 1, 3600, "serve: a board whose holder is silent for so long is free again (default: 30)"),
	OPT_TEXT(0, "pin", "PIN", &pin, OPT_ANY, "login: of the rig's certificate, as 'ms rig serve' says it"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms rig serve --board mps2-an386 --socket rig.sock", "lend an emulated board to this computer's programs" },
	{ "ms rig serve --config rig.yaml", "lend what the file says" },
	{ "ms rig token ann", "a token for a user, and the line for rig.yaml" },
	{ "ms rig login desk https://192.0.2.7:7443 --pin sha256//...", "know a rig by a name; the token comes from standard input" },
	{ "ms rig list", "what do the rigs have, and who has it?" },
	{ "ms test --on rig:desk", "run tests there" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "serve: rig.yaml is wrong" },
	{ 7, "serve: certificate or state cannot be used" },
	{ 9, "the rig cannot be reached, refuses, or answers something else" },
	{ 10, "the rig does not know this user, or does not show the certificate that it should" },
	{ 0, NULL }
};

const struct page page_rig = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = "serve|token|list|login|logout",
	.about = "Rigs: boards that are lent to others, one at a time. The verbs test, run, flash and monitor use them: --on rig:NAME or rig:NAME/BOARD.\n\n"
		 "serve: lends boards until Ctrl-C. Emulated ones need nothing else than their name; real ones are described in rig.yaml, with users and with "
		 "what of their flash may be written. docs/rig.md has all of it.\n\n"
		 "token USER: makes a token and the line for rig.yaml. login NAME URL: keeps URL, pin and token; URL is https://HOST:PORT or unix:PATH. logout NAME: forgets them. "
		 "list [NAME|URL]: boards and who has them.\n\n"
		 "Who borrows a board holds it until it is given back, or until nothing was heard for as long as a lease lasts; what drove it is ended then. "
		 "Trouble with a rig ends with status 9 and says nothing about what was tested.",
	.examples = examples,
	.statuses = statuses,
	.files = "login writes rigs/NAME in the folder of settings, of mode 0600. serve writes into its folder of states: certificate and key, numbers of leases, the flash of emulated boards.",
	.json = "serve: events 'rig_board' and 'rig_door' (url, pin) at the start. list: an event 'rig_board' for each: rig, name, board, way, virtual, state (\"free\", \"lent\", \"running\", \"settling\"), "
		"user (or null), waiting; the result has boards, their number. token: the result has token and hash.",
};

int cmd_rig(int argc, char **argv, struct arena *a, struct err *e)
{
	struct list words = { 0 };

	companion_options(&words, options, a);
	globals_words(&words, a);
	return companion_become("ms-rig", &words, argc, argv, a, e);
}
