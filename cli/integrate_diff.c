/* SPDX-License-Identifier: Apache-2.0 */
/* ms product diff: what is different between two releases, by their evidence; first what somebody may do that could not be done before. */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "out.h"
#include "release.h"
#include "releasediff.h"

enum { EVIDENCE_MAX = 16 << 20 };

static const struct example examples[] = {
	{ "ms product diff release-1 release-2", "two products that were built" },
	{ "ms product diff ../1.0/out/product out/product", "what this build has that the released one had not" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 1, "something differs" },
	{ 7, "a file is no evidence of ms product build" },
	{ 0, NULL }
};

const struct page page_integrate_diff = {
	.complete = OPT_FOLDER,
	.about = "Compares two releases by their evidence.json: services, versions, signers, grants, raised values, parameters (which are given, and whether one has another content, never what it is), placement, the table; and by their bills of materials, if they are beside it: versions of libraries. "
		 "OLD and NEW are products, folders that ms product build wrote, or the evidence itself. "
		 "What is gained comes first, each line begun with '+': that is what a reviewer has to read. Then what is lost, '-', and what is otherwise different, '~'. "
		 "As diff does, it ends with status 0 when nothing differs, and 1 when something does. Whether to believe the evidence says ms product verify.",
	.examples = examples,
	.statuses = statuses,
	.json = "An event \"product_change\" for each: mark (gained, lost, changed), service (or null), what, from, to; result: differs, gained (how many).",
};

static void say(const struct release_diff *c)
{
	static const struct { const char *name, *sign; } marks[] = { { "gained", "+" }, { "lost", "-" }, { "changed", "~" } };

	for (int mark = 0; mark < MARK_COUNT; mark++)
		for (size_t i = 0; i < c->changes[mark].count; i++) {
			const struct release_change *n = c->changes[mark].at[i];
			const char *colour = mark == GAINED ? out_red() : mark == LOST ? out_green() : "";

			out_line("%s%s %s%s: %s%s%s%s", colour, marks[mark].sign, n->service ? n->service : "product", out_reset(), n->what,
				 n->from ? arena_printf(c->arena, ", %s", n->from) : "", n->to ? n->from ? " -> " : ", " : "", n->to ? n->to : "");
			out_event("product_change", json_pack("{s:s, s:o, s:o, s:o, s:o}", "mark", marks[mark].name, "service", out_string(n->service), "what", out_string(n->what),
							      "from", out_string(n->from), "to", out_string(n->to)));
		}
}

/* A product, the folder that its build wrote, or its evidence itself. */
static const char *evidence_at(const char *operand, struct arena *a)
{
	const char *path = path_join(a, operand, RELEASE_EVIDENCE);

	if (file_exists(operand) && !file_is_folder(operand))
		return operand;
	return file_exists(path) ? path : path_join(a, operand, "out/product/" RELEASE_EVIDENCE);
}

static int read_evidence(const char *operand, json_t **out, struct arena *a, struct err *e)
{
	const char *path = evidence_at(operand, a);
	struct bytes text;

	int rc = file_read(path, EVIDENCE_MAX, a, &text, e);
	if (rc < 0)
		return err_fix(e, "'%s' has to be a product that was built, the out/product of one, or the evidence in it: ms product build", operand);
	*out = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_array(json_object_get(*out, "services"))) {
		err_set(e, ERR_OUTPUT_DIFFERS, "'%s' is no evidence of a product", path);
		return err_fix(e, "build it again: ms product build");
	}
	return MS_OK;
}

/* The bill beside the evidence, if it is the one whose hash stands there. */
static int read_bill(const char *operand, const json_t *evidence, json_t **out, struct arena *a, struct err *e)
{
	const char *path = path_join(a, path_folder(a, evidence_at(operand, a)), RELEASE_CYCLONEDX);
	const char *hash = NULL;
	struct bytes text;
	const json_t *one;
	size_t i;

	if (!file_exists(path)) {
		out_say("'%s' is not there: versions of libraries are not compared", path);
		return MS_OK;
	}
	json_array_foreach(json_object_get(evidence, "files"), i, one) {
		const char *name = json_string_value(json_object_get(one, "name"));

		if (name && !strcmp(name, RELEASE_CYCLONEDX))
			hash = json_string_value(json_object_get(one, "sha256"));
	}
	int rc = file_read(path, EVIDENCE_MAX, a, &text, e);
	if (rc < 0)
		return rc;
	if (!hash || strcmp(hash, release_sha256(text, a))) {
		err_set(e, ERR_OUTPUT_DIFFERS, "'%s' is not the file of the evidence beside it", path);
		return err_fix(e, "build it again: ms product build");
	}
	*out = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, NULL);
	return MS_OK;
}

static void tell(struct release_diff *c)
{
	release_compare(c);
	say(c);
	bool differs = c->changes[GAINED].count + c->changes[LOST].count + c->changes[CHANGED].count;

	out_field("differs", json_boolean(differs));
	out_field("gained", json_integer((json_int_t)c->changes[GAINED].count));
	cmd_exit(differs ? 1 : 0);
}

int integrate_diff(int argc, char **argv, struct arena *a, struct err *e)
{
	struct release_diff c = { .arena = a };

	(void)argc;
	int rc = read_evidence(argv[1], &c.old, a, e);
	if (rc >= 0)
		rc = read_evidence(argv[2], &c.new, a, e);
	if (rc >= 0)
		rc = read_bill(argv[1], c.old, &c.old_bill, a, e);
	if (rc >= 0)
		rc = read_bill(argv[2], c.new, &c.new_bill, a, e);
	if (rc >= 0)
		tell(&c);
	json_decref(c.old);
	json_decref(c.new);
	json_decref(c.old_bill);
	json_decref(c.new_bill);
	return rc;
}
