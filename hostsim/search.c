/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panic.h"
#include "schedule_list.h"
#include "search_all.h"

enum { LIST_TEXT = 700, DEPTH_MIN = 2, DEPTHS = 3, BOUND = 2, EACH_ONE = 2 };

enum way { MIX, RANDOM, PCT, DFS };

struct strategy {
	enum way way;
	unsigned number;	/* DEPTH or BOUND; 0: not said */
};

/* ms has looked at it (cli/cmd_test.c). */
static struct strategy strategy_asked_for(void)
{
	static const char *const name[] = { [MIX] = "mix", [RANDOM] = "random", [PCT] = "pct", [DFS] = "dfs" };
	const char *text = getenv(TESTFRAME_STRATEGY), *colon = text ? strchr(text, ':') : NULL;
	size_t size = text ? strcspn(text, ":") : 0;

	for (enum way w = MIX; text && w <= DFS; w++)
		if (strlen(name[w]) == size && !strncmp(name[w], text, size))
			return (struct strategy){ w, colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0 };
	if (text)
		panic("'%s' is no strategy", text);
	return (struct strategy){ MIX, 0 };
}

/* As many as the device's own order would have had. */
static uint64_t decisions(const struct search *f, bool late)
{
	uint64_t count = 0;

	for (const struct schedule_stretch *s = f->base; s < f->base + f->base_count; s++)
		if (s->count > 1 || late)
			count += s->to - s->from;
	return count;
}

/* What a seed means. */
static void plan(const struct search *f, const struct strategy *how, uint64_t seed)
{
	struct schedule *s = f->s;
	bool pct = how->way == PCT || (how->way == MIX && seed % 2 == 0);
	uint64_t turn = how->way == MIX ? seed / 2 : seed;

	s->kind = pct ? SCHEDULE_PCT : SCHEDULE_RANDOM;
	s->seed = seed;
	s->depth = how->way == PCT && how->number ? how->number : DEPTH_MIN + (uint32_t)(turn / 2 % DEPTHS);
	s->late = turn % 2;
	s->expected = decisions(f, s->late);
}

/* A list that is too long for a line is said by its seed. */
static void say_how(const struct schedule *s, enum test_verdict v, enum test_verdict wanted, char *how, size_t size)
{
	char list[LIST_TEXT];

	schedule_write(s->choices, s->choice_count, list, sizeof(list));
	if (v == wanted && s->choice_count && strlen(list) + 1 < sizeof(list))
		snprintf(how, size, "--replay %s", list);
}

static enum test_verdict draw(struct search *f, const struct strategy *strategy, uint64_t seed, char *how, size_t size)
{
	enum test_verdict v = TEST_PASSED;

	for (; f->left && search_is_good(v); f->left--, seed++) {
		plan(f, strategy, seed);
		v = f->try(f->s, f->context);
	}
	if (!search_is_good(v))
		snprintf(how, size, "--schedules 1 --strategy %s --seed %" PRIu64, getenv(TESTFRAME_STRATEGY) ? getenv(TESTFRAME_STRATEGY) : "mix", seed - 1);
	return v;
}

static void keep_base(struct search *f)
{
	f->base_count = f->s->stretch_count;
	f->base = malloc((f->base_count + 1) * sizeof(*f->base));
	if (!f->base)
		panic("out of memory");
	memcpy(f->base, f->s->stretches, f->base_count * sizeof(*f->base));
}

/* The first of many runs try each choice by itself: most mistakes need no more, and are then said as short as can be. */
static enum test_verdict each_one(struct search *f)
{
	uint64_t left = f->left - f->left / EACH_ONE;

	f->left -= left;
	enum test_verdict v = search_all(f, 1);
	f->left += left;
	return v;
}

static enum test_verdict look(struct search *f, uint64_t seed, char *how, size_t size)
{
	struct strategy strategy = strategy_asked_for();
	enum test_verdict v, last;

	keep_base(f);
	if (strategy.way == DFS)
		v = search_all(f, strategy.number ? strategy.number : BOUND);
	else
		v = strategy.way == MIX ? each_one(f) : TEST_PASSED;
	if (strategy.way != DFS && search_is_good(v))
		v = draw(f, &strategy, seed, how, size);
	last = v;
	if (!search_is_good(v) && v != TEST_TIMED_OUT) {
		last = search_shrink(f, v);
		say_how(f->s, last, v, how, size);
	}
	free(f->base);
	return search_is_good(last) ? v : last;	/* what failed once is not passed over, though it was not the same twice */
}

static uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

static void take_named(struct schedule *s, const char *list)
{
	s->kind = list ? SCHEDULE_REPLAY : SCHEDULE_DEVICE;
	s->late = s->tell = list != NULL;
	s->choice_count = 0;
	if (list && !schedule_read(s, list))
		panic("'%s' is no list of choices", list);
}

void search_begin_named(void)
{
	const char *list = getenv(TESTFRAME_REPLAY);

	if (!list)
		return;
	take_named(schedule_shared(), list);
	schedule_begin(schedule_shared());
}

enum test_verdict search_schedules(search_try *try, void *context, char *how, size_t size)
{
	const char *list = getenv(TESTFRAME_REPLAY);
	struct search f = { .try = try, .context = context, .s = schedule_shared(), .left = number_of(TESTFRAME_SCHEDULES, 0) };

	*how = '\0';
	take_named(f.s, list);
	f.s->plain = !list && !f.left;
	if (list)
		snprintf(how, size, "--replay %.*s", LIST_TEXT, list);

	enum test_verdict v = try(f.s, context);
	if (list || !f.left || !search_is_good(v))
		return v;
	return look(&f, number_of(TESTFRAME_SEED, 1), how, size);
}
