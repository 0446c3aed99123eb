/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A board behind a probe, for the agent: `ms flash` writes it, then its serial line is read.  The line is opened first, so that
 * nothing is lost that the board says when it starts.
 */
#include <string.h>

#include "command.h"
#include "companion.h"
#include "out.h"
#include "serialline.h"
#include "way.h"

enum { LINE_SIZE = 4096 };

/* A board that is lent gets whatever its borrower tries, older or not. */
static int flash(const struct request *r, const char *image, struct arena *a, struct err *e)
{
	const char *ms = companion_path("ms", a);
	const char *const argv[] = { ms, "flash", image, "--board", r->boards.at[0], "--probe", r->probe, "--downgrade", "--json", NULL };
	char line[LINE_SIZE];
	struct process p;
	int more;

	int rc = process_start(argv, NULL, &p, e);
	if (rc < 0)
		return rc;
	while ((more = process_line(&p, line, sizeof(line), UINT64_MAX)) == 1)
		out_line(WAY_SAYS "%s", line);
	process_stop(&p);
	return p.status;
}

static int watch(struct serialline *l, struct err *e)
{
	char line[LINE_SIZE];
	int more;

	while ((more = serialline_read(l, line, sizeof(line), UINT64_MAX, -1)) == 1 && !out_is_lost())
		out_line("%s", line);
	serialline_close(l);
	if (more == -MS_EINTR || more == 1)
		return MS_OK;
	err_set(e, ERR_NO_LINE, "'%s' has vanished", l->name);
	return err_fix(e, "look whether its cable is in, and do it again");
}

int command_bench(const struct request *r, struct arena *a, struct err *e)
{
	const char *image = r->operands[0], *line = r->operands[1];
	struct serialline l = { .name = line, .speed = r->speed, .fd = -1 };
	bool flashes = strcmp(image, "-"), watches = strcmp(line, "-");

	if (flashes && (!r->boards.count || !r->probe))
		return err_set(e, ERR_OPERANDS, "board and probe are missing");
	process_catch_interrupt();
	int rc = watches ? serialline_open(&l, e) : MS_OK;
	if (rc >= 0 && flashes)
		rc = flash(r, image, a, e);
	if (!rc && watches)
		rc = watch(&l, e);
	return rc;
}
