/* SPDX-License-Identifier: Apache-2.0 */
/* Types: what has the same bytes with the same meaning on the PC and on every board. */
#include "rules_parts.h"

#include <string.h>

static bool object(struct objection *o, const char *text, const char *fix)
{
	*o = (struct objection){ text, fix };
	return false;
}

bool rules_is_size(const struct type *t)
{
	return t->kind == TYPE_INTEGER && !strcmp(t->name, "size_t");
}

uint64_t rules_item_size(const struct type *t)
{
	return t->kind == TYPE_ENUM || rules_is_size(t) ? sizeof(uint32_t) : t->size;
}

bool rules_enum_range(const struct type *t, int64_t *first, int64_t *last)
{
	const struct enumeration *n = t->enumeration;
	int64_t low = INT64_MAX, high = INT64_MIN;

	for (uint32_t i = 0; i < n->count; i++) {
		low = n->at[i].value < low ? n->at[i].value : low;
		high = n->at[i].value > high ? n->at[i].value : high;
	}
	if (!n->count || high - low >= n->count || low < INT32_MIN || high > INT32_MAX)
		return false;
	for (int64_t value = low; value <= high; value++) {
		bool there = false;

		for (uint32_t i = 0; i < n->count; i++)
			there |= n->at[i].value == value;
		if (!there)
			return false;
	}
	*first = low;
	*last = high;
	return true;
}

static bool differs(const struct type *pc, const struct type *board, struct arena *a, struct objection *o)
{
	const char *text = arena_printf(a, "'%s' has %u bytes on the PC and %u on the board", pc->name, (unsigned)pc->size, (unsigned)board->size);

	if (pc->kind == TYPE_ENUM)
		return object(o, text, "let the member be uint8_t, uint16_t or int32_t and assign the constants to it");
	if (rules_is_size(pc))
		return object(o, text, "write uint32_t");
	return object(o, text, pc->is_signed ? "write int32_t or int64_t" : "write uint32_t or uint64_t");
}

static bool record_fits(const struct type *pc, const struct type *board, struct arena *a, struct objection *o)
{
	const struct record *one = pc->record, *other = board->record;

	if (!one || !other || !one->whole)
		return object(o, one ? arena_printf(a, "'%s' contains itself", pc->name) :
			      arena_printf(a, "what is in '%s' is not known here", pc->name),
			      "let clients name the thing by a number, such as uint32_t, which the service looks up");
	if (one->count != other->count)
		return object(o, arena_printf(a, "'%s' has other members on the PC than on the board", pc->name), "let #if change nothing of it");
	for (uint32_t i = 0; i < one->count; i++) {
		const struct member *m = &one->at[i];

		if (m->bits)
			return object(o, arena_printf(a, "'%s' of '%s' is a bit-field, whose place each compiler chooses", m->name, pc->name),
				      "write uint8_t, uint16_t or uint32_t, and enum constants for its bits");
		if (!rules_type_fits(m->type, other->at[i].type, true, a, o)) {
			o->text = arena_printf(a, "member '%s' of '%s': %s", m->name, pc->name, o->text);
			return false;
		}
		if (m->offset != other->at[i].offset)
			return object(o, arena_printf(a, "'%s' of '%s' lies at byte %u on the PC and %u on the board", m->name, pc->name,
				      (unsigned)m->offset, (unsigned)other->at[i].offset), "order the members by size, the largest first");
	}
	if (!pc->size || pc->size != board->size)
		return differs(pc, board, a, o);
	return true;
}

static bool number_fits(const struct type *pc, const struct type *board, bool inside, struct arena *a, struct objection *o)
{
	if (pc->size != board->size && (inside || !rules_is_size(pc)))
		return differs(pc, board, a, o);
	if (pc->size > sizeof(uint64_t))
		return object(o, arena_printf(a, "'%s' has %u bytes", pc->name, (unsigned)pc->size), "write uint64_t, or an array of bytes");
	return true;
}

static bool enum_fits(const struct type *pc, const struct type *board, bool inside, struct arena *a, struct objection *o)
{
	if (pc->size > sizeof(int32_t) || board->size > sizeof(int32_t))
		return object(o, arena_printf(a, "constants of '%s' have more than 32 bits", pc->name), "use smaller ones, or uint64_t");
	return !inside || pc->size == board->size || differs(pc, board, a, o);
}

bool rules_same_kind(const struct type *pc, const struct type *board, struct arena *a, struct objection *o)
{
	return pc->kind == board->kind || object(o, arena_printf(a, "'%s' is something else on the PC than on the board", pc->name), "write a type of <stdint.h>");
}

bool rules_type_fits(const struct type *pc, const struct type *board, bool inside, struct arena *a, struct objection *o)
{
	if (!rules_same_kind(pc, board, a, o))
		return false;
	if (pc->is_volatile)
		return object(o, "what is volatile is a device's or another thread's, and is not sent", "take 'volatile' away, and send a copy");
	switch (pc->kind) {
	case TYPE_CHAR:
	case TYPE_INTEGER:
	case TYPE_FLOAT:
		return number_fits(pc, board, inside, a, o);
	case TYPE_BOOL:
		return !inside || object(o, "a bool in a struct may come as a byte that is neither 0 nor 1", "write uint8_t");
	case TYPE_ENUM:
		return enum_fits(pc, board, inside, a, o);
	case TYPE_STRUCT:
		return record_fits(pc, board, a, o);
	case TYPE_UNION:
		return object(o, "which member of a union counts is not to be seen", "write a struct that has them all, or a function for each");
	case TYPE_ARRAY:
		if (pc->count != board->count)
			return object(o, arena_printf(a, "'%s' has %u elements on the PC and %u on the board", pc->name, (unsigned)pc->count, (unsigned)board->count),
				      "let #if change nothing of it");
		return pc->count ? rules_type_fits(pc->to, board->to, inside, a, o) :
		       object(o, "an array without a bound has no size", "write how many elements it has");
	case TYPE_POINTER:
	case TYPE_FUNCTION:
		return object(o, pc->kind == TYPE_POINTER && pc->to->kind != TYPE_FUNCTION ? "a pointer means nothing in the memory of another service" :
			      "a function cannot be called by another service", "send what it leads to, or a number that stands for it");
	default:
		return object(o, arena_printf(a, "'%s' has no fixed form", pc->name), "write a type of <stdint.h>, float or double");
	}
}

bool rules_gap(const struct type *t, struct gap *out)
{
	while (t->kind == TYPE_ARRAY)
		t = t->to;
	for (uint32_t i = 0; t->record && i < t->record->count; i++) {
		const struct member *m = &t->record->at[i], *next = m + 1;
		uint64_t end = m->offset + m->type->size, begin = i + 1 < t->record->count ? next->offset : t->size;

		if (rules_gap(m->type, out))
			return true;
		if (begin <= end)
			continue;
		*out = (struct gap){ t, m->name, (unsigned)(begin - end) };
		return true;
	}
	return false;
}
