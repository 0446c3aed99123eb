/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "panic.h"

enum { SHRINK_TRIES = 400, LIST_TEXT = 700 };

/* A list of choices while it is made shorter. */
static struct {
	struct schedule_choice choices[SCHEDULE_CHOICES];
	size_t count;
	unsigned tries;
} kept;

/* What the process of a test and we both see. */
static struct schedule *shared(void)
{
	static struct schedule *s;

	if (!s)
		s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		panic_errno("cannot take memory for a schedule");
	return s;
}

static bool is_good(enum test_verdict v)
{
	return v == TEST_PASSED || v == TEST_SKIPPED;
}

/* All that is kept, but for `size` choices from `at` on. */
static void replay_without(struct schedule *s, size_t at, size_t size)
{
	size_t left = kept.count - at - size;

	s->kind = SCHEDULE_REPLAY;
	s->choice_count = kept.count - size;
	memcpy(s->choices, kept.choices, at * sizeof(*s->choices));
	memcpy(s->choices + at, kept.choices + at + size, left * sizeof(*s->choices));
}

/* Leave out pieces of this size as long as the verdict stays.  Was there one? */
static bool leave_out(struct schedule *s, size_t size, enum test_verdict wanted, search_try *try, void *context)
{
	bool shorter = false;

	for (size_t at = 0; at + size <= kept.count && kept.tries < SHRINK_TRIES;) {
		replay_without(s, at, size);
		kept.tries++;
		enum test_verdict v = try(s, context);
		if (v == TEST_TIMED_OUT)	/* of all of the program */
			kept.tries = SHRINK_TRIES;
		if (v != wanted) {
			at += size;
			continue;
		}
		kept.count = s->choice_count;
		memcpy(kept.choices, s->choices, kept.count * sizeof(*kept.choices));
		shorter = true;
	}
	return shorter;
}

static enum test_verdict shrink(struct schedule *s, enum test_verdict wanted, search_try *try, void *context)
{
	kept.count = s->done_count;
	kept.tries = 0;
	memcpy(kept.choices, s->done, kept.count * sizeof(*kept.choices));
	for (size_t size = kept.count; size > 1; size = (size + 1) / 2)
		leave_out(s, size, wanted, try, context);
	while (leave_out(s, 1, wanted, try, context))
		;
	replay_without(s, kept.count, 0);
	return try(s, context);
}

/* A list that is too long for a line is said by its seed. */
static void say_how(const struct schedule *s, uint64_t seed, enum test_verdict v, enum test_verdict wanted, char *how, size_t size)
{
	char list[LIST_TEXT];

	schedule_write(s->choices, s->choice_count, list, sizeof(list));
	if (v == wanted && s->choice_count && strlen(list) + 1 < sizeof(list))
		snprintf(how, size, "--replay %s", list);
	else
		snprintf(how, size, "--schedules 1 --seed %" PRIu64, seed);
}

static enum test_verdict look(struct schedule *s, uint64_t count, uint64_t seed, search_try *try, void *context, char *how, size_t size)
{
	enum test_verdict v = TEST_PASSED;

	for (uint64_t i = 0; i < count; i++) {
		s->kind = SCHEDULE_RANDOM;
		s->seed = seed + i;
		v = try(s, context);
		if (v == TEST_TIMED_OUT) {
			snprintf(how, size, "--schedules 1 --seed %" PRIu64, seed + i);
			return v;
		}
		if (!is_good(v)) {
			enum test_verdict last = shrink(s, v, try, context);

			say_how(s, seed + i, last, v, how, size);
			return last;
		}
	}
	return v;
}

static uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

enum test_verdict search_schedules(search_try *try, void *context, char *how, size_t size)
{
	const char *list = getenv(TESTFRAME_REPLAY);
	uint64_t count = number_of(TESTFRAME_SCHEDULES, 0);
	struct schedule *s = shared();

	*how = '\0';
	s->kind = list ? SCHEDULE_REPLAY : SCHEDULE_DEVICE;
	s->choice_count = 0;
	if (list && !schedule_read(s, list))
		panic("'%s' is no list of choices", list);
	if (list)
		snprintf(how, size, "--replay %.*s", LIST_TEXT, list);

	enum test_verdict v = try(s, context);
	if (list || !count || !is_good(v))
		return v;
	return look(s, count, number_of(TESTFRAME_SEED, 1), try, context, how, size);
}
