/* SPDX-License-Identifier: Apache-2.0 */
#include "leaf.h"

#include <string.h>

#include "cbor.h"
#include "identity.h"
#include "name.h"
#include "note.h"
#include "printable.h"

enum { KEY_KIND = 1, KEY_TIME = 2 };
enum type { TEXT, BYTES, NUMBER };

static const struct field {
	uint8_t key;
	enum type type;
	size_t at;		/* in struct leaf */
	uint64_t least, most;
	const char *name;
} fields[] = {
#define LEAF_FIELD(key, NAME, member, TYPE, least, most) { key, TYPE, offsetof(struct leaf, member), least, most, #member },
#include "leaf_fields.def"
#undef LEAF_FIELD
};

static const struct kind { enum leaf_kind number; const char *name; uint32_t must, may; } kinds[] = {
#define LEAF_KIND(number, NAME, text, must, may) { LEAF_##NAME, text, must, may },
#include "leaf_kinds.def"
#undef LEAF_KIND
};

static const char *const states[] = {
	[LEAF_LIVE] = "live", [LEAF_STAGED] = "staged", [LEAF_DEPRECATED] = "deprecated", [LEAF_YANKED] = "yanked",
	[LEAF_HELD] = "held", [LEAF_REJECTED] = "rejected", [LEAF_QUARANTINED] = "quarantined", [LEAF_REMOVED] = "removed",
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(*kinds), STATE_COUNT = sizeof(states) / sizeof(*states) };

static const struct kind *kind_of(uint64_t number)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (kinds[i].number == number)
			return &kinds[i];
	return NULL;
}

const char *leaf_kind_name(enum leaf_kind kind)
{
	const struct kind *k = kind_of(kind);
	return k ? k->name : NULL;
}

const char *leaf_state_name(enum leaf_state state)
{
	return (size_t)state < STATE_COUNT ? states[state] : NULL;
}

enum leaf_state leaf_state_named(const char *word)
{
	for (size_t i = 1; i < STATE_COUNT; i++)
		if (strcmp(states[i], word) == 0)
			return (enum leaf_state)i;
	return 0;
}

struct bytes leaf_text(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 };
}

static const struct bytes *bytes_in(const struct leaf *l, const struct field *f)
{
	return (const struct bytes *)((const char *)l + f->at);
}

static uint64_t number_in(const struct leaf *l, const struct field *f)
{
	return *(const uint64_t *)((const char *)l + f->at);
}

static bool is_said(const struct leaf *l, const struct field *f)
{
	return f->type == NUMBER ? number_in(l, f) != 0 : bytes_in(l, f)->size != 0;
}

static bool is_printable(struct bytes b)
{
	for (size_t at = 0, n; at < b.size; at += n) {
		n = printable_char((const char *)b.at + at, b.size - at);
		if (n == 0)
			return false;
	}
	return true;
}

static bool field_ok(const struct leaf *l, const struct field *f)
{
	uint64_t n = f->type == NUMBER ? number_in(l, f) : bytes_in(l, f)->size;

	return n >= f->least && n <= f->most && (f->type != TEXT || is_printable(*bytes_in(l, f)));
}

/* The fields that the kind must have and may have, each as it should be. */
static int check_fields(const struct leaf *l, const struct kind *k, struct err *e)
{
	for (size_t i = 0; i < LEAF_FIELD_COUNT; i++) {
		const struct field *f = &fields[i];
		bool must = k->must >> i & 1, may = must || (k->may >> i & 1), said = is_said(l, f);

		if (must && !said)
			return err_set(e, ERR_LOG_ENTRY, "an entry of kind '%s' has no %s", k->name, f->name);
		if (said && !may)
			return err_set(e, ERR_LOG_ENTRY, "an entry of kind '%s' has a %s, which it cannot have", k->name, f->name);
		if (said && !field_ok(l, f))
			return err_set(e, ERR_LOG_ENTRY, "the %s of an entry of kind '%s' is too long, too short or not printable", f->name, k->name);
	}
	return MS_OK;
}

/* Names mean the same here as in a manifest. */
static int check_names(const struct leaf *l, struct arena *a, struct err *e)
{
	struct err why;

	if (l->publisher.size && name_check_vendor(arena_string(a, l->publisher), &why) < 0)
		return err_set(e, ERR_LOG_ENTRY, "the publisher of an entry is none: %s", why.text);
	if (l->name.size && name_check(arena_string(a, l->name), &why) < 0)
		return err_set(e, ERR_LOG_ENTRY, "the name in an entry is none of a service: %s", why.text);
	if (l->version.size && identity_check_version(arena_string(a, l->version), &why) < 0)
		return err_set(e, ERR_LOG_ENTRY, "the version in an entry is none: %s", why.text);
	if (l->origin.size && !note_name_ok(l->origin))
		return err_set(e, ERR_LOG_ENTRY, "the origin in an entry cannot be the name of a log");
	return MS_OK;
}

static int check(const struct leaf *l, struct arena *a, struct err *e)
{
	const struct kind *k = kind_of(l->kind);

	if (!k)
		return err_set(e, ERR_LOG_ENTRY, "an entry is of kind %u, which this version does not know", (unsigned)l->kind);
	if (l->time == 0)
		return err_set(e, ERR_LOG_ENTRY, "an entry of kind '%s' has no time", k->name);
	int rc = check_fields(l, k, e);
	return rc < 0 ? rc : check_names(l, a, e);
}

static void put_field(struct writer *w, const struct leaf *l, const struct field *f)
{
	cbor_put_uint(w, f->key);
	if (f->type == NUMBER)
		cbor_put_uint(w, number_in(l, f));
	else if (f->type == TEXT)
		cbor_put_text(w, *bytes_in(l, f));
	else
		cbor_put_bytes(w, *bytes_in(l, f));
}

int leaf_write(const struct leaf *l, struct arena *a, struct bytes *entry, struct err *e)
{
	struct writer w = { .at = arena_take(a, LEAF_SIZE_MAX), .size = LEAF_SIZE_MAX };
	uint32_t count = 2;

	int rc = check(l, a, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < LEAF_FIELD_COUNT; i++)
		count += is_said(l, &fields[i]);
	cbor_put_map(&w, count);
	cbor_put_uint(&w, KEY_KIND);
	cbor_put_uint(&w, l->kind);
	cbor_put_uint(&w, KEY_TIME);
	cbor_put_uint(&w, l->time);
	for (size_t i = 0; i < LEAF_FIELD_COUNT; i++)
		if (is_said(l, &fields[i]))
			put_field(&w, l, &fields[i]);
	*entry = writer_bytes(&w);
	return MS_OK;
}

static void take_field(struct reader *r, const struct field *f, struct leaf *l)
{
	char *at = (char *)l + f->at;

	if (f->type == NUMBER)
		*(uint64_t *)at = cbor_uint(r);
	else
		*(struct bytes *)at = f->type == TEXT ? cbor_text(r) : cbor_bytes(r);
	if (!is_said(l, f))
		read_fail(r);	/* what is not said is not written */
}

/* The pairs behind kind and time; keys must rise, and be known. */
static void take_fields(struct reader *r, uint32_t count, struct leaf *l)
{
	size_t next = 0;

	for (; count && !r->failed; count--) {
		uint64_t key = cbor_uint(r);

		while (next < LEAF_FIELD_COUNT && fields[next].key != key)
			next++;
		if (next == LEAF_FIELD_COUNT)
			read_fail(r);
		else
			take_field(r, &fields[next++], l);
	}
}

int leaf_read(struct bytes entry, struct arena *a, struct leaf *out, struct err *e)
{
	struct reader r = { .left = entry };
	struct leaf l = { 0 };

	uint32_t count = cbor_map(&r);
	if (cbor_uint(&r) != KEY_KIND)
		read_fail(&r);
	uint64_t kind = cbor_uint(&r);
	if (cbor_uint(&r) != KEY_TIME || count < 2)
		read_fail(&r);
	l.time = cbor_uint(&r);
	if (!r.failed)
		take_fields(&r, count - 2, &l);
	if (r.failed || r.left.size || entry.size > LEAF_SIZE_MAX || kind > UINT8_MAX)
		return err_set(e, ERR_LOG_ENTRY, "an entry of the log is not in the form that docs/store-log.md gives");
	l.kind = (enum leaf_kind)kind;

	int rc = check(&l, a, e);
	if (rc == MS_OK)
		*out = l;
	return rc;
}
