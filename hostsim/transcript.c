/* SPDX-License-Identifier: Apache-2.0 */
#include "transcript.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panic.h"
#include "tracehash.h"

static struct {
	char **line;
	size_t count, room;
	char open[1024];		/* the line that is not complete yet */
	size_t open_size;
} script;

void transcript_clear(void)
{
	for (size_t i = 0; i < script.count; i++)
		free(script.line[i]);
	free(script.line);
	memset(&script, 0, sizeof(script));
}

static void keep(const char *text, size_t size)
{
	tracehash_line(text, size);
	if (script.count == script.room) {
		script.room = script.room ? 2 * script.room : 64;
		script.line = realloc(script.line, script.room * sizeof(*script.line));
		if (!script.line)
			panic("out of memory");
	}
	script.line[script.count] = strndup(text, size);
	if (!script.line[script.count++])
		panic("out of memory");
}

void transcript_add(const char *text, size_t size, bool echo)
{
	if (echo)
		fwrite(text, 1, size, stdout);
	for (; size; size--, text++) {
		if (*text == '\n') {
			keep(script.open, script.open_size);
			script.open_size = 0;
		} else if (script.open_size < sizeof(script.open)) {
			script.open[script.open_size++] = *text;
		}
	}
}

size_t transcript_count(void)
{
	return script.count;
}

const char *transcript_line(size_t i)
{
	return i < script.count ? script.line[i] : NULL;
}

/* "[    0.001234] hello info: Hello, world" (docs/abi.md, "The console's lines"). */
const char *transcript_text(size_t i, const char *service)
{
	const char *at = transcript_line(i);
	size_t size = strlen(service);

	at = at ? strstr(at, "] ") : NULL;
	if (!at || strncmp(at + 2, service, size) || at[2 + size] != ' ')
		return NULL;
	at = strstr(at + 2 + size, ": ");
	return at ? at + 2 : NULL;
}
