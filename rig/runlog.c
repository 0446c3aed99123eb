/* SPDX-License-Identifier: Apache-2.0 */
#include "runlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "out.h"

static void *must(void *memory)
{
	struct err e;

	if (memory)
		return memory;
	err_set(&e, ERR_NO_MEMORY, "there is no memory left for a log");
	out_die(&e);
}

struct runlog *runlog_new(void)
{
	struct runlog *l = must(calloc(1, sizeof(*l)));

	l->readers = 1;
	return l;
}

struct runlog *runlog_ref(struct runlog *l)
{
	l->readers++;
	return l;
}

void runlog_unref(struct runlog *l)
{
	if (!l || --l->readers)
		return;
	free(l->at);
	free(l);
}

static void append(struct runlog *l, const struct frame *f)
{
	struct arena a = { 0 };
	const char *line = frame_encode(f, &a);
	size_t size = strlen(line);

	if (l->size + size > l->room) {
		l->room = 2 * l->room > l->size + size ? 2 * l->room : l->size + size + 4096;
		l->at = must(realloc(l->at, l->room));
	}
	memcpy(l->at + l->size, line, size);
	l->size += size;
	l->next++;
	arena_done(&a);
}

bool runlog_add(struct runlog *l, const char *channel, const char *text)
{
	if (l->sealed || l->size + FRAME_MAX > RUNLOG_MAX)
		return false;
	append(l, &(struct frame){ .kind = FRAME_TEXT, .number = l->next, .channel = channel, .text = text });
	return true;
}

void runlog_seal(struct runlog *l, enum frame_end end, int status, const char *why, const char *fix)
{
	uint8_t digest[32];
	char text[65];

	if (l->sealed)
		return;
	sha256((struct bytes){ (const uint8_t *)(l->at ? l->at : ""), l->size }, digest);
	for (int i = 0; i < 32; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	append(l, &(struct frame){ .kind = FRAME_LAST, .number = l->next, .end = end, .status = status, .digest = text, .why = why, .fix = fix });
	l->sealed = true;
}
