/* SPDX-License-Identifier: Apache-2.0 */
#include "external.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "globals.h"
#include "file.h"
#include "process.h"

enum { GLOBALS_MAX = 8 };

const char *external_find(const char *verb, struct arena *a)
{
	bool is_verb = *verb >= 'a' && *verb <= 'z' && verb[strspn(verb, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';

	return is_verb ? process_find(arena_printf(a, "ms-%s", verb), a) : NULL;
}

/* As words, what stood before the verb; but -C is done already. */
static size_t global_words(const char *to[], struct arena *a)
{
	size_t count = 0;

	if (globals.json)
		to[count++] = "--json";
	if (globals.quiet)
		to[count++] = "--quiet";
	for (int i = 0; i < globals.verbose && i < 2; i++)
		to[count++] = "--verbose";
	if (globals.colour)
		to[count++] = arena_printf(a, "--color=%s", globals.colour);
	if (globals.no_input)
		to[count++] = "--no-input";
	if (globals.help)
		to[count++] = "--help";
	return count;
}

int external_run(const char *program, const char *const words[], struct arena *a, struct err *e)
{
	size_t count = 0, at = 1;

	while (words[count])
		count++;
	const char **argv = arena_array(a, const char *, count + GLOBALS_MAX + 2);

	argv[0] = program;
	at += global_words(argv + at, a);
	memcpy(argv + at, words, count * sizeof(*words));
	argv[at + count] = NULL;
	setenv("MS", path_real(a, "/proc/self/exe"), 1);
	execv(program, (char **)argv);
	err_set(e, ERR_TOOL_FAILED, "'%s' cannot be run: %s", program, strerror(errno));
	return err_fix(e, "it is in PATH and marked as executable: see that it is a program, or begins with #! and one that there is");
}
