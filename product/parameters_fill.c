/* SPDX-License-Identifier: Apache-2.0 */
#include "parameters.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <ms/abi/parameter.h>

#include "executable.h"
#include "file.h"
#include "image.h"
#include "key.h"
#include "opt.h"

/* The room as the image has it: its records are the developer's, and not believed until they were looked at. */
struct room { uint8_t *at; struct ms_parameters head; struct ms_parameter record[MS_PARAMETER_MAX]; };

static int fail(const struct parameter_filling *f, uint32_t i, struct arena *a, struct err *e)
{
	return schema_err(f->places, i < f->given_count ? arena_printf(a, "%s.parameters[%u]", f->entry, i) : f->entry, e);
}

/* The symbol's value as a place in the image; 0: there is none. */
static uint32_t find_room(const struct elf_file *f)
{
	static const char name[] = "ms_parameters";
	struct elf_symbol sym;

	for (uint32_t i = 0; elf_symbol(f, i, &sym); i++)
		if (sym.section != 0 && bytes_equal(sym.name, (struct bytes){ (const uint8_t *)name, sizeof(name) - 1 }) && sym.value >= f->text.address)
			return IMAGE_HEADER_SIZE + (sym.value - f->text.address);
	return 0;
}

static bool record_ok(const struct room *r, uint32_t i)
{
	const struct ms_parameter *p = &r->record[i];
	uint32_t values = (uint32_t)(sizeof(r->head) + r->head.count * sizeof(*p));

	return memchr(p->name, 0, sizeof(p->name)) && p->name[0] && p->type >= MS_PARAMETER_BYTES && p->type <= MS_PARAMETER_NUMBER &&
	       !(p->flags & ~MS_PARAMETER_OPTIONAL) && p->size == 0 && p->offset % 4 == 0 && p->offset >= values && p->offset + p->room <= r->head.size;
}

static int open_room(const struct parameter_filling *f, struct bytes image, uint32_t at, struct room *r, struct err *e)
{
	bool ok = at % 4 == 0 && at <= image.size && image.size - at >= sizeof(r->head);

	if (ok)
		memcpy(&r->head, r->at, sizeof(r->head));
	ok = ok && r->head.magic == MS_PARAMETERS_MAGIC && r->head.count <= MS_PARAMETER_MAX && r->head.size <= image.size - at &&
	     sizeof(r->head) + r->head.count * sizeof(r->record[0]) <= r->head.size;
	if (ok)
		memcpy(r->record, r->at + sizeof(r->head), r->head.count * sizeof(r->record[0]));
	for (uint32_t i = 0; ok && i < r->head.count; i++)
		ok = record_ok(r, i);
	return ok ? MS_OK : err_set(e, ERR_PARAMETER, "the room for parameters of '%s' is not as docs/formats.md 9 says", f->service);
}

static struct ms_parameter *find(struct room *r, const char *name)
{
	for (uint32_t i = 0; i < r->head.count; i++)
		if (!strcmp(r->record[i].name, name))
			return &r->record[i];
	return NULL;
}

static int refuse_unknown(const struct parameter_filling *f, const struct room *r, const char *name, struct err *e)
{
	const char *names[MS_PARAMETER_MAX];

	for (uint32_t i = 0; i < r->head.count; i++)
		names[i] = r->record[i].name;
	const char *near = opt_nearest(name, names, r->head.count);

	err_set(e, ERR_PARAMETER, "'%s' asks for no parameter '%s'", f->service, name);
	return near ? err_fix(e, "did you mean '%s'?", near) : err_fix(e, "remove it");
}

static int read_value(const struct parameter_filling *f, const struct parameter_given *g, struct arena *a, struct bytes *out, struct err *e)
{
	if (!g->file == !g->value) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' has %s", g->name, f->service, g->file ? "both 'file' and 'value'" : "neither 'file' nor 'value'");
		return err_fix(e, "write 'file: FILE' for its content, or 'value: TEXT'");
	}
	if (g->file)
		return file_read(path_shown(a, path_join(a, f->root, g->file)), MS_PARAMETER_SIZE_MAX + 1, a, out, e);
	*out = (struct bytes){ (const uint8_t *)g->value, strlen(g->value) };
	return MS_OK;
}

/* A number is written in decimal digits; it becomes four bytes. */
static int take_number(struct bytes *value, struct arena *a)
{
	const char *text = arena_string(a, *value);
	uint8_t *bytes = arena_take(a, 4);
	char *end;

	errno = 0;
	long long n = strtoll(text, &end, 0);
	if (end == text || (*end && strcmp(end, "\n")) || errno || n < INT32_MIN || n > INT32_MAX)
		return -MS_EINVAL;
	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)((uint32_t)n >> 8 * i);
	*value = (struct bytes){ bytes, 4 };
	return MS_OK;
}

/* One value into its place. */
static int give(const struct parameter_filling *f, struct room *r, const struct parameter_given *g, struct arena *a, struct err *e)
{
	struct ms_parameter *p = find(r, g->name);
	struct bytes value;

	if (!p)
		return refuse_unknown(f, r, g->name, e);
	if (p->flags & MS_PARAMETER_GIVEN) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' is given twice", g->name, f->service);
		return err_fix(e, "remove one");
	}
	int rc = read_value(f, g, a, &value, e);
	if (rc < 0)
		return rc;
	if (p->type == MS_PARAMETER_NUMBER && take_number(&value, a) < 0) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' is no number of 32 bits", g->name, f->service);
		return err_fix(e, "write decimal digits, or 0x and hexadecimal ones");
	}
	if (p->type == MS_PARAMETER_TEXT && value.size && memchr(value.at, 0, value.size)) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' is no text: there is a NUL in it", g->name, f->service);
		return err_fix(e, "give a text");
	}
	if (value.size > p->room) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' has %zu bytes, and the service takes %u at most", g->name, f->service, value.size, p->room);
		return err_fix(e, "give a smaller one, or ask the service's developer for room");
	}
	if (value.size)
		memcpy(r->at + p->offset, value.at, value.size);
	p->size = (uint16_t)value.size;
	p->flags |= MS_PARAMETER_GIVEN;
	return MS_OK;
}

static int give_all(const struct parameter_filling *f, struct room *r, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < f->given_count; i++)
		if (give(f, r, &f->given[i], a, e) < 0)
			return fail(f, i, a, e);
	for (uint32_t i = 0; i < r->head.count; i++) {
		const struct ms_parameter *p = &r->record[i];

		if (p->flags || !f->complete)
			continue;
		err_set(e, ERR_PARAMETER, "'%s' needs the parameter '%s' (%s, %u bytes at most), and the product gives none", f->service, p->name,
			p->type == MS_PARAMETER_TEXT ? "a text" : p->type == MS_PARAMETER_NUMBER ? "a number" : "bytes", p->room);
		err_fix(e, "parameters: [ { name: %s, file: FILE } ]", p->name);
		return fail(f, f->given_count, a, e);
	}
	memcpy(r->at + sizeof(r->head), r->record, r->head.count * sizeof(r->record[0]));
	return MS_OK;
}

int parameters_fill(const struct parameter_filling *f, struct arena *a, struct bytes *image, uint32_t *room, struct err *e)
{
	struct room r = { 0 };
	struct elf_file elf;

	*room = 0;
	int rc = executable_open(f->elf, f->service, &elf, e);
	if (rc < 0)
		return rc;
	uint32_t at = find_room(&elf);

	if (!at && !f->given_count)
		return MS_OK;
	if (!at)
		return refuse_unknown(f, &r, f->given[0].name, e), fail(f, 0, a, e);
	uint8_t *copy = arena_take(a, image->size);

	memcpy(copy, image->at, image->size);
	r.at = copy + at;
	rc = open_room(f, *image, at, &r, e);
	if (rc >= 0)
		rc = give_all(f, &r, a, e);
	if (rc < 0)
		return rc;
	*image = (struct bytes){ copy, image->size };
	*room = at;
	return MS_OK;
}

void parameters_salt(struct bytes image, uint32_t room, const uint8_t salt[32])
{
	if (room)
		memcpy((uint8_t *)image.at + room + offsetof(struct ms_parameters, salt), salt, MS_PARAMETER_SALT_SIZE);
}
