/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a bill of materials must keep to be of use to anybody: the part of the
 * CycloneDX 1.6 schema that ours use, and what the schema cannot say.
 */
#include "sbom.h"

#include <string.h>

#include <jansson.h>

#include "printable.h"
#include "world_name.h"

enum { DEPTH_MAX = 8 };

struct check {
	const char *path;
	struct arena *a;
	struct err *e;
	json_t *refs;		/* an object whose keys are the bom-refs seen */
};

static int fail(const struct check *k, const char *what, const char *subject)
{
	return err_set(k->e, ERR_SBOM, "'%s' is not a sound CycloneDX 1.6 document: %s%s%.100s%s", k->path, what,
		       subject ? " '" : "", subject ? subject : "", subject ? "'" : "");
}

static bool is_one_of(const char *word, const char *const words[])
{
	for (; *words; words++)
		if (!strcmp(word, *words))
			return true;
	return false;
}

static int check_keys(const struct check *k, const json_t *object, const char *const known[])
{
	const char *key;
	json_t *value;

	if (!json_is_object(object))
		return fail(k, "something that should be an object is none", NULL);
	json_object_foreach((json_t *)object, key, value)
		if (!is_one_of(key, known))
			return fail(k, "unknown key", key);
	return MS_OK;
}

static int check_hash(const struct check *k, const json_t *hash)
{
	static const struct { const char *name; size_t digits; } algorithms[] = {
		{ "MD5", 32 }, { "SHA-1", 40 }, { "SHA-256", 64 }, { "SHA-384", 96 }, { "SHA-512", 128 },
		{ "SHA3-256", 64 }, { "SHA3-384", 96 }, { "SHA3-512", 128 },
		{ "BLAKE2b-256", 64 }, { "BLAKE2b-384", 96 }, { "BLAKE2b-512", 128 }, { "BLAKE3", 64 },
	};
	const char *name = json_string_value(json_object_get(hash, "alg"));
	const char *content = json_string_value(json_object_get(hash, "content"));

	for (size_t i = 0; name && content && i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (!strcmp(name, algorithms[i].name) && strlen(content) == algorithms[i].digits &&
		    strspn(content, "0123456789abcdefABCDEF") == algorithms[i].digits)
			return MS_OK;
	return fail(k, "a hash does not fit its algorithm", name);
}

/* Licences are named one by one, or all in one expression. */
static int check_licenses(const struct check *k, const json_t *licenses)
{
	size_t i;
	json_t *one;

	if (!json_is_array(licenses))
		return fail(k, "'licenses' is not an array", NULL);
	json_array_foreach(licenses, i, one) {
		const json_t *expression = json_object_get(one, "expression"), *license = json_object_get(one, "license");
		bool named = json_is_string(json_object_get(license, "id")) != json_is_string(json_object_get(license, "name"));

		if (expression ? !json_is_string(expression) || license || json_array_size(licenses) != 1 : !named)
			return fail(k, "a licence is neither named nor one expression", NULL);
	}
	return MS_OK;
}

static int add_ref(const struct check *k, const json_t *component)
{
	const json_t *ref = json_object_get(component, "bom-ref");

	if (!ref)
		return MS_OK;
	if (!json_is_string(ref) || !json_string_length(ref))
		return fail(k, "a bom-ref is empty or no text", NULL);
	if (json_object_get(k->refs, json_string_value(ref)))
		return fail(k, "two components have the bom-ref", json_string_value(ref));
	json_object_set_new(k->refs, json_string_value(ref), json_true());
	return MS_OK;
}

static int check_names(const struct check *k, const json_t *c)
{
	const json_t *cpe = json_object_get(c, "cpe"), *purl = json_object_get(c, "purl");

	if (cpe && !(json_is_string(cpe) && cpe_valid(json_string_value(cpe))))
		return fail(k, "not a CPE 2.3 name:", json_is_string(cpe) ? json_string_value(cpe) : "");
	if (purl && !(json_is_string(purl) && purl_valid(json_string_value(purl))))
		return fail(k, "not a package URL:", json_is_string(purl) ? json_string_value(purl) : "");
	return MS_OK;
}

static int check_components(const struct check *k, const json_t *components, int depth);

static int check_component(const struct check *k, const json_t *c, int depth)
{
	static const char *const keys[] = {
		"type", "mime-type", "bom-ref", "supplier", "manufacturer", "authors", "author", "publisher", "group", "name",
		"version", "description", "scope", "hashes", "licenses", "copyright", "cpe", "purl", "omniborId", "swhid",
		"swid", "modified", "pedigree", "externalReferences", "components", "evidence", "releaseNotes", "modelCard",
		"data", "cryptoProperties", "properties", "tags", "signature", NULL
	};
	static const char *const types[] = {
		"application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver",
		"firmware", "file", "machine-learning-model", "data", "cryptographic-asset", NULL
	};
	const char *type = json_string_value(json_object_get(c, "type"));
	const char *name = json_string_value(json_object_get(c, "name"));
	const json_t *hashes = json_object_get(c, "hashes"), *licenses = json_object_get(c, "licenses"), *hash;
	const json_t *parts = json_object_get(c, "components");
	size_t i;

	int rc = check_keys(k, c, keys);
	if (rc == MS_OK && (!type || !is_one_of(type, types)))
		rc = fail(k, "a component has no known type", type);
	if (rc == MS_OK && (!name || !*name))
		rc = fail(k, "a component has no name", NULL);
	if (rc == MS_OK)
		rc = add_ref(k, c);
	if (rc == MS_OK)
		rc = check_names(k, c);
	if (rc == MS_OK && licenses)
		rc = check_licenses(k, licenses);
	for (i = 0; rc == MS_OK && (hash = json_array_get(hashes, i)); i++)
		rc = check_hash(k, hash);
	if (rc == MS_OK && parts)
		rc = check_components(k, parts, depth + 1);
	return rc;
}

static int check_components(const struct check *k, const json_t *components, int depth)
{
	size_t i;
	json_t *c;

	if (!json_is_array(components) || depth > DEPTH_MAX)
		return fail(k, "'components' is not an array, or too deep", NULL);
	json_array_foreach(components, i, c) {
		int rc = check_component(k, c, depth);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

/* Every text of an array must be a bom-ref. */
static int check_refs(const struct check *k, const json_t *refs)
{
	size_t i;
	json_t *ref;

	if (refs && !json_is_array(refs))
		return fail(k, "a list of references is not an array", NULL);
	json_array_foreach(refs, i, ref)
		if (!json_is_string(ref) || !json_object_get(k->refs, json_string_value(ref)))
			return fail(k, "a reference leads nowhere:", json_is_string(ref) ? json_string_value(ref) : "");
	return MS_OK;
}

static int check_dependencies(const struct check *k, const json_t *dependencies)
{
	json_t *seen = json_object(), *d;
	int rc = MS_OK;
	size_t i;

	json_array_foreach(dependencies, i, d) {
		const char *ref = json_string_value(json_object_get(d, "ref"));

		if (!ref || !json_object_get(k->refs, ref))
			rc = fail(k, "a dependency of something that is not there:", ref ? ref : "");
		else if (json_object_get(seen, ref))
			rc = fail(k, "the dependencies are given twice of", ref);
		else
			rc = check_refs(k, json_object_get(d, "dependsOn"));
		if (rc < 0)
			break;
		json_object_set_new(seen, ref, json_true());
	}
	json_decref(seen);
	return rc;
}

static int check_compositions(const struct check *k, const json_t *compositions)
{
	static const char *const aggregates[] = {
		"complete", "incomplete", "incomplete_first_party_only", "incomplete_first_party_proprietary_only",
		"incomplete_first_party_opensource_only", "incomplete_third_party_only", "incomplete_third_party_proprietary_only",
		"incomplete_third_party_opensource_only", "unknown", "not_specified", NULL
	};
	size_t i;
	json_t *c;

	json_array_foreach(compositions, i, c) {
		const char *aggregate = json_string_value(json_object_get(c, "aggregate"));

		if (!aggregate || !is_one_of(aggregate, aggregates))
			return fail(k, "a composition has no known aggregate", aggregate);
		int rc = check_refs(k, json_object_get(c, "assemblies"));
		if (rc == MS_OK)
			rc = check_refs(k, json_object_get(c, "dependencies"));
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

static bool is_serial(const char *s)
{
	static const char form[] = "urn:uuid:hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

	if (strlen(s) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++) {
		bool hex = form[i] == 'h' && i >= 9;

		if (hex ? !strchr("0123456789abcdef", s[i]) : s[i] != form[i])
			return false;
	}
	return true;
}

static int check_head(const struct check *k, const json_t *doc)
{
	static const char *const keys[] = {
		"$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "services",
		"externalReferences", "dependencies", "compositions", "vulnerabilities", "annotations", "formulation",
		"declarations", "definitions", "properties", "signature", NULL
	};
	const char *format = json_string_value(json_object_get(doc, "bomFormat"));
	const char *spec = json_string_value(json_object_get(doc, "specVersion"));
	const json_t *serial = json_object_get(doc, "serialNumber");

	int rc = check_keys(k, doc, keys);
	if (rc < 0)
		return rc;
	if (!format || strcmp(format, "CycloneDX") || !spec || strcmp(spec, "1.6"))
		return fail(k, "bomFormat and specVersion do not say so", NULL);
	if (json_integer_value(json_object_get(doc, "version")) < 1)
		return fail(k, "'version' is not 1 or more", NULL);
	if (serial && !(json_is_string(serial) && is_serial(json_string_value(serial))))
		return fail(k, "'serialNumber' is not a UUID in lower case", NULL);
	return MS_OK;
}

static int check_document(const struct check *k, const json_t *doc)
{
	const json_t *components = json_object_get(doc, "components");

	int rc = check_head(k, doc);
	if (rc == MS_OK)
		rc = check_component(k, json_object_get(json_object_get(doc, "metadata"), "component"), 0);
	if (rc == MS_OK && components)
		rc = check_components(k, components, 0);
	if (rc == MS_OK)
		rc = check_dependencies(k, json_object_get(doc, "dependencies"));
	if (rc == MS_OK)
		rc = check_compositions(k, json_object_get(doc, "compositions"));
	return rc;
}

static struct bytes copy_text(const json_t *object, const char *key, struct arena *a)
{
	const json_t *value = json_object_get(object, key);

	return arena_copy(a, (struct bytes){ (const uint8_t *)json_string_value(value), json_string_length(value) });
}

static struct bytes copy_license(const json_t *component, struct arena *a)
{
	const json_t *all = json_object_get(component, "licenses"), *one = json_array_get(all, 0);

	if (json_array_size(all) != 1)
		return (struct bytes){ 0 };
	return json_object_get(one, "expression") ? copy_text(one, "expression", a) : copy_text(json_object_get(one, "license"), "id", a);
}

int sbom_check(struct bytes json, const char *path, struct arena *a, struct sbom_root *root, struct err *e)
{
	struct check k = { .path = path, .a = a, .e = e, .refs = json_object() };
	json_error_t why;
	json_t *doc = json_loadb((const char *)json.at, json.size, JSON_REJECT_DUPLICATES, &why);

	int rc = doc ? check_document(&k, doc)
		     : err_set(e, ERR_SBOM, "'%s' is not JSON: %s (line %d)", path, why.text, why.line);
	if (rc == MS_OK && root) {
		const json_t *c = json_object_get(json_object_get(doc, "metadata"), "component");

		*root = (struct sbom_root){ copy_text(c, "group", a), copy_text(c, "name", a), copy_text(c, "version", a), copy_license(c, a) };
	}
	json_decref(doc);
	json_decref(k.refs);
	return rc;
}

bool sbom_is_summary(struct bytes text)
{
	size_t at = 0;

	for (size_t n; at < text.size && (n = printable_char((const char *)text.at + at, text.size - at)) > 0; )
		at += n;
	return text.size && at == text.size && text.size <= SBOM_SUMMARY_MAX;
}

const char *sbom_summary(struct bytes json, struct arena *a)
{
	json_t *bill = json_loadb((const char *)json.at, json.size, JSON_REJECT_DUPLICATES, NULL);
	const json_t *said = json_object_get(json_object_get(json_object_get(bill, "metadata"), "component"), "description");
	struct bytes line = { (const uint8_t *)json_string_value(said), json_string_length(said) };

	const char *text = sbom_is_summary(line) ? arena_string(a, line) : NULL;
	json_decref(bill);
	return text;
}

static bool is_among(const char *const *all, uint32_t count, const char *text)
{
	for (uint32_t i = 0; i < count; i++)
		if (!strcmp(all[i], text))
			return true;
	return false;
}

uint32_t sbom_categories(struct bytes json, const char *out[CATEGORY_MAX], struct arena *a)
{
	json_t *bill = json_loadb((const char *)json.at, json.size, JSON_REJECT_DUPLICATES, NULL);
	const json_t *tags = json_object_get(json_object_get(json_object_get(bill, "metadata"), "component"), "tags");
	uint32_t count = 0;

	for (size_t i = 0; i < json_array_size(tags) && count < CATEGORY_MAX; i++) {
		const char *tag = json_string_value(json_array_get(tags, i));

		if (tag && category_is_word(tag) && !is_among(out, count, tag))
			out[count++] = arena_printf(a, "%s", tag);
	}
	json_decref(bill);
	return count;
}
