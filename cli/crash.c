/* SPDX-License-Identifier: Apache-2.0 */
#include "crash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crash_stack.h"
#include "file.h"
#include "image.h"
#include "key.h"
#include "unwind.h"

enum { LIST_MAX = 256 << 10 };

#define NO_DEBUG "no debug file of this service is known: build it, or run 'ms crash' in its project"
#define ANOTHER_BUILD "the record is of another build than the one at hand"

/* "" when it has none. */
static const char *build_id_text(const struct symbols *syms, struct arena *a)
{
	struct bytes id = symbols_build_id(syms);
	struct text t = { 0 };

	for (size_t i = 0; i < id.size; i++)
		text_add(&t, a, "%02x", id.at[i]);
	return t.size ? t.at : "";
}

static const char *build_id_of(const char *debug, struct arena *a)
{
	struct err ignored = { 0 };
	struct symbols *syms;

	if (symbols_open(debug, a, &syms, &ignored) < 0)
		return "";
	const char *id = build_id_text(syms, a);
	symbols_close(syms);
	return id;
}

void crash_add_service(struct crash_sources *s, const char *name, const char *debug, struct bytes image,
		       const char *folder, uint32_t ram, struct arena *a)
{
	struct crash_service *c = arena_new(a, struct crash_service);
	uint8_t hash[32];
	struct image header;

	*c = (struct crash_service){ .name = name, .debug = debug, .folder = folder, .build_id = build_id_of(debug, a), .ram = ram };
	if (image_decode(image, &header) == MS_OK)
		c->stack_size = header.stack_size;
	sha256(image, hash);
	memcpy(c->image, hash, sizeof(c->image));
	list_push(&s->services, a, c);
}

/* The service of a record, by its image; a run knows more of it than a build. */
static const struct crash_service *find(const struct crash_sources *s, const struct console_line *l, const char **why_not)
{
	const struct console_fault *f = &l->fault;
	const struct crash_service *best = NULL;

	*why_not = NO_DEBUG;
	for (size_t i = 0; i < s->services.count; i++) {
		const struct crash_service *c = s->services.at[i];

		if (f->has_image && !memcmp(f->image, c->image, sizeof(c->image)) && (!best || !best->ram))
			best = c;
		if (!strcmp(c->name, l->service))
			*why_not = ANOTHER_BUILD;
	}
	return best;
}

const struct crash_service *crash_service_of(const struct crash_sources *s, const struct console_line *l, struct arena *a, const char **why_not)
{
	const struct crash_service *c = find(s, l, why_not);

	if (!c || !strcmp(c->build_id, build_id_of(c->debug, a)))
		return c;
	*why_not = ANOTHER_BUILD;
	return NULL;
}

/* A recorded file name, as somebody here can open it; it outlives the symbols. */
static const char *shown_file(const char *file, const char *folder, struct arena *a)
{
	if (!strncmp(file, "./", 2))
		file += 2;
	if (folder && file[0] != '/') {
		const char *there = path_join(a, folder, file);
		if (file_exists(there))
			return path_shown(a, there);
	}
	return arena_printf(a, "%s", file);
}

static const char *kept(const char *text, struct arena *a)
{
	return text ? arena_printf(a, "%s", text) : NULL;
}

static const char *caller_text(const struct symbols *syms, uint32_t address, const char *function, const char *folder, struct arena *a)
{
	struct symbol_place p;

	/* One byte less: the call stands before the address it returns to. */
	if (!symbols_find(syms, (address & ~UINT32_C(1)) - 1, &p) || !p.function)
		return NULL;
	if (function && !strcmp(p.inlined_into ? p.inlined_into : p.function, function))
		return NULL;
	if (!p.file || !p.line)
		return kept(p.function, a);
	return arena_printf(a, "%s at %s:%d", p.function, shown_file(p.file, folder, a), p.line);
}

/* A fault, in addresses as they were linked. */
struct fault_at { const struct console_fault *fault; uint32_t pc, lr, text; };

/* What a service does before its main says nothing to its author. */
static bool is_outermost(const char *function)
{
	return !strcmp(function, "main");
}

static void fill_call(const struct symbols *syms, const struct unwind_call *from, const char *folder, struct arena *a, struct crash_call *to)
{
	struct symbol_place p = { 0 };

	symbols_find(syms, from->address - 1, &p);
	*to = (struct crash_call){ .function = kept(p.function, a), .file = p.file ? shown_file(p.file, folder, a) : NULL,
				   .line = p.line, .sure = from->sure };
	p.file = to->file;
	to->text = symbol_place_text(&p, a);
}

static void find_stack(const struct symbols *syms, const struct fault_at *at, const char *folder, struct arena *a, struct crash_place *out)
{
	struct unwind_word words[CONSOLE_CALLS_MAX];
	struct unwind_call calls[CONSOLE_CALLS_MAX];
	size_t count;

	for (size_t i = 0; i < at->fault->call_count; i++)
		words[i] = (struct unwind_word){ at->text + at->fault->calls[i].offset, 4 * at->fault->calls[i].words };
	count = unwind(syms, at->pc, at->lr, words, at->fault->call_count, calls, CONSOLE_CALLS_MAX);
	if (out->function && is_outermost(out->inlined_into ? out->inlined_into : out->function))
		count = 0;
	for (size_t i = 0; i < count; i++) {
		struct crash_call *c = &out->stack[out->stack_count++];

		fill_call(syms, &calls[i], folder, a, c);
		if (c->sure && c->function && is_outermost(c->function))
			return;
	}
}

/* The symbols' names go when they are closed; `build_id` (or NULL) is what the file must have. */
static void locate(const char *elf, const char *build_id, const char *folder, struct fault_at at, struct arena *a, struct crash_place *out)

{
	struct symbols *syms;
	struct symbol_place p;
	struct err why = { 0 };

	if (symbols_open(elf, a, &syms, &why) < 0) {
		out->why_not = arena_printf(a, "%s", why.text);
		return;
	}
	if (build_id && strcmp(build_id, build_id_text(syms, a))) {
		out->why_not = ANOTHER_BUILD;
		symbols_close(syms);
		return;
	}
	if (!at.pc) {
		out->why_not = "its place is lost";
	} else if (symbols_find(syms, at.pc, &p) && p.function) {
		out->function = kept(p.function, a);
		out->inlined_into = kept(p.inlined_into, a);
		out->file = p.file ? shown_file(p.file, folder, a) : NULL;
		out->line = p.line;
	} else {
		out->why_not = "the program counter is not in its code";
	}
	/* Within one function the link register is but a call that has returned. */
	out->caller = caller_text(syms, at.lr, out->inlined_into ? out->inlined_into : out->function, folder, a);
	if (at.text == UINT32_MAX)
		at.text = symbols_text_base(syms);
	find_stack(syms, &at, folder, a, out);
	if (out->stack_count && out->stack[0].sure && out->function)
		out->caller = out->stack[0].text;
	symbols_close(syms);
}

void crash_locate(const struct crash_sources *s, const struct console_line *l, struct arena *a, struct crash_place *out)
{
	const struct console_fault *f = &l->fault;

	*out = (struct crash_place){ 0 };
	if (f->kernel) {
		if (s->runtime)
			locate(s->runtime, NULL, NULL, (struct fault_at){ f, f->pc, f->lr, UINT32_MAX }, a, out);
		else
			out->why_not = "the runtime's symbols are not known";
		return;
	}

	const struct crash_service *c = find(s, l, &out->why_not);
	if (!c)
		return;
	out->why_not = NULL;
	crash_note_stack(c, f, out);
	if (!f->has_offset) {
		out->why_not = "the record does not say where in its text it was";
		return;
	}
	uint32_t text = f->pc - f->offset;
	locate(c->debug, c->build_id, c->folder,
	       (struct fault_at){ f, MS_LINK_TEXT + f->offset, MS_LINK_TEXT + (f->lr - text), MS_LINK_TEXT }, a, out);
}

const char *crash_place_text(const struct crash_place *p, struct arena *a)
{
	struct text t = { 0 };

	if (p->function)
		text_add(&t, a, "in %s", p->function);
	else
		text_add(&t, a, "%s", p->why_not);
	if (p->function && p->file && p->line)
		text_add(&t, a, " at %s:%d", p->file, p->line);
	if (p->function && p->inlined_into)
		text_add(&t, a, ", inlined into %s", p->inlined_into);
	if (p->caller)
		text_add(&t, a, ", called from %s", p->caller);
	return t.at;
}

void crash_stack_lines(const struct crash_place *p, struct arena *a, void (*line)(const char *text))
{
	if (p->stack_count < 2 || !p->function)
		return;
	line(arena_printf(a, "#0 %s", p->file && p->line ? arena_printf(a, "%s at %s:%d", p->function, p->file, p->line) : p->function));
	for (size_t i = 0; i < p->stack_count; i++)
		line(arena_printf(a, "%s %s", p->stack[i].sure ? arena_printf(a, "#%zu", i + 1) : "perhaps", p->stack[i].text));
}

int crash_sources_write(const struct crash_sources *s, const char *path, struct arena *a, struct err *e)
{
	struct text t = { 0 };

	for (size_t i = 0; i < s->services.count; i++) {
		const struct crash_service *c = s->services.at[i];

		for (size_t k = 0; k < sizeof(c->image); k++)
			text_add(&t, a, "%02x", c->image[k]);
		text_add(&t, a, "\t%s\t%s\t%s\t%s\t%08x\t%u\n", c->build_id, c->name, c->debug, c->folder, c->ram, c->stack_size);
	}
	if (s->runtime)
		text_add(&t, a, "kernel\t%s\n", s->runtime);
	return file_update(path, (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, NULL, e);
}

/* One line of the file; what is not understood is passed over: it only serves to know more. */
static void read_line(char *line, struct arena *a, struct crash_sources *out)
{
	char *field[7] = { 0 }, *left;
	size_t count = 0;

	for (char *at = strtok_r(line, "\t", &left); at && count < 7; at = strtok_r(NULL, "\t", &left))
		field[count++] = at;
	if (count == 2 && !strcmp(field[0], "kernel"))
		out->runtime = field[1];
	if (count != 7 || strlen(field[0]) != 16)
		return;

	struct crash_service *c = arena_new(a, struct crash_service);
	*c = (struct crash_service){ .build_id = field[1], .name = field[2], .debug = field[3], .folder = field[4],
				     .ram = (uint32_t)strtoul(field[5], NULL, 16), .stack_size = (uint32_t)strtoul(field[6], NULL, 10) };
	for (size_t i = 0; i < sizeof(c->image); i++)
		if (sscanf(field[0] + 2 * i, "%2hhx", &c->image[i]) != 1)
			return;
	list_push(&out->services, a, c);
}

int crash_sources_read(const char *path, struct arena *a, struct crash_sources *out, struct err *e)
{
	struct bytes content;

	int rc = file_read(path, LIST_MAX, a, &content, e);
	if (rc < 0)
		return rc;

	char *left, *text = arena_string(a, content);
	for (char *line = strtok_r(text, "\n", &left); line; line = strtok_r(NULL, "\n", &left))
		read_line(line, a, out);
	return MS_OK;
}
