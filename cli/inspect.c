/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of the small things: images, signature blocks, keys, and values. */
#include "inspect.h"

#include <string.h>

#include "cose.h"
#include "image.h"
#include "key.h"
#include "out.h"
#include "reloc.h"
#include "uuid.h"

json_t *fact_text(struct bytes b, struct arena *a)
{
	return out_string(arena_string(a, b));
}

json_t *fact_hex(const uint8_t *at, size_t size, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (size_t i = 0; i < size; i++)
		text_add(&t, a, "%02x", at[i]);
	return json_string(t.at);
}

json_t *fact_sha256(struct bytes b, struct arena *a)
{
	uint8_t hash[32];

	sha256(b, hash);
	return fact_hex(hash, sizeof(hash), a);
}

json_t *fact_address(uint32_t v, struct arena *a)
{
	return json_string(arena_printf(a, "0x%08x", (unsigned)v));
}

json_t *fact_version(const struct table_version *v, struct arena *a)
{
	return json_string(arena_printf(a, v->build ? "%u.%u.%u+%u" : "%u.%u.%u", v->major, v->minor, v->patch, (unsigned)v->build));
}

static json_t *relocation_count(struct bytes relocations, uint32_t data_size)
{
	struct reloc_iter it;
	uint32_t offset;
	json_int_t count = 0;

	reloc_iter_init(&it, relocations);
	while (reloc_next(&it, data_size, &offset))
		count++;
	return it.failed ? json_string("malformed") : json_integer(count);
}

json_t *inspect_image(struct bytes content, struct arena *a)
{
	struct image im;

	int rc = image_decode(content, &im);
	if (rc < 0)
		return json_pack("{s:s, s:I, s:o}", "problem", rc == -MS_EINCOMPATIBLE ? "made for another ABI or target than this version knows"
										  : "the header breaks a rule of docs/formats.md 2",
				 "size", (json_int_t)content.size, "sha256", fact_sha256(content, a));

	json_t *o = json_pack("{s:s, s:o, s:b}", "target", target_name(im.target),
			      "abi", json_string(arena_printf(a, "%u.%u", im.abi_major, im.abi_minor)), "needs_fpu", im.flags & IMAGE_FLAG_FPU);
	json_object_update_new(o, json_pack("{s:I, s:I, s:o, s:I, s:I, s:I, s:I}", "image_size", (json_int_t)im.image_size,
					    "text_size", (json_int_t)im.text_size, "entry", fact_address(im.entry, a),
					    "data_offset", (json_int_t)im.data_offset, "data_size", (json_int_t)im.data_size,
					    "bss_size", (json_int_t)im.bss_size, "static_size", (json_int_t)im.static_size));
	json_object_update_new(o, json_pack("{s:o, s:I, s:I, s:I, s:I, s:I}", "relocations",
					    relocation_count(bytes_part(content, im.reloc_offset, im.reloc_size), im.data_size),
					    "stack_size", (json_int_t)im.stack_size, "heap_size", (json_int_t)im.heap_size,
					    "ram_size", (json_int_t)image_ram_size(&im), "flash_alignment", (json_int_t)1 << im.flash_align_log2,
					    "ram_alignment", (json_int_t)1 << im.ram_align_log2));
	json_object_set_new(o, "sha256", fact_sha256(bytes_part(content, 0, im.image_size), a));
	if (content.size != im.image_size)
		json_object_set_new(o, "problem", json_string(arena_printf(a, "the file has %zu bytes", content.size)));
	return o;
}

json_t *inspect_signature(struct bytes content, struct arena *a)
{
	static const char *const kinds[] = { COSE_KIND_IMAGE, COSE_KIND_PACKAGE, COSE_KIND_SOURCE, COSE_KIND_TABLE };
	const uint8_t *kid;

	if (content.size == COSE_BLOCK_SIZE && bytes_all(content, 0))
		return json_pack("{s:s}", "state", "not signed");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (cose_check(content, kinds[i], &kid) == MS_OK)
			return json_pack("{s:s, s:o, s:o}", "kind", kinds[i], "kid", fact_hex(kid, COSE_KID_SIZE, a),
					 "signature", fact_hex(content.at + COSE_SIGNATURE_AT, COSE_SIGNATURE_SIZE, a));
	return json_pack("{s:s, s:o}", "problem", "no signature block of a known kind", "bytes", fact_hex(content.at, content.size, a));
}

json_t *inspect_key(const char *path, struct arena *a)
{
	struct key_public k;
	struct err e = { 0 };

	if (key_open_public(path, a, &k, &e) < 0)
		return json_pack("{s:o}", "problem", out_string(e.text));
	return json_pack("{s:s, s:o, s:o, s:o}", "algorithm", "ECDSA P-256", "kid", fact_hex(k.kid, sizeof(k.kid), a),
			 "thumbprint", fact_hex(k.thumbprint, sizeof(k.thumbprint), a), "point", fact_hex(k.point, sizeof(k.point), a));
}

static json_t *interfaces(const struct manifest_interface *list, uint32_t count, bool provided, struct arena *a)
{
	json_t *out = json_array();

	for (uint32_t i = 0; i < count; i++) {
		json_t *one = json_pack("{s:o, s:o, s:i, s:b}", "name", fact_text(list[i].name, a), "sid", fact_address(list[i].sid, a),
					"version", list[i].version, "connections", list[i].flags & MANIFEST_CONNECTIONS);

		if (provided)
			json_object_set_new(one, "policy", json_string(list[i].flags & MANIFEST_STRICT ? "strict" : "relaxed"));
		else
			json_object_set_new(one, "weak", json_boolean(list[i].flags & MANIFEST_WEAK));
		if (list[i].fingerprint.size)
			json_object_set_new(one, "fingerprint", fact_hex(list[i].fingerprint.at, list[i].fingerprint.size, a));
		json_array_append_new(out, one);
	}
	return out;
}

static json_t *mapped(const struct manifest_mapped *list, uint32_t count, const char *number, struct arena *a)
{
	json_t *out = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(out, json_pack("{s:o, s:I, s:b}", "name", fact_text(list[i].name, a), number, (json_int_t)list[i].number,
						     "write", list[i].flags & MANIFEST_WRITE));
	return out;
}

json_t *inspect_manifest(const struct manifest *m, struct arena *a)
{
	json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:I, s:I}", "name", fact_text(m->name, a),
			      "version_text", fact_text(m->version_text, a), "version", fact_version(&m->version, a),
			      "component", out_string(uuid_text(m->component, a)), "vendor", out_string(uuid_text(m->vendor, a)),
			      "security_counter", (json_int_t)m->security_counter,
			      "abi", json_string(arena_printf(a, "%u.%u", m->abi_major, m->abi_minor)),
			      "stack_size", (json_int_t)m->stack_size, "heap_size", (json_int_t)m->heap_size);
	json_t *targets = json_array(), *requests = json_array();

	for (uint32_t i = 0; i < m->target_count; i++)
		json_array_append_new(targets, json_string(target_name(m->targets[i])));
	for (uint32_t i = 0; i < m->request_count; i++)
		json_array_append_new(requests, json_pack("{s:o, s:o, s:o}", "object", fact_address(m->requests[i].object, a),
							  "operations", fact_address(m->requests[i].operations, a),
							  "argument", fact_address(m->requests[i].argument, a)));
	json_object_set_new(o, "targets", targets);
	if (m->fixed)
		json_object_set_new(o, "mode", json_string("fixed: linked for its place by the product"));
	json_object_set_new(o, "requests", requests);
	json_object_set_new(o, "provides", interfaces(m->provides, m->provide_count, true, a));
	json_object_set_new(o, "calls", interfaces(m->calls, m->call_count, false, a));
	json_object_set_new(o, "devices", mapped(m->devices, m->device_count, "interrupts", a));
	json_object_set_new(o, "shared", mapped(m->shared, m->shared_count, "size", a));
	return o;
}
