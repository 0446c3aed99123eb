/* SPDX-License-Identifier: Apache-2.0 */
#include "storefacts.h"

#include <stdlib.h>
#include <string.h>

#include "base64.h"
#include "executable.h"
#include "image.h"
#include "release.h"
#include "sbom.h"

static const char overlays_folder[] = "overlays/";

static json_t *json_of(struct bytes text)
{
	return json_stringn((const char *)text.at, text.size);
}

static void mark(json_t *o, const char *key, bool is)
{
	if (is)
		json_object_set_new(o, key, json_true());
}

static json_t *interfaces(const struct manifest_interface *at, uint32_t count, struct arena *a)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < count; i++) {
		json_t *one = json_pack("{s:o, s:I, s:i}", "name", json_of(at[i].name), "sid", (json_int_t)at[i].sid, "version", at[i].version);

		mark(one, "connections", at[i].flags & MANIFEST_CONNECTIONS);
		mark(one, "strict", at[i].flags & MANIFEST_STRICT);
		mark(one, "weak", at[i].flags & MANIFEST_WEAK);
		if (at[i].fingerprint.size)
			json_object_set_new(one, "header", json_string(release_hex(at[i].fingerprint.at, at[i].fingerprint.size, a)));
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *mapped(const struct manifest_mapped *at, uint32_t count, const char *number)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < count; i++) {
		json_t *one = json_pack("{s:o, s:I}", "name", json_of(at[i].name), number, (json_int_t)at[i].number);

		mark(one, "write", at[i].flags & MANIFEST_WRITE);
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *rights(const struct manifest *m)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < m->request_count; i++)
		json_array_append_new(all, json_pack("[I, I, I]", (json_int_t)m->requests[i].object, (json_int_t)m->requests[i].operations,
						     (json_int_t)m->requests[i].argument));
	return all;
}

static json_t *targets(const struct storefacts *f)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < f->manifest.target_count; i++) {
		const struct storefacts_target *t = &f->target[i];
		json_t *one = json_pack("{s:s, s:s, s:I, s:I}", "target", target_name(f->manifest.targets[i]), "image", t->image, "flash", (json_int_t)t->flash, "ram", (json_int_t)t->ram);

		mark(one, "fpu", t->fpu);
		json_array_append_new(all, one);
	}
	return all;
}

/* They are small, and decide which devices are in use. */
static json_t *overlays(const struct storefacts *f, struct arena *a)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < f->overlay_count; i++)
		json_array_append_new(all, json_string(base64_write(f->overlays[i].blob, a)));
	return all;
}

static json_t *categories(const struct storefacts *f)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < f->category_count; i++)
		json_array_append_new(all, json_string(f->categories[i]));
	return all;
}

json_t *storefacts_json(const struct storefacts *f, struct arena *a)
{
	const struct manifest *m = &f->manifest;
	json_t *o = json_pack("{s:s, s:o, s:I, s:I, s:I, s:o}", "abi", "", "license", json_of(m->license), "counter", (json_int_t)m->security_counter,
			      "stack", (json_int_t)m->stack_size, "heap", (json_int_t)m->heap_size, "targets", targets(f));

	json_object_set_new(o, "abi", json_sprintf("%u.%u", m->abi_major, m->abi_minor));
	json_object_set_new(o, "provides", interfaces(m->provides, m->provide_count, a));
	json_object_set_new(o, "calls", interfaces(m->calls, m->call_count, a));
	json_object_set_new(o, "devices", mapped(m->devices, m->device_count, "interrupts"));
	json_object_set_new(o, "shared", mapped(m->shared, m->shared_count, "size"));
	json_object_set_new(o, "requests", rights(m));
	mark(o, "fixed", m->fixed);
	if (f->overlay_count)
		json_object_set_new(o, "overlays", overlays(f, a));
	if (f->summary)
		json_object_set_new(o, "summary", json_string(f->summary));
	if (f->category_count)
		json_object_set_new(o, "categories", categories(f));
	return o;
}

/* What it takes of flash and RAM where it runs: of the image, as a board gets it. */
static int take_target(struct bytes elf, uint8_t target, struct arena *a, struct storefacts_target *out, struct err *e)
{
	struct image im;
	struct bytes image;
	struct err why = { 0 };

	if (executable_image(elf, target_name(target), a, &image, &im, &why) < 0)
		return err_set(e, ERR_STORE_DIFFERS, "what should be a package has no executable for %s: %s", target_name(target), why.text);
	*out = (struct storefacts_target){ release_sha256(image, a), im.image_size, image_ram_size(&im), im.flags & IMAGE_FLAG_FPU };
	return MS_OK;
}

/* The executable of a target; empty if it has none. */
static struct bytes elf_of(struct bytes package, uint8_t target, struct arena *a)
{
	const char *path = arena_printf(a, "elf/%s.elf", target_name(target));
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (package_next(&it, &m))
		if (bytes_equal(m.name, (struct bytes){ (const uint8_t *)path, strlen(path) }))
			return m.content;
	return (struct bytes){ 0 };
}

static void take_overlays(struct bytes package, struct storefacts *f)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (f->overlay_count < ARCHIVE_OVERLAY_MAX && package_next(&it, &m))
		if (m.name.size > sizeof(overlays_folder) - 1 && !memcmp(m.name.at, overlays_folder, sizeof(overlays_folder) - 1))
			f->overlays[f->overlay_count++].blob = m.content;
}

/* What its bill of materials says of the service itself. */
static void take_words(struct bytes package, struct arena *a, struct storefacts *f)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (package_next(&it, &m)) {
		if (m.kind != PACKAGE_IS_SBOM)
			continue;
		f->summary = sbom_summary(m.content, a);
		f->category_count = sbom_categories(m.content, f->categories, a);
	}
}

int storefacts_write(struct bytes package, struct arena *a, struct bytes *members, struct err *e)
{
	struct storefacts *f = arena_new(a, struct storefacts);
	struct package_member first;
	struct package_iter it;
	int rc = MS_OK;

	package_iter_init(&it, package);
	if (!package_next(&it, &first) || manifest_decode(first.content, &f->manifest) < 0)
		return err_set(e, ERR_STORE_DIFFERS, "what should be a package has no manifest");
	for (uint32_t i = 0; rc == MS_OK && i < f->manifest.target_count; i++)
		rc = take_target(elf_of(package, f->manifest.targets[i], a), f->manifest.targets[i], a, &f->target[i], e);
	if (rc < 0)
		return rc;
	take_overlays(package, f);
	take_words(package, a, f);

	json_t *o = storefacts_json(f, a);
	char *text = json_dumps(o, JSON_COMPACT);
	*members = arena_copy(a, (struct bytes){ (const uint8_t *)text + 1, strlen(text) - 2 });	/* without its braces */
	free(text);
	json_decref(o);
	return MS_OK;
}
