/* SPDX-License-Identifier: Apache-2.0 */
#include "releasediff.h"

#include <string.h>

static void note(struct release_diff *c, enum release_mark mark, const char *service, const char *what, const char *from, const char *to)
{
	struct release_change *n = arena_new(c->arena, struct release_change);

	*n = (struct release_change){ service, what, from, to };
	list_push(&c->changes[mark], c->arena, n);
}

static const char *text_of(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

/* A text or number of both: a note when they differ. */
static void compare_value(struct release_diff *c, enum release_mark mark, const char *service, const char *what, const json_t *old, const json_t *new, const char *key)
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
static void compare_grants(struct release_diff *c, enum release_mark mark, const char *service, const json_t *here, const json_t *there)
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
static void compare_values(struct release_diff *c, const char *service, const json_t *here, const json_t *there, bool is_new)
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

static const char *given(const json_t *parameter)
{
	const char *as = text_of(parameter, "given_as");

	return !parameter ? "not asked for" : *as ? !strcmp(as, "file") ? "given as a file" : "given as a value" : "not given";
}

/* Names, and who gives them.  What is given is in the image, salted: of the same package for the same board by the same key it alone can differ. */
static void compare_parameters(struct release_diff *c, const char *service, const json_t *old, const json_t *new)
{
	const json_t *before = json_object_get(old, "parameters"), *now = json_object_get(new, "parameters"), *one;
	bool same = json_equal(before, now) && json_array_size(now) && json_equal(json_object_get(old, "package_sha256"), json_object_get(new, "package_sha256"));
	size_t i;

	json_array_foreach((json_t *)now, i, one) {
		const json_t *other = find(before, "name", text_of(one, "name"), NULL, NULL);

		if (strcmp(given(other), given(one)))
			note(c, CHANGED, service, arena_printf(c->arena, "parameter %s", text_of(one, "name")), given(other), given(one));
	}
	json_array_foreach((json_t *)before, i, one)
		if (!find(now, "name", text_of(one, "name"), NULL, NULL))
			note(c, CHANGED, service, arena_printf(c->arena, "parameter %s", text_of(one, "name")), given(one), given(NULL));
	if (same && !strcmp(text_of(json_object_get(c->old, "product"), "board"), text_of(json_object_get(c->new, "product"), "board")) &&
	    json_equal(json_object_get(c->old, "signatures"), json_object_get(c->new, "signatures")) && strcmp(text_of(old, "image_sha256"), text_of(new, "image_sha256")))
		note(c, CHANGED, service, "a parameter has another content", NULL, NULL);
}

static void compare_service(struct release_diff *c, const json_t *old, const json_t *new)
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
	compare_parameters(c, name, old, new);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		compare_value(c, CHANGED, name, places[i].what, from, to, places[i].key);
}

/* A service that only one of both has. */
static void compare_alone(struct release_diff *c, enum release_mark mark, const json_t *one)
{
	const char *name = text_of(one, "service"), *what = arena_printf(c->arena, "%s/%s %s, signed by %.16s", text_of(one, "vendor"), text_of(one, "name"), text_of(one, "version"), text_of(one, "signer"));

	note(c, mark, name, "the service", mark == GAINED ? NULL : what, mark == GAINED ? what : NULL);
	compare_grants(c, mark, name, one, NULL);
	if (mark == GAINED)
		compare_values(c, name, one, NULL, true);
}

/* Where in a bill a component of this reference is, or NULL. */
static const json_t *find_component(const json_t *components, const char *ref)
{
	const json_t *one, *inside;
	size_t i;

	json_array_foreach((json_t *)components, i, one) {
		if (!strcmp(text_of(one, "bom-ref"), ref))
			return one;
		inside = find_component(json_object_get(one, "components"), ref);
		if (inside)
			return inside;
	}
	return NULL;
}

static const char *release_of(const json_t *component)
{
	return component ? text_of(component, "version") : NULL;
}

/* Libraries of services and of the runtime, and that: whatever has a version, and lies in something that both have. */
static void compare_components(struct release_diff *c, const char *service, const json_t *here, const json_t *there, bool is_new)
{
	const json_t *one;
	size_t i;

	json_array_foreach((json_t *)here, i, one) {
		const char *ref = text_of(one, "bom-ref"), *what = arena_printf(c->arena, "%s in the bill of materials", text_of(one, "name"));
		const json_t *other = find_component(there, ref);
		bool top = find(json_object_get(is_new ? c->new : c->old, "services"), "service", ref, NULL, NULL) != NULL;

		if (!top && is_new && *release_of(one) && (!other || strcmp(release_of(one), release_of(other))))
			note(c, CHANGED, service, what, release_of(other), release_of(one));
		else if (!top && !is_new && *release_of(one) && !other)
			note(c, CHANGED, service, what, release_of(one), "not there");
		if (other)
			compare_components(c, top ? ref : service, json_object_get(one, "components"), there, is_new);
	}
}

void release_compare(struct release_diff *c)
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
	if (c->old_bill && c->new_bill) {
		compare_components(c, NULL, json_object_get(c->new_bill, "components"), json_object_get(c->old_bill, "components"), true);
		compare_components(c, NULL, json_object_get(c->old_bill, "components"), json_object_get(c->new_bill, "components"), false);
	}
	compare_value(c, CHANGED, NULL, "rules of the table", json_object_get(c->old, "table"), json_object_get(c->new, "table"), "rules");
	compare_value(c, CHANGED, NULL, "SHA-256 of the table", json_object_get(c->old, "table"), json_object_get(c->new, "table"), "sha256");
}
