/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to know of somebody's sources before they are built for a device. */
#include "import_parts.h"

#include <stdlib.h>
#include <string.h>

#include "importwords.h"
#include "toolwords.h"

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has(const struct list *sorted, const char *name)
{
	return sorted->count && bsearch(&name, sorted->at, sorted->count, sizeof(*sorted->at), by_text);
}

/* All that the project defines, in whatever file: a call of that is not the system's. */
static struct list defined(const struct import *m, struct arena *a)
{
	struct list all = { 0 };

	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		if (f->fate == IMPORT_LEFT)
			continue;
		for (size_t k = 0; k < f->functions.count; k++)
			list_push(&all, a, (void *)((const struct import_word *)f->functions.at[k])->name);
		for (size_t k = 0; k < f->own.count; k++)
			list_push(&all, a, f->own.at[k]);
	}
	list_sort(&all);
	return all;
}

static void judge_name(struct import *m, const struct import_file *f, const struct import_word *w, struct arena *a)
{
	const struct import_remark *known = importwords_find(w->name);
	const char *instead = known || w->kind != WORD_CALL ? NULL : toolwords_instead(w->name);

	if (instead) {
		import_tell(m, a, REMARK_MISSING, f, w, w->name, instead);
	} else if (known) {
		import_tell(m, a, REMARK_DIFFERS, f, w, w->name, known->text);
		m->heap |= known->need == NEED_HEAP;
		m->network |= known->need == NEED_NETWORK;
	}
}

static void judge(struct import *m, const struct import_file *f, const struct list *own, struct arena *a)
{
	for (size_t i = 0; i < f->words.count; i++) {
		const struct import_word *w = f->words.at[i];

		switch (w->kind) {
		case WORD_CALL:
		case WORD_NAME:
			if (!has(own, w->name))
				judge_name(m, f, w, a);
			break;
		case WORD_ASSEMBLY:
			import_tell(m, a, REMARK_DIFFERS, f, w, w->name, "is for one processor: 'ms test' cannot run it on this computer, and a service is not privileged; write it in C");
			break;
		case WORD_ADDRESS:
			import_tell(m, a, REMARK_MISSING, f, w, w->name,
				    "is a register of some chip: a service reaches a device by ms_device_map, or by messages to its driver (services/README.md)");
			break;
		case WORD_INCLUDE:
		case WORD_INCLUDE_QUOTED:
			break;
		}
	}
}

void import_judge(struct import *m, struct arena *a)
{
	struct list own = defined(m, a);

	for (size_t i = 0; i < m->told.count; i++) {
		struct import_told *t = m->told.at[i];

		/* Headers of the folder's and the SDK's were found before; "<x.h>" as the table of hints has it. */
		if (t->kind == REMARK_MISSING && !t->text) {
			const char *hint = toolwords_instead(arena_printf(a, "%.*s", (int)strlen(t->name) - 2, t->name + 1));

			t->text = hint ? hint : "is neither in the folder nor in the SDK: copy it there, or leave out what needs it";
		}
	}
	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];
		const struct import_word at = { .line = f->main_line, .column = 1 };

		if (f->fate != IMPORT_LEFT)
			judge(m, f, &own, a);
		if (f == m->program && f->main_has_arguments)
			import_tell(m, a, REMARK_DIFFERS, f, &at, "main", "gets one argument, which is empty: say in 'defines' of ms.yaml what a command line would");
	}
}
