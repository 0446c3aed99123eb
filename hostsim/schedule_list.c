/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule_list.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* "1", or "t"; 0 when it is neither. */
static uint32_t read_turn(const char **text)
{
	char *end;

	if (**text == 't') {
		++*text;
		return SCHEDULE_LATE;
	}
	if (!isdigit((unsigned char)**text))
		return 0;
	unsigned long long turn = strtoull(*text, &end, 10);
	*text = end;
	return turn < SCHEDULE_LATE ? (uint32_t)turn : 0;
}

static bool read_choice(struct schedule_choice *c, const char **text)
{
	char *end;

	if (!isdigit((unsigned char)**text))
		return false;
	c->point = strtoull(*text, &end, 10);
	if (*end != ':')
		return false;
	*text = end + 1;
	c->turn = read_turn(text);
	return c->turn != 0;
}

bool schedule_read(struct schedule *s, const char *text)
{
	uint64_t before = 0;

	for (s->choice_count = 0; s->choice_count < SCHEDULE_CHOICES; text++) {
		struct schedule_choice *c = &s->choices[s->choice_count++];

		if (!read_choice(c, &text) || c->point < before)
			return false;
		before = c->point;
		if (!*text)
			return true;
		if (*text != ',')
			return false;
	}
	return false;
}

void schedule_write(const struct schedule_choice *choices, size_t count, char *to, size_t size)
{
	size_t at = 0;

	*to = '\0';
	for (size_t i = 0; i < count && at < size; i++) {
		const char *comma = i ? "," : "";
		uint64_t point = choices[i].point;

		if (choices[i].turn == SCHEDULE_LATE)
			at += (size_t)snprintf(to + at, size - at, "%s%" PRIu64 ":t", comma, point);
		else
			at += (size_t)snprintf(to + at, size - at, "%s%" PRIu64 ":%" PRIu32, comma, point, choices[i].turn);
	}
}
