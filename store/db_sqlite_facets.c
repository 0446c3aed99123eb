/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many of what a search finds have something in common.  Counted here, row by row: SQLite would sort all of them once for each facet, and
 * takes ten times as long.
 */
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "db_sqlite.h"
#include "target.h"

enum { NUMBERS = 32, ROOM_FIRST = 64 };

/* Of texts, by their hash; a place without one has no value. */
struct tally { const char *value; uint64_t count; };
struct tallies { struct tally *at; size_t room, used; };

struct counts {
	struct arena *a;
	struct tallies license, publisher;
	uint64_t state[NUMBERS], target[NUMBERS], category[NUMBERS];	/* by their numbers */
};

/* Its place, or the free one where it belongs. */
static struct tally *place_of(const struct tallies *t, const char *value)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);	/* FNV-1a */

	for (const char *c = value; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	size_t i = hash & (t->room - 1);
	while (t->at[i].value && strcmp(t->at[i].value, value))
		i = (i + 1) & (t->room - 1);
	return &t->at[i];
}

/* Never more than half full: then places are found at once. */
static void grow(struct tallies *t, struct arena *a)
{
	struct tallies larger = { .room = t->room ? 2 * t->room : ROOM_FIRST, .used = t->used };

	larger.at = arena_array(a, struct tally, larger.room);
	memset(larger.at, 0, larger.room * sizeof(*larger.at));
	for (size_t i = 0; i < t->room; i++)
		if (t->at[i].value)
			*place_of(&larger, t->at[i].value) = t->at[i];
	*t = larger;
}

static void count_text(struct tallies *t, const char *value, struct arena *a)
{
	struct tally *there;

	if (2 * (t->used + 1) > t->room)
		grow(t, a);
	there = place_of(t, value ? value : "");
	if (!there->value) {
		there->value = arena_printf(a, "%s", value ? value : "");
		t->used++;
	}
	there->count++;
}

static void count_bits(uint64_t count[NUMBERS], uint64_t mask)
{
	for (unsigned n = 0; n < NUMBERS; n++)
		count[n] += mask >> n & 1;
}

/* A row of db_sqlite_hits. */
static void count_row(struct counts *c, sqlite3_stmt *q)
{
	uint64_t state = sql_number(q, 2);

	count_text(&c->publisher, (const char *)sqlite3_column_text(q, 0), c->a);
	count_text(&c->license, (const char *)sqlite3_column_text(q, 1), c->a);
	if (state < NUMBERS)
		c->state[state]++;
	count_bits(c->target, sql_number(q, 3));
	count_bits(c->category, sql_number(q, 4));
}

/* The most frequent first; of those that are as frequent, as they are written. */
static int by_count(const void *one, const void *two)
{
	const struct tally *x = one, *y = two;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->value, y->value);
}

static void add_all(struct tally *at, size_t count, const char *facet, struct arena *a, struct list *out)
{
	for (size_t i = 0; i < count && i < DB_FACET_VALUES; i++) {
		struct db_facet *f = arena_new(a, struct db_facet);

		*f = (struct db_facet){ facet, arena_printf(a, "%s", at[i].value), at[i].count };
		list_push(out, a, f);
	}
}

static void add_texts(struct tallies *t, const char *facet, struct arena *a, struct list *out)
{
	size_t count = 0;

	for (size_t i = 0; i < t->room; i++)
		if (t->at[i].value)
			t->at[count++] = t->at[i];
	if (count)
		qsort(t->at, count, sizeof(*t->at), by_count);
	add_all(t->at, count, facet, a, out);
}

/* Numbers that are as frequent stay in their order. */
static void add_numbers(const uint64_t counts[NUMBERS], const char *(*name)(unsigned number), const char *facet, struct arena *a, struct list *out)
{
	struct tally at[NUMBERS];
	size_t count = 0;

	for (unsigned n = 0; n < NUMBERS; n++) {
		size_t i = count;

		if (!counts[n])
			continue;
		for (; i > 0 && at[i - 1].count < counts[n]; i--)
			at[i] = at[i - 1];
		at[i] = (struct tally){ name(n) ? name(n) : "", counts[n] };
		count++;
	}
	add_all(at, count, facet, a, out);
}

static const char *state_named(unsigned number) { return leaf_state_name((enum leaf_state)number); }
static const char *target_named(unsigned number) { return target_name((uint8_t)number); }

int db_sqlite_facets(struct db *d, const struct db_query *w, struct arena *a, struct list *out, struct err *e)
{
	struct arena own = { 0 };
	struct counts c = { .a = &own };
	sqlite3_stmt *q = db_sqlite_hits(d, w, DB_FACET_HITS, &own, e);
	int rc;

	while ((rc = sql_step(sql_of(d), q, e)) == 1)
		count_row(&c, q);
	if (rc >= 0) {
		add_numbers(c.category, category_name, "category", a, out);
		add_texts(&c.license, "license", a, out);
		add_texts(&c.publisher, "publisher", a, out);
		add_numbers(c.state, state_named, "state", a, out);
		add_numbers(c.target, target_named, "target", a, out);
	}
	arena_done(&own);
	return rc;
}
