/* SPDX-License-Identifier: Apache-2.0 */
/* An emulated board: its flash is a file, and it runs as long as somebody watches it. */
#include "emulator.h"
#include "file.h"
#include "way.h"

static int hold(const struct order *o, struct arena *a, struct err *e)
{
	struct bytes image;

	int rc = file_read(o->image, UINT32_MAX >> 1, a, &image, e);
	if (rc >= 0)
		rc = file_replace(o->held, image, 0600, a, e);
	return rc < 0 ? rc : 1;
}

int way_qemu(const struct lent *l, const struct board *b, const struct order *o, struct arena *a, struct process *p, struct err *e)
{
	struct emulator m = { .board = b, .flash = o->image ? o->image : o->held, .fast = o->fast };

	if (o->job == JOB_FLASH)
		return hold(o, a, e);
	if (!o->image && !file_exists(o->held)) {
		err_set(e, ERR_RIG_REFUSED, "nothing was flashed into '%s' yet", l->name);
		return err_fix(e, "ms flash --on rig:NAME/%s", l->name);
	}
	return emulator_start(&m, a, p, e);
}
