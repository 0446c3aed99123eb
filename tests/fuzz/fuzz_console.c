/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a board prints, a line of it is taken apart into texts that end, and what is not understood is left whole. */
#include <string.h>

#include "arena.h"
#include "console.h"
#include "fuzz.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct console_line l;

	const char *line = arena_string(&a, in);
	console_parse(line, &l);
	must(l.kind <= CONSOLE_FAULT);
	must(memchr(l.service, 0, sizeof(l.service)) && memchr(l.severity, 0, sizeof(l.severity)) &&
	     memchr(l.text, 0, sizeof(l.text)) && memchr(l.fault.cause, 0, sizeof(l.fault.cause)));
	if (l.kind == CONSOLE_OTHER)
		must(strncmp(line, l.text, sizeof(l.text) - 1) == 0);
	if (l.kind == CONSOLE_LOG)
		must(l.service[0] && l.severity[0]);
	arena_done(&a);
}
