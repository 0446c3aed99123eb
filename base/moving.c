/* SPDX-License-Identifier: Apache-2.0 */
#include "moving.h"

#include <inttypes.h>

#include "arena.h"
#include "out.h"
#include "process.h"

/* What a terminal can show, a program may want to read, and a person wants to find in a log. */
enum { SILENT_MSEC = 1000, SHOW_MSEC = 100, EVENT_MSEC = 1000, LINE_MSEC = 5000 };

static uint64_t begun_nsec, told_nsec;

static bool has_passed(uint64_t since_nsec, uint64_t now_nsec, unsigned msec)
{
	return now_nsec - since_nsec >= msec * UINT64_C(1000000);
}

static void tell(const char *unit, uint64_t done, uint64_t of)
{
	struct arena a = { 0 };
	const char *words = of ? arena_printf(&a, "%" PRIu64 " of %" PRIu64 " %s", done, of, unit) : arena_printf(&a, "%" PRIu64 " %s", done, unit);

	out_event("progress", json_pack("{s:s, s:I, s:o}", "unit", unit, "done", (json_int_t)done, "of", of ? json_integer((json_int_t)of) : json_null()));
	if (out_shows_progress())
		out_progress("%s", words);
	else
		out_say("%s", words);
	arena_done(&a);
}

void moving_relay(const char *unit, uint64_t done, uint64_t of)
{
	uint64_t now = process_now_nsec();

	if (out_is_quiet() || (told_nsec && !has_passed(told_nsec, now, out_shows_progress() ? SHOW_MSEC : out_is_json() ? EVENT_MSEC : LINE_MSEC)))
		return;
	told_nsec = now;
	tell(unit, done, of);
}

void moving_tell(const char *unit, uint64_t done, uint64_t of)
{
	uint64_t now = process_now_nsec();

	if (!begun_nsec)
		begun_nsec = now;
	if (has_passed(begun_nsec, now, SILENT_MSEC))
		moving_relay(unit, done, of);
}

void moving_end(void)
{
	begun_nsec = told_nsec = 0;
	out_progress(NULL);
}
