/* SPDX-License-Identifier: Apache-2.0 */
#include "watchboard.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device_change.h"
#include "emulator.h"
#include "out.h"
#include "poke.h"
#include "replace.h"

void watchboard_stop(struct watchboard *b)
{
	if (b->plan) {
		gdbremote_close(&b->port);
		if (b->poke >= 0)
			close(b->poke);
		b->poke = -1;
	}
	process_stop(&b->process);
	b->plan = NULL;
}

static int start(struct watchboard *b, const struct plan *p, struct arena *a, struct err *e)
{
	struct emulator m = { .board = &p->board, .flash = p->flash, .fast = b->fast, .gdb_first = true };
	int also = b->process.also;

	watchboard_stop(b);
	b->stale = b->reset = false;
	int rc = emulator_free_port(&m.gdb_port, e);
	if (rc >= 0)
		rc = emulator_free_port(&m.poke_port, e);
	if (rc >= 0)
		rc = emulator_start(&m, a, &b->process, e);
	if (rc < 0)
		return rc;
	b->process.also = also;
	b->plan = p;
	b->lines.symbols = &p->symbols;
	runlines_services(p);
	rc = gdbremote_reach(&b->port, m.gdb_port, e);
	if (rc >= 0)
		rc = b->poke = poke_open(m.poke_port, e);
	return rc < 0 ? rc : gdbremote_go(&b->port, e);
}

static bool any(const bool *changed, uint32_t count)
{
	while (count && !changed[count - 1])
		count--;
	return count;
}

/* NULL when it was replaced, or nothing had to be: else why the board has to start anew. */
static const char *replace(struct watchboard *b, const struct plan *next, struct arena *a, bool changed[])
{
	const struct device_state from = { &b->plan->device, b->plan->image }, to = { &next->device, next->image };
	struct err failed = { 0 };
	const char *why = b->process.ended ? "the emulator has ended" : b->reset ? "the board was reset, which brought back what it was started with" :
			  strcmp(b->plan->board.name, next->board.name) ? "the board is another" : device_change(&from, &to, a, changed);

	if (why || !any(changed, next->device.service_count))
		return why;
	if (replace_services(&b->port, b->poke, b->plan, next, changed, a, &failed) < 0)
		return arena_printf(a, "%s", failed.text);
	b->stale = true;
	return NULL;
}

int watchboard_bring(struct watchboard *b, const struct plan *next, struct arena *a, bool changed[], const char **why, struct err *e)
{
	*why = NULL;
	if (b->plan) {
		*why = replace(b, next, a, changed);
		if (!*why) {
			b->plan = next;
			b->lines.symbols = &next->symbols;
			return any(changed, next->device.service_count) ? WATCH_REPLACED : WATCH_SAME;
		}
	}
	int rc = start(b, next, a, e);
	return rc < 0 ? rc : WATCH_STARTED;
}

/* The first line of a runtime that starts. */
static bool is_start(const struct console_line *l)
{
	return l->kind == CONSOLE_RUNTIME && !strncmp(l->text, "runtime ", 8);
}

void watchboard_line(struct watchboard *b, const char *line, struct console_line *l)
{
	if (!runlines_take(&b->lines, line, l)) {
		*l = (struct console_line){ .kind = CONSOLE_OTHER };
		return;
	}
	snprintf(b->last, sizeof(b->last), "%s", l->text);
	b->reset |= b->stale && is_start(l);
}
