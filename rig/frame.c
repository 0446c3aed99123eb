/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <jansson.h>
#include <string.h>

#include "key.h"
#include "out.h"

static const struct { const char *word, *text; } ends[FRAME_END_COUNT] = {
#define FRAME_END(name, word, text) { word, text },
#include "frame_ends.def"
#undef FRAME_END
};

const char *frame_end_word(enum frame_end end)
{
	return ends[end].word;
}

const char *frame_end_text(enum frame_end end)
{
	return ends[end].text;
}

static json_t *object_of(const struct frame *f)
{
	if (f->kind == FRAME_BEAT)
		return json_pack("{s:b}", "beat", 1);
	if (f->kind == FRAME_TEXT)
		return json_pack("{s:I, s:s, s:o}", "n", (json_int_t)f->number, "channel", f->channel, "text", out_string(f->text));
	return json_pack("{s:I, s:s, s:i, s:s, s:o, s:o}", "n", (json_int_t)f->number, "end", frame_end_word(f->end), "status", f->status,
			 "digest", f->digest, "why", out_string(f->why ? f->why : ""), "fix", out_string(f->fix ? f->fix : ""));
}

char *frame_encode(const struct frame *f, struct arena *a)
{
	json_t *o = object_of(f);
	char *text = json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII), *copy = arena_printf(a, "%s\n", text);

	free(text);
	json_decref(o);
	return copy;
}

static const char *text_in(const json_t *o, const char *key, struct arena *a)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? arena_printf(a, "%s", text) : NULL;
}

static bool find_end(const char *word, enum frame_end *out)
{
	for (int i = 0; word && i < FRAME_END_COUNT; i++) {
		*out = (enum frame_end)i;
		if (!strcmp(ends[i].word, word))
			return true;
	}
	return false;
}

static bool take_last(const json_t *o, struct arena *a, struct frame *f)
{
	f->kind = FRAME_LAST;
	f->digest = text_in(o, "digest", a);
	f->why = text_in(o, "why", a);
	f->fix = text_in(o, "fix", a);
	f->status = (int)json_integer_value(json_object_get(o, "status"));
	return f->digest && f->why && f->fix && json_is_integer(json_object_get(o, "status")) && find_end(json_string_value(json_object_get(o, "end")), &f->end);
}

static bool take_object(const json_t *o, struct arena *a, struct frame *f)
{
	const json_t *number = json_object_get(o, "n");

	if (json_is_true(json_object_get(o, "beat"))) {
		f->kind = FRAME_BEAT;
		return json_object_size(o) == 1;
	}
	if (!json_is_integer(number) || json_integer_value(number) < 0)
		return false;
	f->number = (uint64_t)json_integer_value(number);
	if (json_object_get(o, "end"))
		return take_last(o, a, f);
	f->kind = FRAME_TEXT;
	f->channel = text_in(o, "channel", a);
	f->text = text_in(o, "text", a);
	return f->channel && f->text;
}

int frame_decode(const char *line, size_t size, struct arena *a, struct frame *out)
{
	struct frame f = { 0 };
	json_t *o = json_loadb(line, size, JSON_REJECT_DUPLICATES, NULL);

	bool good = json_is_object(o) && take_object(o, a, &f);
	json_decref(o);
	if (!good)
		return -MS_EFORMAT;
	*out = f;
	return MS_OK;
}

void frame_reader_init(struct frame_reader *r, struct arena *a)
{
	*r = (struct frame_reader){ .hash = sha256_start(a), .arena = a };
}

static bool is_digest(struct frame_reader *r, const char *digest)
{
	uint8_t own[32];
	char text[65];

	sha256_end(r->hash, own);
	for (int i = 0; i < 32; i++)
		snprintf(text + 2 * i, 3, "%02x", own[i]);
	return !strcmp(text, digest);
}

/* A whole line is there. */
static int take_line(struct frame_reader *r, size_t size, void (*take)(void *context, const struct frame *f), void *context)
{
	struct arena a = { 0 };
	struct frame f;

	int rc = frame_decode(r->line, size, &a, &f);
	if (rc >= 0 && f.kind != FRAME_BEAT && f.number != r->next)
		rc = -MS_EFORMAT;
	if (rc >= 0 && f.kind == FRAME_LAST && !is_digest(r, f.digest))
		rc = -MS_EFORMAT;
	if (rc >= 0 && f.kind == FRAME_TEXT)
		sha256_add(r->hash, (struct bytes){ (const uint8_t *)r->line, size + 1 });
	if (rc >= 0) {
		r->next += f.kind != FRAME_BEAT;
		r->whole = f.kind == FRAME_LAST;
		take(context, &f);
	}
	arena_done(&a);
	return rc;
}

int frame_reader_take(struct frame_reader *r, const char *at, size_t size, void (*take)(void *context, const struct frame *f), void *context)
{
	for (size_t i = 0; i < size; i++) {
		if (r->whole || r->used == sizeof(r->line))
			return -MS_EFORMAT;
		r->line[r->used++] = at[i];
		if (at[i] != '\n')
			continue;
		size_t length = r->used - 1;
		r->used = 0;
		int rc = take_line(r, length, take, context);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}
