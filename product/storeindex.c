/* SPDX-License-Identifier: Apache-2.0 */
#include "storeindex.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "executable.h"
#include "image.h"
#include "package.h"
#include "release.h"

const char *storeindex_path(const char *publisher, const char *name, struct arena *a)
{
	char four[5] = "----";

	for (size_t i = 0; i < 4 && name[i]; i++)
		four[i] = name[i];
	return arena_printf(a, "index/%.2s/%s/%s/%s", four, four + 2, publisher, name);
}

const char *storeindex_blob(struct bytes sha256, struct arena *a)
{
	return arena_printf(a, "blobs/sha256/%s", release_hex(sha256.at, sha256.size, a));
}

bool storeindex_shows(enum leaf_state state)
{
	return state != LEAF_STAGED && state != LEAF_HELD && state != LEAF_REJECTED;
}

bool storeindex_offers(enum leaf_state state)
{
	return state == LEAF_LIVE || state == LEAF_DEPRECATED || state == LEAF_YANKED;
}

static json_t *json_of(struct bytes text)
{
	return json_stringn((const char *)text.at, text.size);
}

/* The text of an object in the order in which it was made; takes it. */
static struct bytes text_of(json_t *o, struct arena *a)
{
	char *text = json_dumps(o, JSON_COMPACT);
	struct bytes copy = arena_copy(a, (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 });

	free(text);
	json_decref(o);
	return copy;
}

struct bytes storeindex_config(const struct note_key *store, struct arena *a)
{
	struct text t = { 0 };

	struct bytes o = text_of(json_pack("{s:i, s:s, s:s, s:s, s:s}", "version", 1, "log", store->name, "key", note_key_write(store, a),
					   "index", "index/{name:0:2}/{name:2:2}/{publisher}/{name}", "blobs", "blobs/sha256/{package}"), a);
	text_add_bytes(&t, a, o);
	text_add(&t, a, "\n");
	return (struct bytes){ (uint8_t *)t.at, t.size };
}

static json_t *interfaces(const struct manifest_interface *at, uint32_t count, bool called)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < count; i++) {
		json_t *one = json_pack("{s:o, s:I, s:i}", "name", json_of(at[i].name), "sid", (json_int_t)at[i].sid, "version", at[i].version);
		if (called && at[i].flags & MANIFEST_WEAK)
			json_object_set_new(one, "weak", json_true());
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *mapped(const struct manifest_mapped *at, uint32_t count, const char *number)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(all, json_pack("{s:o, s:I}", "name", json_of(at[i].name), number, (json_int_t)at[i].number));
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

/* What it takes of flash and RAM where it runs: of the image, as a board gets it. */
static int target_facts(struct bytes elf, uint8_t target, struct arena *a, json_t *all, struct err *e)
{
	struct image im;
	struct bytes image;

	int rc = executable_image(elf, target_name(target), a, &image, &im, e);
	if (rc < 0)
		return rc;
	json_array_append_new(all, json_pack("{s:s, s:s, s:I, s:I}", "target", target_name(target), "image", release_sha256(image, a),
					     "flash", (json_int_t)im.image_size, "ram", (json_int_t)image_ram_size(&im)));
	return MS_OK;
}

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

static json_t *facts_json(const struct manifest *m, json_t *targets)
{
	json_t *o = json_pack("{s:s, s:o, s:I, s:I, s:I, s:o}", "abi", "", "license", json_of(m->license), "counter", (json_int_t)m->security_counter,
			      "stack", (json_int_t)m->stack_size, "heap", (json_int_t)m->heap_size, "targets", targets);

	json_object_set_new(o, "abi", json_sprintf("%u.%u", m->abi_major, m->abi_minor));
	json_object_set_new(o, "provides", interfaces(m->provides, m->provide_count, false));
	json_object_set_new(o, "calls", interfaces(m->calls, m->call_count, true));
	json_object_set_new(o, "devices", mapped(m->devices, m->device_count, "interrupts"));
	json_object_set_new(o, "shared", mapped(m->shared, m->shared_count, "size"));
	json_object_set_new(o, "requests", rights(m));
	return o;
}

int storeindex_facts(struct bytes package, struct arena *a, struct bytes *facts, struct err *e)
{
	struct manifest *m = arena_new(a, struct manifest);
	json_t *targets = json_array();
	struct package_member first;
	struct package_iter it;
	struct err why = { 0 };
	int rc = MS_OK;

	package_iter_init(&it, package);
	if (!package_next(&it, &first) || manifest_decode(first.content, m) < 0)
		rc = err_set(e, ERR_STORE_DIFFERS, "what should be a package has no manifest");
	for (uint32_t i = 0; rc == MS_OK && i < m->target_count; i++)
		if (target_facts(elf_of(package, m->targets[i], a), m->targets[i], a, targets, &why) < 0)
			rc = err_set(e, ERR_STORE_DIFFERS, "what should be a package has no executable for %s: %s", target_name(m->targets[i]), why.text);
	if (rc < 0) {
		json_decref(targets);
		return rc;
	}
	struct bytes o = text_of(facts_json(m, targets), a);
	*facts = bytes_part(o, 1, o.size - 2);	/* without its braces */
	return MS_OK;
}
