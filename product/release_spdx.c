/* SPDX-License-Identifier: Apache-2.0 */
/* The same bill of materials as SPDX 2.3: packages and what contains what, taken from the CycloneDX document. */
#include "release.h"

#include <ctype.h>
#include <string.h>

#include "sbom_parts.h"

struct spdx {
	json_t *packages, *relationships;
	struct arena *a;
};

/* "SPDXRef-client-library-picolibc": letters, digits, '.' and '-' only. */
static const char *reference(const char *ref, struct arena *a)
{
	char *copy = arena_printf(a, "SPDXRef-%s", ref);

	for (char *c = copy; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '.')
			*c = '-';
	return copy;
}

static void relate(struct spdx *s, const char *from, const char *kind, const char *to)
{
	json_array_append_new(s->relationships, json_pack("{s:s, s:s, s:s}", "spdxElementId", from, "relationshipType", kind, "relatedSpdxElement", to));
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void add_package(struct spdx *s, const json_t *c, const char *id)
{
	const json_t *license = json_array_get(json_object_get(c, "licenses"), 0), *hash = json_array_get(json_object_get(c, "hashes"), 0);
	const char *maker = text_of(json_object_get(c, "supplier"), "name"), *group = text_of(c, "group");
	json_t *p = json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:s}", "SPDXID", id, "name", text_of(c, "name"), "versionInfo", text_of(c, "version"),
			      "downloadLocation", "NOASSERTION", "filesAnalyzed", 0, "licenseConcluded", "NOASSERTION", "licenseDeclared",
			      license ? text_of(license, "expression") : "NOASSERTION", "copyrightText", "NOASSERTION");
	json_t *external = json_array();

	if (maker || group)
		json_object_set_new(p, "supplier", json_string(arena_printf(s->a, "Organization: %s", maker ? maker : group)));
	if (hash)
		json_object_set_new(p, "checksums", json_pack("[{s:s, s:s}]", "algorithm", "SHA256", "checksumValue", text_of(hash, "content")));
	if (text_of(c, "cpe"))
		json_array_append_new(external, json_pack("{s:s, s:s, s:s}", "referenceCategory", "SECURITY", "referenceType", "cpe23Type", "referenceLocator", text_of(c, "cpe")));
	if (text_of(c, "purl"))
		json_array_append_new(external, json_pack("{s:s, s:s, s:s}", "referenceCategory", "PACKAGE-MANAGER", "referenceType", "purl", "referenceLocator", text_of(c, "purl")));
	json_object_set_new(p, "externalRefs", external);
	json_array_append_new(s->packages, p);
}

/* All that is no file: their hashes are SHA-256 alone, and SPDX wants SHA-1 of files. */
static void add_components(struct spdx *s, const json_t *components, const char *parent)
{
	const json_t *c;
	size_t i;

	json_array_foreach((json_t *)components, i, c) {
		const char *id = reference(text_of(c, "bom-ref"), s->a);

		if (!strcmp(text_of(c, "type"), "file"))
			continue;
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
			relate(s, reference(text_of(one, "ref"), s->a), "DEPENDS_ON", reference(json_string_value(on), s->a));
}

int release_spdx(const struct release *r, struct arena *a, struct bytes *out, struct err *e)
{
	struct spdx s = { json_array(), json_array(), a };
	struct bytes cyclonedx;

	int rc = release_cyclonedx(r, a, &cyclonedx, e);
	if (rc < 0) {
		json_decref(s.packages);
		json_decref(s.relationships);
		return rc;
	}
	json_t *bill = json_loadb((const char *)cyclonedx.at, cyclonedx.size, 0, NULL);
	const json_t *product = json_object_get(json_object_get(bill, "metadata"), "component");
	const char *root = reference(text_of(product, "bom-ref"), a);

	relate(&s, "SPDXRef-DOCUMENT", "DESCRIBES", root);
	add_package(&s, product, root);
	add_components(&s, json_object_get(bill, "components"), root);
	add_dependencies(&s, json_object_get(bill, "dependencies"));
	json_t *doc = json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:[s]}, s:o, s:o}", "spdxVersion", "SPDX-2.3", "dataLicense", "CC0-1.0", "SPDXID", "SPDXRef-DOCUMENT",
				"name", arena_printf(a, "%s-%s", r->product->name, r->product->version_text), "documentNamespace", text_of(bill, "serialNumber"),
				"creationInfo", "created", sbom_time(r->epoch, a), "creators", arena_printf(a, "Tool: ms-%s", r->sdk_version), "packages", s.packages,
				"relationships", s.relationships);

	*out = sbom_text(doc, a);
	json_decref(doc);
	json_decref(bill);
	return MS_OK;
}
