/* SPDX-License-Identifier: Apache-2.0 */
/* A failure in fewer choices: what is left out must still come to the same verdict. */
#include <string.h>

#include "search_all.h"

enum { TRIES = 600, ENOUGH = 2 };

/* A list of choices while it is made shorter.  Large. */
__attribute__((section("ms_open")))
static struct {
	struct schedule_choice choices[SCHEDULE_CHOICES];
	size_t count;
	unsigned tries;
} kept;

static void keep(const struct schedule_choice *choices, size_t count)
{
	kept.count = count;
	memmove(kept.choices, choices, count * sizeof(*choices));
}

/* Does it still come to this?  A run that takes too long has taken the time of all of them. */
static bool comes_to(struct search *f, const struct schedule_choice *choices, size_t count, enum test_verdict wanted)
{
	kept.tries++;

	enum test_verdict v = search_replay(f, choices, count);

	if (v == TEST_TIMED_OUT)
		kept.tries = TRIES;
	return v == wanted;
}

/* Leave out pieces of this size as long as the verdict stays.  Was there one? */
static bool leave_out(struct search *f, size_t size, enum test_verdict wanted)
{
	__attribute__((section("ms_open"))) static struct schedule_choice left[SCHEDULE_CHOICES];
	bool shorter = false;

	for (size_t at = 0; at + size <= kept.count && kept.tries < TRIES;) {
		size_t behind = kept.count - at - size;

		memcpy(left, kept.choices, at * sizeof(*left));
		memcpy(left + at, kept.choices + at + size, behind * sizeof(*left));
		if (comes_to(f, left, at + behind, wanted)) {
			keep(left, at + behind);
			shorter = true;
		} else {
			at += size;
		}
	}
	return shorter;
}

/* What one choice does is understood better than what three do: is there one in the device's own order? */
static bool try_one(struct search *f, enum test_verdict wanted, bool late)
{
	for (const struct schedule_stretch *s = f->base; s < f->base + f->base_count; s++)
		for (uint64_t p = s->from; p < s->to; p++)
			for (uint32_t turn = late ? s->count : 1; turn < s->count + (late && s->late); turn++) {
				struct schedule_choice c = { p, turn == s->count ? SCHEDULE_LATE : turn };

				if (kept.tries >= TRIES)
					return false;
				if (comes_to(f, &c, 1, wanted)) {
					keep(&c, 1);
					return true;
				}
			}
	return false;
}

enum test_verdict search_shrink(struct search *f, enum test_verdict wanted)
{
	kept.tries = 0;
	keep(f->s->done, f->s->done_count);
	for (size_t size = kept.count; size > 1; size = (size + 1) / 2)
		leave_out(f, size, wanted);
	while (leave_out(f, 1, wanted))
		;
	if (kept.count >= ENOUGH && !try_one(f, wanted, false))
		try_one(f, wanted, true);
	f->s->tell = true;
	return search_replay(f, kept.choices, kept.count);
}
