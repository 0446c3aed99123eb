/* SPDX-License-Identifier: Apache-2.0 */
#include "toolwords.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What to do without a function that a service does not have. */
static const struct hint { const char *name, *text; } hints[] = {
#define HINT(name, text) { name, text },
#include "hints.def"
#undef HINT
};

const char *toolwords_instead(const char *symbol)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
		size_t size = strlen(hints[i].name);
		bool fits = hints[i].name[size - 1] == '*' ? !strncmp(symbol, hints[i].name, size - 1) :
							     !strcmp(symbol, hints[i].name);
		if (fits)
			return hints[i].text;
	}
	return NULL;
}

const char *toolwords_hint(const char *line)
{
	static const struct hint words[] = {
#define WORDS(name, text) { name, text },
#include "words.def"
#undef WORDS
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(line, words[i].name))
			return words[i].text;
	return NULL;
}

const char *toolwords_shown(const char *line)
{
	static const char mark[] = "/bin/ld: ";

	if (!strncmp(line, "collect2: ", 10))
		return NULL;
	const char *at = strstr(line, mark);

	return at && *line == '/' ? at + strlen("/bin/") : line;
}

/* The text between two quotes, of which the linker and the compiler have several kinds; empty if there are none. */
static char *quoted(const char *at, struct arena *a)
{
	at += strcspn(at, "`'");
	at += *at != '\0';
	return arena_printf(a, "%.*s", (int)strcspn(at, "'"), at);
}

/*
 * "FILE:LINE:" or "FILE:LINE:COLUMN:" at the front of a line that goes on with
 * `text`.  Nothing changes if there is none.
 */
static bool read_place(const char *line, const char *text, struct toolwords_place *p, struct arena *a)
{
	const char *end = text;
	int number[2] = { 0, 0 }, count = 0;

	while (end > line && (end[-1] == ' ' || end[-1] == ':'))
		end--;
	const char *at = end;
	while (count < 2) {
		const char *from = at;
		while (from > line && from[-1] >= '0' && from[-1] <= '9')
			from--;
		if (from == at || from == line || from[-1] != ':')
			break;
		number[count++] = atoi(from);
		at = from - 1;
	}
	if (!count)
		return false;
	if (!strncmp(line, "./", 2))
		line += 2;
	p->file = arena_printf(a, "%.*s", (int)(at - line), line);
	p->line = number[count - 1];
	p->column = count == 2 ? number[0] : 0;
	return true;
}

bool toolwords_diagnostic(const char *line, struct toolwords_diagnostic *d, struct arena *a)
{
	static const struct { const char *mark, *severity; } kinds[] = {
		{ ": fatal error: ", "error" }, { ": error: ", "error" }, { ": warning: ", "warning" }, { ": note: ", "note" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const char *at = strstr(line, kinds[i].mark);

		if (at && read_place(line, at, &d->place, a)) {
			d->severity = kinds[i].severity;
			d->text = at + strlen(kinds[i].mark);
			return true;
		}
	}
	return false;
}

static void found(struct toolwords *w, enum toolwords_kind kind, const char *line, const char *text, struct arena *a)
{
	if (w->kind != TOOLWORDS_NOTHING)
		return;

	w->kind = kind;
	w->words = arena_printf(a, "%s", line);
	read_place(line, text, &w->place, a);
	w->function = w->in_function;
	w->elsewhere = w->in_library;
	w->member = w->in_member;
}

static void read_compiler_error(struct toolwords *w, const char *line, const char *error, struct arena *a)
{
	static const char missing[] = ": No such file or directory", not_found[] = " file not found";
	const char *text = error + strlen("error: ");
	bool first = w->kind == TOOLWORDS_NOTHING;
	size_t size = strlen(text);

	w->errors++;
	if (!first)
		return;
	if (strstr(text, "frame size of") || strstr(text, "stack frame size (")) {
		found(w, TOOLWORDS_FRAME, line, error, a);
	} else if (strstr(text, "in the service") && strstr(text, "in a test")) {
		found(w, TOOLWORDS_LAYOUT, line, error, a);
		w->subject = quoted(text, a);
	} else if (strstr(text, "unrecognized command-line option")) {
		found(w, TOOLWORDS_OPTION, line, error, a);
		w->subject = quoted(text, a);
	} else if (size > strlen(missing) && !strcmp(text + size - strlen(missing), missing) && strstr(line, "fatal error: ")) {
		found(w, TOOLWORDS_HEADER, line, strstr(line, "fatal error: "), a);
		w->subject = arena_printf(a, "%.*s", (int)(size - strlen(missing)), text);
	} else if (size > strlen(not_found) && !strcmp(text + size - strlen(not_found), not_found)) {	/* clang's */
		found(w, TOOLWORDS_HEADER, line, error, a);
		w->subject = quoted(text, a);
	} else {
		found(w, TOOLWORDS_ERROR, line, error, a);
	}
}

/* "ld: vendor/librot.a(rot.o)", up to `end`; those of the SDK and of the compiler lie elsewhere, and need no name. */
static char *member_of(const char *line, const char *end, struct arena *a)
{
	if (!strncmp(line, "ld: ", 4))
		line += 4;
	if (*line == '/' || end[-1] != ')')
		return NULL;
	return arena_printf(a, "%.*s", (int)(end - line), line);
}

void toolwords_read(struct toolwords *w, const char *line, struct arena *a)
{
	const char *at;

	line = toolwords_shown(line);
	if (!line)
		return;
	if (strstr(line, "No space left on device")) {
		w->kind = TOOLWORDS_DISK_FULL;
	} else if ((at = strstr(line, ": in function `"))) {
		w->in_function = quoted(at + strlen(": in function "), a);
		w->in_library = strstr(line, ".a(") != NULL;
		w->in_member = member_of(line, at, a);
	} else if ((at = strstr(line, "undefined reference to `"))) {
		bool first = w->kind == TOOLWORDS_NOTHING;
		found(w, TOOLWORDS_UNDEFINED, line, at, a);
		if (first)
			w->subject = quoted(at, a);
	} else if ((at = strstr(line, "multiple definition of `"))) {
		bool first = w->kind == TOOLWORDS_NOTHING;
		found(w, TOOLWORDS_TWICE, line, at, a);
		if (first)
			w->subject = quoted(at, a);
	} else if ((at = strstr(line, "error: "))) {
		read_compiler_error(w, line, at, a);
	} else if (!w->words && !strstr(line, "warning: ") && toolwords_hint(line)) {
		w->words = arena_printf(a, "%s", line);
	}
}

/* The compiler has shown that line already. */
static int at_place(const struct toolwords *w, struct err *e)
{
	return w->place.file ? err_at_shown(e, w->place.file, w->place.line, w->place.column) : e->code;
}

static int header_err(const struct toolwords *w, const char *what, struct err *e)
{
	const char *hint = toolwords_instead(w->subject);

	err_set(e, ERR_NO_HEADER, "cannot compile %s: there is no header '%s'", what, w->subject);
	err_fix(e, "%s", hint ? hint : "a service has the C library's and the SDK's headers; name folders of your own in 'include-dirs' of ms.yaml");
	return at_place(w, e);
}

/* With the compiler's own words, which need no "error:" before them here. */
static int compile_err(const struct toolwords *w, const char *what, struct arena *a, struct err *e)
{
	struct toolwords_diagnostic d;

	if (!toolwords_diagnostic(w->words, &d, a))
		return err_set(e, ERR_COMPILE, "cannot compile %s", what);
	err_set(e, ERR_COMPILE, "cannot compile %s: %s", what, d.text);
	return at_place(w, e);
}

static int undefined_err(const struct toolwords *w, struct arena *a, struct err *e)
{
	const char *hint = toolwords_instead(w->subject);

	err_set(e, ERR_UNDEFINED, "undefined symbol '%s'%s%s", w->subject, w->function ? arena_printf(a, ", used by '%s'", w->function) : "",
		w->member ? arena_printf(a, " in %s", w->member) : "");
	err_fix(e, "%s", hint ? hint : "define it, or name its source or its library in ms.yaml");
	return w->place.file && !w->elsewhere ? err_at(e, w->place.file, w->place.line, 0) : e->code;
}

/* What was being made, as its author calls it: "src/main.c for v7em". */
static const char *made(const char *output, struct arena *a)
{
	const char *obj = strstr(output, "/obj/");
	const char *target = strncmp(output, "out/", 4) ? NULL : output + 4;

	if (!obj || !target)
		return arena_printf(a, "'%s'", output);
	const char *source = obj + strlen("/obj/");
	return arena_printf(a, "'%.*s' for %.*s", (int)strlen(source) - 2, source, (int)(obj - target), target);
}

/* What the linker says about a library: it has no better place. */
static const char *linker_words(const struct toolwords *w, struct arena *a)
{
	if (!w->words || (strncmp(w->words, "ld: ", 4) && !strstr(w->words, ".a(")))
		return w->in_member ? arena_printf(a, ", because of %s", w->in_member) : "";
	return arena_printf(a, ": %s", strncmp(w->words, "ld: ", 4) ? w->words : w->words + 4);
}

int toolwords_err(const struct toolwords *w, const char *output, struct arena *a, struct err *e)
{
	const char *what = made(output, a);

	switch (w->kind) {
	case TOOLWORDS_DISK_FULL:
		err_set(e, ERR_DISK_FULL, "cannot make %s: the disk is full", what);
		return err_fix(e, "make room, then build again");
	case TOOLWORDS_UNDEFINED:
		return undefined_err(w, a, e);
	case TOOLWORDS_TWICE:
		err_set(e, ERR_DEFINED_TWICE, "'%s' is defined twice", w->subject);
		return err_fix(e, "make one of them static, or take a source out of 'sources' in ms.yaml");
	case TOOLWORDS_HEADER:
		return header_err(w, what, e);
	case TOOLWORDS_OPTION:
		err_set(e, ERR_NO_SUCH_FLAG, "cannot compile %s: the compiler does not know '%s'", what, w->subject[0] ? w->subject : "an option");
		return err_fix(e, "take it out of 'cflags' in ms.yaml");
	case TOOLWORDS_FRAME:
		err_set(e, ERR_FRAME, "cannot compile %s: a function needs too much stack at once", what);
		err_fix(e, "make its large objects static, or raise memory.stack in ms.yaml: a frame may take an eighth of it");
		return at_place(w, e);
	case TOOLWORDS_LAYOUT:
		err_set(e, ERR_LAYOUT, "a test cannot use '%s': it is laid out otherwise in the service", w->subject);
		err_fix(e, "a member of it is of a type that this computer's C library has otherwise than a device's: let functions of the service touch it");
		return err_at(e, w->place.file, w->place.line, 0);
	case TOOLWORDS_ERROR:
		compile_err(w, what, a, e);
		break;
	default:
		err_set(e, ERR_CANNOT_MAKE, "cannot make %s%s", what, linker_words(w, a));
	}
	const char *hint = w->words ? toolwords_hint(w->words) : NULL;

	return hint ? err_fix(e, "%s", hint) : e->code;
}
