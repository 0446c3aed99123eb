/* SPDX-License-Identifier: Apache-2.0 */
/* A board behind a probe: `ms flash` writes it, and 'ms-rig bench' has that done and reads the board's serial line. */
#include "file.h"
#include "way.h"

int way_openocd(const struct lent *l, const struct board *b, const struct order *o, struct arena *a, struct process *p, struct err *e)
{
	const char *none = "-", *line = o->job == JOB_FLASH || !l->console ? none : l->console;
	const char *const argv[] = {
		path_real(a, "/proc/self/exe"), "bench", "--board", b->name, "--probe", l->probe, "--speed", arena_printf(a, "%u", l->speed),
		"--", o->image ? o->image : none, line, NULL,
	};

	if (o->job == JOB_MONITOR && !l->console) {
		err_set(e, ERR_RIG_REFUSED, "the rig knows of no console of '%s'", l->name);
		return err_fix(e, "who runs the rig can name it: 'console: /dev/ttyACM0'");
	}
	return process_start(argv, NULL, p, e);
}
