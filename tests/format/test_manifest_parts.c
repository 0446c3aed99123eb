/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a manifest byte by byte: its lists, the ranges of its numbers, its keys, and how large it may be. */
#include "manifest_case.h"

/* Write the sample's note again with one byte string or key replaced. */
static int meta_with(const char *from_hex_text, const char *to_hex_text)
{
	uint8_t from[32], to[32], in[1024];
	size_t from_size = from_hex(from_hex_text, from, sizeof(from)), to_size = from_hex(to_hex_text, to, sizeof(to)), at = 0;

	manifest_sample(&m);
	struct bytes note = encoded_meta(&m);
	while (at + from_size <= note.size && memcmp(note.at + at, from, from_size))
		at++;
	assert_true(at + from_size <= note.size);
	memcpy(in, note.at, at);
	memcpy(in + at, to, to_size);
	memcpy(in + at + to_size, note.at + at + from_size, note.size - at - from_size);
	return manifest_decode_meta((struct bytes){ in, note.size - from_size + to_size }, &out);
}

/* The name of an interface, of as many bytes as wanted. */
static struct bytes named(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void interfaces_have_names_numbers_and_flags_of_their_own(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "1a", "-a", "_a", "a b", "a.b", "a/b", "\x80", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		BOTH_WITH(-MS_EFORMAT, m.provides[0].name = named(bad[i]));
		BOTH_WITH(-MS_EFORMAT, m.calls[1].name = named(bad[i]));
	}
	BOTH_WITH(MS_OK, m.provides[0].name = named("Zz-9_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	BOTH_WITH(-MS_EFORMAT, m.provides[0].sid = 0);
	BOTH_WITH(-MS_EFORMAT, m.calls[0].sid = 0);
	BOTH_WITH(-MS_EFORMAT, m.calls[0].sid = m.calls[1].sid);
	BOTH_WITH(-MS_EFORMAT, m.provides[0].version = 0);
	BOTH_WITH(MS_OK, m.calls[1].version = UINT16_MAX);
	BOTH_WITH(-MS_EFORMAT, m.provides[0].flags = MANIFEST_WEAK);
	BOTH_WITH(-MS_EFORMAT, m.calls[0].flags = MANIFEST_STRICT);
	BOTH_WITH(-MS_EFORMAT, m.calls[0].flags = 8);
	BOTH_WITH(MS_OK, m.calls[0].flags = MANIFEST_WEAK | MANIFEST_CONNECTIONS);
	BOTH_WITH(-MS_EFORMAT, m.provides[0].fingerprint.size = 7);
	BOTH_WITH(-MS_EFORMAT, m.calls[0].fingerprint.size = 9);
	BOTH_WITH(MS_OK, m.provides[0].fingerprint = (struct bytes){ 0 });
	BOTH_WITH(MS_OK, m.provide_count = 0);
	BOTH_WITH(MS_OK, m.call_count = 0);
	BOTH_WITH(MS_OK, m.provide_count = m.call_count = 0);
	assert_int_equal(meta_with("168185", "1680"), -MS_EFORMAT);
	assert_int_equal(meta_with("168185", "178185"), -MS_EFORMAT);
	assert_int_equal(meta_with("168185", "158185"), -MS_EFORMAT);
	assert_int_equal(meta_with("168185", "168184"), -MS_EFORMAT);
	assert_int_equal(meta_with("168185", "168186"), -MS_EFORMAT);
	assert_int_equal(meta_with("1a48000001 01", "1a48000001 1a00010000"), -MS_EFORMAT);
}

static void as_many_interfaces_as_there_are_signals(void **state)
{
	(void)state;
	manifest_sample(&m);
	for (uint32_t i = 0; i < MANIFEST_PROVIDE_MAX; i++)
		m.provides[i] = (struct manifest_interface){ BYTES_LITERAL("a"), 1 + i, 1, 0, { 0 } };
	m.provide_count = MANIFEST_PROVIDE_MAX;
	assert_int_equal(manifest_decode(encoded(&m), &out), MS_OK);
	assert_int_equal(out.provide_count, 28);
	struct bytes in = encoded(&m);
	size_t at = in.size - 1;

	while (memcmp(in.at + at, "\x16\x98\x1c", 3))
		at--;
	buffer[at + 2]++;
	assert_int_equal(manifest_decode(in, &out), -MS_EFORMAT);
}

static void as_many_requests_as_fit_and_no_more(void **state)
{
	(void)state;
	manifest_sample(&m);
	for (uint32_t i = 0; i < MANIFEST_REQUEST_MAX; i++)
		m.requests[i] = (struct manifest_request){ 0x01000000 + i, 1, 0 };
	m.request_count = MANIFEST_REQUEST_MAX;
	assert_int_equal(manifest_decode(encoded(&m), &out), MS_OK);

	/* One more, by hand: the list is 64 times 9 bytes behind its two-byte head. */
	struct bytes in = encoded(&m);
	uint8_t *copy = malloc(in.size + 9);
	assert_non_null(copy);
	size_t at = 0;
	while (memcmp(in.at + at, "\x0c\x98\x40", 3))
		at++;
	memcpy(copy, in.at, at + 3);
	copy[at + 2] = MANIFEST_REQUEST_MAX + 1;
	size_t list = 0;
	for (uint32_t i = 0; i < MANIFEST_REQUEST_MAX; i++)
		list += 1 + 5 + 1 + 1;
	memcpy(copy + at + 3, in.at + at + 3, list);
	memcpy(copy + at + 3 + list, "\x83\x1a\x01\xff\xff\xff\x01\x00", 8);
	memcpy(copy + at + 3 + list + 8, in.at + at + 3 + list, in.size - at - 3 - list);
	struct bytes more = { copy, in.size + 8 };
	assert_true(cbor_valid(more));
	assert_int_equal(manifest_decode(more, &out), -MS_EFORMAT);
	free(copy);
}

static void members_are_allowed_sorted_and_unique(void **state)
{
	(void)state;
	PACKAGE_WITH(MS_OK, m.member_count = 0);
	PACKAGE_WITH(-MS_EFORMAT, m.members[1].path = m.members[0].path);
	PACKAGE_WITH(-MS_EFORMAT, m.members[4].path = BYTES_LITERAL("META/licenses/A"));
	PACKAGE_WITH(-MS_EFORMAT, m.members[4].path = BYTES_LITERAL("include/../a.h"));
	PACKAGE_WITH(-MS_EFORMAT, m.members[4].path = BYTES_LITERAL("src/a.c"));
	PACKAGE_WITH(-MS_EFORMAT, (m.member_count = 1, m.members[0].path = BYTES_LITERAL("META/manifest.cbor")));
	PACKAGE_WITH(-MS_EFORMAT, (m.member_count = 1, m.members[0].path = BYTES_LITERAL("META/sig/0123456789abcdef.cose")));
	PACKAGE_WITH(MS_OK, m.members[4].size = PACKAGE_SIZE_MAX);
	PACKAGE_WITH(-MS_EFORMAT, m.members[4].size = PACKAGE_SIZE_MAX + 1);
	PACKAGE_WITH(-MS_EFORMAT, m.members[4].size = UINT64_MAX);
	PACKAGE_WITH(MS_OK, m.source_epoch = PACKAGE_EPOCH_MAX);
	PACKAGE_WITH(-MS_EFORMAT, m.source_epoch = PACKAGE_EPOCH_MAX + 1);
}

/* A manifest of this many members, written with room for one more than a struct has. */
static struct bytes with_members(uint32_t count)
{
	static char paths[MANIFEST_MEMBER_MAX + 1][32];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	manifest_sample(&m);
	struct bytes list_at = encoded(&m);
	size_t at = 0, end = 0;
	while (memcmp(list_at.at + at, "\x0d\x85", 2))
		at++;
	while (memcmp(list_at.at + end, "\x12\x71", 2))
		end++;
	uint8_t *rest = exact_copy(bytes_part(list_at, end, list_at.size));
	size_t rest_size = list_at.size - end;

	w.used = at + 1;
	cbor_put_array(&w, count);
	for (uint32_t i = 0; i < count; i++) {
		snprintf(paths[i], sizeof(paths[i]), "include/%03u.h", (unsigned)i);
		cbor_put_array(&w, 4);
		cbor_put_text(&w, (struct bytes){ (uint8_t *)paths[i], strlen(paths[i]) });
		cbor_put_uint(&w, i);
		cbor_put_bytes(&w, BYTES_OF(sample_hash));
		cbor_put_text(&w, BYTES_LITERAL("text/x-c"));
	}
	write_bytes(&w, (struct bytes){ rest, rest_size });
	free(rest);
	return writer_bytes(&w);
}

static void as_many_members_as_fit_and_no_more(void **state)
{
	(void)state;
	assert_int_equal(manifest_decode(with_members(MANIFEST_MEMBER_MAX), &out), MS_OK);
	assert_int_equal(out.member_count, MANIFEST_MEMBER_MAX);
	struct bytes more = with_members(MANIFEST_MEMBER_MAX + 1);
	assert_true(cbor_valid(more));
	assert_int_equal(manifest_decode(more, &out), -MS_EFORMAT);
}

static void numbers_have_their_ranges(void **state)
{
	(void)state;
	assert_int_equal(meta_with("0384010219012c1a00011170", "038418ff18ff19ffff1affffffff"), MS_OK);
	assert_int_equal(meta_with("0384010219012c1a00011170", "038419010018ff19ffff1affffffff"), -MS_EFORMAT);
	assert_int_equal(meta_with("0384010219012c1a00011170", "038418ff19010019ffff1affffffff"), -MS_EFORMAT);
	assert_int_equal(meta_with("0384010219012c1a00011170", "038418ff18ff1a000100001affffffff"), -MS_EFORMAT);
	assert_int_equal(meta_with("0384010219012c1a00011170", "038418ff18ff19ffff1b0000000100000000"), -MS_EFORMAT);
	assert_int_equal(meta_with("0384010219012c1a00011170", "0383010219012c"), -MS_EFORMAT);
	assert_int_equal(meta_with("0606", "061affffffff"), MS_OK);
	assert_int_equal(meta_with("0606", "061b0000000100000000"), -MS_EFORMAT);
	assert_int_equal(meta_with("0606", "0620"), -MS_EFORMAT);
	assert_int_equal(meta_with("0a820100", "0a83010000"), -MS_EFORMAT);
	assert_int_equal(meta_with("0a820100", "0a82011a00010000"), -MS_EFORMAT);
	assert_int_equal(meta_with("0ba201190400 02190800", "0ba101190400"), -MS_EFORMAT);
	assert_int_equal(meta_with("0ba201190400 02190800", "0ba202190800 01190400"), -MS_EFORMAT);
}

static void uuids_have_16_bytes(void **state)
{
	(void)state;
	assert_int_equal(meta_with("0550c0010203", "0550c1010203"), MS_OK);
	assert_int_equal(meta_with("0550c001", "054fc0"), -MS_EFORMAT);
	assert_int_equal(meta_with("0550c001", "0551c00100"), -MS_EFORMAT);
	assert_int_equal(meta_with("0750d0", "0770d0"), -MS_EFORMAT);
}

static void keys_are_those_of_the_format(void **state)
{
	(void)state;
	assert_int_equal(meta_with("ad0101", "ac0101"), -MS_EFORMAT);
	assert_int_equal(meta_with("ad0101", "ae0101"), -MS_EFORMAT);
	assert_int_equal(meta_with("ad0101", "bf0101"), -MS_EFORMAT);
	assert_int_equal(meta_with("0606", "0806"), -MS_EFORMAT);
	assert_int_equal(meta_with("0606", "0506"), -MS_EFORMAT);
	assert_int_equal(meta_with("0606", "180606"), -MS_EFORMAT);
	assert_int_equal(meta_with("0964", "0864"), -MS_EFORMAT);
}

/* Append pairs to the sample's note. */
static int meta_and(unsigned pairs, const char *more)
{
	manifest_sample(&m);
	struct bytes note = encoded_meta(&m);
	size_t size = note.size + from_hex(more, buffer + note.size, 1024);
	buffer[0] = (uint8_t)(buffer[0] + pairs);
	return manifest_decode_meta((struct bytes){ buffer, size }, &out);
}

static void keys_from_256_on_may_be_ignored(void **state)
{
	(void)state;
	assert_int_equal(meta_and(0, ""), MS_OK);
	assert_int_equal(meta_and(1, "190100 00"), MS_OK);
	assert_int_equal(meta_and(3, "190100 00 190101 820102 1affffffff a10102"), MS_OK);
	assert_int_equal(meta_and(1, "18ff 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "0d 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "0e 80"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "20 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "390100 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "6161 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(2, "190101 00 190100 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(2, "190100 00 190100 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "190100 1817"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "190100 a201000100"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "190100 f6"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "190100"), -MS_EFORMAT);
	assert_int_equal(meta_and(0, "00"), -MS_EFORMAT);
	assert_int_equal(meta_and(0, "190100 00"), -MS_EFORMAT);
	assert_int_equal(meta_and(1, "190100 818181818181818180"), -MS_EFORMAT);
}

/* Fill what is in `buffer` up to a size, by a key that may be ignored. */
static struct bytes padded(struct bytes in, size_t size)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer), .used = in.size };
	static const uint8_t zeros[PACKAGE_MANIFEST_MAX];
	size_t pad = size - in.size - 6;

	buffer[0]++;
	cbor_put_uint(&w, 257);
	cbor_put_bytes(&w, (struct bytes){ zeros, pad });
	assert_int_equal(w.used, size);
	assert_true(cbor_valid(writer_bytes(&w)));
	return writer_bytes(&w);
}

static void a_manifest_has_a_largest_size(void **state)
{
	(void)state;
	manifest_sample(&m);
	assert_int_equal(manifest_decode_meta(padded(encoded_meta(&m), MANIFEST_META_MAX), &out), MS_OK);
	assert_int_equal(manifest_decode_meta(padded(encoded_meta(&m), MANIFEST_META_MAX + 1), &out), -MS_EFORMAT);
	assert_int_equal(manifest_decode(padded(encoded(&m), PACKAGE_MANIFEST_MAX), &out), MS_OK);
	assert_int_equal(manifest_decode(padded(encoded(&m), PACKAGE_MANIFEST_MAX + 1), &out), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(interfaces_have_names_numbers_and_flags_of_their_own),
		cmocka_unit_test(as_many_interfaces_as_there_are_signals),
		cmocka_unit_test(as_many_requests_as_fit_and_no_more),
		cmocka_unit_test(members_are_allowed_sorted_and_unique),
		cmocka_unit_test(as_many_members_as_fit_and_no_more),
		cmocka_unit_test(numbers_have_their_ranges),
		cmocka_unit_test(uuids_have_16_bytes),
		cmocka_unit_test(keys_are_those_of_the_format),
		cmocka_unit_test(keys_from_256_on_may_be_ignored),
		cmocka_unit_test(a_manifest_has_a_largest_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
