/* SPDX-License-Identifier: Apache-2.0 */
/* What was made printable is so, character by character, and stays as it is. */
#include <string.h>

#include "arena.h"
#include "fuzz.h"
#include "printable.h"

FUZZ(in)
{
	struct arena a = { 0 };

	char *text = arena_string(&a, in);
	size_t size = printable(text, in.size);
	must(size <= in.size);
	for (size_t at = 0, n; at < size; at += n) {
		n = text[at] == '\t' ? 1 : printable_char(text + at, size - at);
		must(n > 0);
	}
	char *again = arena_string(&a, (struct bytes){ (uint8_t *)text, size });
	must(printable(again, size) == size && memcmp(again, text, size) == 0);
	arena_done(&a);
}
