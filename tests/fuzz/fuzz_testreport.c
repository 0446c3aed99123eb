/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a test program prints: a report is whole only if every test of its plans has begun and ended, and one that is spoilt stays so. */
#include <string.h>

#include "arena.h"
#include "fuzz.h"
#include "testreport.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct testreport r;
	uint32_t begun = 0, ended = 0;
	bool spoilt = false;
	char *left, *text = arena_string(&a, in);

	testreport_init(&r, "@");
	for (char *line = strtok_r(text, "\n", &left); line; line = strtok_r(NULL, "\n", &left)) {
		enum testreport_event event = testreport_line(&r, line);

		begun += event == TESTREPORT_BEGIN;
		ended += event == TESTREPORT_END;
		spoilt |= event == TESTREPORT_GARBLED;
		must(event != TESTREPORT_END || r.verdict < TEST_VERDICT_COUNT);
		must(memchr(r.name, 0, sizeof(r.name)) && r.text);
	}
	must(spoilt == r.garbled);
	must(spoilt || ended == r.ended);
	if (!testreport_fault(&r))
		must(!spoilt && begun == r.planned && ended == r.planned && r.plans);
	arena_done(&a);
}
