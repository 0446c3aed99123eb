/* SPDX-License-Identifier: Apache-2.0 */
/* The test's view of the log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <ms/sim.h>

#include "pages.h"
#include "transcript.h"

static const char *line_of(size_t i, const char *service)
{
	return service ? transcript_text(i, service) : transcript_line(i);
}

bool sim_log_has(const struct sim *s, const char *service, const char *text)
{
	(void)s;
	for (size_t i = 0; i < transcript_count(); i++) {
		const char *line = line_of(i, service);

		if (line && strstr(line, text))
			return true;
	}
	return false;
}

size_t sim_log_count(const struct sim *s, const char *service)
{
	size_t count = 0;

	(void)s;
	for (size_t i = 0; i < transcript_count(); i++)
		count += line_of(i, service) != NULL;
	return count;
}

const char *sim_log_line(const struct sim *s, const char *service, size_t wanted)
{
	(void)s;
	for (size_t i = 0; i < transcript_count(); i++) {
		const char *line = line_of(i, service);

		if (line && wanted-- == 0)
			return line;
	}
	return NULL;
}

/* The console knows addresses only; here is the debug information to say more. */
static void print_faults(const struct sim *s, void (*print)(const char *format, ...), const char *margin)
{
	size_t count;
	const struct area *areas = pages_areas(&count);

	for (size_t i = 0; i < count; i++) {
		const char *name = areas[i].instance.facts->name;
		const struct sim_fault *f = sim_fault(s, name);

		if (f && f->file)
			print("%slast fault of '%s': %s, in %s at %s:%d\n", margin, name, f->cause, f->function, f->file, f->line);
	}
}

void sim_log_print(const struct sim *s)
{
	for (size_t i = 0; i < transcript_count(); i++)
		print_message("%s\n", transcript_line(i));
	print_faults(s, print_message, "");
}

void sim_assert_log(const struct sim *s, const char *service, const char *text, bool wanted, const char *file, int line)
{
	if (sim_log_has(s, service, text) == wanted)
		return;
	print_error("%s line of the log of '%s' has \"%s\"; the console:\n", wanted ? "no" : "a",
		    service ? service : "the device", text);
	for (size_t i = 0; i < transcript_count(); i++)
		print_error("  %s\n", transcript_line(i));
	print_faults(s, print_error, "  ");
	_fail(file, line);
}
