/* SPDX-License-Identifier: Apache-2.0 */
#include "header.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "header_parts.h"

enum { HEADER_SIZE_MAX = 16 << 20 };

const char *header_text(struct parsing *p, CXString s)
{
	const char *text = clang_getCString(s);
	const char *copy = arena_printf(p->arena, "%s", text ? text : "");

	clang_disposeString(s);
	return copy;
}

struct place header_place(CXCursor c)
{
	unsigned line, column;

	clang_getFileLocation(clang_getCursorLocation(c), NULL, &line, &column, NULL);
	return (struct place){ (int)line, (int)column };
}

/* What a comment says, without its signs and the stars that begin its lines. */
static const char *comment_text(struct parsing *p, const char *raw)
{
	struct text t = { 0 };

	for (const char *line = raw; *line;) {
		size_t size = strcspn(line, "\n");
		const char *end = line + size;

		while (line < end && (isspace((unsigned char)*line) || *line == '/' || *line == '*' || *line == '!'))
			line++;
		const char *last = end;
		while (last > line && (isspace((unsigned char)last[-1]) || (last[-1] == '/' && last - line > 1 && last[-2] == '*') || last[-1] == '*'))
			last--;
		if (t.size || last > line)
			text_add(&t, p->arena, "%s%.*s", t.size ? "\n" : "", (int)(last - line), line);
		line = *end ? end + 1 : end;
	}
	while (t.size && t.at[t.size - 1] == '\n')
		t.at[--t.size] = '\0';
	return t.size ? t.at : "";
}

struct marking { struct parsing *parsing; struct text text; };

static enum CXChildVisitResult add_mark(CXCursor c, CXCursor parent, CXClientData data)
{
	struct marking *m = data;

	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_AnnotateAttr) {
		const char *words = header_text(m->parsing, clang_getCursorSpelling(c));

		if (!strncmp(words, "ms ", 3))
			text_add(&m->text, m->parsing->arena, "%s;", words + 3);
	}
	return CXChildVisit_Continue;
}

static void read_parameter(struct parsing *p, CXCursor c, struct parameter *out)
{
	struct marking m = { .parsing = p };
	const char *name = header_text(p, clang_getCursorSpelling(c));

	clang_visitChildren(c, add_mark, &m);
	*out = (struct parameter){
		.name = *name ? name : NULL, .type = header_type(p, clang_getCursorType(c)), .place = header_place(c),
		.marks = m.text.size ? m.text.at : "",
	};
}

/* "_Noreturn", "noreturn": libclang knows of no such thing but when it prints the function. */
static bool is_endless(struct parsing *p, CXCursor c)
{
	return strstr(header_text(p, clang_getCursorPrettyPrinted(c, NULL)), ") _Noreturn") ||
	       strstr(header_text(p, clang_getTypeSpelling(clang_getCursorType(c))), "noreturn");
}

/* The first declaration of one may stand elsewhere: in another header, or in the compiler, which knows some functions by itself. */
static bool is_known(const struct parsing *p, CXCursor c, const char *name)
{
	if (clang_equalCursors(c, clang_getCanonicalCursor(c)))
		return false;
	for (size_t i = 0; i < p->header->functions.count; i++)
		if (!strcmp(((const struct function *)p->header->functions.at[i])->name, name))
			return true;
	return false;
}

static void add_function(struct parsing *p, CXCursor c)
{
	struct function *f;
	CXType type = clang_getCanonicalType(clang_getCursorType(c));
	int count = clang_Cursor_getNumArguments(c);

	const char *name = header_text(p, clang_getCursorSpelling(c));

	if (is_known(p, c, name))
		return;
	f = arena_new(p->arena, struct function);
	*f = (struct function){
		.name = name,
		.comment = comment_text(p, header_text(p, clang_Cursor_getRawCommentText(c))),
		.result = header_type(p, clang_getCursorResultType(c)),
		.at = arena_array(p->arena, struct parameter, (size_t)count + 1), .count = (uint32_t)count,
		.variadic = clang_isFunctionTypeVariadic(type) && type.kind == CXType_FunctionProto,
		.endless = is_endless(p, c),
		.unprototyped = type.kind == CXType_FunctionNoProto,
		.local = clang_Cursor_getStorageClass(c) == CX_SC_Static || clang_Cursor_isFunctionInlined(c) || clang_isCursorDefinition(c),
		.place = header_place(c),
	};
	for (int i = 0; i < count; i++)
		read_parameter(p, clang_Cursor_getArgument(c, (unsigned)i), &f->at[i]);
	list_push(&p->header->functions, p->arena, f);
}

static void add_other(struct parsing *p, CXCursor c, bool macro)
{
	struct other *o = arena_new(p->arena, struct other);

	*o = (struct other){ header_text(p, clang_getCursorSpelling(c)), header_place(c), macro };
	list_push(&p->header->others, p->arena, o);
}

static void add_constant(struct parsing *p, const char *name, int64_t value)
{
	struct constant *k = arena_new(p->arena, struct constant);

	*k = (struct constant){ name, value };
	list_push(&p->header->constants, p->arena, k);
}

/* `#define NAME 64`: a number is a constant, everything else is left alone. */
static void add_macro(struct parsing *p, CXCursor c)
{
	CXToken *tokens;
	unsigned count;

	clang_tokenize(p->unit, clang_getCursorExtent(c), &tokens, &count);
	if (count >= 2) {
		const char *text = header_text(p, clang_getTokenSpelling(p->unit, tokens[1]));
		char *end;
		long long value = strtoll(text, &end, 0);

		if (count == 2 && isdigit((unsigned char)*text) && end[strspn(end, "uUlL")] == '\0')
			add_constant(p, header_text(p, clang_getCursorSpelling(c)), value);
	}
	clang_disposeTokens(p->unit, tokens, count);
}

static enum CXChildVisitResult visit(CXCursor c, CXCursor parent, CXClientData data)
{
	struct parsing *p = data;
	enum CXCursorKind kind = clang_getCursorKind(c);
	bool own = clang_Location_isFromMainFile(clang_getCursorLocation(c));

	(void)parent;
	if (kind == CXCursor_EnumConstantDecl)
		add_constant(p, header_text(p, clang_getCursorSpelling(c)), clang_getEnumConstantDeclValue(c));
	if (kind == CXCursor_StructDecl)
		list_push(&p->header->tags, p->arena, (void *)header_text(p, clang_getCursorSpelling(c)));
	if (kind == CXCursor_EnumDecl)
		return CXChildVisit_Recurse;
	if (own && kind == CXCursor_FunctionDecl)
		add_function(p, c);
	if (own && kind == CXCursor_VarDecl)
		add_other(p, c, false);
	if (own && kind == CXCursor_MacroDefinition && clang_Cursor_isMacroFunctionLike(c))
		add_other(p, c, true);
	else if (own && kind == CXCursor_MacroDefinition)
		add_macro(p, c);
	return CXChildVisit_Continue;
}

static void add_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct parsing *p = data;

	(void)stack;
	if (depth)
		list_push(&p->header->files, p->arena, (void *)header_text(p, clang_getFileName(file)));
}

/* The first thing that a compiler would refuse. */
static int check_diagnostics(struct parsing *p, const struct reading *r, struct err *e)
{
	for (unsigned i = 0; i < clang_getNumDiagnostics(p->unit); i++) {
		CXDiagnostic d = clang_getDiagnostic(p->unit, i);
		bool bad = clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error;
		const char *text = header_text(p, clang_getDiagnosticSpelling(d));
		unsigned line, column;
		CXFile file;

		clang_getFileLocation(clang_getDiagnosticLocation(d), &file, &line, &column, NULL);
		const char *name = header_text(p, clang_getFileName(file));
		clang_disposeDiagnostic(d);
		if (!bad)
			continue;
		err_set(e, ERR_HEADER_C, "%.600s, says the compiler for the %s", text, r->target);
		if (strstr(text, "file not found"))
			err_fix(e, "services have C17, POSIX and PSA headers of the SDK only; headers of the project are found beside this one");
		else if (strstr(text, "nested too deeply"))
			err_fix(e, "files include each other: give each an include guard");
		else
			err_fix(e, "an interface is a header that compiles by itself: include what it uses");
		return err_at(e, name, (int)line, (int)column);
	}
	return MS_OK;
}

/* The comment that the header begins with, behind the one that is the licence's. */
static const char *first_comment(struct parsing *p, struct bytes text)
{
	const char *at = (const char *)text.at;

	for (;;) {
		at += strspn(at, " \t\r\n");
		const char *end = strncmp(at, "/*", 2) ? NULL : strstr(at, "*/");

		if (!strncmp(at, "//", 2))
			end = at + strcspn(at, "\n") - 2;
		if (!end)
			return "";
		const char *raw = arena_printf(p->arena, "%.*s", (int)(end + 2 - at), at);

		if (!strstr(raw, "SPDX-") && !strstr(raw, "Copyright"))
			return comment_text(p, raw);
		at = end + 2;
	}
}

static int read_unit(struct parsing *p, const struct reading *r, struct bytes text, struct err *e)
{
	int rc = check_diagnostics(p, r, e);

	if (rc < 0)
		return rc;
	clang_visitChildren(clang_getTranslationUnitCursor(p->unit), visit, p);
	clang_getInclusions(p->unit, add_file, p);
	p->header->comment = first_comment(p, text);
	return MS_OK;
}

int header_read(const char *path, const struct reading *r, struct arena *a, struct header *out, struct err *e)
{
	struct header h = { .path = path };
	struct parsing p = { .arena = a, .header = &h };
	struct bytes text;

	int rc = file_read(path, HEADER_SIZE_MAX, a, &text, e);
	if (rc < 0)
		return rc;

	CXIndex index = clang_createIndex(1, 0);
	enum CXErrorCode code = clang_parseTranslationUnit2(index, path, r->words, r->word_count, NULL, 0,
			CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_SkipFunctionBodies, &p.unit);
	if (code == CXError_Success) {
		rc = read_unit(&p, r, text, e);
		clang_disposeTranslationUnit(p.unit);
	} else {
		rc = err_set(e, ERR_HEADER_C, "'%s' cannot be read as C", path);
	}
	clang_disposeIndex(index);
	if (rc == MS_OK)
		*out = h;
	return rc;
}

bool header_constant(const struct header *h, const char *name, int64_t *value)
{
	for (size_t i = 0; i < h->constants.count; i++) {
		const struct constant *k = h->constants.at[i];

		if (strcmp(k->name, name))
			continue;
		*value = k->value;
		return true;
	}
	return false;
}
