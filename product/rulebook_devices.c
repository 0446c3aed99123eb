/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "opt.h"
#include "rulebook.h"

enum { SIGNAL_FIRST = 4 };

struct giving {
	const struct device *device;
	struct rulebook *book;
	struct arena *arena;
	struct device_talk *talk;
	struct err *e;
	const struct device_service *owner[BOARD_DEVICE_MAX];
};

/* Those that the board has to give: the console stays with the log. */
static int refuse_unknown(const struct giving *g, const struct device_service *s, const char *name, bool console)
{
	const struct board *b = g->device->board;
	const char *names[BOARD_DEVICE_MAX];
	struct text all = { 0 };
	size_t count = 0;

	for (uint32_t i = 0; i < b->device_count; i++) {
		if (b->devices[i].console)
			continue;
		text_add(&all, g->arena, "%s%s", count ? ", " : "", b->devices[i].name);
		names[count++] = b->devices[i].name;
	}
	const char *near = console ? NULL : opt_nearest(name, names, count);

	err_set(g->e, ERR_NO_DEVICE, "'%s' asks for the device '%s', which %s %s", s->name, name, b->name,
		console ? "needs for its console" : "has not");
	if (console)
		return err_fix(g->e, "grant it in a product file, which takes it from the log; or use another: %s", all.size ? all.at : "there is none");
	return err_fix(g->e, "%s%s%sit has %s", near ? "did you mean '" : "", near ? near : "", near ? "'? " : "", all.size ? all.at : "none to give");
}

static int refuse_second(const struct giving *g, const struct device_service *s, const struct device_service *owner, const char *name)
{
	err_set(g->e, ERR_DEVICE_TWICE, "'%s' and '%s' both ask for the device '%s'", owner->name, s->name, name);
	return err_fix(g->e, "a device is one service's: grant it to one of them, and let the other call that");
}

static int refuse_console(const struct giving *g, const struct device_service *s, const char *name)
{
	const char *owner = g->device->console;
	bool log = rulebook_console_is(g->device, RULEBOOK_LOG);

	err_set(g->e, ERR_CONSOLE, "'%s' is granted '%s', the console, which by 'console: %s' is %s", s->name, name, owner, log ? "the log's" : "another's");
	return err_fix(g->e, "write 'console: %s', or take it out of these grants", s->name);
}

static int check(const struct giving *g, const struct device_service *s, const struct manifest_mapped *want, const struct board_device *d,
		 const char *name)
{
	const struct board *b = g->device->board;

	if (!d || (d->console && !s->granted_devices))
		return refuse_unknown(g, s, name, d);
	if (d->console && g->device->console && !rulebook_console_is(g->device, s->name))
		return refuse_console(g, s, name);
	if (g->owner[d - b->devices])
		return refuse_second(g, s, g->owner[d - b->devices], name);
	if (!want->number || want->number == d->line_count)
		return MS_OK;
	err_set(g->e, ERR_INTERRUPTS, "'%s' is for a device '%s' with %u interrupt%s, on %s it has %u", s->name, name,
		(unsigned)want->number, want->number == 1 ? "" : "s", b->name, (unsigned)d->line_count);
	return err_fix(g->e, "use a service that is made for this device; if it is, write '{ name: %s, interrupts: %u }' in its ms.yaml", name,
		       (unsigned)d->line_count);
}

static struct rulebook_asked asked_of(const struct device_service *s)
{
	return (struct rulebook_asked){ s->granted_devices, "grants.devices", s->manifest->devices, s->manifest->device_count, 0 };
}

static int give(struct giving *g, const struct device_service *s, uint32_t i, uint32_t signal)
{
	const struct manifest_mapped *want = &s->manifest->devices[i];
	const struct board *b = g->device->board;
	const char *name = arena_string(g->arena, want->name);
	const struct board_device *d = board_device_find(b, name);

	bool owns_console = d && d->console && rulebook_console_is(g->device, s->name);

	struct rulebook_asked asked = asked_of(s);

	if (!owns_console && !rulebook_granted(s, &asked, "device", name, g->arena, g->talk))
		return MS_OK;
	if (check(g, s, want, d, name) < 0)
		return rulebook_err(s, &asked, i, g->arena, g->e);
	g->owner[d - b->devices] = s;
	return rulebook_add(g->book, &(struct table_rule){
		s->id, table_object(TABLE_DEVICE, (uint32_t)(d - b->devices)), TABLE_DEVICE_USE | (want->number ? signal << 8 : 0), i
	}, g->e);
}

int rulebook_devices(const struct device *d, struct rulebook *b, struct arena *a, struct device_talk *out, struct err *e)
{
	struct giving g = { .device = d, .book = b, .arena = a, .talk = out, .e = e };
	int rc = MS_OK;

	for (uint32_t i = 0; i < d->service_count && rc >= 0; i++) {
		const struct device_service *s = &d->services[i];
		const struct manifest *m = s->manifest;

		if (!m)
			continue;
		struct rulebook_asked asked = asked_of(s);

		rc = rulebook_used(s, &asked, a, e);
		for (uint32_t k = 0, signal = SIGNAL_FIRST + m->provide_count; rc >= 0 && k < m->device_count; signal += m->devices[k++].number)
			rc = give(&g, s, k, signal);
	}
	return rc;
}
