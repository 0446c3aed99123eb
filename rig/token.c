/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "key.h"
#include "out.h"

enum { DIGEST_SIZE = 32, DIGITS = 2 * DIGEST_SIZE };

static char *hex(const char *prefix, const uint8_t bytes[DIGEST_SIZE], struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", prefix);
	for (int i = 0; i < DIGEST_SIZE; i++)
		text_add(&t, a, "%02x", bytes[i]);
	return t.at;
}

const char *token_make(struct arena *a)
{
	uint8_t random[DIGEST_SIZE];
	struct err e;

	if (getrandom(random, sizeof(random), 0) != sizeof(random)) {
		err_errno(&e, "there are no random numbers");
		out_die(&e);
	}
	return hex(TOKEN_PREFIX, random, a);
}

const char *token_hash(const char *token, struct arena *a)
{
	uint8_t digest[DIGEST_SIZE];

	sha256((struct bytes){ (const uint8_t *)token, strlen(token) }, digest);
	return hex(TOKEN_HASH_PREFIX, digest, a);
}

static bool is_hex_behind(const char *prefix, const char *text)
{
	size_t size = strlen(prefix);

	return !strncmp(text, prefix, size) && strspn(text + size, "0123456789abcdef") == DIGITS && !text[size + DIGITS];
}

int token_check(const char *token, struct err *e)
{
	if (is_hex_behind(TOKEN_PREFIX, token))
		return MS_OK;
	err_set(e, ERR_RIG_REMOTE, "this is no token of a rig");
	return err_fix(e, "a token is '" TOKEN_PREFIX "' and %d digits; who runs the rig makes one: ms rig token NAME", DIGITS);
}

int token_check_hash(const char *hash, struct err *e)
{
	if (is_hex_behind(TOKEN_HASH_PREFIX, hash))
		return MS_OK;
	err_set(e, ERR_RIG_CONFIG, "this is no hash of a token");
	return err_fix(e, "'ms rig token NAME' prints the line to write here; the token itself is the user's alone");
}

const char *token_of_header(const char *header)
{
	static const char word[] = "Bearer ";

	if (!header || strncasecmp(header, word, strlen(word)))
		return NULL;
	header += strlen(word);
	return is_hex_behind(TOKEN_PREFIX, header) ? header : NULL;
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
