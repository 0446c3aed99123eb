/* SPDX-License-Identifier: Apache-2.0 */
#include "fitsearch.h"

#include "process.h"
#include "target.h"

/* How many services one request looks at, and for how long: the page ends there, and the next begins there. */
enum { LOOKS = 200, LOOK_MSEC = 10 };

struct device fitsearch_frame(const struct board *b)
{
	return (struct device){ .vendor = "example.org", .sequence = 1, .board = b };
}

void fitsearch_narrow(struct db_query *q, const struct board *b)
{
	for (uint8_t t = 0; t < 32; t++)
		if (target_name(t) && target_runs(t, b->target))
			q->any_targets |= 1u << t;
}

bool fitsearch_look(const char *said, const char *publisher, const char *name, const char *version, const struct device *frame, struct arena *a, struct fit *fit)
{
	json_t *o = *said ? json_loads(arena_printf(a, "{%s}", said), 0, NULL) : NULL;
	struct storefacts *f = arena_new(a, struct storefacts);

	*fit = (struct fit){ 0 };
	err_set(&fit->why, ERR_STORE_DIFFERS, "the index says nothing of it");
	if (o && storefacts_read(o, publisher, name, version, a, f, &fit->why) == MS_OK)
		fit_look(frame, f, a, fit);
	json_decref(o);
	return fit->fits;
}

/* What the fit says of needs, in memory that stays: what the look itself took is given back, service by service. */
static void keep(const struct db_hit *h, const struct fit *fit, struct arena *a, struct list *hits)
{
	struct fitsearch_hit *f = arena_new(a, struct fitsearch_hit);

	*f = (struct fitsearch_hit){ h, *fit };
	f->fit.needs = (struct list){ 0 };
	for (size_t i = 0; i < fit->needs.count; i++) {
		const struct fit_need *from = fit->needs.at[i];
		struct fit_need *n = arena_new(a, struct fit_need);

		*n = (struct fit_need){ arena_printf(a, "%s", from->kind), arena_printf(a, "%s", from->name), from->weak };
		list_push(&f->fit.needs, a, n);
	}
	list_push(hits, a, f);
}

static void look(const struct db_hit *h, const struct device *frame, struct arena *a, struct list *hits)
{
	struct arena own = { 0 };
	struct fit fit;

	if (fitsearch_look(h->facts.said, h->publisher, h->name, h->version, frame, &own, &fit))
		keep(h, &fit, a, hits);
	arena_done(&own);
}

/* One service after the other until the page is full or it has taken long enough. */
int fitsearch(struct db *d, const struct db_query *wanted, const struct device *frame, struct arena *a, struct list *hits, uint64_t *next, struct err *e)
{
	uint64_t until = process_now_nsec() + LOOK_MSEC * UINT64_C(1000000);
	struct db_query q = *wanted;
	struct list some;

	q.facts = true;
	q.most = DB_FOUND_MAX;
	*next = 0;
	for (uint32_t looks = 0; looks < LOOKS;) {
		some = (struct list){ 0 };
		int rc = d->search(d, &q, a, &some, e);
		if (rc < 0 || !some.count)
			return *next = 0, rc;
		for (size_t i = 0; i < some.count; i++) {
			const struct db_hit *h = some.at[i];

			look(h, frame, a, hits);
			*next = q.after = h->at;
			if (i + 1 == some.count && some.count < q.most)	/* the last of all: no page begins behind it */
				return *next = 0, MS_OK;
			if (hits->count == wanted->most || ++looks == LOOKS || process_now_nsec() > until)
				return MS_OK;
		}
	}
	*next = 0;
	return MS_OK;
}
