/* SPDX-License-Identifier: Apache-2.0 */
/* Whose the console is, as the product says: the log's, or a service's, which then need not be granted the device by its name. */
#include <string.h>

#include "opt.h"
#include "rulebook.h"

static const struct board_device *console_of(const struct board *b)
{
	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++)
		if (d->console)
			return d;
	return NULL;
}

static int at_key(const struct device *d, struct err *e)
{
	return d->said_at ? schema_err(d->said_at, "console", e) : e->code;
}

static int refuse_service(const struct device *d, struct arena *a, struct err *e)
{
	const char **names = arena_array(a, const char *, d->service_count), *near;

	for (uint32_t i = 0; i < d->service_count; i++)
		names[i] = d->services[i].name;
	near = opt_nearest(d->console, names, d->service_count);
	err_set(e, ERR_CONSOLE, "'console' names '%s', which is no service of this product", d->console);
	if (near)
		err_fix(e, "did you mean '%s'?", near);
	else
		err_fix(e, "write the name of a service that drives it, or '" RULEBOOK_LOG "'");
	return at_key(d, e);
}

static bool asks_for(const struct device_service *s, const char *name)
{
	struct bytes wanted = { (const uint8_t *)name, strlen(name) };

	for (uint32_t i = 0; s->manifest && i < s->manifest->device_count; i++)
		if (bytes_equal(s->manifest->devices[i].name, wanted))
			return true;
	return false;
}

bool rulebook_console_is(const struct device *d, const char *whose)
{
	return d->console && !strcmp(d->console, whose);
}

int rulebook_console(const struct device *d, struct arena *a, struct err *e)
{
	const struct board_device *console = console_of(d->board);
	const struct device_service *s = d->services;

	if (!d->console || rulebook_console_is(d, RULEBOOK_LOG))
		return MS_OK;
	while (s < d->services + d->service_count && strcmp(s->name, d->console))
		s++;
	if (s == d->services + d->service_count)
		return refuse_service(d, a, e);
	if (!console) {
		err_set(e, ERR_CONSOLE, "%s has no console that a service could have", d->board->name);
		err_fix(e, "write 'console: " RULEBOOK_LOG "'");
		return at_key(d, e);
	}
	if (asks_for(s, console->name))
		return MS_OK;
	err_set(e, ERR_CONSOLE, "'%s' does not ask for '%s', the console of %s", s->name, console->name, d->board->name);
	err_fix(e, "name a service that drives it, or let this one request the device '%s' in its ms.yaml", console->name);
	return at_key(d, e);
}
