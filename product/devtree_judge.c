/* SPDX-License-Identifier: Apache-2.0 */
/* What an overlay has changed in a tree, found by comparing it before and after: whatever trick it was done by, it shows here. */
#include "devtree_parts.h"

#include <string.h>

#include <libfdt.h>

#include "device.h"

enum { SPEED_MAX = 0xffffff };

struct change { const char *path, *property; const void *value; int size; };

static uint32_t device_at(const struct board *b, const char *path)
{
	uint32_t i = 0;

	while (i < b->device_count && (!b->devices[i].path || strcmp(b->devices[i].path, path)))
		i++;
	return i;
}

static bool is_text(const struct change *c, const char *text)
{
	return c->size == (int)strlen(text) + 1 && !memcmp(c->value, text, (size_t)c->size);
}

static int judge_status(struct merging *m, uint32_t i, const struct change *c)
{
	struct devtree_device *d = &m->out->devices[i];
	bool on = is_text(c, "okay") || is_text(c, "ok");

	if (!on && !is_text(c, "disabled"))
		return devtree_fail(m, ERR_OVERLAY_VALUE, c->path, c->property, "write 'status = \"okay\";' or 'status = \"disabled\";'",
				    "'%s' has a status that is neither \"okay\" nor \"disabled\"", c->path);
	d->said = on ? DEVTREE_ON : DEVTREE_OFF;
	d->said_by = m->overlay;
	return MS_OK;
}

static int judge_speed(struct merging *m, uint32_t i, const struct change *c)
{
	struct devtree_device *d = &m->out->devices[i];
	uint32_t speed = c->size == 4 ? fdt32_ld(c->value) : 0;

	if (strncmp(strrchr(c->path, '/'), "/serial@", 8))
		return devtree_fail(m, ERR_OVERLAY_VALUE, c->path, c->property, "leave it out: a serial line has a speed, and nothing else",
				    "'%s' is no serial line, and has no 'current-speed'", c->path);
	if (!speed || speed > SPEED_MAX)
		return devtree_fail(m, ERR_OVERLAY_VALUE, c->path, c->property, "write one number of baud, such as 'current-speed = <115200>;'",
				    "'%s' has a 'current-speed' that is not 1 to %d", c->path, SPEED_MAX);
	d->speed = speed;
	d->speed_by = m->overlay;
	return MS_OK;
}

static bool below(const char *path, const char *above)
{
	size_t size = strlen(above);

	return !strncmp(path, above, size) && (!path[size] || path[size] == '/');
}

static bool is_kept(const struct merging *m, const char *path)
{
	static const char *const own[] = { "ms,clock", "ms,alarm", "ms,watchdog", "stdout-path" };
	int chosen = fdt_path_offset(m->device->board->dtb.at, "/chosen");

	for (size_t i = 0; chosen >= 0 && i < sizeof(own) / sizeof(*own); i++) {
		const char *kept = fdt_getprop(m->device->board->dtb.at, chosen, own[i], NULL);

		if (kept && below(path, kept))
			return true;
	}
	return false;
}

/* What a node that is no product's is, for the sentence. */
static const char *whose(const struct merging *m, const char *path)
{
	static const struct { const char *start, *what; } nodes[] = {
		{ "/aliases", "numbers the devices that the runtime was compiled with" },
		{ "/chosen", "says what the kernel takes for itself" },
		{ "/cpus", "says what the processor is" },
		{ "/partitions", "says where the kernel's flash is" },
		{ "/reserved-memory", "is made from the shared memory of the services" },
		{ "/ms,capacity", "says what the runtime was compiled with" },
		{ "/memory", "is the kernel's memory" }, { "/flash", "is the kernel's memory" }, { "/services-ram", "is the kernel's memory" },
	};

	for (size_t i = 0; i < sizeof(nodes) / sizeof(*nodes); i++)
		if (!strncmp(path, nodes[i].start, strlen(nodes[i].start)))
			return nodes[i].what;
	return is_kept(m, path) ? "is the kernel's own" : "is no device that a product may grant";
}

static int judge(struct merging *m, const struct change *c)
{
	uint32_t i = device_at(m->device->board, c->path);

	if (i == m->device->board->device_count)
		return devtree_fail(m, ERR_OVERLAY_FACT, c->path, c->property, "take it out; a board of your own is a folder (docs/porting.md)",
				    "'%s' of '%s' cannot be changed: that node %s", c->property, c->path, whose(m, c->path));
	if (!strcmp(c->property, "status"))
		return judge_status(m, i, c);
	if (!strcmp(c->property, "current-speed"))
		return judge_speed(m, i, c);
	return devtree_fail(m, ERR_OVERLAY_FACT, c->path, c->property, "an overlay may say 'status' and 'current-speed', and repeat what the board says",
			    "'%s' of '%s' cannot be changed: it is how the hardware of %s is, with which the runtime was compiled", c->property, c->path,
			    m->device->board->name);
}

static int judge_node(struct merging *m, const void *before, int node, const char *path)
{
	int property, was = fdt_path_offset(before, path), rc = MS_OK;

	if (was < 0)
		return devtree_refuse_new(m, node, path);
	fdt_for_each_property_offset(property, m->fdt, node) {
		struct change c = { .path = path };
		int old_size;

		c.value = fdt_getprop_by_offset(m->fdt, property, &c.property, &c.size);
		const void *old = c.value ? fdt_getprop(before, was, c.property, &old_size) : NULL;

		if (!old || old_size != c.size || memcmp(old, c.value, (size_t)c.size))
			rc = judge(m, &c);
		if (rc < 0)
			break;
	}
	return rc;
}

int devtree_judge(struct merging *m, const void *before)
{
	int rc = MS_OK;

	for (int node = 0; node >= 0 && rc >= 0; node = fdt_next_node(m->fdt, node, NULL)) {
		const char *path = devtree_path(m->fdt, node, m->arena);

		if (!path)
			return err_set(m->e, ERR_OVERLAY, "'%s' is no overlay of a device tree that can be used: a path in it is too long", m->overlay->name);
		rc = judge_node(m, before, node, path);
	}
	return rc;
}
