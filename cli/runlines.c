/* SPDX-License-Identifier: Apache-2.0 */
#include "runlines.h"

#include <string.h>

#include "emulator.h"
#include "out.h"
#include "plan.h"
#include "runview.h"

bool runlines_take(struct runlines *r, const char *line, struct console_line *out)
{
	struct arena scratch = { 0 };
	struct crash_place place;

	console_parse(line, out);
	if (out->kind == CONSOLE_OTHER && emulator_chatter(line)) {
		out_detail("%s", line);
		return false;
	}
	if (out->kind == CONSOLE_FAULT) {
		crash_locate(r->symbols, out, &scratch, &place);
		crashlog_add(&r->crashes, line, &place, &scratch);
	}
	runview_line(out, out->kind == CONSOLE_FAULT ? &place : NULL, &scratch);
	arena_done(&scratch);
	return true;
}

void runlines_services(const struct plan *p)
{
	for (size_t i = 0; i < p->services.count; i++) {
		const struct device_service *d = &((const struct plan_service *)p->services.at[i])->device;

		runview_width(strlen(d->name));
		out_detail("%s: flash 0x%08x, %u bytes; RAM 0x%08x, %u bytes", d->name, d->at.flash.base, d->at.flash.size,
			   d->at.ram.base, d->at.ram.size);
	}
}
