/* SPDX-License-Identifier: Apache-2.0 */
#include "script.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 64, MAPPED_NAME_ROOM = 32 };	/* of struct ms_facts, ms_mapped */

/*
 * Constructors that are the sanitizers' or gcov's (their priorities are up to
 * 100, which gcc keeps for itself) stay the host's; all others are the service's.
 * What gcov counts (its names, in sections by name) does not end with the service.
 */
static const char head[] =
	"SECTIONS\n"
	"{\n"
	"\t.init_array.00099 : { KEEP(*(.init_array.00099)) }\n"
	"\t.fini_array.00099 : { KEEP(*(.fini_array.00099)) }\n"
	"\t.init_array.00100 : { KEEP(*(.init_array.00100)) }\n"
	"\t.fini_array.00100 : { KEEP(*(.fini_array.00100)) }\n"
	"\tms_counters : ALIGN(4096) {\n"
	"\t\t*(.bss.__gcov* .data.rel.local.__gcov* .data.rel*..LPBX*)\n"
	"\t\t. = ALIGN(4096);\n"
	"\t}\n";

static const char data[] =
	"\t\t. = ALIGN(4096);\n"
	"\t\t__ms_data = .;\n"
	"\t\t*(.data .data.*)\n"
	"\t\t. = ALIGN(8);\n"
	"\t\t__preinit_array_start = .;\n"
	"\t\t__preinit_array_end = .;\n"
	"\t\t__init_array_start = .;\n"
	"\t\tKEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*)))\n"
	"\t\tKEEP(*(.init_array))\n"
	"\t\t__init_array_end = .;\n"
	"\t\t__fini_array_start = .;\n"
	"\t\tKEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*)))\n"
	"\t\tKEEP(*(.fini_array))\n"
	"\t\tKEEP(*(.fini_array_onexit))\n"
	"\t\t__fini_array_end = .;\n"
	"\t\t. = ALIGN(16);\n"
	"\t\t__ms_local = .;\n"
	"\t\t*(.ms_tls)\n"
	"\t\t. = ALIGN(16);\n"
	"\t\t__ms_local_end = .;\n"
	"\t\t__ms_local_template = .;\n"
	"\t\t. += __ms_local_end - __ms_local;\n"
	"\t\t__ms_tls_block = .;\n"
	"\t\t. += 16 + __ms_local_end - __ms_local;\n"
	"\t\t*(.bss .bss.*)\n"
	"\t\t*(COMMON)\n"
	"\t\t. = ALIGN(16);\n"
	"\t\t__ms_heap = .;\n";

static const char tail[] =
	"\t\t__ms_heap_end = .;\n"
	"\t\t. = ALIGN(4096);\n"
	"\t\t__ms_data_end = .;\n"
	"\t}\n"
	"}\n";

/* The code of one of the author's objects.  The script has no way to write a path with a quote: its code counts as a library's then. */
static void add_path(struct text *t, struct arena *a, const char *path)
{
	if (!strchr(path, '"'))
		text_add(t, a, "\t\t\"%s\"(.text .text.*)\n", path);
}

/* struct ms_interface of each */
static void add_interfaces(struct text *t, struct arena *a, const struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *text = list->at[i];
		char *at;
		unsigned long sid = strtoul(text, &at, 0), version = strtoul(at + (*at == ','), &at, 0), flags = strtoul(at + (*at == ','), NULL, 0);

		text_add(t, a, "\t\tLONG(0x%lx) SHORT(%lu) SHORT(%lu)\n", sid, version, flags);
	}
}

static void add_name(struct text *t, struct arena *a, const char *name, size_t size, size_t room)
{
	text_add(t, a, "\t\t");
	for (size_t i = 0; i < room; i++)
		text_add(t, a, "BYTE(%d) ", i < size && i < room - 1 ? name[i] : 0);
	text_add(t, a, "\n");
}

/* struct ms_mapped of each */
static void add_mapped(struct text *t, struct arena *a, const struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *text = list->at[i];
		size_t size = strcspn(text, ",");
		char *at = NULL;
		unsigned long number = strtoul(text + size + (text[size] == ','), &at, 0), flags = strtoul(at + (*at == ','), NULL, 0);

		add_name(t, a, text, size, MAPPED_NAME_ROOM);
		text_add(t, a, "\t\tLONG(%lu) LONG(%lu)\n", number, flags);
	}
}

/* struct ms_facts */
static void add_facts(struct text *t, struct arena *a, const struct script *s)
{
	text_add(t, a, "\t\t. = ALIGN(4);\n\t\t__ms_facts = .;\n\t\tLONG(%u) LONG(%u) LONG(%u) LONG(%u) LONG(%zu) LONG(%zu) LONG(%zu) LONG(%zu)\n",
		 s->stack_size, s->heap_size, s->priority, s->id, s->provides.count, s->calls.count, s->devices.count, s->shared.count);
	add_name(t, a, s->name, strlen(s->name), NAME_ROOM);
	add_interfaces(t, a, &s->provides);
	add_interfaces(t, a, &s->calls);
	add_mapped(t, a, &s->devices);
	add_mapped(t, a, &s->shared);
}

char *script_text(const struct script *s, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s\tms_text_%s : {\n\t\t__ms_text = .;\n", head, s->tag);
	for (size_t i = 0; i < s->objects->count; i++)
		add_path(&t, a, s->objects->at[i]);
	text_add(&t, a, "\t\t__ms_own_end = .;\n\t\t*(.text .text.*)\n\t\t*(.rodata .rodata.*)\n");
	add_facts(&t, a, s);
	text_add(&t, a, "\t\t__ms_text_end = .;\n\t}\n\tms_ram_%s : ALIGN(4096) {\n%s", s->tag, data);
	text_add(&t, a, "\t\t. += %u;\n%s", s->heap_size, tail);
	return arena_string(a, (struct bytes){ (const uint8_t *)t.at, t.size });
}
