/* SPDX-License-Identifier: Apache-2.0 */
#include "board_limits.h"

#include <string.h>

#include <libfdt.h>

static const struct row {
	const char *name, *property;
	uint32_t least, most, multiple, start;
} rows[BOARD_LIMIT_COUNT] = {
#define BOARD_LIMIT(name, property, least, most, multiple, start) \
	[BOARD_LIMIT_##name] = { #name, property, least, most, multiple, start },
#include "board_limits.def"
#undef BOARD_LIMIT
};

static void check(struct tree *t, int node, const struct row *r, uint32_t value)
{
	if (value < r->least || value > r->most)
		tree_fail(t, node, "has a '%s' that is not %u to %u", r->property, (unsigned)r->least, (unsigned)r->most);
	if (r->multiple && value % r->multiple)
		tree_fail(t, node, "has a '%s' that is no multiple of %u", r->property, (unsigned)r->multiple);
	if (!r->multiple && value & (value - 1))
		tree_fail(t, node, "has a '%s' that is no power of two", r->property);
}

static uint32_t read_row(struct tree *t, int node, const struct row *r)
{
	if (node < 0 || t->rc < 0 || !fdt_getprop(t->fdt, node, r->property, NULL))
		return r->start;
	uint32_t value = tree_number(t, node, r->property);

	check(t, node, r, value);
	return value;
}

static bool is_known(const char *property)
{
	for (size_t i = 0; i < BOARD_LIMIT_COUNT; i++)
		if (!strcmp(rows[i].property, property))
			return true;
	return false;
}

/* What is misspelt was meant to change something, and would not. */
static void refuse_others(struct tree *t, int node)
{
	int property;

	fdt_for_each_property_offset(property, t->fdt, node) {
		const char *name = NULL;

		if (!fdt_getprop_by_offset(t->fdt, property, &name, NULL) || !is_known(name))
			tree_fail(t, node, "has a '%s', which is no capacity", name ? name : "?");
	}
}

void board_limits_read(struct tree *t, struct board *b)
{
	int node = t->rc < 0 ? -1 : fdt_path_offset(t->fdt, "/ms,capacity");

	if (node >= 0)
		refuse_others(t, node);
	for (size_t i = 0; i < BOARD_LIMIT_COUNT; i++)
		b->limit[i] = read_row(t, node, &rows[i]);
	if (b->limit[BOARD_LIMIT_THREAD_MAX] < b->limit[BOARD_LIMIT_SERVICE_MAX])
		tree_fail(t, node, "has fewer 'threads' than 'services', each of which needs one");
	if (b->limit[BOARD_LIMIT_KERNEL_STACK_SIZE] >= b->runtime_ram.size)
		tree_fail(t, node, "has a 'kernel-stack-size' that fills all of the runtime's RAM");
}

struct bytes board_limits_header(const struct board *b, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "/* Made from the device tree of %s. */\n", b->name);
	for (size_t i = 0; i < BOARD_LIMIT_COUNT; i++)
		text_add(&t, a, "#define BOARD_%s %u\n", rows[i].name, (unsigned)b->limit[i]);
	text_add(&t, a, "#define BOARD_DEVICE_MAX %u\n", b->device_count ? (unsigned)b->device_count : 1);
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}
