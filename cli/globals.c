/* SPDX-License-Identifier: Apache-2.0 */
#include "globals.h"

#include <string.h>

#include "companion.h"

struct globals globals;

const struct opt global_options[] = {
	OPT_TEXT('C', "directory", "DIR", &globals.folder, OPT_FOLDER, "work as if started in DIR"),
	OPT_FLAG(0, "json", &globals.json, "print one JSON object a line, for programs"),
	OPT_FLAG('q', "quiet", &globals.quiet, "print results and failures only"),
	OPT_COUNT('v', "verbose", &globals.verbose, "say more; twice says most"),
	OPT_CHOOSE(0, "color", &globals.colour, "auto|always|never", "when to use colour"),
	OPT_FLAG(0, "no-input", &globals.no_input, "never ask, fail instead"),
	OPT_FLAG('h', "help", &globals.help, "explain the verb and do nothing else"),
	OPT_FLAG('V', "version", &globals.version, "print the version and do nothing else"),
	OPT_END
};

struct out_options globals_out(void)
{
	struct out_options o = { .json = globals.json, .quiet = globals.quiet, .verbose = globals.verbose };

	if (globals.colour && strcmp(globals.colour, "always") == 0)
		o.colour = OUT_ALWAYS;
	if (globals.colour && strcmp(globals.colour, "never") == 0)
		o.colour = OUT_NEVER;

	return o;
}

void globals_words(struct list *words, struct arena *a)
{
	const struct opt handed_on[] = {
		OPT_FLAG(0, "json", &globals.json, ""), OPT_FLAG(0, "quiet", &globals.quiet, ""), OPT_COUNT(0, "verbose", &globals.verbose, ""),
		OPT_TEXT(0, "color", "WHEN", &globals.colour, OPT_ANY, ""), OPT_END
	};

	companion_options(words, handed_on, a);
}

int globals_skip(int argc, char **argv)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-' && argv[i][1] && strcmp(argv[i], "--") != 0)
		i += opt_takes_next(argv[i], global_options) ? 2 : 1;
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;

	return i < argc ? i : argc;
}

bool globals_has(int argc, char **argv, const char *word)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], word) == 0)
			return true;

	return false;
}
