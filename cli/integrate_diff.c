/* SPDX-License-Identifier: Apache-2.0 */
/* ms product diff: what is different between two releases, by their evidence; first what somebody may do that could not be done before. */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "out.h"
#include "release.h"

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
	.about = "Compares two releases by their evidence.json: services, versions, signers, grants, raised values, placement. OLD and NEW are products, or folders that ms product build wrote. "
		 "What is gained comes first, each line begun with '+': that is what a reviewer has to read. Then what is lost, '-', and what is otherwise different, '~'. "
		 "As diff does, it ends with status 0 when nothing differs, and 1 when something does. Whether to believe the evidence says ms product verify.",
	.examples = examples,
	.statuses = statuses,
	.json = "An event \"product_change\" for each: mark (gained, lost, changed), service (or null), what, from, to; result: differs, gained (how many).",
};

enum mark { GAINED, LOST, CHANGED, MARK_COUNT };

struct change { const char *service, *what, *from, *to; };

struct comparing {
	json_t *old, *new;
	struct list changes[MARK_COUNT];	/* struct change * */
	struct arena *arena;
};

static void note(struct comparing *c, enum mark mark, const char *service, const char *what, const char *from, const char *to)
{
	struct change *n = arena_new(c->arena, struct change);

	*n = (struct change){ service, what, from, to };
	list_push(&c->changes[mark], c->arena, n);
}

static const char *text_of(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

/* A text or number of both: a note when they differ. */
static void compare_value(struct comparing *c, enum mark mark, const char *service, const char *what, const json_t *old, const json_t *new, const char *key)
{
	const json_t *l = json_object_get(old, key), *r = json_object_get(new, key);

	if (json_equal(l, r))
		return;
	if (json_is_integer(l) || json_is_integer(r))
		note(c, mark, service, what, arena_printf(c->arena, "%lld", (long long)json_integer_value(l)), arena_printf(c->arena, "%lld", (long long)json_integer_value(r)));
	else
		note(c, mark, service, what, text_of(old, key), text_of(new, key));
}

/* In a list of objects the one that has these texts under these keys (second NULL: one is enough), or NULL. */
static const json_t *find(const json_t *list, const char *key, const char *text, const char *key2, const char *text2)
{
	const json_t *one;
	size_t i;

	json_array_foreach((json_t *)list, i, one)
		if (!strcmp(text_of(one, key), text) && (!key2 || !strcmp(text_of(one, key2), text2)))
			return one;
	return NULL;
}

static bool is_granted(const json_t *request)
{
	return !strcmp(text_of(request, "decision"), "granted");
}

/* What is granted in `here` and not in `there`. */
static void compare_grants(struct comparing *c, enum mark mark, const char *service, const json_t *here, const json_t *there)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(here, "requests"), i, one) {
		const char *kind = text_of(one, "kind"), *name = text_of(one, "name"), *of = text_of(one, "provider");
		const json_t *other = find(json_object_get(there, "requests"), "kind", kind, "name", name);
		const char *what = arena_printf(c->arena, "%s %s%s%s", kind, name, *of ? " of " : "", of);

		if (is_granted(one) && !is_granted(other))
			note(c, mark, service, what, mark == GAINED ? other ? text_of(other, "decision") : "not asked for" : "granted",
			     mark == GAINED ? "granted" : other ? text_of(other, "decision") : "not asked for");
	}
}

/* Values that are not the standard ones in `here`, and others in `there`. */
static void compare_values(struct comparing *c, const char *service, const json_t *here, const json_t *there, bool is_new)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(here, "differences"), i, one) {
		const char *field = text_of(one, "field"), *given = text_of(one, "given");
		const json_t *other = find(json_object_get(there, "differences"), "field", field, NULL, NULL);
		const char *before = other ? text_of(other, "given") : text_of(one, "standard");

		if (is_new && strcmp(given, before))
			note(c, json_is_true(json_object_get(one, "raised")) ? GAINED : CHANGED, service, field, before, given);
		else if (!is_new && !other)
			note(c, json_is_true(json_object_get(one, "raised")) ? LOST : CHANGED, service, field, given, before);
	}
}

static void compare_service(struct comparing *c, const json_t *old, const json_t *new)
{
	static const struct { const char *key, *what; } places[] = {
		{ "flash_address", "flash address" }, { "flash_taken", "bytes of flash" }, { "ram_address", "RAM address" }, { "ram_taken", "bytes of RAM" }
	};
	const char *name = text_of(new, "service");
	const json_t *from = json_object_get(old, "placement"), *to = json_object_get(new, "placement");

	compare_value(c, GAINED, name, "signer", old, new, "signer");
	compare_value(c, CHANGED, name, "version", old, new, "version");
	compare_value(c, CHANGED, name, "security counter", old, new, "security_counter");
	compare_value(c, CHANGED, name, "licence", old, new, "license");
	compare_value(c, CHANGED, name, "SHA-256 of the package", old, new, "package_sha256");
	compare_grants(c, GAINED, name, new, old);
	compare_grants(c, LOST, name, old, new);
	compare_values(c, name, new, old, true);
	compare_values(c, name, old, new, false);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		compare_value(c, CHANGED, name, places[i].what, from, to, places[i].key);
}

/* A service that only one of both has. */
static void compare_alone(struct comparing *c, enum mark mark, const json_t *one)
{
	const char *name = text_of(one, "service"), *what = arena_printf(c->arena, "%s/%s %s, signed by %.16s", text_of(one, "vendor"), text_of(one, "name"), text_of(one, "version"), text_of(one, "signer"));

	note(c, mark, name, "the service", mark == GAINED ? NULL : what, mark == GAINED ? what : NULL);
	compare_grants(c, mark, name, one, NULL);
	if (mark == GAINED)
		compare_values(c, name, one, NULL, true);
}

static void compare(struct comparing *c)
{
	const json_t *old = json_object_get(c->old, "services"), *new = json_object_get(c->new, "services"), *one, *other;
	const char *const keys[] = { "name", "vendor", "board", "version", "sequence" };
	size_t i;

	compare_value(c, GAINED, NULL, "integrator's key", json_object_get(c->old, "signatures"), json_object_get(c->new, "signatures"), "integrator");
	json_array_foreach((json_t *)new, i, one) {
		other = find(old, "service", text_of(one, "service"), NULL, NULL);
		if (other)
			compare_service(c, other, one);
		else
			compare_alone(c, GAINED, one);
	}
	json_array_foreach((json_t *)old, i, one)
		if (!find(new, "service", text_of(one, "service"), NULL, NULL))
			compare_alone(c, LOST, one);
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		compare_value(c, CHANGED, NULL, keys[i], json_object_get(c->old, "product"), json_object_get(c->new, "product"), keys[i]);
	compare_value(c, CHANGED, NULL, "runtime", json_object_get(c->old, "build"), json_object_get(c->new, "build"), "runtime_sha256");
}

static void say(const struct comparing *c)
{
	static const struct { const char *name, *sign; } marks[] = { { "gained", "+" }, { "lost", "-" }, { "changed", "~" } };

	for (int mark = 0; mark < MARK_COUNT; mark++)
		for (size_t i = 0; i < c->changes[mark].count; i++) {
			const struct change *n = c->changes[mark].at[i];
			const char *colour = mark == GAINED ? out_red() : mark == LOST ? out_green() : "";

			out_line("%s%s %s%s: %s%s%s%s", colour, marks[mark].sign, n->service ? n->service : "product", out_reset(), n->what,
				 n->from ? arena_printf(c->arena, ", %s", n->from) : "", n->to ? n->from ? " -> " : ", " : "", n->to ? n->to : "");
			out_event("product_change", json_pack("{s:s, s:o, s:o, s:o, s:o}", "mark", marks[mark].name, "service", out_string(n->service), "what", out_string(n->what),
							      "from", out_string(n->from), "to", out_string(n->to)));
		}
}

static int read_evidence(const char *folder, json_t **out, struct arena *a, struct err *e)
{
	const char *path = path_join(a, folder, RELEASE_EVIDENCE), *built = path_join(a, folder, "out/product/" RELEASE_EVIDENCE);
	struct bytes text;

	int rc = file_read(file_exists(path) ? path : built, EVIDENCE_MAX, a, &text, e);
	if (rc < 0)
		return err_fix(e, "'%s' has to be a product that was built, or the out/product of one: ms product build", folder);
	*out = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_array(json_object_get(*out, "services"))) {
		err_set(e, ERR_OUTPUT_DIFFERS, "'%s' is no evidence of a product", file_exists(path) ? path : built);
		return err_fix(e, "build it again: ms product build");
	}
	return MS_OK;
}

int integrate_diff(int argc, char **argv, struct arena *a, struct err *e)
{
	struct comparing c = { .arena = a };

	(void)argc;
	int rc = read_evidence(argv[1], &c.old, a, e);
	if (rc >= 0)
		rc = read_evidence(argv[2], &c.new, a, e);
	if (rc >= 0) {
		compare(&c);
		say(&c);
		bool differs = c.changes[GAINED].count + c.changes[LOST].count + c.changes[CHANGED].count;

		out_field("differs", json_boolean(differs));
		out_field("gained", json_integer((json_int_t)c.changes[GAINED].count));
		cmd_exit(differs ? 1 : 0);
	}
	json_decref(c.old);
	json_decref(c.new);
	return rc;
}
