/* SPDX-License-Identifier: Apache-2.0 */
/* Edits of product files that a seed draws, written in all the ways in which people write them: what is done keeps every other line, what is refused gives nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "edits.h"
#include "given.h"
#include "seeded.h"

struct drawing { uint64_t seed; struct text t; const char *end; unsigned indent; };

static bool maybe(struct drawing *d, unsigned of)
{
	return seeded_below(&d->seed, of) == 0;
}

static void add(struct drawing *d, const char *text)
{
	text_add(&d->t, &arena, "%s", text);
}

/* The end of a line, with or without a word about it, and perhaps lines that nobody reads. */
static void end_line(struct drawing *d)
{
	text_add(&d->t, &arena, "%s%s", maybe(d, 4) ? "   # why: { a, b } [c]" : "", d->end);
	if (maybe(d, 8))
		text_add(&d->t, &arena, "%*s# and this%s", (int)seeded_below(&d->seed, 9), "", d->end);
	if (maybe(d, 8))
		add(d, d->end);
}

static void draw_name(struct drawing *d, unsigned number)
{
	static const char *const forms[] = { "n%u", "\"n%u\"", "'n%u'" };

	text_add(&d->t, &arena, forms[seeded_below(&d->seed, 3)], number);
}

/* A list of names in brackets, or in lines of their own. */
static void draw_names(struct drawing *d, const char *key, unsigned column)
{
	unsigned count = (unsigned)seeded_below(&d->seed, 4);
	bool lines = count && maybe(d, 2);

	text_add(&d->t, &arena, "%*s%s:%s", (int)column, "", key, lines ? "" : " [");
	for (unsigned i = 0; i < count; i++) {
		if (lines) {
			end_line(d);
			text_add(&d->t, &arena, "%*s- ", (int)(column + d->indent), "");
		} else {
			add(d, i ? ", " : " ");
		}
		draw_name(d, i);
	}
	if (!lines)
		add(d, count ? " ]" : "]");
	end_line(d);
}

static void draw_parameters(struct drawing *d, unsigned column)
{
	unsigned count = (unsigned)seeded_below(&d->seed, 3);
	bool lines = count && maybe(d, 2);

	text_add(&d->t, &arena, "%*sparameters:%s", (int)column, "", lines ? "" : " [");
	for (unsigned i = 0; i < count; i++) {
		if (lines) {
			end_line(d);
			text_add(&d->t, &arena, "%*s- ", (int)(column + d->indent), "");
		}
		text_add(&d->t, &arena, "%s{ name: %s%u, file: secrets/%u }", !lines && i ? ", " : "", i == 1 && maybe(d, 3) ? "new" : "p", i, i);
	}
	if (!lines)
		add(d, "]");
	end_line(d);
}

static void draw_service(struct drawing *d, unsigned number, unsigned column)
{
	text_add(&d->t, &arena, "%*s- %s: s%u.msp", (int)column, "", maybe(d, 4) ? "path" : "package", number);
	end_line(d);
	if (maybe(d, 2))
		draw_parameters(d, column + 2);
	if (maybe(d, 2)) {
		text_add(&d->t, &arena, "%*sgrants:", (int)column + 2, "");
		end_line(d);
		draw_names(d, maybe(d, 2) ? "devices" : "ipc", column + 2 + d->indent);
	}
	if (maybe(d, 3))
		draw_names(d, "denies", column + 2);
}

/* A product's file in lines, or all in brackets. */
static struct bytes draw(uint64_t seed)
{
	struct drawing d = { .seed = seed, .end = "\n" };
	unsigned count = (unsigned)seeded_below(&d.seed, 5), column = (unsigned)seeded_below(&d.seed, 5);

	d.end = maybe(&d, 4) ? "\r\n" : "\n";
	d.indent = 2 + 2 * (unsigned)seeded_below(&d.seed, 2);
	add(&d, maybe(&d, 3) ? "# \xc3\xbc\xe2\x82\xac: a product\nname: door" : "name: door");
	end_line(&d);
	add(&d, "vendor: acme.example");
	end_line(&d);
	add(&d, count ? "services:" : "services: []");
	end_line(&d);
	for (unsigned i = 0; i < count; i++)
		draw_service(&d, i, column);
	if (maybe(&d, 3))
		text_add(&d.t, &arena, "board: microbit%s", maybe(&d, 2) ? d.end : "");
	return (struct bytes){ (const uint8_t *)d.t.at, d.t.size };
}

/* 1,000 files, each edited in each way that it allows; EDITS says another number, SEED the first. */
static void whatever_a_person_wrote_stays(void **state)
{
	(void)state;
	unsigned count = getenv("EDITS") ? (unsigned)atoi(getenv("EDITS")) : 1000, first = getenv("SEED") ? (unsigned)atoi(getenv("SEED")) : 1;
	unsigned done[EDIT_KINDS] = { 0 }, refused[EDIT_KINDS] = { 0 };

	for (unsigned n = first; n < first + count; n++) {
		struct bytes old = draw(n), now;
		struct product p;
		struct err e = { 0 };

		if (product_decode(old, EDIT_FILE, &arena, &p, &e) < 0)
			fail_msg("seed %u is no product's file: %d:%d: %s", n, e.line, e.column, e.text);
		for (enum edit_kind kind = 0; kind < EDIT_KINDS; kind++) {
			uint32_t service = p.service_count ? n % p.service_count : 0;

			if (!edit_applies(kind, &p, service))
				continue;
			now = (struct bytes){ 0 };
			if (edit_do(kind, old, &p, service, &arena, &now, &e) < 0) {
				assert_null(now.at);
				assert_int_equal(e.code, -MS_EPROJECT);
				refused[kind]++;
				continue;
			}
			const char *wrong = edit_wrong(kind, old, now, &arena);

			assert_true(edit_kept_bytes(kind, &p, service, old, now));
			if (wrong) {
				print_message("%.*s----\n%.*s----\n", (int)old.size, old.at, (int)now.size, now.at);
				fail_msg("seed %u, edit %d of service %u %s", n, kind, service, wrong);
			}
			done[kind]++;
		}
		arena_done(&arena);
	}
	for (enum edit_kind kind = 0; kind < EDIT_KINDS; kind++)
		assert_true(done[kind] > refused[kind] && done[kind] > count / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_teardown(whatever_a_person_wrote_stays, give_back) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
