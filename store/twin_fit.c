/* SPDX-License-Identifier: Apache-2.0 */
/* What fits on which board, for people: by the same look as a search (fitsearch.h). */
#include <string.h>

#include "fitsearch.h"
#include "out.h"
#include "target.h"
#include "twin_parts.h"

enum { WHY_MAX = 120, BOARD_MARKUP = 18 };	/* bytes: of a sentence, of a page around a name */

/* "interface 'counter' of another service; without 'log' it does, too" */
static const char *needs_words(const struct fit *fit, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (size_t i = 0; i < fit->needs.count; i++) {
		const struct fit_need *n = fit->needs.at[i];

		text_add(&t, a, "%s%s '%.60s' of another service%s", i ? ", " : "", n->kind, n->name, n->weak ? " if there is one" : "");
	}
	return t.at;
}

json_t *twin_fit(const struct twin *t, const struct fit *fit)
{
	return json_pack("{s:s, s:I, s:I, s:o}", "target", target_name(fit->target), "flash", (json_int_t)fit->flash.size, "ram", (json_int_t)fit->ram.size, "needs", twin_words(needs_words(fit, t->a), WHY_MAX));
}

static json_t *board_json(const struct twin *t, const struct db_version *v, const char *said, const struct board *b)
{
	struct device frame = fitsearch_frame(b);
	struct arena own = { 0 };
	struct fit fit;
	bool fits = fitsearch_look(said, v->publisher, v->name, v->version, &frame, &own, &fit);
	json_t *o = json_pack("{s:s, s:s, s:b, s:o, s:o}", "board", b->name, "about", b->description ? b->description : "", "is_fit", (int)fits, "fit", fits ? twin_fit(t, &fit) : json_null(),
			      "why", fits ? json_null() : twin_words(fit.why.text, WHY_MAX));

	arena_done(&own);
	return o;
}

/* Names alone, of those behind the first TWIN_BOARDS rows on which it fits: as many as a page has room for. */
static json_t *also_fits(const json_t *all, size_t fitting)
{
	json_t *names = json_array();
	size_t size = 0;

	for (size_t i = TWIN_BOARDS; i < fitting; i++) {
		const json_t *name = json_object_get(json_array_get(all, i), "board");

		size += json_string_length(name) + BOARD_MARKUP;
		if (size > TWIN_BOARD_NAMES)
			break;
		json_array_append_new(names, json_pack("{s:O}", "board", name));
	}
	return names;
}

/*
 * TWIN_BOARDS at most with all that there is to say: those where it fits come first, then why it does not on others that could run it.  Where it fits on more,
 * their names follow; what has another processor is counted.
 */
void twin_boards(const struct twin *t, const struct db_version *v, const char *said, json_t *twin)
{
	json_t *all = json_array(), *others = json_array();
	size_t known = t->boards ? t->boards->count : 0, strange = 0;
	struct db_query q;

	for (size_t i = 0; *said && i < known; i++) {
		const struct board *b = t->boards->at[i];

		q = (struct db_query){ 0 };
		fitsearch_narrow(&q, b);
		if (!(q.any_targets & v->facts.targets)) {
			strange++;
			continue;
		}
		json_t *one = board_json(t, v, said, b);
		json_array_append_new(json_is_true(json_object_get(one, "is_fit")) ? all : others, one);
	}
	size_t fitting = json_array_size(all), count = fitting + json_array_size(others);

	json_t *also = also_fits(all, fitting);
	json_array_extend(all, others);
	while (json_array_size(all) > TWIN_BOARDS)
		json_array_remove(all, json_array_size(all) - 1);
	json_decref(others);
	twin_add(twin, json_pack("{s:b, s:o, s:o}", "has_also", json_array_size(also) > 0, "more_boards", twin_more(fitting > TWIN_BOARDS + json_array_size(also) ? fitting - TWIN_BOARDS - json_array_size(also) : 0), "also", also));
	twin_add(twin, json_pack("{s:b, s:b, s:I, s:I, s:o, s:o}", "has_boards", *said && known, "runs_somewhere", json_array_size(all) > 0, "fit_count", (json_int_t)fitting, "board_count", (json_int_t)count,
				 "other_boards", twin_more(strange), "boards", all));
}
