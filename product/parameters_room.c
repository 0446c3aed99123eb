/* SPDX-License-Identifier: Apache-2.0 */
/* The room for parameters as an image has it: its records are the developer's, and not believed until they were looked at. */
#include "parameters_room.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "opt.h"

static bool name_ok(const struct ms_parameter *p)
{
	size_t size = strnlen(p->name, sizeof(p->name));

	return size > 0 && size < sizeof(p->name) && strspn(p->name, PARAMETER_NAME_CHARACTERS) == size;
}

/* Of two of one name a product could give but one. */
static bool is_only(const struct parameters_room *r, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (!strcmp(r->record[k].name, r->record[i].name))
			return false;
	return true;
}

static bool record_ok(const struct ms_parameters *head, const struct ms_parameter *p)
{
	uint32_t values = (uint32_t)(sizeof(*head) + head->count * sizeof(*p));

	return name_ok(p) && p->type >= MS_PARAMETER_BYTES && p->type <= MS_PARAMETER_NUMBER &&
	       !(p->flags & ~(MS_PARAMETER_OPTIONAL | MS_PARAMETER_GIVEN)) && p->offset % 4 == 0 && p->offset >= values && p->offset + p->room <= head->size && p->size <= p->room;
}

bool parameters_room(struct bytes image, uint32_t at, struct parameters_room *out)
{
	struct ms_parameters head = { 0 };
	bool ok = at % 4 == 0 && at <= image.size && image.size - at >= sizeof(head);

	*out = (struct parameters_room){ 0 };
	if (!at)
		return true;
	if (ok)
		memcpy(&head, image.at + at, sizeof(head));
	ok = ok && head.magic == MS_PARAMETERS_MAGIC && head.count >= 1 && head.count <= MS_PARAMETER_MAX && head.size % 4 == 0 && head.size <= image.size - at &&
	     sizeof(head) + head.count * sizeof(out->record[0]) <= head.size;
	if (ok)
		memcpy(out->record, image.at + at + sizeof(head), head.count * sizeof(out->record[0]));
	for (uint32_t i = 0; ok && i < head.count; i++)
		ok = record_ok(&head, &out->record[i]) && is_only(out, i);
	out->count = ok ? head.count : 0;
	return ok;
}

const char *parameter_type(const struct ms_parameter *p)
{
	return p->type == MS_PARAMETER_TEXT ? "text" : p->type == MS_PARAMETER_NUMBER ? "number" : "bytes";
}

struct ms_parameter *parameters_find(struct parameters_room *r, const char *service, const char *name, struct err *e)
{
	const char *names[MS_PARAMETER_MAX];

	for (uint32_t i = 0; i < r->count; i++) {
		names[i] = r->record[i].name;
		if (!strcmp(names[i], name))
			return &r->record[i];
	}
	const char *near = opt_nearest(name, names, r->count);

	err_set(e, ERR_PARAMETER, "'%s' asks for no parameter '%s'", service, name);
	near ? err_fix(e, "did you mean '%s'?", near) : err_fix(e, "remove it");
	return NULL;
}

/* A number is written in decimal digits, with zeros in front or not, or hexadecimal ones behind 0x; it becomes four bytes. */
static int take_number(struct bytes *value, struct arena *a)
{
	const char *text = arena_string(a, *value), *digits = text + (*text == '-');
	bool is_hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
	uint8_t *bytes = arena_take(a, 4);
	char *end;

	if (!isxdigit((unsigned char)*digits) || (value->size && memchr(value->at, 0, value->size)))
		return -MS_EINVAL;
	errno = 0;
	long long n = strtoll(text, &end, is_hexadecimal ? 16 : 10);
	if (end == text || (*end && strcmp(end, "\n")) || errno || n < INT32_MIN || n > INT32_MAX)
		return -MS_EINVAL;
	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)((uint32_t)n >> 8 * i);
	*value = (struct bytes){ bytes, 4 };
	return MS_OK;
}

int parameter_fit(const struct ms_parameter *p, const char *service, struct bytes *value, struct arena *a, struct err *e)
{
	if (p->type == MS_PARAMETER_NUMBER && take_number(value, a) < 0) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' is no number of 32 bits", p->name, service);
		return err_fix(e, "write decimal digits, or 0x and hexadecimal ones");
	}
	if (p->type == MS_PARAMETER_TEXT && value->size && memchr(value->at, 0, value->size)) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' is no text: there is a NUL in it", p->name, service);
		return err_fix(e, "give a text");
	}
	if (value->size > p->room) {
		err_set(e, ERR_PARAMETER, "the parameter '%s' of '%s' has %zu bytes, and the service takes %u at most", p->name, service, value->size, p->room);
		return err_fix(e, "give a smaller one, or ask the service's developer for room");
	}
	return MS_OK;
}
