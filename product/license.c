/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	expression = term { ("AND" | "OR") term }
 *	term       = "(" expression ")" | name ["+"] ["WITH" name]
 *
 * Precedence does not matter for being well-formed.
 */
#include "license.h"

#include <ctype.h>
#include <string.h>

enum { PAREN_MAX = 8 };

struct words { const char *at; int depth; };

static void skip_blanks(struct words *w)
{
	w->at += strspn(w->at, " ");
}

static size_t name_size(const char *at)
{
	size_t size = 0;

	while (isalnum((unsigned char)at[size]) || at[size] == '-' || at[size] == '.')
		size++;

	return size;
}

/* The next word, if it is this one. */
static bool take_word(struct words *w, const char *word)
{
	size_t size = strlen(word);

	skip_blanks(w);
	if (name_size(w->at) != size || strncmp(w->at, word, size) != 0)
		return false;
	w->at += size;
	return true;
}

static bool take_sign(struct words *w, char sign)
{
	skip_blanks(w);
	if (*w->at != sign)
		return false;
	w->at++;
	return true;
}

static bool is_operator(const char *at, size_t size)
{
	static const char *const operator[] = { "AND", "OR", "WITH" };

	for (size_t i = 0; i < sizeof(operator) / sizeof(operator[0]); i++)
		if (strlen(operator[i]) == size && strncasecmp(operator[i], at, size) == 0)
			return true;

	return false;
}

/* A licence's or exception's name; "DocumentRef-x:LicenseRef-y" counts as one. */
static bool take_name(struct words *w)
{
	skip_blanks(w);
	size_t size = name_size(w->at);
	if (!size || is_operator(w->at, size))
		return false;
	if (strncmp(w->at, "DocumentRef-", 12) == 0) {
		if (w->at[size] != ':' || strncmp(w->at + size + 1, "LicenseRef-", 11) != 0)
			return false;
		size += 1 + name_size(w->at + size + 1);
	}
	w->at += size;
	return true;
}

static bool take_expression(struct words *w);

static bool take_term(struct words *w)
{
	if (take_sign(w, '('))
		return ++w->depth <= PAREN_MAX && take_expression(w) && take_sign(w, ')') && w->depth--;
	if (!take_name(w))
		return false;
	if (*w->at == '+')
		w->at++;

	return !take_word(w, "WITH") || take_name(w);
}

static bool take_expression(struct words *w)
{
	do
		if (!take_term(w))
			return false;
	while (take_word(w, "AND") || take_word(w, "OR"));

	return true;
}

int license_check(const char *text, struct err *e)
{
	struct words w = { text, 0 };

	bool good = take_expression(&w);
	skip_blanks(&w);
	if (good && !*w.at)
		return MS_OK;

	err_set(e, ERR_LICENCE, "'%.60s' is no SPDX licence expression: cannot read it from '%.20s' on", text, *w.at ? w.at : "its end");
	return err_fix(e, "write names of SPDX's licence list with AND, OR and WITH between them, such as 'Apache-2.0 OR MIT'");
}
