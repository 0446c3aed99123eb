/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "identity.h"
#include "sbom_parts.h"
#include "utf8.h"
#include "uuid.h"
#include "world_name.h"

#define ROOT_REF "service"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 };
}

static json_t *json_bytes(struct bytes b)
{
	return json_stringn((const char *)b.at, b.size);
}

static json_t *one_hash(const char *algorithm, const uint8_t *hash, size_t size)
{
	char hex[65];

	for (size_t i = 0; i < size; i++)
		sprintf(hex + 2 * i, "%02x", hash[i]);
	return json_pack("{s:s, s:s}", "alg", algorithm, "content", hex);
}

json_t *sbom_hashes(const uint8_t hash[32])
{
	return json_pack("[o]", one_hash("SHA-256", hash, 32));
}

static json_t *file_hashes(const struct sbom_file *f)
{
	return json_pack("[o, o]", one_hash("SHA-256", f->sha256, 32), one_hash("SHA-1", f->sha1, 20));
}

/* A licence is always given as one expression: the schema allows no mixture. */
static void add_license(json_t *component, struct bytes expression)
{
	if (expression.size)
		json_object_set_new(component, "licenses", json_pack("[{s:o}]", "expression", json_bytes(expression)));
}

/* Files are parts of what they belong to. */
static void add_files(json_t *component, const struct sbom_file *files, uint32_t count, struct arena *a)
{
	json_t *parts = json_array();

	for (uint32_t i = 0; i < count; i++) {
		const struct sbom_file *f = &files[i];
		json_t *one = json_pack("{s:s, s:s, s:s, s:o}", "type", "file", "bom-ref", arena_printf(a, "file:%s", f->path), "name", f->path,
					"hashes", file_hashes(f));

		if (f->targets)
			json_object_set_new(one, "properties", json_pack("[{s:s, s:s}]", "name", SBOM_TARGETS, "value", f->targets));
		add_files(one, f->parts, f->part_count, a);
		json_array_append_new(parts, one);
	}
	if (count)
		json_object_set(component, "components", parts);
	json_decref(parts);
}

static void add_tags(json_t *c, const struct sbom_input *in)
{
	json_t *tags = json_array();

	for (uint32_t i = 0; i < in->category_count; i++)
		json_array_append_new(tags, json_string(in->categories[i]));
	if (in->category_count)
		json_object_set(c, "tags", tags);
	json_decref(tags);
}

static json_t *root_component(const struct sbom_input *in, struct arena *a)
{
	const struct manifest *m = in->service;
	struct bytes vendor = identity_vendor(m), name = identity_name(m);
	json_t *c = json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:s}", "type", "firmware", "bom-ref", ROOT_REF,
			      "group", json_bytes(vendor), "name", json_bytes(name), "version", json_bytes(m->version_text),
			      "cpe", cpe_of(vendor, name, m->version_text, a),
			      "purl", purl_of(vendor, name, m->version_text, a));

	if (in->summary)
		json_object_set_new(c, "description", json_string(in->summary));
	add_tags(c, in);
	add_license(c, m->license);
	add_files(c, in->files, in->file_count, a);
	return c;
}

static const char *library_ref(const char *name, struct arena *a)
{
	return arena_printf(a, "library:%s", name);
}

static json_t *library_component(const struct sbom_library *l, struct arena *a)
{
	const char *purl = l->purl ? l->purl : purl_of((struct bytes){ 0 }, bytes_of(l->name), bytes_of(l->version), a);
	json_t *c = json_pack("{s:s, s:s, s:s, s:s}", "type", "library", "bom-ref", library_ref(l->name, a),
			      "name", l->name, "version", l->version);

	if (l->supplier)
		json_object_set_new(c, "supplier", json_pack("{s:s}", "name", l->supplier));
	add_license(c, bytes_of(l->license));
	if (l->cpe)
		json_object_set_new(c, "cpe", json_string(l->cpe));
	json_object_set_new(c, "purl", json_string(purl));
	add_files(c, l->files, l->file_count, a);
	return c;
}

const char *sbom_time(uint64_t seconds, struct arena *a)
{
	time_t epoch = (time_t)seconds;
	struct tm utc;
	char text[32];

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&epoch, &utc));
	return arena_printf(a, "%s", text);
}

static json_t *metadata(const struct sbom_input *in, struct arena *a)
{
	json_t *tools = json_pack("[{s:s, s:s, s:s}]", "type", "application", "name", "ms", "version", in->tool_version);
	json_t *m = json_object();

	if (in->source_epoch)
		json_object_set_new(m, "timestamp", json_string(sbom_time(in->source_epoch, a)));
	if (in->compiler)
		json_array_append_new(tools, json_pack("{s:s, s:s}", "type", "application", "name", in->compiler));
	json_object_set_new(m, "lifecycles", json_pack("[{s:s}]", "phase", "build"));
	json_object_set_new(m, "tools", json_pack("{s:o}", "components", tools));
	json_object_set_new(m, "component", root_component(in, a));
	return m;
}

/* Every component is a dependency of its own, leaves with none: that says "nothing else", not "unknown". */
static json_t *dependencies(const struct sbom_input *in, struct arena *a)
{
	json_t *all = json_array(), *of_root = json_array();

	json_array_append_new(all, json_pack("{s:s, s:o}", "ref", ROOT_REF, "dependsOn", of_root));
	for (uint32_t i = 0; i < in->library_count; i++) {
		const struct sbom_library *l = &in->libraries[i];
		json_t *needs = json_array();

		json_array_append_new(of_root, json_string(library_ref(l->name, a)));
		for (uint32_t k = 0; l->needs && l->needs[k]; k++)
			json_array_append_new(needs, json_string(library_ref(l->needs[k], a)));
		json_array_append_new(all, json_pack("{s:s, s:o}", "ref", library_ref(l->name, a), "dependsOn", needs));
	}
	return all;
}

static json_t *document(const struct sbom_input *in, struct arena *a)
{
	json_t *components = json_array();

	for (uint32_t i = 0; i < in->library_count; i++)
		json_array_append_new(components, library_component(&in->libraries[i], a));
	return json_pack("{s:s, s:s, s:i, s:o, s:o, s:o, s:[{s:s, s:[s], s:[s]}]}",
			 "bomFormat", "CycloneDX", "specVersion", "1.6", "version", 1,
			 "metadata", metadata(in, a), "components", components, "dependencies", dependencies(in, a),
			 "compositions", "aggregate", "complete", "assemblies", ROOT_REF, "dependencies", ROOT_REF);
}

struct bytes sbom_text(json_t *json, struct arena *a)
{
	char *text = json_dumps(json, JSON_INDENT(1));
	const char *copy = text ? arena_printf(a, "%s\n", text) : "";

	free(text);
	return bytes_of(copy);
}

void sbom_number(json_t *json, const uint8_t space[UUID_SIZE], struct arena *a)
{
	uint8_t serial[UUID_SIZE];

	uuid_v5(space, sbom_text(json, a), serial);
	json_object_set_new(json, "serialNumber", json_string(arena_printf(a, "urn:uuid:%s", uuid_text(serial, a))));
}

static int library_order(const void *a, const void *b)
{
	return strcmp(((const struct sbom_library *)a)->name, ((const struct sbom_library *)b)->name);
}

static int file_order(const void *a, const void *b)
{
	return strcmp(((const struct sbom_file *)a)->path, ((const struct sbom_file *)b)->path);
}

static bool all_utf8(const char *const texts[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!utf8_valid(bytes_of(texts[i])))
			return false;
	return true;
}

static bool files_utf8(const struct sbom_file *files, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!utf8_valid(bytes_of(files[i].path)) || !files_utf8(files[i].parts, files[i].part_count))
			return false;
	return true;
}

/* The first text that JSON cannot hold, as the thing it belongs to; NULL when there is none. */
static const char *not_utf8(const struct sbom_input *in)
{
	for (uint32_t i = 0; i < in->library_count; i++) {
		const struct sbom_library *l = &in->libraries[i];
		const char *const texts[] = { l->name, l->version, l->supplier, l->license, l->cpe, l->purl };

		if (!all_utf8(texts, sizeof(texts) / sizeof(texts[0])) || !files_utf8(l->files, l->file_count))
			return "a library's name, version, supplier or licence";
	}
	if (!files_utf8(in->files, in->file_count))
		return "a source file's name";
	return utf8_valid(in->service->license) ? NULL : "the licence";
}

int sbom_make(const struct sbom_input *given, struct arena *a, struct bytes *json, struct err *e)
{
	struct sbom_input in = *given;
	struct sbom_library *libraries = arena_array(a, struct sbom_library, in.library_count + 1);
	struct sbom_file *files = arena_array(a, struct sbom_file, in.file_count + 1);

	if (in.library_count)
		memcpy(libraries, in.libraries, sizeof(*libraries) * in.library_count);
	if (in.file_count)
		memcpy(files, in.files, sizeof(*files) * in.file_count);
	qsort(libraries, in.library_count, sizeof(*libraries), library_order);
	qsort(files, in.file_count, sizeof(*files), file_order);
	in.libraries = libraries;
	in.files = files;

	const char *wrong = not_utf8(&in);
	if (wrong)
		return err_set(e, ERR_SBOM, "the bill of materials of '%.*s' cannot be written: %s is not UTF-8",
			       (int)in.service->name.size, (const char *)in.service->name.at, wrong);
	json_t *doc = document(&in, a);
	sbom_number(doc, in.service->component, a);
	struct bytes text = sbom_text(doc, a);
	json_decref(doc);

	int rc = sbom_check(text, "the SBOM", a, NULL, e);
	if (rc == MS_OK)
		*json = text;
	return rc;
}
