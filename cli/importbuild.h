/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a project was built so far, as far as its compile_commands.json or its
 * makefile says it plainly: sources, folders of headers, definitions.
 *
 * Nothing of it is run.  Of a makefile words are taken as they stand (main.c, main.o, -Iinclude,
 * -DSIZE=4); what needs a variable's value, a function or a condition is not computed.
 */
#ifndef IMPORTBUILD_H
#define IMPORTBUILD_H

#include "err.h"
#include "importfile.h"

struct import_build {
	const char *file;	/* where this is from; NULL: there is no such file, or it names no source */
	struct list sources;	/* struct import_file */
	struct list folders;	/* texts, relative to the imported folder; "" is the folder itself */
	struct list defines;	/* "NAME", "NAME=value" */
};

/* -MS_EPROJECT when there is a compile_commands.json that cannot be read. */
int importbuild_read(const char *folder, const struct list *files, struct arena *a, struct import_build *out, struct err *e);

/* Add a text unless the list has it. */
void importbuild_add(struct list *l, struct arena *a, const char *text);

#endif
