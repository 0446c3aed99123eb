/* SPDX-License-Identifier: Apache-2.0 */
#include "canon.h"

#include <string.h>

#include "key.h"

static void put_type(struct text *t, const struct type *type, struct arena *a);

static void put_record(struct text *t, const struct record *r, struct arena *a)
{
	text_add(t, a, "{");
	for (uint32_t i = 0; i < r->count; i++) {
		text_add(t, a, "%s%llu:", i ? "," : "", (unsigned long long)r->at[i].offset);
		put_type(t, r->at[i].type, a);
	}
	text_add(t, a, "}");
}

/* An enum counts by its constants: who lets in which numbers must agree. */
static void put_enum(struct text *t, const struct type *type, struct arena *a)
{
	text_add(t, a, "enum(");
	for (uint32_t i = 0; i < type->enumeration->count; i++)
		text_add(t, a, "%s%lld", i ? "," : "", (long long)type->enumeration->at[i].value);
	text_add(t, a, ")");
}

static void put_type(struct text *t, const struct type *type, struct arena *a)
{
	switch (type->kind) {
	case TYPE_VOID:
		text_add(t, a, "byte");
		break;
	case TYPE_BOOL:
		text_add(t, a, "bool");
		break;
	case TYPE_CHAR:
		text_add(t, a, "char");
		break;
	case TYPE_FLOAT:
		text_add(t, a, "float%u", 8 * (unsigned)type->size);
		break;
	case TYPE_ENUM:
		put_enum(t, type, a);
		break;
	case TYPE_STRUCT:
		put_record(t, type->record, a);
		break;
	case TYPE_ARRAY:
		put_type(t, type->to, a);
		text_add(t, a, "[%llu]", (unsigned long long)type->count);
		break;
	default:
		text_add(t, a, "%sint%u", type->is_signed ? "" : "u", 8 * (unsigned)rules_item_size(type));
		break;
	}
}

static void put_items(struct text *t, const struct call *c, bool out, struct arena *a)
{
	struct items items = wire_items(c, out, a);

	text_add(t, a, out ? " out:" : " in:");
	for (uint32_t i = 0; i < items.count; i++) {
		text_add(t, a, "%s", i ? "," : "");
		put_type(t, items.at[i].type, a);
	}
}

static void put_data(struct text *t, const struct call *c, struct arena *a)
{
	for (uint32_t i = 0; i < c->function->count; i++) {
		const struct crossing *x = &c->at[i];
		const char *kind = x->role == ROLE_TEXT ? "text" : x->role == ROLE_DATA_IN ? "data" : x->role == ROLE_DATA_OUT ? "room" : NULL;

		if (!kind)
			continue;
		text_add(t, a, " %s:", kind);
		put_type(t, x->item, a);
		text_add(t, a, "[..%u]", x->max);
		if (x->role == ROLE_DATA_OUT && x->used == NO_PARAMETER && !c->at[x->size].by_pointer)
			text_add(t, a, "whole");
	}
}

char *canon_function(const struct call *c, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%u %s%s", c->number, c->function->name, c->status ? " status" : "");
	put_items(&t, c, false, a);
	put_items(&t, c, true, a);
	put_data(&t, c, a);
	return t.at;
}

char *canon_fingerprint(const struct contract *k, struct arena *a)
{
	struct text all = { 0 }, hex = { 0 };
	uint8_t hash[32];

	for (uint32_t i = 0; i < k->count; i++)
		text_add(&all, a, "%s\n", canon_function(&k->calls[i], a));
	sha256((struct bytes){ (const uint8_t *)all.at, all.size }, hash);
	for (uint32_t i = 0; i < FINGERPRINT_SIZE; i++)
		text_add(&hex, a, "%02x", hash[i]);
	return hex.at;
}
