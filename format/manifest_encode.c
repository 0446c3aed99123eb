/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest as bytes: one way to write each value, keys in ascending order, so that equal manifests are equal bytes. */
#include "manifest.h"

#include "cbor.h"

static void put_fixed(struct writer *w, const uint8_t *at, size_t size)
{
	cbor_put_bytes(w, (struct bytes){ at, size });
}

/* An unknown target is written as an empty text, which no reader accepts. */
static void put_target(struct writer *w, uint8_t target)
{
	cbor_put_text(w, target_text(target));
}

static void put_targets(struct writer *w, const struct manifest *m)
{
	cbor_put_array(w, m->target_count);
	for (uint32_t i = 0; i < m->target_count; i++)
		put_target(w, m->targets[i]);
}

static void put_one_target(struct writer *w, const struct manifest *m)
{
	put_target(w, m->targets[0]);
}

static void put_version(struct writer *w, const struct table_version *v)
{
	cbor_put_array(w, 4);
	cbor_put_uint(w, v->major);
	cbor_put_uint(w, v->minor);
	cbor_put_uint(w, v->patch);
	cbor_put_uint(w, v->build);
}

static void put_requests(struct writer *w, const struct manifest *m)
{
	cbor_put_array(w, m->request_count);
	for (uint32_t i = 0; i < m->request_count; i++) {
		cbor_put_array(w, 3);
		cbor_put_uint(w, m->requests[i].object);
		cbor_put_uint(w, m->requests[i].operations);
		cbor_put_uint(w, m->requests[i].argument);
	}
}

static void put_members(struct writer *w, const struct manifest *m)
{
	cbor_put_array(w, m->member_count);
	for (uint32_t i = 0; i < m->member_count; i++) {
		cbor_put_array(w, 4);
		cbor_put_text(w, m->members[i].path);
		cbor_put_uint(w, m->members[i].size);
		put_fixed(w, m->members[i].sha256, 32);
		cbor_put_text(w, m->members[i].media);
	}
}

static void put_for_targets(struct writer *w, const struct manifest *m, const uint8_t *const *each, size_t size)
{
	cbor_put_array(w, m->target_count);
	for (uint32_t i = 0; i < m->target_count; i++)
		put_fixed(w, each[i], size);
}

/* Keys 1 to 12; `targets` writes the one in which package and note differ. */
static void put_common(struct writer *w, const struct manifest *m, void targets(struct writer *, const struct manifest *))
{
	cbor_put_uint(w, 1);
	cbor_put_uint(w, 1);
	cbor_put_uint(w, 2);
	cbor_put_text(w, m->name);
	cbor_put_uint(w, 3);
	put_version(w, &m->version);
	cbor_put_uint(w, 4);
	cbor_put_text(w, m->version_text);
	cbor_put_uint(w, 5);
	put_fixed(w, m->component, 16);
	cbor_put_uint(w, 6);
	cbor_put_uint(w, m->security_counter);
	cbor_put_uint(w, 7);
	put_fixed(w, m->vendor, 16);
	cbor_put_uint(w, 9);
	targets(w, m);
	cbor_put_uint(w, 10);
	cbor_put_array(w, 2);
	cbor_put_uint(w, m->abi_major);
	cbor_put_uint(w, m->abi_minor);
	cbor_put_uint(w, 11);
	cbor_put_map(w, 2);
	cbor_put_uint(w, 1);
	cbor_put_uint(w, m->stack_size);
	cbor_put_uint(w, 2);
	cbor_put_uint(w, m->heap_size);
	cbor_put_uint(w, 12);
	put_requests(w, m);
}

/* The lists that are left out when they are empty. */
static uint32_t optional_count(const struct manifest *m)
{
	return !!m->provide_count + !!m->call_count + !!m->device_count + !!m->shared_count + m->fixed;
}

static void put_interfaces(struct writer *w, uint64_t key, const struct manifest_interface *list, uint32_t count)
{
	if (!count)
		return;
	cbor_put_uint(w, key);
	cbor_put_array(w, count);
	for (uint32_t i = 0; i < count; i++) {
		cbor_put_array(w, list[i].fingerprint.size ? 5 : 4);
		cbor_put_text(w, list[i].name);
		cbor_put_uint(w, list[i].sid);
		cbor_put_uint(w, list[i].version);
		cbor_put_uint(w, list[i].flags);
		if (list[i].fingerprint.size)
			cbor_put_bytes(w, list[i].fingerprint);
	}
}

static void put_mapped(struct writer *w, uint64_t key, const struct manifest_mapped *list, uint32_t count)
{
	if (!count)
		return;
	cbor_put_uint(w, key);
	cbor_put_array(w, count);
	for (uint32_t i = 0; i < count; i++) {
		cbor_put_array(w, 3);
		cbor_put_text(w, list[i].name);
		cbor_put_uint(w, list[i].number);
		cbor_put_uint(w, list[i].flags);
	}
}

static void put_optional(struct writer *w, const struct manifest *m)
{
	put_interfaces(w, 22, m->provides, m->provide_count);
	put_interfaces(w, 23, m->calls, m->call_count);
	put_mapped(w, 24, m->devices, m->device_count);
	put_mapped(w, 25, m->shared, m->shared_count);
	if (m->fixed) {
		cbor_put_uint(w, 26);
		cbor_put_uint(w, 1);
	}
}

static void put_build(struct writer *w, const struct manifest *m)
{
	if (!m->build.sdk.size)
		return;
	cbor_put_uint(w, 256);
	cbor_put_array(w, 6);
	cbor_put_text(w, m->build.sdk);
	cbor_put_text(w, m->build.compiler);
	cbor_put_text(w, m->build.linker);
	cbor_put_uint(w, m->build.release);
	write_bytes(w, m->build.words);
	cbor_put_array(w, m->target_count);
	for (uint32_t i = 0; i < m->target_count; i++)
		write_bytes(w, m->build.own[i]);
}

void manifest_encode(const struct manifest *m, struct writer *w)
{
	cbor_put_map(w, MANIFEST_PACKAGE_KEYS + optional_count(m) + !!m->build.sdk.size);
	put_common(w, m, put_targets);
	cbor_put_uint(w, 13);
	put_members(w, m);
	cbor_put_uint(w, 18);
	cbor_put_text(w, m->license);
	cbor_put_uint(w, 19);
	cbor_put_uint(w, m->source_epoch);
	cbor_put_uint(w, 20);
	put_for_targets(w, m, m->build_id, 20);
	cbor_put_uint(w, 21);
	put_for_targets(w, m, m->image_sha256, 32);
	put_optional(w, m);
	put_build(w, m);
}

void manifest_encode_meta(const struct manifest *m, struct writer *w)
{
	cbor_put_map(w, MANIFEST_META_KEYS + optional_count(m));
	put_common(w, m, put_one_target);
	put_optional(w, m);
}
