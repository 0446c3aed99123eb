/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Overlays as a package might bring them, from anybody: merged with the default board's tree for a driver that is granted uart1,
 * whatever is taken leaves the board's facts as they were, and another's device alone.
 */
#include <string.h>

#include "device.h"
#include "file.h"
#include "fuzz.h"
#include "rulebook.h"

#define DTB "out/boards/mps2-an386/board.dtb"

static struct bytes dtb(void)
{
	static struct arena kept;
	static struct bytes content;
	struct err e;

	if (!content.size)
		must(file_read(DTB, 1 << 20, &kept, &content, &e) == MS_OK);
	return content;
}

/* What the runtime was compiled with. */
static bool same_facts(struct bytes left, struct bytes right, struct arena *a)
{
	struct board_files l, r;
	struct err e;

	must(board_facts(left, "x", a, &l, &e) == MS_OK && board_facts(right, "x", a, &r, &e) == MS_OK);
	return bytes_equal(l.header, r.header) && bytes_equal(l.capacity, r.capacity) && bytes_equal(l.script, r.script);
}

static void merge(struct overlay *o, bool driver, struct arena *a)
{
	struct manifest *m = arena_new(a, struct manifest);
	struct table_rule rule = { 1, table_object(TABLE_DEVICE, 0), TABLE_DEVICE_USE, 0 };
	struct device_service s = { .name = "driver", .id = 1, .manifest = m, .overlays = o, .overlay_count = driver };
	struct rulebook book = { &rule, 1 };
	struct device *d = arena_new(a, struct device);
	struct board *b = arena_new(a, struct board);
	struct err e = { 0 };
	struct bytes blob;

	must(board_read(dtb(), DTB, a, b, &e) == MS_OK);
	m->devices[0] = (struct manifest_mapped){ BYTES_LITERAL("uart1"), 2, 0 };
	m->device_count = 1;
	*d = (struct device){ .board = b, .services = &s, .service_count = 1, .overlays = o, .overlay_count = !driver };
	int rc = devtree_merge(d, &book, a, &d->tree, &e);

	must(rc == MS_OK || (rc < 0 && e.text[0] && rc == e.code));
	if (rc < 0)
		return;
	for (uint32_t i = 1; driver && i < b->device_count; i++)
		must(d->tree.devices[i].said == DEVTREE_UNSAID && !d->tree.devices[i].speed);
	must(devtree_write(d, a, &blob, &e) == MS_OK && same_facts(dtb(), blob, a));
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct overlay *o = arena_new(&a, struct overlay);
	struct err e = { 0 };

	if (overlay_read(in, "x.dtbo", &a, o, &e) == MS_OK) {
		merge(o, true, &a);
		merge(o, false, &a);
	} else {
		must(e.code == -MS_EFORMAT && e.text[0] && e.fix[0]);
	}
	arena_done(&a);
}
