/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts as a store or a mirror gives them, which is nobody who is believed: they become a manifest's bytes, and those are read as every
 * manifest is, so that what comes out keeps each rule of the format.
 */
#include <string.h>

#include "base64.h"
#include "identity.h"
#include "image.h"
#include "name.h"
#include "sbom.h"
#include "storefacts.h"
#include "writer.h"

/* Reading is sticky: the first that is wrong is kept, and everything after it is zero. */
struct facts_reader { const char *wrong; struct arena *arena; };

static void wrong(struct facts_reader *r, const char *what)
{
	if (!r->wrong)
		r->wrong = what;
}

static uint32_t number(struct facts_reader *r, const json_t *o, const char *key)
{
	const json_t *n = json_object_get(o, key);
	json_int_t value = json_integer_value(n);

	if (!json_is_integer(n) || value < 0 || value > UINT32_MAX) {
		wrong(r, key);
		return 0;
	}
	return (uint32_t)value;
}

static uint16_t short_number(struct facts_reader *r, const json_t *o, const char *key)
{
	uint32_t n = number(r, o, key);

	if (n > UINT16_MAX)
		wrong(r, key);
	return (uint16_t)n;
}

/* Of characters that can be shown as they are.  The text is the arena's: the JSON may be gone before. */
static struct bytes text(struct facts_reader *r, const json_t *o, const char *key)
{
	const json_t *t = json_object_get(o, key);

	if (!json_is_string(t)) {
		wrong(r, key);
		return (struct bytes){ 0 };
	}
	struct bytes copy = arena_copy(r->arena, (struct bytes){ (const uint8_t *)json_string_value(t), json_string_length(t) });
	for (size_t i = 0; i < copy.size; i++)
		if (copy.at[i] < ' ' || copy.at[i] > '~')
			wrong(r, key);
	return copy;
}

static bool is_true(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

/* A list of at most `most`; what is not there has none. */
static const json_t *list(struct facts_reader *r, const json_t *o, const char *key, uint32_t most, uint32_t *count)
{
	const json_t *all = json_object_get(o, key);

	*count = 0;
	if (!json_is_array(all) || json_array_size(all) > most)
		wrong(r, key);
	else
		*count = (uint32_t)json_array_size(all);
	return all;
}

/* "0123456789abcdef": of an interface's header. */
static struct bytes fingerprint(struct facts_reader *r, const json_t *o)
{
	static const char digits[] = "0123456789abcdef";
	struct bytes hex = json_object_get(o, "header") ? text(r, o, "header") : (struct bytes){ 0 };
	uint8_t *out = arena_take(r->arena, MANIFEST_FINGERPRINT_SIZE);

	if (!hex.size)
		return hex;
	for (size_t i = 0; i < hex.size; i++) {
		const char *digit = hex.size == 2 * MANIFEST_FINGERPRINT_SIZE && hex.at[i] ? strchr(digits, hex.at[i]) : NULL;

		if (!digit) {
			wrong(r, "header");
			return (struct bytes){ 0 };
		}
		out[i / 2] = (uint8_t)(out[i / 2] << 4 | (digit - digits));
	}
	return (struct bytes){ out, MANIFEST_FINGERPRINT_SIZE };
}

static uint32_t interfaces(struct facts_reader *r, const json_t *o, const char *key, struct manifest_interface *out, uint32_t most)
{
	uint32_t count;
	const json_t *all = list(r, o, key, most, &count);

	for (uint32_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(all, i);

		out[i] = (struct manifest_interface){ .name = text(r, one, "name"), .sid = number(r, one, "sid"), .version = short_number(r, one, "version"), .fingerprint = fingerprint(r, one) };
		out[i].flags = (uint8_t)((is_true(one, "connections") ? MANIFEST_CONNECTIONS : 0) | (is_true(one, "strict") ? MANIFEST_STRICT : 0) | (is_true(one, "weak") ? MANIFEST_WEAK : 0));
	}
	return count;
}

static uint32_t mapped(struct facts_reader *r, const json_t *o, const char *key, const char *of, struct manifest_mapped out[MANIFEST_MAPPED_MAX])
{
	uint32_t count;
	const json_t *all = list(r, o, key, MANIFEST_MAPPED_MAX, &count);

	for (uint32_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(all, i);

		out[i] = (struct manifest_mapped){ text(r, one, "name"), number(r, one, of), is_true(one, "write") ? MANIFEST_WRITE : 0 };
	}
	return count;
}

static void rights(struct facts_reader *r, const json_t *o, struct manifest *m)
{
	const json_t *all = list(r, o, "requests", MANIFEST_REQUEST_MAX, &m->request_count);

	for (uint32_t i = 0; i < m->request_count; i++) {
		const json_t *one = json_array_get(all, i);
		uint32_t part[3];

		for (size_t k = 0; k < 3; k++) {
			json_int_t value = json_integer_value(json_array_get(one, k));

			if (json_array_size(one) != 3 || !json_is_integer(json_array_get(one, k)) || value < 0 || value > UINT32_MAX)
				wrong(r, "requests");
			part[k] = (uint32_t)value;
		}
		m->requests[i] = (struct manifest_request){ part[0], part[1], part[2] };
	}
}

static void abi(struct facts_reader *r, const json_t *o, struct manifest *m)
{
	struct bytes version = text(r, o, "abi");
	const char *words = arena_string(r->arena, version);
	uint32_t part[2] = { 0 };
	size_t at = 0;

	for (int i = 0; i < 2; i++) {
		while (words[at] >= '0' && words[at] <= '9' && part[i] <= UINT16_MAX)
			part[i] = 10 * part[i] + (uint32_t)(words[at++] - '0');
		if (part[i] > UINT16_MAX || words[at] != (i ? '\0' : '.'))
			wrong(r, "abi");
		at += !i && words[at] == '.';
	}
	m->abi_major = (uint16_t)part[0];
	m->abi_minor = (uint16_t)part[1];
}

/* Sizes that an image can have: what is placed by them must not overflow. */
static void target_sizes(struct facts_reader *r, const json_t *o, const struct manifest *m, struct storefacts_target *t)
{
	*t = (struct storefacts_target){ arena_string(r->arena, text(r, o, "image")), number(r, o, "flash"), number(r, o, "ram"), is_true(o, "fpu") };
	if (t->flash < IMAGE_HEADER_SIZE || t->flash > IMAGE_SIZE_MAX)
		wrong(r, "flash");
	if (t->ram % 32 || t->ram > IMAGE_STATIC_MAX + IMAGE_HEAP_MAX || (uint64_t)t->ram < (uint64_t)m->stack_size + m->heap_size)
		wrong(r, "ram");
}

static void targets(struct facts_reader *r, const json_t *o, struct storefacts *f)
{
	struct manifest *m = &f->manifest;
	const json_t *all = list(r, o, "targets", MANIFEST_TARGET_MAX, &m->target_count);

	if (!m->target_count)
		wrong(r, "targets");
	for (uint32_t i = 0; i < m->target_count; i++) {
		const json_t *one = json_array_get(all, i);

		m->targets[i] = target_number(text(r, one, "target"));
		if (!m->targets[i] || (i && m->targets[i] <= m->targets[i - 1]))
			wrong(r, "target");
		target_sizes(r, one, m, &f->target[i]);
	}
}

static void overlays(struct facts_reader *r, const json_t *o, const char *name, struct storefacts *f)
{
	const json_t *all = json_object_get(o, "overlays") ? list(r, o, "overlays", ARCHIVE_OVERLAY_MAX, &f->overlay_count) : NULL;

	for (uint32_t i = 0; i < f->overlay_count; i++) {
		const json_t *one = json_array_get(all, i);
		struct bytes coded = { (const uint8_t *)json_string_value(one), json_string_length(one) }, blob;
		struct err why;

		if (!json_is_string(one) || base64_read(coded, r->arena, &blob) < 0 || overlay_read(blob, arena_printf(r->arena, "the overlay of '%s'", name), r->arena, &f->overlays[i], &why) < 0)
			wrong(r, "overlays");
	}
}

/* What people read, and what they look for it by; neither has to be there. */
static void words(struct facts_reader *r, const json_t *o, struct storefacts *f)
{
	const json_t *said = json_object_get(o, "summary"), *all = json_object_get(o, "categories");
	struct bytes line = { (const uint8_t *)json_string_value(said), json_string_length(said) };

	if (said && !sbom_is_summary(line))
		wrong(r, "summary");
	else if (said)
		f->summary = arena_string(r->arena, line);
	if (all)
		list(r, o, "categories", CATEGORY_MAX, &f->category_count);
	for (uint32_t i = 0; i < f->category_count; i++) {
		const char *name = json_string_value(json_array_get(all, i));

		if (!name || !category_is_word(name))
			wrong(r, "categories");
		f->categories[i] = arena_printf(r->arena, "%s", name ? name : "");
	}
}

/* The manifest once more, as the format's own reader takes it. */
static int settle(struct storefacts *f, struct arena *a)
{
	struct manifest given = f->manifest, *m = &f->manifest;
	struct writer w = { .at = arena_take(a, MANIFEST_META_MAX), .size = MANIFEST_META_MAX };

	manifest_encode_meta(&given, &w);
	if (w.failed)
		return -MS_EFORMAT;
	int rc = manifest_decode_meta(writer_bytes(&w), m);
	if (rc < 0)
		return rc;
	memcpy(m->targets, given.targets, sizeof(m->targets));
	m->target_count = given.target_count;
	m->license = given.license;
	return MS_OK;
}

static int refuse(const char *name, const char *what, struct err *e)
{
	err_set(e, ERR_STORE_DIFFERS, "what the index says of '%s' cannot be of a package: '%s'", name, what);
	return err_fix(e, "use another mirror, and tell who runs this store; 'ms audit' names what is wrong in it");
}

int storefacts_read(const json_t *o, const char *vendor, const char *name, const char *version, struct arena *a, struct storefacts *out, struct err *e)
{
	struct facts_reader r = { .arena = a };
	struct manifest *m = &out->manifest;
	struct err why;

	*out = (struct storefacts){ 0 };
	if (name_check_vendor(vendor, &why) < 0 || name_check(name, &why) < 0 || identity_set(m, vendor, name, version, a, &why) < 0)
		return refuse(name, "name", e);
	m->security_counter = number(&r, o, "counter");
	m->stack_size = number(&r, o, "stack");
	m->heap_size = number(&r, o, "heap");
	m->license = text(&r, o, "license");
	m->fixed = is_true(o, "fixed");
	abi(&r, o, m);
	targets(&r, o, out);
	m->provide_count = interfaces(&r, o, "provides", m->provides, MANIFEST_PROVIDE_MAX);
	m->call_count = interfaces(&r, o, "calls", m->calls, MANIFEST_CALL_MAX);
	m->device_count = mapped(&r, o, "devices", "interrupts", m->devices);
	m->shared_count = mapped(&r, o, "shared", "size", m->shared);
	rights(&r, o, m);
	overlays(&r, o, name, out);
	words(&r, o, out);
	if (!r.wrong && settle(out, a) < 0)
		r.wrong = "abi, memory, interfaces or rights";
	return r.wrong ? refuse(name, r.wrong, e) : MS_OK;
}
