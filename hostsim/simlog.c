/* SPDX-License-Identifier: Apache-2.0 */
/* The test's view of the log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <ms/sim.h>

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

void sim_log_print(const struct sim *s)
{
	(void)s;
	for (size_t i = 0; i < transcript_count(); i++)
		print_message("%s\n", transcript_line(i));
}

void sim_assert_log(const struct sim *s, const char *service, const char *text, bool wanted, const char *file, int line)
{
	if (sim_log_has(s, service, text) == wanted)
		return;
	print_error("%s line of the log of '%s' has \"%s\"; the console:\n", wanted ? "no" : "a",
		    service ? service : "the device", text);
	for (size_t i = 0; i < transcript_count(); i++)
		print_error("  %s\n", transcript_line(i));
	_fail(file, line);
}
