/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

static const struct example examples[] = {
	{ "ms help", "list the verbs" },
	{ "ms help build", "explain one of them" },
	{ NULL, NULL }
};

const struct page page_help = {
	.complete = OPT_VERB,
	.about = "Explains a verb: its operands, options, exit status, and examples. Without an operand it lists all verbs.\n\n"
		 "The same text is printed by -h or --help, wherever it stands in a command line, and the command does nothing else then.",
	.examples = examples,
	.json = "Result: help, an object that describes one verb, or all verbs and the options that every verb has.",
};

int cmd_help(int argc, char **argv, struct arena *a, struct err *e)
{
	if (argc < 2)
		return help_print(NULL, a);

	const struct verb *v = verb_find(argv[1]);
	return v ? help_print(v, a) : verb_unknown(argv[1], e);
}
