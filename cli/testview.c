/* SPDX-License-Identifier: Apache-2.0 */
/* How the result of a test looks. */
#include <string.h>

#include "out.h"
#include "testrun.h"

void testview_program(const char *name)
{
	out_line("%s%s%s", out_bold(), name, out_reset());
}

/* What it does from now on, for who waits: also where no progress is shown. */
void testview_phase(const char *program, const char *what)
{
	out_say("%s: %s", program, what);
	out_event("phase", json_pack("{s:o, s:o}", "program", out_string(program), "text", out_string(what)));
}

void testview_name(const char *program, const char *test)
{
	out_line("%s/%s", program, test);
	out_event("name", json_pack("{s:o, s:o}", "program", out_string(program), "test", out_string(test)));
}

/* What was made to fail, and what came of it: "crashed: allocation ..." */
void testview_site(const struct testrun_result *r, const char *id, const char *what, bool shown, const char *option)
{
	size_t size = strcspn(what, ":");

	if (shown) {
		out_line("  %s%.*s%s%s", out_yellow(), (int)size, what, out_reset(), what + size);
		out_line("            again: ms test --filter '%s/%s' --%s %s", r->program, r->name, option, id);
	}
	out_event("site", json_pack("{s:o, s:o, s:o, s:o, s:o}", "program", out_string(r->program), "test", out_string(r->name), "site", out_string(id),
				    "outcome", json_stringn(what, size), "text", out_string(what[size] ? what + size + 2 : "")));
}

bool testrun_is_bad(const struct testrun_result *r)
{
	return !r->name || (r->verdict != TEST_PASSED && r->verdict != TEST_SKIPPED);
}

static const char *style(enum test_verdict v)
{
	return v == TEST_PASSED ? out_green() : v == TEST_SKIPPED ? out_yellow() : out_red();
}

static void show(const struct testrun_result *r)
{
	if (r->name)
		out_line("  %s%-9s%s %s  %s%u.%03u s%s", style(r->verdict), test_verdict_text(r->verdict), out_reset(), r->name,
			 out_dim(), (unsigned)(r->usec / 1000000), (unsigned)(r->usec / 1000 % 1000), out_reset());
	else
		out_line("  %sno verdict%s on %s", style(r->verdict), out_reset(), r->program);
	if (*r->reason)
		out_line("            %s", r->reason);
	for (size_t i = 0; i < r->said.count; i++)
		out_line("            %s", (const char *)r->said.at[i]);
	if (r->name && testrun_is_bad(r))
		out_line("            again: ms test%s%s --filter '%s/%s'%s", r->board ? " --on " : "", r->board ? r->board : "", r->program, r->name, r->how);
}

json_t *testview_json(const struct testrun_result *r)
{
	json_t *said = json_array();

	for (size_t i = 0; i < r->said.count; i++)
		json_array_append_new(said, out_string(r->said.at[i]));
	return json_pack("{s:o, s:o, s:s, s:I, s:o, s:o, s:o}", "program", out_string(r->program), "test", out_string(r->name),
			 "verdict", r->name ? test_verdict_text(r->verdict) : "none", "usec", (json_int_t)r->usec,
			 "reason", out_string(r->reason), "trace", out_string(r->trace), "output", said);
}

void testview_result(const struct testrun_result *r)
{
	if (out_is_json())
		out_event("test", testview_json(r));
	else
		show(r);
}
