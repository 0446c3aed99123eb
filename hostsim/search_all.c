/* SPDX-License-Identifier: Apache-2.0 */
#include "search_all.h"

#include <stdlib.h>
#include <string.h>

#include "panic.h"

enum { BOUND_MAX = 8 };

enum test_verdict search_replay(struct search *f, const struct schedule_choice *choices, size_t count)
{
	f->s->kind = SCHEDULE_REPLAY;
	f->s->late = true;
	f->s->choice_count = count;
	memmove(f->s->choices, choices, count * sizeof(*choices));
	return f->try(f->s, f->context);
}

struct list {
	struct schedule_choice at[BOUND_MAX];
	size_t count;
};

static enum test_verdict extend(struct search *f, const struct list *l, const struct schedule_stretch *in, size_t count, unsigned more);

/* This list with one choice at the end, and whatever can follow on it. */
static enum test_verdict go_deeper(struct search *f, struct list l, uint64_t point, uint32_t turn, unsigned more)
{
	l.at[l.count++] = (struct schedule_choice){ point, turn };
	if (f->left == 0)
		return TEST_PASSED;
	f->left--;

	enum test_verdict v = search_replay(f, l.at, l.count);

	if (!search_is_good(v) || more == 1)
		return v;

	size_t size = f->s->stretch_count * sizeof(*f->s->stretches);
	struct schedule_stretch *copy = malloc(size + 1);

	if (!copy)
		panic("out of memory");
	memcpy(copy, f->s->stretches, size);
	v = extend(f, &l, copy, f->s->stretch_count, more - 1);
	free(copy);
	return v;
}

/* Each choice behind the last of the list; what was tried with fewer is passed over but for its own followers. */
static enum test_verdict extend(struct search *f, const struct list *l, const struct schedule_stretch *in, size_t count, unsigned more)
{
	uint64_t after = l->count ? l->at[l->count - 1].point + 1 : 0;
	enum test_verdict v = TEST_PASSED;

	for (const struct schedule_stretch *s = in; s < in + count; s++)
		for (uint64_t p = s->from > after ? s->from : after; p < s->to && f->left; p++) {
			for (uint32_t turn = 1; turn < s->count && search_is_good(v); turn++)
				v = go_deeper(f, *l, p, turn, more);
			if (s->late && search_is_good(v))
				v = go_deeper(f, *l, p, SCHEDULE_LATE, more);
			if (!search_is_good(v))
				return v;
		}
	return v;
}

enum test_verdict search_all(struct search *f, unsigned bound)
{
	enum test_verdict v = TEST_PASSED;

	if (bound > BOUND_MAX)
		bound = BOUND_MAX;
	for (unsigned choices = 1; choices <= bound && f->left && search_is_good(v); choices++)
		v = extend(f, &(struct list){ .count = 0 }, f->base, f->base_count, choices);
	return v;
}
