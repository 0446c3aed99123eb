/* SPDX-License-Identifier: Apache-2.0 */
#include "opt.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "printable.h"

struct parse {
	char **argv;
	int argc, at;			/* the argument that is read */
	int operands;			/* moved to the front so far */
	const struct opt *const *tables;
	struct list seen;		/* options with one value that were given */
	struct arena *a;
	struct err *e;
};

/* Every option of every table, one after the other: NULL starts, NULL ends. */
static const struct opt *next(const struct parse *p, size_t *table, const struct opt *o)
{
	o = o ? o + 1 : p->tables[*table];
	while (o && o->kind == OPT_END_OF_TABLE)
		o = p->tables[++*table];
	return o;
}

static const struct opt *find_name(const struct parse *p, const char *name, size_t size)
{
	size_t table = 0;

	for (const struct opt *o = next(p, &table, NULL); o; o = next(p, &table, o))
		if (o->name && strlen(o->name) == size && memcmp(o->name, name, size) == 0)
			return o;
	return NULL;
}

static const struct opt *find_letter(const struct parse *p, char letter)
{
	size_t table = 0;

	for (const struct opt *o = next(p, &table, NULL); o; o = next(p, &table, o))
		if (o->letter && o->letter == letter)
			return o;
	return NULL;
}

static bool has_value(const struct opt *o)
{
	return o->kind == OPT_IS_TEXT || o->kind == OPT_IS_LIST || o->kind == OPT_IS_NUMBER;
}

/* How a person writes it: "--jobs", or "-j" if that is its only name. */
static const char *spelled(const struct parse *p, const struct opt *o)
{
	return o->name ? arena_printf(p->a, "--%s", o->name) : arena_printf(p->a, "-%c", o->letter);
}

static int unknown_name(const struct parse *p, const char *name)
{
	struct list names = { 0 };
	size_t table = 0;

	for (const struct opt *o = next(p, &table, NULL); o; o = next(p, &table, o))
		if (o->name)
			list_push(&names, p->a, (char *)o->name);
	err_set(p->e, ERR_UNKNOWN_OPTION, "unknown option '--%s'", name);
	const char *nearest = opt_nearest(name, (const char *const *)names.at, names.count);
	return nearest ? err_fix(p->e, "did you mean '--%s'?", nearest) : err_fix(p->e, "--help lists the options");
}

/* `word` is all of the argument behind its dash. */
static int unknown_letter(const struct parse *p, const char *at, const char *word)
{
	char letter = *at;
	size_t size = printable_char(at, strlen(at));
	char other = (char)(islower((unsigned char)letter) ? toupper((unsigned char)letter) : tolower((unsigned char)letter));

	err_set(p->e, ERR_UNKNOWN_OPTION, "unknown option '-%.*s'", (int)(size ? size : 1), at);
	if (find_name(p, word, strcspn(word, "=")))
		return err_fix(p->e, "did you mean '--%s'?", word);
	if (other != letter && find_letter(p, other))
		return err_fix(p->e, "did you mean '-%c'?", other);
	return err_fix(p->e, "--help lists the options");
}

static int set_number(const struct parse *p, const struct opt *o, const char *value)
{
	size_t digits = strspn(value, "0123456789");
	unsigned long long n = strtoull(value, NULL, 10);	/* the largest if it does not fit */

	if (!digits || value[digits] || n < o->min || n > o->max)
		return err_set(p->e, ERR_OPTION_VALUE, "'%s' needs a number from %u to %u, not '%s'",
			       spelled(p, o), o->min, o->max, value);
	*(uint32_t *)o->to = (uint32_t)n;
	return MS_OK;
}

static int set_choice(const struct parse *p, const struct opt *o, const char *value)
{
	struct list choices = { 0 };
	char *rest, *copy = arena_printf(p->a, "%s", o->choices);

	for (char *c = strtok_r(copy, "|", &rest); c; c = strtok_r(NULL, "|", &rest)) {
		if (strcmp(c, value) == 0) {
			*(const char **)o->to = value;
			return MS_OK;
		}
		list_push(&choices, p->a, c);
	}
	err_set(p->e, ERR_OPTION_VALUE, "'%s' needs one of %s, not '%s'", spelled(p, o), o->choices, value);
	const char *nearest = opt_nearest(value, (const char *const *)choices.at, choices.count);
	return nearest ? err_fix(p->e, "did you mean '%s'?", nearest) : p->e->code;
}

/* A second value would silently win over the first. */
static int take_once(struct parse *p, const struct opt *o)
{
	for (size_t i = 0; i < p->seen.count; i++)
		if (p->seen.at[i] == o)
			return err_set(p->e, ERR_OPTION_TWICE, "'%s' is given twice", spelled(p, o));
	list_push(&p->seen, p->a, (void *)o);
	return MS_OK;
}

/* `value` is NULL for options that take none. */
static int set(struct parse *p, const struct opt *o, char *value)
{
	int rc = MS_OK;

	if (value && !*value)
		return err_set(p->e, ERR_OPTION_VALUE, "'%s' needs a value that is not empty", spelled(p, o));
	if (o->kind == OPT_IS_TEXT || o->kind == OPT_IS_NUMBER)
		rc = take_once(p, o);
	if (rc < 0)
		return rc;

	switch (o->kind) {
	case OPT_IS_FLAG: *(bool *)o->to = true; break;
	case OPT_IS_COUNT: ++*(int *)o->to; break;
	case OPT_IS_LIST: list_push(o->to, p->a, value); break;
	case OPT_IS_NUMBER: return set_number(p, o, value);
	case OPT_IS_TEXT:
		if (o->complete == OPT_CHOICE)
			return set_choice(p, o, value);
		*(const char **)o->to = value;
		break;
	case OPT_END_OF_TABLE: break;
	}
	return MS_OK;
}

/* The argument behind an option, as its value. */
static int set_with_next(struct parse *p, const struct opt *o)
{
	if (p->at + 1 >= p->argc)
		return err_set(p->e, ERR_OPTION_VALUE, "'%s' needs a value: %s", spelled(p, o), o->value);
	return set(p, o, p->argv[++p->at]);
}

static int parse_name(struct parse *p, char *name)
{
	size_t size = strcspn(name, "=");
	char *value = name[size] ? name + size + 1 : NULL;

	const struct opt *o = find_name(p, name, size);
	if (!o)
		return unknown_name(p, arena_string(p->a, (struct bytes){ (uint8_t *)name, size }));
	if (value && !has_value(o))
		return err_set(p->e, ERR_OPTION_VALUE, "'%s' takes no value", spelled(p, o));
	return value || !has_value(o) ? set(p, o, value) : set_with_next(p, o);
}

/* "-vv", "-qC dir", "-j4". */
static int parse_letters(struct parse *p, char *word)
{
	int rc = MS_OK;

	for (char *c = word; *c && rc == MS_OK; c++) {
		const struct opt *o = find_letter(p, *c);
		if (!o)
			return unknown_letter(p, c, word);
		if (has_value(o))
			return c[1] ? set(p, o, c + 1) : set_with_next(p, o);
		rc = set(p, o, NULL);
	}
	return rc;
}

/* Operands go to the front in the order they came in; what is overwritten has been read. */
static void take_operand(struct parse *p)
{
	p->argv[++p->operands] = p->argv[p->at];
}

int opt_parse(int argc, char **argv, const struct opt *const tables[], struct arena *a, struct err *e)
{
	struct parse p = { .argv = argv, .argc = argc, .at = 1, .tables = tables, .a = a, .e = e };
	bool only_operands = false;
	int rc = MS_OK;

	for (; p.at < argc && rc == MS_OK; p.at++) {
		char *word = argv[p.at];
		if (only_operands || word[0] != '-' || !word[1])
			take_operand(&p);
		else if (strcmp(word, "--") == 0)
			only_operands = true;
		else
			rc = word[1] == '-' ? parse_name(&p, word + 2) : parse_letters(&p, word + 1);
	}
	return rc < 0 ? rc : p.operands;
}

const struct opt *opt_of(const char *word, const struct opt *table)
{
	bool is_long = !strncmp(word, "--", 2);
	size_t size = is_long ? strcspn(word + 2, "=") : 0;

	for (const struct opt *o = table; o && o->kind; o++) {
		if (is_long ? o->name && strlen(o->name) == size && !memcmp(o->name, word + 2, size) : word[0] == '-' && word[1] && o->letter == word[1])
			return o;
	}
	return NULL;
}

bool opt_takes_next(const char *word, const struct opt *table)
{
	const struct opt *o = opt_of(word, table);
	size_t i = 1;

	if (!strncmp(word, "--", 2))
		return o && has_value(o) && !strchr(word, '=');
	while (o && !has_value(o) && word[++i])
		o = opt_of((const char[]){ '-', word[i], 0 }, table);
	return o && has_value(o) && !word[i + 1];
}
