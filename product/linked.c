/* SPDX-License-Identifier: Apache-2.0 */
#include "linked.h"

#include <string.h>

#include "linkmap.h"

/* Below it there is nothing of an image: notes, symbols, debug information. */
enum { IMAGE_BASE = 0x20000000 };

static struct linked_part split(struct bytes object)
{
	const uint8_t *open = object.size && object.at[object.size - 1] == ')' ? memrchr(object.at, '(', object.size) : NULL;

	if (open == object.at)		/* a file of that name, and no archive */
		open = NULL;
	size_t file = open ? (size_t)(open - object.at) : object.size;

	return (struct linked_part){ bytes_part(object, 0, file), open ? bytes_part(object, file + 1, object.size - file - 2) : (struct bytes){ 0 } };
}

static bool known(const struct list *parts, const struct linked_part *p)
{
	for (size_t i = parts->count; i-- > 0; ) {
		const struct linked_part *old = parts->at[i];

		if (bytes_equal(old->member, p->member) && bytes_equal(old->file, p->file))
			return true;
	}
	return false;
}

void linked_parts(struct bytes map, struct arena *a, struct list *out)
{
	struct linkmap_part at;

	for (size_t next = 0; linkmap_next(map, &next, &at); ) {
		struct linked_part part = split(at.object);

		/* What the linker made by itself is of no file. */
		if (at.address < IMAGE_BASE || bytes_equal(part.file, BYTES_LITERAL("linker stubs")) || known(out, &part))
			continue;
		struct linked_part *kept = arena_new(a, struct linked_part);

		*kept = part;
		list_push(out, a, kept);
	}
}

static struct bytes take_line(struct bytes *text)
{
	const uint8_t *end = text->size ? memchr(text->at, '\n', text->size) : NULL;
	struct bytes line = bytes_part(*text, 0, end ? (size_t)(end - text->at) : text->size);

	*text = bytes_part(*text, line.size + (end != NULL), text->size);
	return line;
}

void linked_add(struct list *texts, const char *text, struct arena *a)
{
	for (size_t i = 0; i < texts->count; i++)
		if (!strcmp(texts->at[i], text))
			return;
	list_push(texts, a, (void *)text);
}

/* "out/v7em/obj/src/main.c.o: #deps 2, ..." and a line of four blanks and a name for each, up to an empty one. */
bool linked_sources(struct bytes deps, const char *object, struct arena *a, struct list *out)
{
	struct bytes head = { (const uint8_t *)arena_printf(a, "%s: #deps ", object), strlen(object) + 8 }, line;

	do {
		if (!deps.size)
			return false;
		line = take_line(&deps);
	} while (!bytes_equal(bytes_part(line, 0, head.size), head));
	while (deps.size && (line = take_line(&deps)).size > 4 && line.at[0] == ' ')
		if (line.at[4] != '/')
			linked_add(out, arena_string(a, bytes_part(line, 4, line.size)), a);
	return true;
}
