/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "cose.h"

static const uint8_t kid[COSE_KID_SIZE] = { 0xbd, 0x24, 0x3f, 0xa7, 0xab, 0x22, 0x1e, 0xc6 };
static const char order_hex[] = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/* A well-formed block: r = 1, s = 2. */
static void make_block(uint8_t block[COSE_BLOCK_SIZE], const char *kind)
{
	memset(block, 0, COSE_BLOCK_SIZE);
	cose_prefix(block, kind, kid);
	block[63] = 1;
	block[95] = 2;
}

static int check(const uint8_t *block, size_t size, const char *kind)
{
	const uint8_t *found = NULL;

	return cose_check((struct bytes){ block, size }, kind, &found);
}

static void the_prefix_is_the_published_one(void **state)
{
	(void)state;
	uint8_t prefix[32];

	cose_prefix(prefix, COSE_KIND_TABLE, kid);
	assert_golden(BYTES_OF(prefix), "signature-prefix.hex");
}

static void a_block_tells_its_key(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE];
	const uint8_t *found = NULL;

	make_block(block, COSE_KIND_IMAGE);
	assert_int_equal(cose_check(BYTES_OF(block), COSE_KIND_IMAGE, &found), MS_OK);
	assert_ptr_equal(found, block + 9);
	assert_memory_equal(found, kid, sizeof(kid));
}

static void a_block_of_another_size_is_none(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE + 1] = { 0 };

	make_block(block, COSE_KIND_IMAGE);
	for (size_t size = 0; size <= sizeof(block); size++) {
		uint8_t *copy = exact_copy((struct bytes){ block, size });

		assert_int_equal(check(copy, size, COSE_KIND_IMAGE), size == COSE_BLOCK_SIZE ? MS_OK : -MS_EFORMAT);
		free(copy);
	}
}

static void a_block_of_another_kind_is_refused(void **state)
{
	(void)state;
	static const char *const kinds[] = { COSE_KIND_IMAGE, COSE_KIND_PACKAGE, COSE_KIND_TABLE };
	uint8_t block[COSE_BLOCK_SIZE];

	for (unsigned made = 0; made < 3; made++) {
		make_block(block, kinds[made]);
		for (unsigned wanted = 0; wanted < 3; wanted++)
			assert_int_equal(check(block, sizeof(block), kinds[wanted]), made == wanted ? MS_OK : -MS_EFORMAT);
	}
}

static void every_fixed_bit_counts(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE];

	make_block(block, COSE_KIND_TABLE);
	for (unsigned bit = 0; bit < 8 * 32; bit++) {
		bool in_kid = bit / 8 >= 9 && bit / 8 < 17;

		block[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), in_kid ? MS_OK : -MS_EFORMAT);
		block[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}

/* Other ways to say, or not to say, which algorithm it is. */
static void no_other_algorithm_is_accepted(void **state)
{
	(void)state;
	static const char *const protected_hex[] = {
		"a30126", "a30127", "a30100", "a3013808", "a30132", "a20448", "40a10128", "a30228",
	};
	uint8_t block[COSE_BLOCK_SIZE];

	for (unsigned i = 0; i < sizeof(protected_hex) / sizeof(protected_hex[0]); i++) {
		make_block(block, COSE_KIND_TABLE);
		from_hex(protected_hex[i], block + 4, 8);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
	}
}

static void the_algorithm_outside_the_protected_header_is_refused(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE];

	make_block(block, COSE_KIND_TABLE);
	from_hex("a10128f6", block + 28, 4);
	assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
	make_block(block, COSE_KIND_TABLE);
	block[29] = 0x40;	/* a payload inside */
	assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
}

/* Put n + add as r or s. */
static void put_order(uint8_t *to, int add)
{
	from_hex(order_hex, to, 32);
	to[31] = (uint8_t)(to[31] + add);
}

static void r_and_s_lie_between_zero_and_the_order(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE];

	for (unsigned at = 32; at <= 64; at += 32) {
		make_block(block, COSE_KIND_TABLE);
		memset(block + at, 0, 32);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
		block[at] = 0x80;
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), MS_OK);
		put_order(block + at, 0);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
		put_order(block + at, 1);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
		put_order(block + at, -1);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), MS_OK);
		memset(block + at, 0xff, 32);
		assert_int_equal(check(block, sizeof(block), COSE_KIND_TABLE), -MS_EFORMAT);
	}
}

static void an_unsigned_or_der_block_is_refused(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE] = { 0 };

	assert_int_equal(check(block, sizeof(block), COSE_KIND_IMAGE), -MS_EFORMAT);
	make_block(block, COSE_KIND_IMAGE);
	memset(block + 32, 0, 64);
	assert_int_equal(check(block, sizeof(block), COSE_KIND_IMAGE), -MS_EFORMAT);
	make_block(block, COSE_KIND_IMAGE);
	from_hex("d28458183046022100", block, 9);
	assert_int_equal(check(block, sizeof(block), COSE_KIND_IMAGE), -MS_EFORMAT);
}

static void a_refused_block_leaves_the_key_alone(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE] = { 0 };
	const uint8_t *found = kid;

	assert_int_equal(cose_check(BYTES_OF(block), COSE_KIND_IMAGE, &found), -MS_EFORMAT);
	assert_ptr_equal(found, kid);
}

static void what_is_hashed_is_the_sig_structure(void **state)
{
	(void)state;
	static const struct { uint32_t size; const char *head; } cases[] = {
		{ 0, "40" }, { 23, "57" }, { 24, "5818" }, { 40, "5828" }, { 255, "58ff" }, { 256, "590100" },
		{ 65535, "59ffff" }, { 65536, "5a00010000" }, { UINT32_MAX, "5affffffff" },
	};
	uint8_t block[32], tbs[COSE_TBS_PREFIX_MAX], expected[COSE_TBS_PREFIX_MAX];

	cose_prefix(block, COSE_KIND_TABLE, kid);
	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t size = from_hex("84 6a 5369676e617475726531 5818", expected, 14);

		memcpy(expected + size, block + 4, 24);
		expected[size + 24] = 0x40;
		size += 25;
		size += from_hex(cases[i].head, expected + size, 5);
		assert_int_equal(cose_tbs_prefix(tbs, block, cases[i].size), size);
		assert_memory_equal(tbs, expected, size);
	}
}

static void the_thumbprint_input_is_the_minimal_key(void **state)
{
	(void)state;
	uint8_t point[COSE_POINT_SIZE], out[COSE_THUMBPRINT_INPUT_SIZE], expected[COSE_THUMBPRINT_INPUT_SIZE];

	for (unsigned i = 0; i < sizeof(point); i++)
		point[i] = (uint8_t)i;
	from_hex("a401022001215820", expected, 8);
	memcpy(expected + 8, point, 32);
	from_hex("225820", expected + 40, 3);
	memcpy(expected + 43, point + 32, 32);
	cose_thumbprint_input(out, point);
	assert_memory_equal(out, expected, sizeof(out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_prefix_is_the_published_one),
		cmocka_unit_test(a_block_tells_its_key),
		cmocka_unit_test(a_block_of_another_size_is_none),
		cmocka_unit_test(a_block_of_another_kind_is_refused),
		cmocka_unit_test(every_fixed_bit_counts),
		cmocka_unit_test(no_other_algorithm_is_accepted),
		cmocka_unit_test(the_algorithm_outside_the_protected_header_is_refused),
		cmocka_unit_test(r_and_s_lie_between_zero_and_the_order),
		cmocka_unit_test(an_unsigned_or_der_block_is_refused),
		cmocka_unit_test(a_refused_block_leaves_the_key_alone),
		cmocka_unit_test(what_is_hashed_is_the_sig_structure),
		cmocka_unit_test(the_thumbprint_input_is_the_minimal_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
