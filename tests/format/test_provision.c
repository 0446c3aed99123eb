/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "provision.h"

static uint8_t points[PROVISION_KEY_MAX][COSE_POINT_SIZE];
static uint8_t kids[PROVISION_KEY_MAX][COSE_KID_SIZE];
static const uint8_t class_id[16] = { 0xc1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

static struct provision sample(uint16_t key_count)
{
	struct provision p = { .key_count = key_count, .key_epoch = 7, .class_id = class_id };

	for (uint8_t i = 0; i < key_count; i++) {
		memset(points[i], 0x10 + i, COSE_POINT_SIZE);
		memset(kids[i], 0xa0 + i, COSE_KID_SIZE);
		p.keys[i] = (struct provision_key){ .kid = kids[i], .roles = PROVISION_INTEGRATOR, .point = points[i] };
	}
	return p;
}

static struct bytes encoded(const struct provision *p)
{
	static uint8_t buffer[PROVISION_SIZE_MAX];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	provision_encode(p, &w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

static enum verdict verdict(struct bytes in)
{
	uint8_t buffer[PROVISION_SIZE_MAX];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };
	struct provision p;
	int rc = provision_decode(in, &p);

	if (rc == MS_OK)
		provision_encode(&p, &w);
	return verdict_of(rc, bytes_part(in, 0, w.used), writer_bytes(&w));
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	for (uint16_t count = 1; count <= PROVISION_KEY_MAX; count++) {
		struct provision p = sample(count), out;
		struct bytes sector = encoded(&p);

		assert_int_equal(sector.size, 32 + 80 * count);
		assert_int_equal(provision_decode(sector, &out), MS_OK);
		assert_int_equal(out.key_count, count);
		assert_int_equal(out.key_epoch, 7);
		assert_memory_equal(out.class_id, class_id, 16);
		for (uint16_t i = 0; i < count; i++) {
			assert_memory_equal(out.keys[i].kid, kids[i], COSE_KID_SIZE);
			assert_memory_equal(out.keys[i].point, points[i], COSE_POINT_SIZE);
			assert_int_equal(out.keys[i].roles, PROVISION_INTEGRATOR);
		}
	}
}

static void the_bytes_stand_where_the_format_says(void **state)
{
	(void)state;
	struct provision p = sample(2);
	struct bytes sector = encoded(&p);

	assert_memory_equal(sector.at, "MSP1\x20\0\x50\0\2\0\7\0\xc1", 13);
	assert_true(bytes_all(bytes_part(sector, 28, 4), 0));
	assert_true(bytes_all(bytes_part(sector, 112, 8), 0xa1));
	assert_memory_equal(sector.at + 120, "\1\0\0\0\0\0\0\0", 8);
	assert_true(bytes_all(bytes_part(sector, 128, 64), 0x11));
}

static void a_sector_cut_short_is_refused(void **state)
{
	(void)state;
	for (uint16_t count = 1; count <= PROVISION_KEY_MAX; count++) {
		struct provision p = sample(count);

		every_cut_is_refused(encoded(&p), verdict);
	}
}

static void a_flipped_sector_is_refused_or_another(void **state)
{
	(void)state;
	struct provision p = sample(2);

	assert_true(every_flip_is_refused_or_canonical(encoded(&p), verdict) >= 8 * (10 + 4 + 2 * 4));
}

static void the_rest_of_the_sector_does_not_matter(void **state)
{
	(void)state;
	uint8_t sector[512];
	struct provision p = sample(1), out;

	memset(sector, 0xff, sizeof(sector));
	memcpy(sector, encoded(&p).at, 112);
	assert_int_equal(provision_decode(BYTES_OF(sector), &out), MS_OK);
	assert_int_equal(out.key_count, 1);
}

static void an_erased_sector_is_none(void **state)
{
	(void)state;
	uint8_t sector[512];
	struct provision p = { .key_epoch = 99 };

	memset(sector, 0xff, sizeof(sector));
	assert_int_equal(provision_decode(BYTES_OF(sector), &p), -MS_EFORMAT);
	memset(sector, 0, sizeof(sector));
	assert_int_equal(provision_decode(BYTES_OF(sector), &p), -MS_EFORMAT);
	assert_int_equal(p.key_epoch, 99);
}

static void there_are_one_to_four_keys(void **state)
{
	(void)state;
	uint8_t sector[32 + 80 * 5];
	struct provision p = sample(4), out;

	memset(sector, 0, sizeof(sector));
	memcpy(sector, encoded(&p).at, PROVISION_SIZE_MAX);
	for (unsigned count = 0; count <= 260; count++) {
		sector[8] = (uint8_t)count;
		sector[9] = (uint8_t)(count >> 8);
		assert_int_equal(provision_decode(BYTES_OF(sector), &out), count >= 1 && count <= 4 ? MS_OK : -MS_EFORMAT);
	}
}

static void two_keys_of_one_kid_are_refused(void **state)
{
	(void)state;
	struct provision p = sample(4), out;

	for (unsigned i = 0; i < 4; i++) {
		for (unsigned k = 0; k < i; k++) {
			p = sample(4);
			p.keys[i].kid = p.keys[k].kid;
			assert_int_equal(provision_decode(encoded(&p), &out), -MS_EFORMAT);
		}
	}
}

static void an_unknown_role_is_refused(void **state)
{
	(void)state;
	for (unsigned bit = 0; bit < 32; bit++) {
		struct provision p = sample(1), out;

		p.keys[0].roles = UINT32_C(1) << bit;
		assert_int_equal(provision_decode(encoded(&p), &out), bit == 0 ? MS_OK : -MS_EFORMAT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(the_bytes_stand_where_the_format_says),
		cmocka_unit_test(a_sector_cut_short_is_refused),
		cmocka_unit_test(a_flipped_sector_is_refused_or_another),
		cmocka_unit_test(the_rest_of_the_sector_does_not_matter),
		cmocka_unit_test(an_erased_sector_is_none),
		cmocka_unit_test(there_are_one_to_four_keys),
		cmocka_unit_test(two_keys_of_one_kid_are_refused),
		cmocka_unit_test(an_unknown_role_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
