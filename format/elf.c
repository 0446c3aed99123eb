/* SPDX-License-Identifier: Apache-2.0 */
#include "elf.h"

#include <ms/abi/abi.h>

#include "elf_parts.h"
#include "manifest.h"

enum { TYPE_EXEC = 2, TYPE_DYN = 3, MACHINE_ARM = 40, VERSION = 1, LOAD_COUNT = 3 };

/* The program headers of a file. */
struct segments {
	uint32_t count;
	struct elf_segment at[ELF_SEGMENT_MAX];
};

static struct elf_segment read_segment(struct reader *r)
{
	struct elf_segment s;

	s.type = read_u32(r);
	s.offset = read_u32(r);
	s.address = read_u32(r);
	read_u32(r);	/* physical address */
	s.file_size = read_u32(r);
	s.memory_size = read_u32(r);
	s.flags = read_u32(r);
	s.align = read_u32(r);
	return s;
}

static enum elf_rule read_segments(struct bytes raw, uint32_t offset, uint32_t count, struct segments *out)
{
	struct reader r = { .left = bytes_part(raw, offset, raw.size) };

	if (count > ELF_SEGMENT_MAX)
		return ELF_RULE_SEGMENTS;
	for (uint32_t i = 0; i < count; i++)
		out->at[i] = read_segment(&r);
	out->count = count;
	return r.failed ? ELF_RULE_TRUNCATED : ELF_RULE_OK;
}

static enum elf_rule read_header(struct elf_file *f, struct segments *segments)
{
	static const uint8_t ident[] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 };	/* 32 bits, little-endian */
	struct reader r = { .left = f->raw };

	struct bytes start = bytes_part(f->raw, 0, sizeof(ident));
	if (!bytes_equal(start, bytes_part(BYTES_OF(ident), 0, start.size)))
		return ELF_RULE_MAGIC;
	if (f->raw.size < ELF_HEADER_SIZE)
		return ELF_RULE_TRUNCATED;
	if (f->raw.size > UINT32_MAX)
		return ELF_RULE_BOUNDS;

	read_bytes(&r, 16);
	uint16_t type = read_u16(&r);
	uint16_t machine = read_u16(&r);
	uint32_t version = read_u32(&r);
	f->entry = read_u32(&r);
	uint32_t segments_at = read_u32(&r);
	read_bytes(&r, 4 + 4);	/* section headers, flags */
	uint16_t header_size = read_u16(&r);
	uint16_t segment_size = read_u16(&r);
	uint16_t segment_count = read_u16(&r);

	if (version != VERSION || header_size != ELF_HEADER_SIZE || segment_size != ELF_SEGMENT_SIZE)
		return ELF_RULE_MAGIC;
	if (machine != MACHINE_ARM)
		return ELF_RULE_MACHINE;
	if (type != TYPE_DYN && type != TYPE_EXEC)
		return ELF_RULE_TYPE;
	f->fixed = type == TYPE_EXEC;
	return read_segments(f->raw, segments_at, segment_count, segments);
}

static bool in_bounds(const struct elf_file *f, const struct elf_segment *s)
{
	return s->offset <= f->raw.size && s->file_size <= f->raw.size - s->offset &&
	       s->file_size <= s->memory_size && s->memory_size <= UINT32_MAX - s->address;
}

/* Neither wraps around: they have been checked to be in bounds. */
static bool meet(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size)
{
	return a_size > 0 && b_size > 0 && a < b + b_size && b < a + a_size;
}

/* Does a loaded segment share memory or bytes of the file with one before it? */
static bool overlaps(const struct segments *all, uint32_t i)
{
	const struct elf_segment *s = &all->at[i];

	for (const struct elf_segment *o = all->at; o < s; o++) {
		if (s->type != SEGMENT_LOAD || o->type != SEGMENT_LOAD)
			continue;
		if (meet(s->address, s->memory_size, o->address, o->memory_size) ||
		    meet(s->offset, s->file_size, o->offset, o->file_size))
			return true;
	}
	return false;
}

/* What holds for each segment by itself and for each two. */
static enum elf_rule check_segments(const struct elf_file *f, const struct segments *all)
{
	for (uint32_t i = 0; i < all->count; i++) {
		if (!in_bounds(f, &all->at[i]))
			return ELF_RULE_BOUNDS;
	}
	for (uint32_t i = 0; i < all->count; i++) {
		if (overlaps(all, i))
			return ELF_RULE_OVERLAP;
	}
	for (uint32_t i = 0; i < all->count; i++) {
		if (all->at[i].type == SEGMENT_INTERPRETER)
			return ELF_RULE_INTERPRETER;
	}
	for (uint32_t i = 0; i < all->count; i++) {
		if ((all->at[i].flags & ELF_FLAG_W) && (all->at[i].flags & ELF_FLAG_X))
			return ELF_RULE_WRITE_EXECUTE;
	}
	return ELF_RULE_OK;
}

/* The n-th segment of a type; one of type 0 when there are fewer. */
static struct elf_segment find(const struct segments *all, uint32_t type, uint32_t n)
{
	for (uint32_t i = 0; i < all->count; i++) {
		if (all->at[i].type == type && n-- == 0)
			return all->at[i];
	}
	return (struct elf_segment){ 0 };
}

static bool is_load(const struct elf_segment *s, uint32_t flags, uint32_t address)
{
	return s->type == SEGMENT_LOAD && s->flags == flags && s->address == address && s->file_size > 0;
}

static enum elf_rule check_loads(struct elf_file *f, const struct segments *all, uint32_t text, uint32_t data)
{
	f->tools = find(all, SEGMENT_LOAD, 0);
	if (!is_load(&f->tools, ELF_FLAG_R, MS_LINK_TOOLS))
		return ELF_RULE_TOOLS;
	f->text = find(all, SEGMENT_LOAD, 1);
	if (!is_load(&f->text, ELF_FLAG_R | ELF_FLAG_X, text) || f->text.file_size != f->text.memory_size)
		return ELF_RULE_TEXT;
	f->data = find(all, SEGMENT_LOAD, 2);
	if (!is_load(&f->data, ELF_FLAG_R | ELF_FLAG_W, data))
		return ELF_RULE_DATA;

	struct elf_segment more = find(all, SEGMENT_LOAD, LOAD_COUNT);
	if (more.type == 0)
		return ELF_RULE_OK;
	return more.flags & ELF_FLAG_W ? ELF_RULE_DATA : more.flags & ELF_FLAG_X ? ELF_RULE_TEXT : ELF_RULE_TOOLS;
}

/* Thread-local data: a part of data, its initial bytes a part of data's bytes. */
static enum elf_rule check_tls(struct elf_file *f, const struct segments *all)
{
	const struct elf_segment *tls = &f->tls, *data = &f->data;

	f->tls = find(all, SEGMENT_TLS, 0);
	/* fixed.ld has one always; where nothing is thread-local it lies nowhere. */
	if (f->fixed && tls->memory_size == 0)
		f->tls = (struct elf_segment){ 0 };
	if (tls->type == 0)
		return ELF_RULE_OK;
	if (find(all, SEGMENT_TLS, 1).type || !range_inside(tls->address, tls->memory_size, data->address, data->memory_size))
		return ELF_RULE_TLS;
	if (tls->file_size == 0)
		return ELF_RULE_OK;
	if (!range_inside(tls->address, tls->file_size, data->address, data->file_size) ||
	    tls->offset - data->offset != tls->address - data->address)
		return ELF_RULE_TLS;
	return ELF_RULE_OK;
}

/* A Thumb address, and an instruction there. */
static bool entry_ok(const struct elf_file *f)
{
	return f->entry % 2 == 1 && range_inside(f->entry - 1, 2, f->text.address, f->text.memory_size);
}

/* The only segment of a type, which is a part of the tools segment. */
static bool tools_part(const struct elf_file *f, const struct segments *all, uint32_t type, struct elf_segment *out)
{
	struct elf_segment s = find(all, type, 0);
	const struct elf_segment *t = &f->tools;

	if (s.type == 0 || find(all, type, 1).type || s.file_size == 0 || s.file_size != s.memory_size)
		return false;
	if (!range_inside(s.address, s.file_size, t->address, t->file_size) || s.offset - t->offset != s.address - t->address)
		return false;

	*out = s;
	return true;
}

static enum elf_rule check_layout(struct elf_file *f, const struct segments *all, uint32_t text, uint32_t data)
{
	enum elf_rule rule = check_segments(f, all);
	if (rule == ELF_RULE_OK)
		rule = check_loads(f, all, text, data);
	if (rule == ELF_RULE_OK)
		rule = check_tls(f, all);
	if (rule == ELF_RULE_OK && !entry_ok(f))
		rule = ELF_RULE_ENTRY;
	return rule;
}

static enum elf_rule read_notes(struct elf_file *f, const struct segments *all)
{
	return tools_part(f, all, SEGMENT_NOTE, &f->note) ? elf_read_notes(f) : ELF_RULE_NOTES;
}

/* Only its notes can say that a file may lie at one place alone: one that does not was meant to be position independent. */
static bool says_fixed(const struct elf_file *f, const struct segments *all)
{
	struct elf_file notes = { .raw = f->raw, .tools = find(all, SEGMENT_LOAD, 0) };
	struct manifest m;

	return in_bounds(f, &notes.tools) && read_notes(&notes, all) == ELF_RULE_OK && manifest_decode_meta(notes.meta, &m) == MS_OK && m.fixed;
}

static enum elf_rule check_dynamic(struct elf_file *f, const struct segments *all)
{
	if (f->fixed)
		return find(all, SEGMENT_DYNAMIC, 0).type ? ELF_RULE_DYNAMIC : ELF_RULE_OK;
	return tools_part(f, all, SEGMENT_DYNAMIC, &f->dynamic) ? elf_check_dynamic(f) : ELF_RULE_DYNAMIC;
}

static enum elf_rule open_at(struct bytes raw, uint32_t text, uint32_t data, struct elf_file *out)
{
	struct segments all = { 0 };

	*out = (struct elf_file){ .raw = raw };
	enum elf_rule rule = read_header(out, &all);
	if (rule == ELF_RULE_OK && out->fixed && !says_fixed(out, &all))
		rule = ELF_RULE_TYPE;
	if (rule == ELF_RULE_OK)
		rule = check_layout(out, &all, text, data);
	if (rule == ELF_RULE_OK)
		rule = check_dynamic(out, &all);
	if (rule == ELF_RULE_OK)
		rule = read_notes(out, &all);
	if (rule == ELF_RULE_OK && !out->fixed && says_fixed(out, &all))
		rule = ELF_RULE_MODE;
	if (rule == ELF_RULE_OK)
		rule = elf_check_sections(out);
	return rule;
}

enum elf_rule elf_open(struct bytes raw, struct elf_file *out)
{
	return open_at(raw, MS_LINK_TEXT, MS_LINK_DATA, out);
}

enum elf_rule elf_open_placed(struct bytes raw, uint32_t text, uint32_t data, struct elf_file *out)
{
	return open_at(raw, text, data, out);
}

const char *elf_rule_text(enum elf_rule rule)
{
	static const char *const text[] = {
		[ELF_RULE_OK] = "nothing is wrong with it",
#define ELF_RULE(name, sentence) [ELF_RULE_##name] = sentence,
#include "elf_rules.def"
#undef ELF_RULE
	};

	return (size_t)rule < sizeof(text) / sizeof(text[0]) ? text[rule] : "unknown rule";
}
