/* SPDX-License-Identifier: Apache-2.0 */
#include "spdx.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "key.h"
#include "sbom_parts.h"

struct spdx {
	json_t *packages, *files, *relationships;
	json_t *ids, *taken;		/* the identifier of each bom-ref; each identifier that is used */
	struct arena *a;
};

/* "SPDXRef-client-library-picolibc": letters, digits, '.' and '-' only, and a number where two would be the same. */
static const char *reference(struct spdx *s, const char *ref)
{
	const char *known = json_string_value(json_object_get(s->ids, ref));
	char *id = arena_printf(s->a, "SPDXRef-%s", ref);

	if (known)
		return known;
	for (char *c = id; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '.')
			*c = '-';
	const char *first = id;
	for (int n = 2; json_object_get(s->taken, id); n++)
		id = arena_printf(s->a, "%s-%d", first, n);
	json_object_set_new(s->taken, id, json_true());
	json_object_set_new(s->ids, ref, json_string(id));
	return id;
}

static void relate(struct spdx *s, const char *from, const char *kind, const char *to)
{
	json_array_append_new(s->relationships, json_pack("{s:s, s:s, s:s}", "spdxElementId", from, "relationshipType", kind, "relatedSpdxElement", to));
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *hash_of(const json_t *c, const char *algorithm)
{
	const json_t *hash;
	size_t i;

	json_array_foreach(json_object_get(c, "hashes"), i, hash)
		if (!strcmp(text_of(hash, "alg"), algorithm))
			return text_of(hash, "content");
	return NULL;
}

static json_t *checksums(const json_t *c)
{
	static const struct { const char *there, *here; } names[] = { { "SHA-1", "SHA1" }, { "SHA-256", "SHA256" } };
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (hash_of(c, names[i].there))
			json_array_append_new(list, json_pack("{s:s, s:s}", "algorithm", names[i].here, "checksumValue", hash_of(c, names[i].there)));
	return list;
}

/* A library is an archive; its members and objects are machine code; the rest is what people wrote. */
static const char *file_type(const char *name)
{
	size_t size = strlen(name);

	if (size > 2 && !strcmp(name + size - 2, ".a"))
		return "ARCHIVE";
	return (size && name[size - 1] == ')') || (size > 2 && !strcmp(name + size - 2, ".o")) ? "BINARY" : "SOURCE";
}

/* By its own reference, or else by where it is and what it is called. */
static const char *identify(struct spdx *s, const json_t *c, const char *parent)
{
	const char *ref = text_of(c, "bom-ref");

	return reference(s, ref ? ref : arena_printf(s->a, "%s/%s", parent, text_of(c, "name")));
}

static bool is_file(const json_t *c)
{
	return !strcmp(text_of(c, "type"), "file");
}

/* Files of a package, and files in them; their SHA-1 into *hashes.  False when one has none. */
static bool add_files(struct spdx *s, const json_t *components, const char *package, struct list *hashes)
{
	const json_t *c;
	bool all = true;
	size_t i;

	json_array_foreach((json_t *)components, i, c) {
		const char *sha1 = hash_of(c, "SHA-1"), *name = text_of(c, "name");

		if (!is_file(c))
			continue;
		all &= sha1 != NULL;
		if (sha1) {
			const char *id = identify(s, c, package);

			list_push(hashes, s->a, (void *)sha1);
			json_array_append_new(s->files, json_pack("{s:s, s:s, s:o, s:[s], s:s, s:s}", "SPDXID", id, "fileName", arena_printf(s->a, "./%s", name), "checksums",
								  checksums(c), "fileTypes", file_type(name), "licenseConcluded", "NOASSERTION", "copyrightText", "NOASSERTION"));
			relate(s, package, "CONTAINS", id);
		}
		all &= add_files(s, json_object_get(c, "components"), package, hashes);
	}
	return all;
}

/* Of all files' SHA-1 in order, written behind each other: SPDX 2.3, 7.9. */
static const char *verification_code(const struct spdx *s, struct list *hashes)
{
	struct text all = { 0 }, hex = { 0 };
	uint8_t hash[20];

	list_sort(hashes);
	for (size_t i = 0; i < hashes->count; i++)
		text_add(&all, s->a, "%s", (const char *)hashes->at[i]);
	sha1((struct bytes){ (const uint8_t *)all.at, all.size }, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		text_add(&hex, s->a, "%02x", hash[i]);
	return hex.at;
}

static void say_files(struct spdx *s, json_t *package, const json_t *components, const char *id)
{
	struct list hashes = { 0 };
	bool all = add_files(s, components, id, &hashes);

	json_object_set_new(package, "filesAnalyzed", json_boolean(all && hashes.count));
	if (!all || !hashes.count)
		return;
	json_object_set_new(package, "packageVerificationCode", json_pack("{s:s}", "packageVerificationCodeValue", verification_code(s, &hashes)));
	json_object_set_new(package, "licenseInfoFromFiles", json_pack("[s]", "NOASSERTION"));
}

static json_t *external_refs(const json_t *c)
{
	json_t *list = json_array();

	if (text_of(c, "cpe"))
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "referenceCategory", "SECURITY", "referenceType", "cpe23Type", "referenceLocator", text_of(c, "cpe")));
	if (text_of(c, "purl"))
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "referenceCategory", "PACKAGE-MANAGER", "referenceType", "purl", "referenceLocator", text_of(c, "purl")));
	return list;
}

static void add_package(struct spdx *s, const json_t *c, const char *id)
{
	const json_t *license = json_array_get(json_object_get(c, "licenses"), 0);
	const char *maker = text_of(json_object_get(c, "supplier"), "name"), *group = text_of(c, "group");
	json_t *p = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "SPDXID", id, "name", text_of(c, "name"), "downloadLocation", "NOASSERTION", "licenseConcluded",
			      "NOASSERTION", "licenseDeclared", license && text_of(license, "expression") ? text_of(license, "expression") : "NOASSERTION",
			      "copyrightText", "NOASSERTION", "externalRefs", external_refs(c));

	if (text_of(c, "version"))
		json_object_set_new(p, "versionInfo", json_string(text_of(c, "version")));
	if (text_of(c, "description"))
		json_object_set_new(p, "description", json_string(text_of(c, "description")));
	if (maker || group)
		json_object_set_new(p, "supplier", json_string(arena_printf(s->a, "Organization: %s", maker ? maker : group)));
	if (hash_of(c, "SHA-256"))
		json_object_set_new(p, "checksums", checksums(c));
	say_files(s, p, json_object_get(c, "components"), id);
	json_array_append_new(s->packages, p);
}

static void add_components(struct spdx *s, const json_t *components, const char *parent)
{
	const json_t *c;
	size_t i;

	json_array_foreach((json_t *)components, i, c) {
		const char *id;

		if (is_file(c))
			continue;
		id = identify(s, c, parent);
		add_package(s, c, id);
		relate(s, parent, "CONTAINS", id);
		add_components(s, json_object_get(c, "components"), id);
	}
}

static void add_dependencies(struct spdx *s, const json_t *all)
{
	const json_t *one, *on;
	size_t i, k;

	json_array_foreach((json_t *)all, i, one)
		json_array_foreach(json_object_get(one, "dependsOn"), k, on)
			relate(s, reference(s, text_of(one, "ref")), "DEPENDS_ON", reference(s, json_string_value(on)));
}

static json_t *document(struct spdx *s, const json_t *bill, const char *name, uint64_t epoch, const char *tool_version)
{
	const json_t *whole = json_object_get(json_object_get(bill, "metadata"), "component");
	const char *root = identify(s, whole, "whole");

	relate(s, "SPDXRef-DOCUMENT", "DESCRIBES", root);
	add_package(s, whole, root);
	add_components(s, json_object_get(whole, "components"), root);
	add_components(s, json_object_get(bill, "components"), root);
	add_dependencies(s, json_object_get(bill, "dependencies"));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:[s]}, s:o, s:o, s:o}", "spdxVersion", "SPDX-2.3", "dataLicense", "CC0-1.0", "SPDXID", "SPDXRef-DOCUMENT",
			 "name", name, "documentNamespace", text_of(bill, "serialNumber"), "creationInfo", "created", sbom_time(epoch, s->a), "creators",
			 arena_printf(s->a, "Tool: ms-%s", tool_version), "packages", s->packages, "files", s->files, "relationships", s->relationships);
}

int spdx_make(struct bytes cyclonedx, const char *name, uint64_t epoch, const char *tool_version, struct arena *a, struct bytes *out, struct err *e)
{
	struct spdx s = { json_array(), json_array(), json_array(), json_object(), json_object(), a };
	json_t *bill = json_loadb((const char *)cyclonedx.at, cyclonedx.size, 0, NULL);

	json_object_set_new(s.taken, "SPDXRef-DOCUMENT", json_true());
	json_t *doc = document(&s, bill, name, epoch, tool_version);
	int rc = doc ? MS_OK : err_set(e, ERR_SBOM, "the bill of materials of '%s' cannot be told as SPDX: it has no serial number, or a name is missing", name);

	if (doc)
		*out = sbom_text(doc, a);
	json_decref(doc);
	json_decref(bill);
	json_decref(s.ids);
	json_decref(s.taken);
	return rc;
}
