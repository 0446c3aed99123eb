/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <string.h>

/* The files as they are, from the assembler, each with a NUL behind it; store/build.ninja knows that this object is made of them. */
#define EMBED(name, file) \
	__asm__(".section .rodata\n" "page_" #name ":\n.incbin \"store/pages/" file "\"\n" "page_" #name "_end:\n.byte 0\n.previous\n"); \
	extern const char page_##name[], page_##name##_end[];
#define PAGE(name) EMBED(name, #name ".html")
#define PART(name) EMBED(name, #name ".html")
#define FILE_AS_IS(name, file, type) EMBED(name, file)
#include "pages.def"
#undef PAGE
#undef PART
#undef FILE_AS_IS

static const char *find(const char *name)
{
#define PAGE(known) if (!strcmp(name, #known)) return page_##known;
#define PART PAGE
#define FILE_AS_IS(known, file, type)
#include "pages.def"
#undef PAGE
#undef PART
#undef FILE_AS_IS
	return NULL;
}

int pages_render(const char *name, const json_t *data, struct arena *a, struct text *out, struct err *e)
{
	return template_render(name, data, find, a, out, e);
}

bool pages_file(const char *name, struct bytes *content, const char **type)
{
	static const struct { const char *name, *from, *end, *type; } files[] = {
#define PAGE(known)
#define PART(known)
#define FILE_AS_IS(known, file, of) { file, page_##known, page_##known##_end, of },
#include "pages.def"
#undef PAGE
#undef PART
#undef FILE_AS_IS
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (strcmp(name, files[i].name) != 0)
			continue;
		*content = (struct bytes){ (const uint8_t *)files[i].from, (size_t)(files[i].end - files[i].from) };
		*type = files[i].type;
		return true;
	}
	return false;
}
