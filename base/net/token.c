/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "key.h"
#include "out.h"

enum { DIGEST_SIZE = 32, DIGITS = 2 * DIGEST_SIZE, CHECK_DIGITS = 8 };

static const struct { const char *prefix; bool checked; } forms[] = {
	[TOKEN_OF_RIG] = { "msr_", false },
	[TOKEN_OF_STORE] = { "ms_", true },
};

static char *hex(const char *prefix, const uint8_t bytes[DIGEST_SIZE], struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", prefix);
	for (int i = 0; i < DIGEST_SIZE; i++)
		text_add(&t, a, "%02x", bytes[i]);
	return t.at;
}

const char *token_prefix(enum token_of of)
{
	return forms[of].prefix;
}

/* The first digits of the SHA-256 of all that precedes. */
static const char *checksum(const char *text, size_t size, struct arena *a)
{
	uint8_t digest[DIGEST_SIZE];

	sha256((struct bytes){ (const uint8_t *)text, size }, digest);
	return arena_printf(a, "%.*s", CHECK_DIGITS, hex("", digest, a));
}

const char *token_make(enum token_of of, struct arena *a)
{
	uint8_t random[DIGEST_SIZE];
	struct err e;

	if (getrandom(random, sizeof(random), 0) != sizeof(random)) {
		err_errno(&e, "there are no random numbers");
		out_die(&e);
	}
	const char *token = hex(forms[of].prefix, random, a);
	return forms[of].checked ? arena_printf(a, "%s%s", token, checksum(token, strlen(token), a)) : token;
}

const char *token_hash(const char *token, struct arena *a)
{
	uint8_t digest[DIGEST_SIZE];

	sha256((struct bytes){ (const uint8_t *)token, strlen(token) }, digest);
	return hex(TOKEN_HASH_PREFIX, digest, a);
}

static bool is_hex_behind(const char *prefix, const char *text, size_t digits)
{
	size_t size = strlen(prefix);

	return !strncmp(text, prefix, size) && strspn(text + size, "0123456789abcdef") == digits && !text[size + digits];
}

bool token_is_one(enum token_of of, const char *token)
{
	struct arena a = { 0 };

	if (!forms[of].checked)
		return is_hex_behind(forms[of].prefix, token, DIGITS);
	if (!is_hex_behind(forms[of].prefix, token, DIGITS + CHECK_DIGITS))
		return false;
	size_t size = strlen(token) - CHECK_DIGITS;
	bool good = !strcmp(token + size, checksum(token, size, &a));
	arena_done(&a);
	return good;
}

bool token_is_hash(const char *hash)
{
	return is_hex_behind(TOKEN_HASH_PREFIX, hash, DIGITS);
}

const char *token_of_header(enum token_of of, const char *header)
{
	static const char word[] = "Bearer ";

	if (!header || strncasecmp(header, word, strlen(word)))
		return NULL;
	header += strlen(word);
	return token_is_one(of, header) ? header : NULL;
}

bool token_is(const char *token, const char *hash)
{
	struct arena a = { 0 };
	const char *own = token_hash(token, &a);
	volatile uint8_t difference = strlen(own) != strlen(hash);

	for (size_t i = 0; own[i] && hash[i]; i++)
		difference |= (uint8_t)(own[i] ^ hash[i]);
	arena_done(&a);
	return !difference;
}
