/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of what ships: executables and packages. */
#include "inspect.h"

#include <string.h>

#include "buildfacts.h"
#include "executable.h"
#include "package.h"
#include "source_manifest.h"

static json_t *segment(const char *name, const struct elf_segment *s, struct arena *a)
{
	return json_pack("{s:s, s:o, s:I, s:I, s:o}", "segment", name, "address", fact_address(s->address, a),
			 "file_size", (json_int_t)s->file_size, "memory_size", (json_int_t)s->memory_size,
			 "rights", json_string(arena_printf(a, "%s%s%s", s->flags & ELF_FLAG_R ? "r" : "", s->flags & ELF_FLAG_W ? "w" : "",
							    s->flags & ELF_FLAG_X ? "x" : "")));
}

static json_t *segments(const struct elf_file *f, struct arena *a)
{
	const struct { const char *name; const struct elf_segment *at; } all[] = {
		{ "tools", &f->tools }, { "text", &f->text }, { "data", &f->data }, { "tls", &f->tls }, { "note", &f->note }, { "dynamic", &f->dynamic },
	};
	json_t *array = json_array();

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].at->type)
			json_array_append_new(array, segment(all[i].name, all[i].at, a));
	return array;
}

static json_t *meta_facts(struct bytes meta, struct arena *a)
{
	struct manifest *m = arena_new(a, struct manifest);

	if (manifest_decode_meta(meta, m) < 0)
		return json_pack("{s:s, s:o}", "problem", "not what docs/formats.md 1 says, or of another ABI", "bytes", fact_hex(meta.at, meta.size, a));
	return inspect_manifest(m, a);
}

static json_t *image_facts(struct bytes content, struct arena *a)
{
	struct err why = { 0 };
	struct bytes image;

	if (executable_image(content, "it", a, &image, NULL, &why) < 0)
		return json_pack("{s:o}", "problem", fact_text((struct bytes){ (const uint8_t *)why.text, strlen(why.text) }, a));
	return inspect_image(image, a);
}

json_t *inspect_elf(struct bytes content, struct arena *a)
{
	struct elf_file f;
	json_t *o = json_object();

	enum elf_rule rule = elf_open(content, &f);
	if (rule != ELF_RULE_OK)
		json_object_set_new(o, "problem", json_string(elf_rule_text(rule)));
	json_object_set_new(o, "size", json_integer((json_int_t)content.size));
	json_object_set_new(o, "segments", segments(&f, a));
	if (f.build_id.size)
		json_object_set_new(o, "build_id", fact_hex(f.build_id.at, f.build_id.size, a));
	if (f.package_json.size)
		json_object_set_new(o, "package_note", fact_text(f.package_json, a));
	if (f.meta.size)
		json_object_set_new(o, "meta_note", meta_facts(f.meta, a));
	if (f.signature_offset)
		json_object_set_new(o, "signature", inspect_signature(executable_block(&f), a));
	if (rule == ELF_RULE_OK)
		json_object_set_new(o, "image", image_facts(content, a));
	return o;
}

static const char *kind_name(enum package_kind kind)
{
	static const char *const names[] = {
		[PACKAGE_IS_MANIFEST] = "manifest", [PACKAGE_IS_SIGNATURE] = "signature", [PACKAGE_IS_LICENSE] = "licence",
		[PACKAGE_IS_SBOM] = "bill of materials", [PACKAGE_IS_ELF] = "executable", [PACKAGE_IS_HEADER] = "header",
		[PACKAGE_IS_OVERLAY] = "device tree overlay", [PACKAGE_IS_SOURCE_MANIFEST] = "source manifest", [PACKAGE_IS_SOURCE] = "source",
	};

	return names[kind];
}

static json_t *words(struct bytes encoded, struct arena *a)
{
	struct list all = { 0 };
	json_t *list = json_array();

	buildfacts_words(encoded, a, &all);
	for (size_t i = 0; i < all.count; i++)
		json_array_append_new(list, json_string(all.at[i]));
	return list;
}

static json_t *build_facts(const struct manifest *m, struct arena *a)
{
	const struct manifest_build *b = &m->build;
	json_t *own = json_object();

	for (uint32_t i = 0; i < m->target_count; i++)
		json_object_set_new(own, target_name(m->targets[i]), words(b->own[i], a));
	return json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "sdk", fact_text(b->sdk, a), "compiler", fact_text(b->compiler, a), "linker", fact_text(b->linker, a),
			 "release", (int)b->release, "flags", words(b->words, a), "flags_of_targets", own);
}

static json_t *package_manifest(struct bytes content, struct arena *a)
{
	struct manifest *m = arena_new(a, struct manifest);

	if (manifest_decode(content, m) < 0)
		return json_pack("{s:s}", "problem", "not what docs/formats.md 4 says, or of another format or ABI");
	json_t *o = inspect_manifest(m, a);
	json_object_set_new(o, "license", fact_text(m->license, a));
	json_object_set_new(o, "source_epoch", json_integer((json_int_t)m->source_epoch));
	json_object_set_new(o, "sha256", fact_sha256(content, a));
	if (m->build.sdk.size)
		json_object_set_new(o, "build", build_facts(m, a));
	return o;
}

/* What a source package promises; its files are its members. */
static json_t *source_facts(struct bytes content, struct arena *a)
{
	struct source_manifest *m = arena_new(a, struct source_manifest);

	if (source_manifest_decode(content, m) < 0)
		return json_pack("{s:s}", "problem", "not what docs/formats.md 4 says, or of another format");
	return json_pack("{s:o, s:o}", "sha256", fact_hex(m->sha256, 32, a), "manifest", package_manifest(m->package, a));
}

json_t *inspect_package(struct bytes content, struct arena *a)
{
	json_t *o = json_object(), *members = json_array(), *signatures = json_array();
	struct package_iter it;
	struct package_member m;

	json_object_set_new(o, "size", json_integer((json_int_t)content.size));
	package_iter_init(&it, content);
	while (package_next(&it, &m)) {
		json_array_append_new(members, json_pack("{s:o, s:I, s:s, s:o}", "member", fact_text(m.name, a), "size", (json_int_t)m.content.size,
							 "kind", kind_name(m.kind), "sha256", fact_sha256(m.content, a)));
		if (m.kind == PACKAGE_IS_SIGNATURE)
			json_array_append_new(signatures, inspect_signature(m.content, a));
		if (m.kind == PACKAGE_IS_MANIFEST)
			json_object_set_new(o, "manifest", package_manifest(m.content, a));
		if (m.kind == PACKAGE_IS_SOURCE_MANIFEST)
			json_object_set_new(o, "gives", source_facts(m.content, a));
	}
	json_object_set_new(o, "signatures", signatures);
	json_object_set_new(o, "members", members);
	if (it.fault)
		json_object_set_new(o, "problem", json_string(arena_printf(a, "%s (at byte %zu)", package_fault_text(it.fault), it.fault_at)));
	return o;
}
