/* SPDX-License-Identifier: Apache-2.0 */
#include "parameters.h"

#include <string.h>

#include "executable.h"
#include "file.h"
#include "image.h"
#include "key.h"
#include "parameters_room.h"

/* A copy of the image in the making: where its room begins, and the room's records. */
struct filling { uint8_t *at; struct parameters_room room; };

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
		if (sym.section != 0 && bytes_equal(sym.name, (struct bytes){ (const uint8_t *)name, sizeof(name) - 1 }) && sym.value >= f->text.address &&
		    sym.value - f->text.address < f->text.memory_size)
			return IMAGE_HEADER_SIZE + (sym.value - f->text.address);
	return 0;
}

/* Of a package's image, which no product has filled yet. */
static int open_room(const struct parameter_filling *f, struct bytes image, uint32_t at, struct parameters_room *r, struct err *e)
{
	bool ok = parameters_room(image, at, r);

	for (uint32_t i = 0; ok && i < r->count; i++)
		ok = !r->record[i].size && !(r->record[i].flags & MS_PARAMETER_GIVEN);
	if (ok)
		return MS_OK;
	err_set(e, ERR_PARAMETER, "the room for parameters of '%s' is not as docs/formats.md 9 says", f->service);
	return err_fix(e, "its developer has to build it again, by 'ms build'");
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

/* One value into its place. */
static int give(const struct parameter_filling *f, struct filling *r, const struct parameter_given *g, struct arena *a, struct err *e)
{
	struct ms_parameter *p = parameters_find(&r->room, f->service, g->name, e);
	struct bytes value;

	if (!p)
		return e->code;
	if (p->flags & MS_PARAMETER_GIVEN) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' is given twice", g->name, f->service);
		return err_fix(e, "remove one");
	}
	int rc = read_value(f, g, a, &value, e);
	if (rc >= 0)
		rc = parameter_fit(p, f->service, &value, a, e);
	if (rc < 0)
		return rc;
	if (value.size)
		memcpy(r->at + p->offset, value.at, value.size);
	p->size = (uint16_t)value.size;
	p->flags |= MS_PARAMETER_GIVEN;
	return MS_OK;
}

/* All that it cannot do without and does not get, each by its name. */
static int refuse_missing(const struct parameter_filling *f, const struct parameters_room *r, struct arena *a, struct err *e)
{
	struct text all = { 0 }, fix = { 0 };

	for (uint32_t i = 0; i < r->count; i++) {
		const struct ms_parameter *p = &r->record[i];

		if (p->flags)
			continue;
		text_add(&all, a, "%s'%s' (%s, %u bytes at most)", all.size ? ", " : "", p->name, parameter_type(p), p->room);
		text_add(&fix, a, "%sms product parameter %s %s --file FILE", fix.size ? "; " : "", f->service, p->name);
	}
	if (!all.size || !f->complete)
		return MS_OK;
	err_set(e, ERR_PARAMETER, "'%s' needs the parameter %s, and the product gives none", f->service, all.at);
	err_fix(e, "%s", fix.at);
	return fail(f, f->given_count, a, e);
}

static int give_all(const struct parameter_filling *f, struct filling *r, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < f->given_count; i++)
		if (give(f, r, &f->given[i], a, e) < 0)
			return fail(f, i, a, e);
	int rc = refuse_missing(f, &r->room, a, e);
	if (rc >= 0)
		memcpy(r->at + sizeof(struct ms_parameters), r->room.record, r->room.count * sizeof(r->room.record[0]));
	return rc;
}

int parameters_fill(const struct parameter_filling *f, struct arena *a, struct bytes *image, uint32_t *room, struct err *e)
{
	struct filling r = { 0 };
	struct elf_file elf;

	*room = 0;
	int rc = executable_open(f->elf, f->service, &elf, e);
	if (rc < 0)
		return rc;
	uint32_t at = find_room(&elf);

	if (!at && !f->given_count)
		return MS_OK;
	if (!at)
		return parameters_find(&r.room, f->service, f->given[0].name, e), fail(f, 0, a, e);
	uint8_t *copy = arena_take(a, image->size);

	memcpy(copy, image->at, image->size);
	rc = open_room(f, *image, at, &r.room, e);
	if (rc < 0)
		return fail(f, f->given_count, a, e);
	r.at = copy + at;
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
