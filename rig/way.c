/* SPDX-License-Identifier: Apache-2.0 */
#include "way.h"

#include <string.h>

static const struct { const char *name; way_fn *start; } ways[] = {
	{ "qemu", way_qemu }, { "openocd", way_openocd }, { "command", way_command },
};

const char *job_word(enum job job)
{
	static const char *const words[JOB_COUNT] = { "run", "flash", "monitor" };

	return words[job];
}

int way_start(const struct lent *l, const struct board *b, const struct order *o, struct arena *a, struct process *p, struct err *e)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (!strcmp(ways[i].name, l->way))
			return ways[i].start(l, b, o, a, p, e);
	err_set(e, ERR_RIG_CONFIG, "there is no way '%s' to reach '%s'", l->way, l->name);
	return err_fix(e, "write 'way: qemu', 'way: openocd' or 'way: command'");
}

int way_check(const struct lent *l, const struct board *b, struct err *e)
{
	if (!strcmp(l->way, "qemu") && !b->qemu_machine) {
		err_set(e, ERR_RIG_CONFIG, "the board '%s' is a %s, which is not emulated", l->name, b->name);
		return err_fix(e, "write 'way: openocd' and 'probe', or choose another board");
	}
	if (!strcmp(l->way, "openocd") && !b->probe.target) {
		err_set(e, ERR_RIG_CONFIG, "the board '%s' is a %s, which no probe reaches", l->name, b->name);
		return err_fix(e, "write 'way: qemu', or choose another board");
	}
	return MS_OK;
}
