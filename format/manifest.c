/* SPDX-License-Identifier: Apache-2.0 */
#include "manifest.h"

#include <ms/abi/abi.h>

#include "cbor.h"
#include "image.h"
#include "package.h"
#include "reader.h"

enum {
	FORMAT = 1,
	PROVIDES_KEY = 22, CALLS_KEY = 23, DEVICES_KEY = 24, SHARED_KEY = 25, MODE_KEY = 26,
	MODE_FIXED = 1,
	OPTIONAL_KEY = 256,		/* from here on they may be ignored */
	BUILD_KEY = 256,
	UUID_SIZE = 16, SHA256_SIZE = 32, BUILD_ID_SIZE = 20,
	VENDOR_MAX = 100, VERSION_MAX = 64, MEDIA_MAX = 64, LICENSE_MAX = 256,
};

static void require(struct reader *r, bool what)
{
	if (!what)
		read_fail(r);
}

static void read_key(struct reader *r, uint64_t key)
{
	require(r, cbor_uint(r) == key);
}

static uint32_t read_up_to(struct reader *r, uint32_t max)
{
	uint64_t v = cbor_uint(r);

	require(r, v <= max);
	return r->failed ? 0 : (uint32_t)v;
}

/* Text that can be shown as it is: 1 to `max` printable ASCII characters. */
static struct bytes read_plain(struct reader *r, size_t max)
{
	struct bytes text = cbor_text(r);

	require(r, text.size >= 1 && text.size <= max);
	for (size_t i = 0; i < text.size; i++)
		require(r, text.at[i] >= ' ' && text.at[i] <= '~');
	return text;
}

static const uint8_t *read_fixed(struct reader *r, size_t size)
{
	struct bytes b = cbor_bytes(r);

	require(r, b.size == size);
	return b.at;
}

/* vendor/name: a DNS name and what may stand in a table. */
static struct bytes read_name(struct reader *r)
{
	struct bytes whole = read_plain(r, VENDOR_MAX + 1 + TABLE_NAME_MAX);
	size_t vendor = 0;

	for (; vendor < whole.size && whole.at[vendor] != '/'; vendor++) {
		uint8_t c = whole.at[vendor];

		require(r, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-');
	}
	require(r, vendor >= 1 && vendor <= VENDOR_MAX);
	require(r, table_name_ok(bytes_part(whole, vendor + 1, whole.size)));
	return whole;
}

static struct table_version read_version(struct reader *r)
{
	struct table_version v;

	require(r, cbor_array(r) == 4);
	v.major = (uint8_t)read_up_to(r, UINT8_MAX);
	v.minor = (uint8_t)read_up_to(r, UINT8_MAX);
	v.patch = (uint16_t)read_up_to(r, UINT16_MAX);
	v.build = read_up_to(r, UINT32_MAX);
	return v;
}

static uint8_t read_target(struct reader *r)
{
	uint8_t target = target_number(cbor_text(r));

	require(r, target != 0);
	return target;
}

static void read_targets(struct reader *r, struct manifest *m)
{
	m->target_count = cbor_array(r);
	require(r, m->target_count >= 1 && m->target_count <= MANIFEST_TARGET_MAX);

	for (uint32_t i = 0; i < m->target_count && !r->failed; i++) {
		m->targets[i] = read_target(r);
		require(r, i == 0 || m->targets[i] > m->targets[i - 1]);
	}
}

static void read_abi(struct reader *r, struct manifest *m)
{
	require(r, cbor_array(r) == 2);
	m->abi_major = (uint16_t)read_up_to(r, UINT16_MAX);
	m->abi_minor = (uint16_t)read_up_to(r, UINT16_MAX);
}

static void read_resources(struct reader *r, struct manifest *m)
{
	require(r, cbor_map(r) == 2);
	read_key(r, 1);
	m->stack_size = read_up_to(r, UINT32_MAX);
	read_key(r, 2);
	m->heap_size = read_up_to(r, UINT32_MAX);
	require(r, image_memory_ok(m->stack_size, m->heap_size));
}

static void read_requests(struct reader *r, struct manifest *m)
{
	m->request_count = cbor_array(r);
	require(r, m->request_count <= MANIFEST_REQUEST_MAX);

	for (uint32_t i = 0; i < m->request_count && !r->failed; i++) {
		struct manifest_request *q = &m->requests[i];

		require(r, cbor_array(r) == 3);
		q->object = read_up_to(r, UINT32_MAX);
		q->operations = read_up_to(r, UINT32_MAX);
		q->argument = read_up_to(r, UINT32_MAX);
		require(r, table_rule_known(q->object, q->operations));
		require(r, i == 0 || q->object > m->requests[i - 1].object);
	}
}

static void read_members(struct reader *r, struct manifest *m)
{
	m->member_count = cbor_array(r);
	require(r, m->member_count <= MANIFEST_MEMBER_MAX);

	for (uint32_t i = 0; i < m->member_count && !r->failed; i++) {
		struct manifest_member *member = &m->members[i];
		enum package_kind kind = PACKAGE_IS_MANIFEST;

		require(r, cbor_array(r) == 4);
		member->path = cbor_text(r);
		member->size = read_up_to(r, PACKAGE_SIZE_MAX);
		member->sha256 = read_fixed(r, SHA256_SIZE);
		member->media = read_plain(r, MEDIA_MAX);
		require(r, package_name_kind(member->path, &kind) && kind > PACKAGE_IS_SIGNATURE && kind < PACKAGE_IS_SOURCE_MANIFEST);
		require(r, i == 0 || bytes_compare(member->path, m->members[i - 1].path) > 0);
	}
}

bool manifest_interface_name_ok(struct bytes name)
{
	for (size_t i = 0; i < name.size; i++) {
		uint8_t c = name.at[i];
		bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';

		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '_')))
			return false;
	}
	return name.size >= 1 && name.size <= MANIFEST_INTERFACE_NAME_MAX;
}

/* A list of interfaces that is not empty: each SID once. */
static uint32_t read_interfaces(struct reader *r, struct manifest_interface *list, uint32_t max, uint8_t flags)
{
	uint32_t count = cbor_array(r);

	require(r, count >= 1 && count <= max);
	for (uint32_t i = 0; i < count && !r->failed; i++) {
		struct manifest_interface *n = &list[i];

		uint32_t parts = cbor_array(r);

		require(r, parts == 4 || parts == 5);
		n->name = cbor_text(r);
		n->sid = read_up_to(r, UINT32_MAX);
		n->version = (uint16_t)read_up_to(r, UINT16_MAX);
		n->flags = (uint8_t)read_up_to(r, UINT8_MAX);
		if (parts == 5)
			n->fingerprint = (struct bytes){ read_fixed(r, MANIFEST_FINGERPRINT_SIZE), MANIFEST_FINGERPRINT_SIZE };
		require(r, manifest_interface_name_ok(n->name) && n->sid && n->version && !(n->flags & ~flags));
		for (uint32_t k = 0; k < i; k++)
			require(r, list[k].sid != n->sid);
	}
	return count;
}

/* A list of devices or blocks that is not empty: each name once. */
static uint32_t read_mapped(struct reader *r, struct manifest_mapped *list, uint32_t number_max, uint32_t multiple)
{
	uint32_t count = cbor_array(r);

	require(r, count >= 1 && count <= MANIFEST_MAPPED_MAX);
	for (uint32_t i = 0; i < count && !r->failed; i++) {
		struct manifest_mapped *n = &list[i];

		require(r, cbor_array(r) == 3);
		n->name = cbor_text(r);
		n->number = read_up_to(r, number_max);
		n->flags = (uint8_t)read_up_to(r, UINT8_MAX);
		require(r, manifest_interface_name_ok(n->name) && n->number % multiple == 0);
		for (uint32_t k = 0; k < i; k++)
			require(r, !bytes_equal(list[k].name, n->name));
	}
	return count;
}

static void read_devices(struct reader *r, struct manifest *m)
{
	uint32_t interrupts = m->provide_count;

	m->device_count = read_mapped(r, m->devices, MANIFEST_INTERRUPT_MAX, 1);
	for (uint32_t i = 0; i < m->device_count && !r->failed; i++) {
		interrupts += m->devices[i].number;
		require(r, m->devices[i].flags == 0);
	}
	require(r, interrupts <= MANIFEST_INTERRUPT_MAX);
}

static void read_shared(struct reader *r, struct manifest *m)
{
	m->shared_count = read_mapped(r, m->shared, MANIFEST_SHARED_SIZE_MAX, 32);
	for (uint32_t i = 0; i < m->shared_count && !r->failed; i++)
		require(r, m->shared[i].flags <= (m->shared[i].number ? 0 : MANIFEST_WRITE));
	require(r, m->device_count + m->shared_count <= MANIFEST_MAPPED_MAX);
}

/* Left out where it may lie anywhere. */
static void read_mode(struct reader *r, struct manifest *m)
{
	require(r, cbor_uint(r) == MODE_FIXED);
	m->fixed = true;
}

/* One byte string of this size for each target. */
static void read_for_targets(struct reader *r, const struct manifest *m, const uint8_t **out, size_t size)
{
	require(r, cbor_array(r) == m->target_count);
	for (uint32_t i = 0; i < m->target_count && !r->failed; i++)
		out[i] = read_fixed(r, size);
}

/* A list of words, as it stands in the manifest. */
static struct bytes read_words(struct reader *r)
{
	const uint8_t *start = r->left.at;
	uint32_t count = cbor_array(r);

	require(r, count <= MANIFEST_WORD_MAX);
	for (uint32_t i = 0; i < count && !r->failed; i++)
		read_plain(r, MANIFEST_WORD_SIZE_MAX);
	return r->failed ? (struct bytes){ 0 } : (struct bytes){ start, (size_t)(r->left.at - start) };
}

static void read_build(struct reader *r, struct manifest *m)
{
	struct manifest_build *b = &m->build;

	require(r, cbor_array(r) == 6);
	b->sdk = read_plain(r, VERSION_MAX);
	b->compiler = read_plain(r, VERSION_MAX);
	b->linker = read_plain(r, VERSION_MAX);
	b->release = read_up_to(r, 1);
	b->words = read_words(r);
	require(r, cbor_array(r) == m->target_count);
	for (uint32_t i = 0; i < m->target_count && !r->failed; i++)
		b->own[i] = read_words(r);
}

/* What package and note have in common, in the order of keys; `targets` reads the one that differs. */
static void read_common(struct reader *r, struct manifest *m, void targets(struct reader *, struct manifest *))
{
	read_key(r, 2);
	m->name = read_name(r);
	read_key(r, 3);
	m->version = read_version(r);
	read_key(r, 4);
	m->version_text = read_plain(r, VERSION_MAX);
	read_key(r, 5);
	m->component = read_fixed(r, UUID_SIZE);
	read_key(r, 6);
	m->security_counter = read_up_to(r, UINT32_MAX);
	read_key(r, 7);
	m->vendor = read_fixed(r, UUID_SIZE);
	read_key(r, 9);
	targets(r, m);
	read_key(r, 10);
	read_abi(r, m);
	read_key(r, 11);
	read_resources(r, m);
	read_key(r, 12);
	read_requests(r, m);
}

static void read_package(struct reader *r, struct manifest *m)
{
	read_key(r, 13);
	read_members(r, m);
	read_key(r, 18);
	m->license = read_plain(r, LICENSE_MAX);
	read_key(r, 19);
	m->source_epoch = cbor_uint(r);
	require(r, m->source_epoch <= PACKAGE_EPOCH_MAX);
	read_key(r, 20);
	read_for_targets(r, m, m->build_id, BUILD_ID_SIZE);
	read_key(r, 21);
	read_for_targets(r, m, m->image_sha256, SHA256_SIZE);
}

/* Keys that need not be there: those that are known, and then any number with any valid value. */
static void read_optional(struct reader *r, struct manifest *m, uint32_t count, bool package)
{
	uint64_t last = 0;

	for (; count > 0 && !r->failed; count--) {
		uint64_t key = cbor_uint(r);

		require(r, key > last);
		last = key;
		if (key == PROVIDES_KEY)
			m->provide_count = read_interfaces(r, m->provides, MANIFEST_PROVIDE_MAX, MANIFEST_CONNECTIONS | MANIFEST_STRICT);
		else if (key == CALLS_KEY)
			m->call_count = read_interfaces(r, m->calls, MANIFEST_CALL_MAX, MANIFEST_CONNECTIONS | MANIFEST_WEAK);
		else if (key == DEVICES_KEY)
			read_devices(r, m);
		else if (key == SHARED_KEY)
			read_shared(r, m);
		else if (key == MODE_KEY)
			read_mode(r, m);
		else if (key == BUILD_KEY && package)
			read_build(r, m);
		else if (key >= OPTIONAL_KEY)
			cbor_skip(r);
		else
			read_fail(r);
	}
}

static void read_one_target(struct reader *r, struct manifest *m)
{
	m->targets[0] = read_target(r);
	m->target_count = 1;
}

static int decode(struct bytes in, bool package, struct manifest *out)
{
	struct reader r = { .left = in };
	struct manifest m = { 0 };
	uint32_t known = package ? MANIFEST_PACKAGE_KEYS : MANIFEST_META_KEYS;

	uint32_t pairs = cbor_map(&r);
	read_key(&r, 1);
	uint64_t format = cbor_uint(&r);
	if (!r.failed && format != FORMAT)
		return -MS_EINCOMPATIBLE;

	require(&r, pairs >= known);
	read_common(&r, &m, package ? read_targets : read_one_target);
	if (package)
		read_package(&r, &m);
	read_optional(&r, &m, r.failed ? 0 : pairs - known, package);
	if (r.failed || r.left.size > 0)
		return -MS_EFORMAT;
	if (m.abi_major != MS_ABI_MAJOR)
		return -MS_EINCOMPATIBLE;

	*out = m;
	return MS_OK;
}

int manifest_decode(struct bytes in, struct manifest *out)
{
	return in.size <= PACKAGE_MANIFEST_MAX ? decode(in, true, out) : -MS_EFORMAT;
}

int manifest_decode_meta(struct bytes in, struct manifest *out)
{
	return in.size <= MANIFEST_META_MAX ? decode(in, false, out) : -MS_EFORMAT;
}
