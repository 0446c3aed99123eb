/* SPDX-License-Identifier: Apache-2.0 */
#include "kernelview.h"

enum { ARRAY_MAX = 1 << 20, NUMBER_MAX = 4 };

int kernel_find(const struct symbols *s, struct kernel_field *fields, size_t count, struct err *e)
{
	for (struct kernel_field *f = fields; f < fields + count; f++)
		if (!symbols_member(s, f->type, f->path, &f->offset, &f->size))
			return err_set(e, ERR_NO_TRACE, "the runtime's symbols do not say where '%s.%s' is", f->type, f->path);
	return MS_OK;
}

int kernel_read(const struct symbols *s, struct gdbremote *g, const char *name, uint32_t stride, struct arena *a, struct kernel_array *out, struct err *e)
{
	uint32_t size;

	if (!symbols_object(s, name, &out->address, &size) || !stride || size > ARRAY_MAX)
		return err_set(e, ERR_NO_TRACE, "the runtime's symbols do not say where '%s' is", name);
	uint8_t *at = arena_take(a, size);
	out->at = at;
	out->stride = stride;
	out->count = size / stride;
	return gdbremote_read(g, out->address, at, size, e);
}

uint32_t kernel_value(const struct kernel_array *t, uint32_t i, const struct kernel_field *f)
{
	const uint8_t *at = t->at + (size_t)i * t->stride + f->offset;
	uint32_t value = 0;

	for (uint32_t k = f->size < NUMBER_MAX ? f->size : NUMBER_MAX; k > 0; k--)
		value = value << 8 | at[k - 1];
	return value;
}
