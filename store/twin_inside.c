/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a package, and of what it was made: from its manifest and its bill of materials, which lie before its executables. */
#include <string.h>

#include "manifest.h"
#include "out.h"
#include "package.h"
#include "storeindex.h"
#include "twin_parts.h"

/* Small texts come first in a package: so much has them nearly always. */
enum { HEAD_SIZE = 256 << 10 };

/* JSON takes much more time and room than it has bytes, and whoever asks for a page makes the store read it. */
enum { BILL_MAX = 1 << 20 };

static bool find_members(struct bytes package, struct bytes *manifest, struct bytes *sbom)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (!sbom->size && package_next(&it, &m)) {
		if (m.kind == PACKAGE_IS_MANIFEST)
			*manifest = m.content;
		if (m.kind == PACKAGE_IS_SBOM)
			*sbom = m.content;
	}
	return sbom->size > 0;
}

static int read_members(const struct twin *t, const char *package, struct bytes *manifest, struct bytes *sbom, struct err *e)
{
	uint64_t size = 0;
	struct bytes head;

	*manifest = *sbom = (struct bytes){ 0 };
	int rc = t->from.package(t->from.context, package, HEAD_SIZE, t->a, &head, &size, e);
	if (rc < 0 || find_members(head, manifest, sbom) || size <= HEAD_SIZE)
		return rc;
	rc = t->from.package(t->from.context, package, PACKAGE_SIZE_MAX, t->a, &head, &size, e);
	if (rc >= 0)
		find_members(head, manifest, sbom);
	return rc;
}

int twin_sbom(const struct twin *t, const char *package, struct bytes *sbom, struct err *e)
{
	struct bytes manifest;

	int rc = read_members(t, package, &manifest, sbom, e);
	return rc < 0 ? rc : sbom->size > 0;
}

/* In one expression, or one by one. */
static const char *license_of(const json_t *component)
{
	const json_t *first = json_array_get(json_object_get(component, "licenses"), 0), *license = json_object_get(first, "license");
	const char *text = json_string_value(json_object_get(first, "expression"));

	if (!text)
		text = json_string_value(json_object_get(license, "id"));
	return text ? text : json_string_value(json_object_get(license, "name"));
}

static json_t *part_json(const json_t *component)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "name", twin_words(json_string_value(json_object_get(component, "name")), 60), "version", twin_words(json_string_value(json_object_get(component, "version")), 24),
			 "license", twin_words(license_of(component), 60), "purl", twin_words(json_string_value(json_object_get(component, "purl")), 80));
}

/* `bill`, and of it its components; what is no bill is not taken for one that lists nothing. */
static void add_parts(int rc, struct bytes sbom, json_t *twin)
{
	bool large = sbom.size > BILL_MAX;
	json_t *bill = sbom.size && !large ? json_loadb((const char *)sbom.at, sbom.size, JSON_REJECT_DUPLICATES, NULL) : NULL, *parts = json_array();
	const json_t *all = json_object_get(bill, "components");
	size_t count = json_array_size(all), shown = count < TWIN_PARTS ? count : TWIN_PARTS;
	bool trouble = rc < 0 || (sbom.size && !large && !bill);

	for (size_t i = 0; i < shown; i++)
		json_array_append_new(parts, part_json(json_array_get(all, i)));
	twin_add(twin, json_pack("{s:{s:b, s:b, s:b}, s:b, s:o, s:o}", "bill", "is_read", bill != NULL, "is_large", (int)large, "is_trouble", (int)trouble, "has_parts", count > 0, "more_parts", twin_more(count - shown), "parts", parts));
	json_decref(bill);
}

static json_t *text_json(struct bytes text, struct arena *a)
{
	return twin_words(arena_string(a, text), TWIN_WORDS_MAX);
}

static json_t *build_json(struct bytes content, struct arena *a)
{
	struct manifest *m = arena_new(a, struct manifest);

	if (!content.size || manifest_decode(content, m) < 0 || !m->build.sdk.size)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:s}", "sdk", text_json(m->build.sdk, a), "compiler", text_json(m->build.compiler, a), "linker", text_json(m->build.linker, a),
			 "kind", m->build.release ? "release" : "development");
}

void twin_inside(const struct twin *t, const struct db_version *v, json_t *twin)
{
	struct bytes manifest = { 0 }, sbom = { 0 };
	struct err why;
	int rc = storeindex_offers(v->state) ? read_members(t, v->package, &manifest, &sbom, &why) : MS_OK;

	if (rc < 0)
		out_warn("%s", why.text);
	add_parts(rc, sbom, twin);
	twin_add(twin, json_pack("{s:o}", "build", build_json(manifest, t->a)));
}
