/* SPDX-License-Identifier: Apache-2.0 */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#include "import_parts.h"
#include "importfolder.h"
#include "license.h"

const char *import_kind_name(enum import_remark_kind kind)
{
	static const char *const names[] = { "left", "missing", "differs" };

	return names[kind];
}

void import_tell(struct import *m, struct arena *a, enum import_remark_kind kind, const struct import_file *f,
		 const struct import_word *at, const char *name, const char *text)
{
	struct import_told *t = arena_new(a, struct import_told);

	*t = (struct import_told){ kind, f->path, at ? at->line : 0, at ? at->column : 0, name, text };
	list_push(&m->told, a, t);
}

static int by_place(const void *a, const void *b)
{
	const struct import_told *l = *(const struct import_told *const *)a, *r = *(const struct import_told *const *)b;
	int names = strcmp(l->file, r->file);

	if (l->kind != r->kind)
		return l->kind < r->kind ? -1 : 1;
	if (names)
		return names;
	return l->line != r->line ? (l->line < r->line ? -1 : 1) : l->column - r->column;
}

/* Words that stand in the text of a licence and in no other. */
static const struct { const char *words, *licence; } texts[] = {
	{ "Apache License", "Apache-2.0" },
	/* Whether a later version will do stands in the sources, not in the text: without their line it is the narrower. */
	{ "GNU AFFERO GENERAL PUBLIC LICENSE Version 3", "AGPL-3.0-only" },
	{ "GNU LESSER GENERAL PUBLIC LICENSE Version 3", "LGPL-3.0-only" },
	{ "GNU LESSER GENERAL PUBLIC LICENSE Version 2.1", "LGPL-2.1-only" },
	{ "GNU LIBRARY GENERAL PUBLIC LICENSE Version 2", "LGPL-2.0-only" },
	{ "GNU GENERAL PUBLIC LICENSE Version 3", "GPL-3.0-only" },
	{ "GNU GENERAL PUBLIC LICENSE Version 2", "GPL-2.0-only" },
	{ "Mozilla Public License", "MPL-2.0" },
	{ "unencumbered software released into the public domain", "Unlicense" },
	{ "CC0 1.0 Universal", "CC0-1.0" },
	{ "Permission is hereby granted, free of charge", "MIT" },
	{ "Permission to use, copy, modify, and", "ISC" },
	{ "This software is provided 'as-is', without any express or implied", "Zlib" },
	{ "Neither the name of", "BSD-3-Clause" },
	{ "Redistribution and use in source and binary forms", "BSD-2-Clause" },
};

/* The same words whatever the lines are broken at. */
static char *flattened(struct bytes text, struct arena *a)
{
	char *flat = arena_string(a, text), *to = flat;

	for (const char *at = flat; *at; at++) {
		char byte = strchr("\r\n\t", *at) ? ' ' : *at;

		if (byte != ' ' || to == flat || to[-1] != ' ')
			*to++ = byte;
	}
	*to = '\0';
	return flat;
}

void import_licence(struct import *m, struct arena *a)
{
	struct err ignored;

	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		if (f->kind == IMPORT_LICENCE && (!m->licence_file || strlen(f->path) < strlen(m->licence_file->path)))
			m->licence_file = f;
		if (f->fate != IMPORT_LEFT && f->licence && !m->licence && license_check(f->licence, &ignored) >= 0)
			m->licence = f->licence;
	}
	if (m->licence || !m->licence_file)
		return;
	const char *flat = flattened(m->licence_file->text, a);
	for (size_t i = 0; !m->licence && i < sizeof(texts) / sizeof(*texts); i++)
		if (strstr(flat, texts[i].words))
			m->licence = texts[i].licence;
}

int import_read(const char *folder, const char *const *headers, struct arena *a, struct import *out, struct err *e)
{
	struct import m = { .folder = folder };

	int rc = importfolder_read(folder, a, &m.files, e);
	if (rc >= 0)
		rc = importbuild_read(folder, &m.files, a, &m.build, e);
	if (rc >= 0)
		rc = import_choose(&m, headers, a, e);
	if (rc < 0)
		return rc;
	import_judge(&m, a);
	import_licence(&m, a);
	if (m.told.count)
		qsort(m.told.at, m.told.count, sizeof(*m.told.at), by_place);
	*out = m;
	return MS_OK;
}
