/* SPDX-License-Identifier: Apache-2.0 */
#include "ctokens.h"

#include <ctype.h>
#include <string.h>

struct ctokens ctokens_of(struct bytes source)
{
	return (struct ctokens){ .left = source, .line = 1, .column = 1, .fresh = true };
}

static int at(const struct ctokens *c, size_t i)
{
	return i < c->left.size ? c->left.at[i] : -1;
}

static void skip(struct ctokens *c, size_t size)
{
	for (size_t i = 0; i < size && c->left.size; i++) {
		bool ends = c->left.at[0] == '\n';

		c->line += ends;
		c->column = ends ? 1 : c->column + 1;
		c->left = bytes_part(c->left, 1, c->left.size - 1);
	}
}

/* Bytes of what begins here: a comment, a line that goes on, blanks; 0 where a token begins. */
static size_t blank_size(const struct ctokens *c)
{
	size_t i = 2;

	if (at(c, 0) == '\\' && (at(c, 1) == '\n' || (at(c, 1) == '\r' && at(c, 2) == '\n')))
		return at(c, 1) == '\n' ? 2 : 3;
	if (at(c, 0) == '/' && at(c, 1) == '/') {
		while (at(c, i) >= 0 && at(c, i) != '\n')
			i += at(c, i) == '\\' && at(c, i + 1) == '\n' ? 2 : 1;
		return i;
	}
	if (at(c, 0) == '/' && at(c, 1) == '*') {
		while (at(c, i) >= 0 && !(at(c, i) == '*' && at(c, i + 1) == '/'))
			i++;
		return i + 2;
	}
	return at(c, 0) >= 0 && (isspace(at(c, 0)) || !at(c, 0)) ? 1 : 0;
}

static bool is_word(int byte)
{
	return byte >= 0 && (isalnum(byte) || byte == '_' || byte == '$' || byte >= 0x80);
}

/* A string or a character, which ends with its line at the latest. */
static size_t quoted_size(const struct ctokens *c)
{
	int quote = at(c, 0);
	size_t i = 1;

	while (at(c, i) >= 0 && at(c, i) != quote && at(c, i) != '\n')
		i += at(c, i) == '\\' && at(c, i + 1) >= 0 ? 2 : 1;
	return at(c, i) == quote ? i + 1 : i;
}

/* "0x1.8p-3" is one number, as the preprocessor has it. */
static size_t number_size(const struct ctokens *c)
{
	size_t i = 1;

	while (is_word(at(c, i)) || at(c, i) == '.' ||
	       ((at(c, i) == '+' || at(c, i) == '-') && strchr("eEpP", at(c, i - 1)) && at(c, 1) != 'x'))
		i++;
	return i;
}

static size_t name_size(const struct ctokens *c)
{
	size_t i = 1;

	while (is_word(at(c, i)))
		i++;
	return i;
}

bool ctokens_next(struct ctokens *c, struct ctoken *t)
{
	size_t size;

	while ((size = blank_size(c)) > 0) {
		c->fresh |= at(c, 0) == '\n';
		c->joined = false;
		skip(c, size);
	}
	if (!c->left.size)
		return false;

	int byte = at(c, 0);
	enum ctoken_kind kind = byte == '"' || byte == '\'' ? CTOKEN_STRING : isdigit(byte) ? CTOKEN_NUMBER : is_word(byte) ? CTOKEN_NAME : CTOKEN_SIGN;

	size = kind == CTOKEN_STRING ? quoted_size(c) : kind == CTOKEN_NUMBER ? number_size(c) : kind == CTOKEN_NAME ? name_size(c) : 1;
	*t = (struct ctoken){ kind, bytes_part(c->left, 0, size), c->line, c->column, c->fresh, c->joined };
	c->fresh = false;
	c->joined = true;
	skip(c, size);
	return true;
}

struct bytes ctokens_until(struct ctokens *c, char sign)
{
	size_t i = 0;

	while (at(c, i) >= 0 && at(c, i) != sign && at(c, i) != '\n')
		i++;
	struct bytes inside = bytes_part(c->left, 0, at(c, i) == sign ? i : 0);

	if (inside.size)
		skip(c, i + 1);
	return inside;
}
