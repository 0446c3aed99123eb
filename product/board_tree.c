/* SPDX-License-Identifier: Apache-2.0 */
#include "board_tree.h"

#include <stdarg.h>
#include <string.h>

#include <libfdt.h>

enum { PATH_SIZE = 256, VERSION = 17 };

void tree_fail(struct tree *t, int node, const char *format, ...)
{
	char at[PATH_SIZE] = "/";
	va_list args;

	if (t->rc < 0)
		return;
	if (node >= 0)
		fdt_get_path(t->fdt, node, at, sizeof(at));
	va_start(args, format);
	t->rc = err_set(t->e, ERR_BOARD_TREE, "'%s' is not the device tree of a board: node '%s' %s", t->path, at,
			arena_vprintf(t->a, format, args));
	va_end(args);
}

/* Of versions that no dtc writes any more, libfdt 1.6.1 follows names that are not there. */
int tree_check(struct bytes dtb)
{
	if (dtb.size < sizeof(struct fdt_header))
		return -FDT_ERR_TRUNCATED;
	if (fdt_magic(dtb.at) == FDT_MAGIC && fdt_version(dtb.at) < VERSION)
		return -FDT_ERR_BADVERSION;
	return fdt_check_full(dtb.at, dtb.size);
}

int tree_open(struct tree *t, struct bytes dtb, const char *path, struct arena *a, struct err *e)
{
	/* libfdt wants it aligned; what the arena gives is. */
	struct bytes copy = arena_copy(a, dtb);

	*t = (struct tree){ .fdt = copy.at, .path = path, .a = a, .e = e };
	int why = tree_check(copy);
	if (why)
		t->rc = err_set(e, ERR_BOARD_TREE, "'%s' is not a compiled device tree: %s", path, fdt_strerror(why));
	return t->rc;
}

int tree_node(struct tree *t, const char *path)
{
	if (t->rc < 0)
		return -1;
	int node = fdt_path_offset(t->fdt, path);
	if (node < 0)
		tree_fail(t, -1, "has no child '%s'", path);
	return node;
}

int tree_chosen(struct tree *t, const char *property)
{
	const char *path = tree_text(t, tree_node(t, "/chosen"), property);

	return t->rc < 0 ? -1 : tree_node(t, path);
}

int tree_compatible(struct tree *t, const char *compatible)
{
	if (t->rc < 0)
		return -1;
	int node = fdt_node_offset_by_compatible(t->fdt, -1, compatible);
	if (node < 0)
		tree_fail(t, -1, "has no child that is compatible with '%s'", compatible);
	return node;
}

static const void *property_at(struct tree *t, int node, const char *property, int *size)
{
	if (t->rc < 0)
		return NULL;
	const void *at = fdt_getprop(t->fdt, node, property, size);
	if (!at)
		tree_fail(t, node, "has no '%s'", property);
	return at;
}

const char *tree_text(struct tree *t, int node, const char *property)
{
	int size;
	const char *text = property_at(t, node, property, &size);

	if (text && (size < 2 || !memchr(text, '\0', (size_t)size))) {
		tree_fail(t, node, "has a '%s' that is no text", property);
		text = NULL;
	}
	return text ? text : "";
}

uint32_t tree_cell(struct tree *t, int node, const char *property, uint32_t index)
{
	int size;
	const fdt32_t *cells = property_at(t, node, property, &size);

	if (!cells)
		return 0;
	if (size % 4 || index >= (uint32_t)size / 4) {
		tree_fail(t, node, "has a '%s' with too few numbers", property);
		return 0;
	}
	return fdt32_ld(&cells[index]);
}

uint32_t tree_number(struct tree *t, int node, const char *property)
{
	int size = 4;

	if (property_at(t, node, property, &size) && size != 4)
		tree_fail(t, node, "has a '%s' that is not one number", property);
	return tree_cell(t, node, property, 0);
}

struct board_window tree_reg(struct tree *t, int node)
{
	struct board_window w = { tree_cell(t, node, "reg", 0), tree_cell(t, node, "reg", 1) };

	if (t->rc == MS_OK && (w.size == 0 || w.size - 1 > UINT32_MAX - w.base))
		tree_fail(t, node, "has a 'reg' that is empty or ends above 4 GiB");
	return w;
}
