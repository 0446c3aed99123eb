/* SPDX-License-Identifier: Apache-2.0 */
#include "lock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "utf8.h"

enum { LOCK_SIZE_MAX = 1 << 20, LINES_MAX = 4096, WORD_MAX = 320 };

#define VERSION " 1"
#define COMMENT "# Made by 'ms lock', and compared by each build."

/* What stands between owner and name: s SHA-256, v version, x number in hexadecimal, d decimal, c kind of connection. */
static const struct kind { const char *name, *value; } kinds[] = { { "file", "s" }, { "interface", "vxdc" }, { "package", "vs" }, { "runtime", "vs" }, { "source", "vs" } };

static const struct kind *kind_of(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

static bool holds_only(const char *word, const char *characters, size_t least, size_t most)
{
	size_t size = strlen(word);

	return size >= least && size <= most && strspn(word, characters) == size;
}

static bool is_word(char kind, const char *word)
{
	switch (kind) {
	case 's': return holds_only(word, "0123456789abcdef", 64, 64);
	case 'v': return holds_only(word, "0123456789.+-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 5, 80) && isdigit((unsigned char)*word);
	case 'x': return !strncmp(word, "0x", 2) && holds_only(word + 2, "0123456789abcdef", 8, 8);
	case 'd': return holds_only(word, "0123456789", 1, 5);
	case 'c': return !strcmp(word, "stateless") || !strcmp(word, "connections");
	default: return false;
	}
}

void lock_add(struct lock *l, const char *kind, const char *owner, const char *name, const char *value, struct arena *a)
{
	const struct lock_line like = { kind, owner, name, value, 0 };

	if (lock_find(l, &like))
		return;
	struct lock_line *n = arena_new(a, struct lock_line);

	*n = like;
	list_push(&l->lines, a, n);
}

static int compare(const struct lock_line *a, const struct lock_line *b)
{
	int order = strcmp(a->kind, b->kind);

	order = order ? order : strcmp(a->owner, b->owner);
	return order ? order : strcmp(a->name, b->name);
}

const struct lock_line *lock_find(const struct lock *l, const struct lock_line *like)
{
	for (size_t i = 0; i < l->lines.count; i++)
		if (!compare(l->lines.at[i], like))
			return l->lines.at[i];
	return NULL;
}

static int refuse(const char *file, int line, struct err *e, const char *why)
{
	err_set(e, ERR_LOCK_FILE, "%s", why);
	err_fix(e, "make it again: ms lock");
	return err_at(e, file, line, 1);
}

/* Cut the first word off *at; NULL: there is none. */
static const char *next_word(char **at)
{
	char *word = *at, *end = strchr(word, ' ');

	if (!end || end == word || end - word > WORD_MAX)
		return NULL;
	*end = '\0';
	*at = end + 1;
	return word;
}

static bool is_owner(const char *word)
{
	const char *slash = strchr(word, '/');

	return slash && slash != word && slash[1] && !strchr(slash + 1, '/');
}

static bool is_name(const char *name)
{
	return *name && *name != ' ' && *name != '/' && strlen(name) <= WORD_MAX && name[strlen(name) - 1] != ' ';
}

/* One line, without its end; false: it is not as it has to be. */
static bool take_line(char *at, struct lock_line *out, struct arena *a)
{
	struct text value = { 0 };
	const char *word;

	out->kind = next_word(&at);
	const struct kind *k = out->kind ? kind_of(out->kind) : NULL;
	out->owner = k ? next_word(&at) : NULL;
	if (!out->owner || !is_owner(out->owner))
		return false;
	for (const char *c = k->value; *c; c++) {
		word = next_word(&at);
		if (!word || !is_word(*c, word))
			return false;
		text_add(&value, a, "%s%s", value.size ? " " : "", word);
	}
	out->name = at;
	out->value = value.at;
	return is_name(at);
}

static bool is_clean(struct bytes text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((text.at[i] < ' ' && text.at[i] != '\n') || text.at[i] == 0x7f)
			return false;
	return utf8_valid(text);
}

static bool is_first(const char *line)
{
	return !strcmp(line, LOCK_FILE VERSION) || !strcmp(line, LOCK_PRODUCT_FILE VERSION);
}

static int take(struct lock *l, char *text, int number, const char *file, struct arena *a, struct err *e)
{
	struct lock_line *n = arena_new(a, struct lock_line);
	const struct lock_line *other;

	if (number == 1)
		return is_first(text) ? MS_OK : refuse(file, 1, e, "this is no lock file: its first line is not '" LOCK_FILE VERSION "'");
	if (!*text || *text == '#')
		return MS_OK;
	if (!strncmp(text, "<<<<<<<", 7) || !strncmp(text, "=======", 7) || !strncmp(text, ">>>>>>>", 7))
		return refuse(file, number, e, "two branches have locked different things, and were not merged");
	if (!take_line(text, n, a))
		return refuse(file, number, e, "this line says nothing that a lock file can say");
	n->line = number;
	other = lock_find(l, n);
	if (other)
		return refuse(file, number, e, arena_printf(a, "%s '%s' of %s is locked in line %d already", n->kind, n->name, n->owner, other->line));
	if (l->lines.count == LINES_MAX)
		return refuse(file, number, e, "there are more lines than any project needs");
	list_push(&l->lines, a, n);
	return MS_OK;
}

int lock_decode(struct bytes text, const char *file, struct arena *a, struct lock *out, struct err *e)
{
	struct lock l = { 0 };
	char *at = arena_string(a, text);
	int rc = is_clean(text) ? MS_OK : refuse(file, 0, e, "this is no lock file: it is no text");

	if (rc >= 0 && (!text.size || text.at[text.size - 1] != '\n'))
		rc = refuse(file, 0, e, "the lock file is cut: it has no end of its last line");
	for (int number = 1; rc >= 0 && *at; number++) {
		char *end = strchr(at, '\n');

		*end = '\0';
		rc = take(&l, at, number, file, a, e);
		at = end + 1;
	}
	if (rc >= 0)
		*out = l;
	return rc;
}

int lock_read(const char *file, struct arena *a, struct lock *out, struct err *e)
{
	struct bytes text;
	int rc = file_read(file, LOCK_SIZE_MAX, a, &text, e);

	return rc < 0 ? rc : lock_decode(text, file, a, out, e);
}

static int by_subject(const void *a, const void *b)
{
	return compare(*(struct lock_line *const *)a, *(struct lock_line *const *)b);
}

struct bytes lock_encode(struct lock *l, const char *name, struct arena *a)
{
	struct text t = { 0 };

	if (l->lines.count)
		qsort(l->lines.at, l->lines.count, sizeof(*l->lines.at), by_subject);
	text_add(&t, a, "%s" VERSION "\n" COMMENT "\n", name);
	for (size_t i = 0; i < l->lines.count; i++) {
		const struct lock_line *n = l->lines.at[i];

		text_add(&t, a, "%s %s %s %s\n", n->kind, n->owner, n->value, n->name);
	}
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

/* Has this owner a line of any kind? */
static bool has_owner(const struct lock *l, const char *owner)
{
	for (size_t i = 0; i < l->lines.count; i++)
		if (!strcmp(((const struct lock_line *)l->lines.at[i])->owner, owner))
			return true;
	return false;
}

struct comparing {
	struct text differs, stale;
	const struct lock_line *first;	/* of those that differ, where the file has one */
	struct arena *arena;
};

static void note(struct text *t, struct arena *a, const struct lock_line *n, const char *what, const char *other)
{
	text_add(t, a, "%s%s '%s' of %s %s%s", t->size ? "; " : "", n->kind, n->name, n->owner, what, other);
}

/* What the one has and the other has not. */
static void compare_missing(struct comparing *c, const struct lock_line *n, bool is_locked, const struct lock *other)
{
	bool matters = !strcmp(n->kind, "file") && has_owner(other, n->owner);

	if (matters && is_locked && !c->first)
		c->first = n;
	note(matters ? &c->differs : &c->stale, c->arena, n, is_locked ? "is locked, and not used" : "is used, and not locked", "");
}

static void compare_found(struct comparing *c, const struct lock_line *found, const struct lock *locked)
{
	const struct lock_line *n = lock_find(locked, found);

	if (!n) {
		compare_missing(c, found, false, locked);
	} else if (strcmp(n->value, found->value)) {
		if (!c->first)
			c->first = n;
		note(&c->differs, c->arena, found, "is ", arena_printf(c->arena, "%s, locked is %s", found->value, n->value));
	}
}

int lock_compare(const struct lock *locked, const struct lock *found, const char *file, bool strict, struct arena *a, struct err *e)
{
	struct comparing c = { .arena = a };

	for (size_t i = 0; i < found->lines.count; i++)
		compare_found(&c, found->lines.at[i], locked);
	for (size_t i = 0; i < locked->lines.count; i++)
		if (!lock_find(found, locked->lines.at[i]))
			compare_missing(&c, locked->lines.at[i], true, found);
	if (!c.differs.size && (!c.stale.size || !strict))
		return MS_OK;

	if (c.differs.size)
		err_set(e, ERR_LOCK_DIFFERS, "%s", c.differs.at);
	else
		err_set(e, ERR_LOCK_STALE, "%s", c.stale.at);
	err_fix(e, c.differs.size ? "if that is wanted: ms lock; else put back what was locked, or take it from vendor/" : "ms lock");
	return err_at(e, file, c.first ? c.first->line : 0, 0);
}
