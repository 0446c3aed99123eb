/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two implementations verify P-256 on the PC's side of things: OpenSSL (p256.h) and mbedTLS, which signs.  What one takes and the other
 * refuses would be a package that some believe, so both are asked each time, at the edges above all: made here with numbers of OpenSSL's.
 */
#include "p256.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include "crypto.h"
#include "scratch.h"
#include "seeded.h"

struct signed_hash { uint8_t point[64], hash[32], signature[64]; };

static EC_GROUP *group;
static BN_CTX *room;
static BIGNUM *order, *prime;

static int make(void **state)
{
	group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	room = BN_CTX_new();
	order = BN_dup(EC_GROUP_get0_order(group));
	prime = BN_new();
	assert_int_equal(EC_GROUP_get_curve(group, prime, NULL, NULL, room), 1);
	return scratch_make(state);
}

static int unmake(void **state)
{
	BN_free(prime);
	BN_free(order);
	BN_CTX_free(room);
	EC_GROUP_free(group);
	return scratch_remove(state);
}

static bool by_mbedtls(const struct signed_hash *s)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	uint8_t exported[65] = { 4 };
	psa_key_id_t id;

	crypto_start();
	memcpy(exported + 1, s->point, 64);
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
	psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
	if (psa_import_key(&attributes, exported, sizeof(exported), &id) != PSA_SUCCESS)
		return false;
	bool good = psa_verify_hash(id, PSA_ALG_ECDSA(PSA_ALG_SHA_256), s->hash, 32, s->signature, 64) == PSA_SUCCESS;
	psa_destroy_key(id);
	return good;
}

/* Both say so. */
static void assert_both(const struct signed_hash *s, bool good)
{
	assert_int_equal(p256_verify(s->point, s->hash, s->signature), good ? MS_OK : -MS_ESIGNATURE);
	assert_int_equal(by_mbedtls(s), good);
}

static void put(uint8_t out[32], const BIGNUM *n)
{
	assert_int_equal(BN_bn2binpad(n, out, 32), 32);
}

static BIGNUM *get(const uint8_t in[32])
{
	return BN_bin2bn(in, 32, NULL);
}

static void put_point(uint8_t out[64], const EC_POINT *p)
{
	uint8_t exported[65];

	assert_int_equal(EC_POINT_point2oct(group, p, POINT_CONVERSION_UNCOMPRESSED, exported, sizeof(exported), room), 65);
	memcpy(out, exported + 1, 64);
}

/* A key of its own, and its signature of the hash, by mbedTLS. */
static void sign(struct signed_hash *s)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	uint8_t exported[65];
	psa_key_id_t id;
	size_t size;

	crypto_start();
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 256);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH);
	psa_set_key_algorithm(&attributes, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256));
	crypto_must(psa_generate_key(&attributes, &id), "make a key");
	crypto_must(psa_export_public_key(id, exported, sizeof(exported), &size), "export it");
	crypto_must(psa_sign_hash(id, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), s->hash, 32, s->signature, 64, &size), "sign");
	memcpy(s->point, exported + 1, 64);
	psa_destroy_key(id);
}

/* The key by which (r of R, s) is a signature of the hash: Q = (s R - e G) / r.  How a signature is made that nobody's nonce would ever give. */
static void key_for(struct signed_hash *s, const EC_POINT *R)
{
	BIGNUM *r = get(s->signature), *sigma = get(s->signature + 32), *e = get(s->hash), *inverse = BN_mod_inverse(NULL, r, order, room);
	EC_POINT *q = EC_POINT_new(group);

	assert_non_null(inverse);
	BN_mod_mul(sigma, sigma, inverse, order, room);
	BN_mod_mul(e, e, inverse, order, room);
	BN_sub(e, order, e);
	assert_int_equal(EC_POINT_mul(group, q, e, R, sigma, room), 1);
	put_point(s->point, q);
	EC_POINT_free(q);
	BN_free(inverse);
	BN_free(e);
	BN_free(sigma);
	BN_free(r);
}

static void a_signature_is_good_for_both_and_so_is_its_twin(void **state)
{
	(void)state;
	struct signed_hash s;
	uint64_t seed = 1;

	for (int i = 0; i < 30; i++) {
		for (size_t k = 0; k < sizeof(s.hash); k++)
			s.hash[k] = (uint8_t)seeded_below(&seed, 256);
		sign(&s);
		assert_both(&s, true);

		BIGNUM *twin = get(s.signature + 32);	/* n - s: who wants one name for a package takes its manifest's hash */
		BN_sub(twin, order, twin);
		put(s.signature + 32, twin);
		BN_free(twin);
		assert_both(&s, true);
		s.hash[seeded_below(&seed, 32)] ^= (uint8_t)(1 << seeded_below(&seed, 8));
		assert_both(&s, false);
	}
}

/* Hashes that are zero, the order, just beside it, or all ones: they count modulo the order. */
static void a_hash_at_the_edge_is_signed_and_verified(void **state)
{
	(void)state;
	struct signed_hash s = { 0 };

	sign(&s);
	assert_both(&s, true);
	for (int d = -1; d <= 1; d++) {
		BIGNUM *e = BN_dup(order);
		(d < 0 ? BN_sub_word : BN_add_word)(e, (BN_ULONG)(d < 0 ? -d : d));
		put(s.hash, e);
		BN_free(e);
		sign(&s);
		assert_both(&s, true);
	}
	memset(s.hash, 0xff, 32);
	sign(&s);
	assert_both(&s, true);
	memset(s.hash, 0, 32);	/* 2^256 - 1 is another number modulo the order */
	assert_both(&s, false);
}

/* What is no number between 1 and n - 1 is no r and no s, also where it is one modulo n. */
static void numbers_outside_of_their_range_are_refused(void **state)
{
	(void)state;
	struct signed_hash good = { .hash = { 1, 2, 3 } };
	uint8_t edges[6][32] = { { 0 } };
	BIGNUM *n = BN_dup(order);

	sign(&good);
	put(edges[1], n);
	BN_add_word(n, 1);
	put(edges[2], n);
	put(edges[3], prime);
	memset(edges[4], 0xff, 32);
	edges[5][31] = 1;	/* in range, and wrong */
	for (size_t i = 0; i < 6; i++) {
		for (size_t k = 0; k < 6; k++) {
			struct signed_hash s = good;
			memcpy(s.signature, edges[i], 32);
			assert_both(&s, false);
			memcpy(s.signature + 32, edges[k], 32);
			assert_both(&s, false);
			memcpy(s.signature, good.signature, 32);
			assert_both(&s, false);
		}
	}
	BN_free(n);
}

/* The first x from the order on that is on the curve: r is x - n, which no signer meets in a lifetime. */
static void r_of_a_point_above_the_order_is_good(void **state)
{
	(void)state;
	struct signed_hash s = { .hash = { 7 }, .signature = { [63] = 9 } };
	EC_POINT *R = EC_POINT_new(group);
	BIGNUM *x = BN_dup(order), *r = BN_new();

	do
		BN_add_word(x, 1);
	while (EC_POINT_set_compressed_coordinates(group, R, x, 0, room) != 1);
	assert_true(BN_cmp(x, prime) < 0);
	BN_sub(r, x, order);
	put(s.signature, r);
	key_for(&s, R);
	assert_both(&s, true);
	put(s.signature, x);	/* the same modulo n */
	assert_both(&s, false);
	BN_free(r);
	BN_free(x);
	EC_POINT_free(R);
}

/* By the key whose point is G, u1 G and u2 Q are the same point when the hash is r, and each other's opposite when it is -r. */
static void a_sum_that_doubles_is_good_and_one_that_is_nothing_is_not(void **state)
{
	(void)state;
	struct signed_hash s;
	EC_POINT *g = EC_POINT_dup(EC_GROUP_get0_generator(group), group);
	BIGNUM *r, *twice = BN_new();

	put_point(s.point, g);
	memcpy(s.signature, s.point, 32);	/* R = G, so r is its x, below the order */
	memcpy(s.hash, s.point, 32);
	r = get(s.signature);
	BN_mod_add(twice, r, r, order, room);	/* s = (e + r d) / k with k = d = 1 */
	put(s.signature + 32, twice);
	assert_both(&s, true);

	BN_sub(twice, order, r);
	put(s.hash, twice);
	for (uint8_t any = 1; any < 20; any++) {
		memset(s.signature + 32, 0, 31);
		s.signature[63] = any;
		assert_both(&s, false);
	}
	BN_free(twice);
	BN_free(r);
	EC_POINT_free(g);
}

static void what_is_no_point_of_the_curve_is_nobody_s_key(void **state)
{
	(void)state;
	struct signed_hash good = { .hash = { 5 } }, s;
	BIGNUM *y;

	sign(&good);
	for (size_t bit = 0; bit < 8 * sizeof(s.point); bit += 7) {
		s = good;
		s.point[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_both(&s, false);
	}
	s = good;
	memset(s.point, 0, 64);
	assert_both(&s, false);
	memset(s.point, 0xff, 64);
	assert_both(&s, false);

	s = good;	/* (x, -y) is on the curve, and another key */
	y = get(s.point + 32);
	BN_sub(y, prime, y);
	put(s.point + 32, y);
	assert_both(&s, false);
	BN_free(y);
	assert_both(&good, true);
}

/* A point with the smallest x, once as it is written and once with the prime added: one key has one name. */
static void a_coordinate_is_written_in_one_way(void **state)
{
	(void)state;
	struct signed_hash s = { .hash = { 3 }, .signature = { [31] = 2, [63] = 9 } };
	EC_POINT *q = EC_POINT_new(group);
	BIGNUM *x = BN_new();

	BN_zero(x);
	while (EC_POINT_set_compressed_coordinates(group, q, x, 0, room) != 1)
		BN_add_word(x, 1);
	put_point(s.point, q);
	int small = p256_verify(s.point, s.hash, s.signature);
	assert_int_equal(small == MS_OK, by_mbedtls(&s));

	/* Made for that key: R = u1 G + u2 Q with u1 = 1, u2 = 1, so r = x of (G + Q), s = r, e = r. */
	EC_POINT *R = EC_POINT_new(group);
	BIGNUM *r = BN_new();
	EC_POINT_add(group, R, EC_GROUP_get0_generator(group), q, room);
	EC_POINT_get_affine_coordinates(group, R, r, NULL, room);
	BN_mod(r, r, order, room);
	put(s.signature, r);
	put(s.signature + 32, r);
	put(s.hash, r);
	assert_both(&s, true);
	BN_add(x, x, prime);
	put(s.point, x);
	assert_both(&s, false);
	BN_free(r);
	BN_free(x);
	EC_POINT_free(R);
	EC_POINT_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signature_is_good_for_both_and_so_is_its_twin),
		cmocka_unit_test(a_hash_at_the_edge_is_signed_and_verified),
		cmocka_unit_test(numbers_outside_of_their_range_are_refused),
		cmocka_unit_test(r_of_a_point_above_the_order_is_good),
		cmocka_unit_test(a_sum_that_doubles_is_good_and_one_that_is_nothing_is_not),
		cmocka_unit_test(what_is_no_point_of_the_curve_is_nobody_s_key),
		cmocka_unit_test(a_coordinate_is_written_in_one_way),
	};
	return cmocka_run_group_tests(tests, make, unmake);
}
