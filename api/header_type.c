/* SPDX-License-Identifier: Apache-2.0 */
#include "header_parts.h"

#include <string.h>

static enum type_kind kind_of(CXType t)
{
	switch (t.kind) {
	case CXType_Void:
		return TYPE_VOID;
	case CXType_Bool:
		return TYPE_BOOL;
	case CXType_Char_U:
	case CXType_Char_S:
		return TYPE_CHAR;
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
	case CXType_ULongLong:
	case CXType_SChar:
	case CXType_Short:
	case CXType_Int:
	case CXType_Long:
	case CXType_LongLong:
		return TYPE_INTEGER;
	case CXType_Float:
	case CXType_Double:
		return TYPE_FLOAT;
	case CXType_Enum:
		return TYPE_ENUM;
	case CXType_Record:
		return clang_getCursorKind(clang_getTypeDeclaration(t)) == CXCursor_UnionDecl ? TYPE_UNION : TYPE_STRUCT;
	case CXType_Pointer:
		return TYPE_POINTER;
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		return TYPE_ARRAY;
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return TYPE_FUNCTION;
	default:
		return TYPE_OTHER;
	}
}

static bool is_signed(CXType t)
{
	return t.kind == CXType_SChar || t.kind == CXType_Char_S || (t.kind >= CXType_Short && t.kind <= CXType_Int128);
}

/* The compiler says _Bool where the header says bool. */
static const char *with_bool(struct parsing *p, const char *words)
{
	const char *at = strstr(words, "_Bool");

	return at ? arena_printf(p->arena, "%.*sbool%s", (int)(at - words), words, at + strlen("_Bool")) : words;
}

static const char *without_qualifiers(const char *words)
{
	static const char *const qualifiers[] = { "const ", "volatile ", "restrict " };
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < sizeof(qualifiers) / sizeof(*qualifiers); i++)
			if (!strncmp(words, qualifiers[i], strlen(qualifiers[i]))) {
				words += strlen(qualifiers[i]);
				again = true;
			}
	}
	return words;
}

struct collecting { struct parsing *parsing; struct list items; };

static enum CXVisitorResult add_member(CXCursor c, CXClientData data)
{
	struct collecting *all = data;
	struct parsing *p = all->parsing;
	struct member *m = arena_new(p->arena, struct member);
	long long bits = clang_Cursor_getOffsetOfField(c);

	*m = (struct member){
		.name = header_text(p, clang_getCursorSpelling(c)), .type = header_type(p, clang_getCursorType(c)),
		.offset = bits < 0 ? 0 : (uint64_t)bits / 8, .bits = clang_Cursor_isBitField(c),
	};
	list_push(&all->items, p->arena, m);
	return CXVisit_Continue;
}

static struct known_record *find_record(struct parsing *p, CXCursor of)
{
	struct known_record **bucket = &p->records[clang_hashCursor(of) % RECORD_BUCKETS];

	for (struct known_record *k = *bucket; k; k = k->next)
		if (clang_equalCursors(k->of, of))
			return k;
	struct known_record *k = arena_new(p->arena, struct known_record);

	*k = (struct known_record){ of, NULL, *bucket };
	return *bucket = k;
}

static const struct record *record_of(struct parsing *p, CXType t)
{
	struct known_record *k = find_record(p, clang_getCanonicalCursor(clang_getTypeDeclaration(t)));
	struct collecting all = { .parsing = p };

	if (k->record)
		return k->record;
	k->record = arena_new(p->arena, struct record);
	clang_Type_visitFields(t, add_member, &all);
	k->record->at = arena_array(p->arena, struct member, all.items.count + 1);
	for (size_t i = 0; i < all.items.count; i++)
		k->record->at[i] = *(struct member *)all.items.at[i];
	k->record->count = (uint32_t)all.items.count;
	k->record->whole = true;
	return k->record;
}

static enum CXChildVisitResult add_enumerator(CXCursor c, CXCursor parent, CXClientData data)
{
	struct collecting *all = data;
	struct enumerator *e = arena_new(all->parsing->arena, struct enumerator);

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_EnumConstantDecl)
		return CXChildVisit_Continue;
	*e = (struct enumerator){ header_text(all->parsing, clang_getCursorSpelling(c)), clang_getEnumConstantDeclValue(c) };
	list_push(&all->items, all->parsing->arena, e);
	return CXChildVisit_Continue;
}

static const struct enumeration *enumeration_of(struct parsing *p, CXType t)
{
	struct enumeration *n = arena_new(p->arena, struct enumeration);
	struct collecting all = { .parsing = p };

	clang_visitChildren(clang_getTypeDeclaration(t), add_enumerator, &all);
	n->at = arena_array(p->arena, struct enumerator, all.items.count + 1);
	for (size_t i = 0; i < all.items.count; i++)
		n->at[i] = *(struct enumerator *)all.items.at[i];
	n->count = (uint32_t)all.items.count;
	return n;
}

static uint64_t positive(long long number)
{
	return number > 0 ? (uint64_t)number : 0;
}

static const struct type *as_const(struct parsing *p, const struct type *t)
{
	struct type *out = arena_new(p->arena, struct type);

	*out = *t;
	out->is_const = true;
	out->words = arena_printf(p->arena, "const %s", t->words);
	return out;
}

const struct type *header_type(struct parsing *p, CXType t)
{
	struct type *out = arena_new(p->arena, struct type);
	CXType plain = clang_getCanonicalType(t);

	*out = (struct type){
		.kind = kind_of(plain), .words = with_bool(p, header_text(p, clang_getTypeSpelling(t))),
		.is_const = clang_isConstQualifiedType(t) || clang_isConstQualifiedType(plain),
		.is_volatile = clang_isVolatileQualifiedType(t) || clang_isVolatileQualifiedType(plain), .is_signed = is_signed(plain),
		.size = positive(clang_Type_getSizeOf(plain)), .align = positive(clang_Type_getAlignOf(plain)),
	};
	out->name = without_qualifiers(out->words);
	if (out->kind == TYPE_ENUM) {
		out->is_signed = is_signed(clang_getCanonicalType(clang_getEnumDeclIntegerType(clang_getTypeDeclaration(plain))));
		out->enumeration = enumeration_of(p, plain);
	}
	if ((out->kind == TYPE_STRUCT || out->kind == TYPE_UNION) && out->size)
		out->record = record_of(p, plain);
	if (out->kind == TYPE_POINTER)		/* a typedef may hide that it is one */
		out->to = header_type(p, t.kind == CXType_Pointer ? clang_getPointeeType(t) : clang_getPointeeType(plain));
	if (out->kind == TYPE_ARRAY) {
		CXType element = clang_getArrayElementType(t);

		out->to = header_type(p, element.kind == CXType_Invalid ? clang_getArrayElementType(plain) : element);
		if (out->is_const && !out->to->is_const)	/* a typedef of an array, of which libclang forgets it */
			out->to = as_const(p, out->to);
		out->count = positive(clang_getArraySize(plain));
	}
	return out;
}
