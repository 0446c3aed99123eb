/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole inputs are hashed by OpenSSL, which takes half of mbedTLS's time or less; those that come in pieces by mbedTLS, whose state
 * lies in the arena: nobody has to free it where a request is given up.
 */
#include "crypto.h"

#include <openssl/evp.h>
#include <pthread.h>

#include "key.h"
#include "out.h"

void crypto_start(void)
{
	static bool started;

	if (started)
		return;
	crypto_must(psa_crypto_init(), "start");
	started = true;
}

void crypto_must(psa_status_t status, const char *what)
{
	struct err e;

	if (status == PSA_SUCCESS)
		return;
	err_set(&e, ERR_CRYPTOGRAPHY, "the cryptography library cannot %s (error %d)", what, (int)status);
	err_fix(&e, "check that this system has random numbers (/dev/urandom) and memory left");
	out_die(&e);
}

/* Looked up once: for the short inputs of a log's tree that would take longer than the hash. */
static EVP_MD *algorithm;

static void find_algorithm(void)
{
	algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
}

void sha256_both(struct bytes first, struct bytes second, uint8_t out[32])
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	pthread_once(&once, find_algorithm);
	bool done = c && algorithm && EVP_DigestInit_ex2(c, algorithm, NULL) == 1 && EVP_DigestUpdate(c, first.at, first.size) == 1 &&
		    EVP_DigestUpdate(c, second.at, second.size) == 1 && EVP_DigestFinal_ex(c, out, NULL) == 1;
	EVP_MD_CTX_free(c);
	crypto_must(done ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_MEMORY, "hash");
}

void sha256(struct bytes data, uint8_t out[32])
{
	sha256_both(data, (struct bytes){ 0 }, out);
}

void sha1(struct bytes data, uint8_t out[20])
{
	size_t size;

	crypto_start();
	crypto_must(psa_hash_compute(PSA_ALG_SHA_1, data.at, data.size, out, 20, &size), "hash");
}

struct sha256_state { psa_hash_operation_t operation; };

struct sha256_state *sha256_start(struct arena *a)
{
	struct sha256_state *s = arena_new(a, struct sha256_state);

	crypto_start();
	s->operation = psa_hash_operation_init();
	crypto_must(psa_hash_setup(&s->operation, PSA_ALG_SHA_256), "hash");
	return s;
}

void sha256_add(struct sha256_state *s, struct bytes data)
{
	crypto_must(psa_hash_update(&s->operation, data.at, data.size), "hash");
}

void sha256_end(struct sha256_state *s, uint8_t out[32])
{
	size_t size;

	crypto_must(psa_hash_finish(&s->operation, out, 32, &size), "hash");
}
