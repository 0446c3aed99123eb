/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include "doctor.h"

static uint32_t space_mib_min = 256;

static const struct opt options[] = {
	OPT_NUMBER(0, "space", "MIB", &space_mib_min, 1, UINT32_MAX, "how much disk space must be free (256)"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms doctor", "check this computer" },
	{ "ms doctor --json", "the same, for a program" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 6, "something is missing; the command that repairs it was printed" },
	{ 0, NULL }
};

const struct page page_doctor = {
	.options = options,
	.about = "Checks that this computer has what ms needs: the SDK and its parts, compilers, Ninja, the emulator, cmocka for tests, "
		 "folders that can be written, disk space, a clock that is not far off, and private keys that only their owner can read. "
		 "For each thing that is wrong it prints a command that repairs it. Nothing is changed.",
	.examples = examples,
	.statuses = statuses,
	.json = "Events of type check: name, ok, optional, text, remedy. Result: failed, how many that are not optional.",
};

static void print_finding(const struct doctor_check *c, const struct finding *f)
{
	const char *mark = !f->bad ? "ok" : c->optional ? "warning" : "FAILED";
	const char *style = !f->bad ? out_green() : c->optional ? out_yellow() : out_red();

	out_line("%s%-8s%s %-14s %s", style, mark, out_reset(), c->name, f->text);
	if (f->bad)
		out_line("%-8s %-14s %s", "", "remedy:", f->remedy);
	out_event("check", json_pack("{s:s, s:b, s:b, s:o, s:o}", "name", c->name, "ok", !f->bad, "optional", c->optional,
				     "text", out_string(f->text), "remedy", out_string(f->remedy)));
}

int cmd_doctor(int argc, char **argv, struct arena *a, struct err *e)
{
	struct doctor d = { a, space_mib_min };
	uint32_t failed = 0;

	(void)argc, (void)argv;
	for (size_t i = 0; i < doctor_check_count; i++) {
		struct finding f;

		doctor_checks[i].look(&d, &f);
		print_finding(&doctor_checks[i], &f);
		failed += f.bad && !doctor_checks[i].optional;
	}
	out_field("failed", json_integer(failed));
	if (!failed)
		return MS_OK;

	err_set(e, ERR_DOCTOR, "%u of %zu checks failed", failed, doctor_check_count);
	return err_fix(e, "run the commands behind 'remedy:', then 'ms doctor' again");
}
