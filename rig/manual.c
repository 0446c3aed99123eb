/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of docs/rig.md that have their home in the program. */
#include <string.h>

#include "command.h"
#include "config.h"
#include "frame.h"
#include "out.h"
#include "rigweb.h"

static void print_routes(void)
{
	static const char *const who[] = { "anybody", "a user", "the holder" };
	const struct route *rows = rigweb_routes.at;

	out_line("| request | who | |\n|---|---|---|");
	for (size_t i = 0; i < rigweb_routes.count; i++)
		out_line("| `%s %s` | %s | %s |", rows[i].method, rows[i].path, who[rows[i].who], rows[i].what);
}

static void print_ends(void)
{
	out_line("| end | |\n|---|---|");
	for (int i = 0; i < FRAME_END_COUNT; i++)
		out_line("| `%s` | %s |", frame_end_word((enum frame_end)i), frame_end_text((enum frame_end)i));
}

int command_manual(const struct request *r, struct arena *a, struct err *e)
{
	const char *what = r->operands[0];

	if (!strcmp(what, "routes"))
		print_routes();
	else if (!strcmp(what, "ends"))
		print_ends();
	else if (!strcmp(what, "config"))
		out_text(config_manual(a));
	else
		return err_set(e, ERR_OPERANDS, "routes, ends or config");
	return MS_OK;
}
