/* SPDX-License-Identifier: Apache-2.0 */
/* The rows as Markdown: what docs/manifest.md is made of. */
#include "schema_value.h"

#include <string.h>

static const char *kind_text(const struct schema *row)
{
	static const char *const name[] = {
		[SCHEMA_TEXT] = "text", [SCHEMA_NUMBER] = "number", [SCHEMA_SIZE] = "size", [SCHEMA_TIME] = "time",
		[SCHEMA_FLAG] = "true or false", [SCHEMA_TEXTS] = "list of texts", [SCHEMA_MAP] = "map", [SCHEMA_MAPS] = "list of maps",
	};

	return name[row->type];
}

/* What values are allowed: "256 B to 1 MiB in steps of 32", "one of a, b". */
static char *range_text(const struct schema *row, struct arena *a)
{
	if (row->choices) {
		struct text t = { 0 };

		text_add(&t, a, "one of ");
		for (const char *c = row->choices; *c; c++)
			text_add(&t, a, *c == '|' ? ", " : "%c", *c);
		return t.at;
	}
	if (row->type != SCHEMA_NUMBER && row->type != SCHEMA_SIZE && row->type != SCHEMA_TIME)
		return arena_printf(a, "%s", "");

	char *range = arena_printf(a, "%s to %s", schema_amount_text(row, row->min, a), schema_amount_text(row, row->max ? row->max : UINT32_MAX, a));
	return row->step ? arena_printf(a, "%s in steps of %u", range, row->step) : range;
}

static void add_row(struct text *t, const struct schema *row, struct arena *a)
{
	const char *left_out = row->required ? "**required**" : row->later ? "*refused for now*" :
			       row->standard ? arena_printf(a, "`%s`", row->standard) : "";
	const char *range = range_text(row, a);
	bool has_example = row->example && (!row->standard || strcmp(row->example, row->standard) != 0);

	text_add(t, a, "| `%s` | %s%s%s | %s | %s%s%s%s |\n", row->key, kind_text(row), *range ? ": " : "", range, left_out, row->doc,
		 has_example ? ", such as `" : "", has_example ? row->example : "", has_example ? "`" : "");
}

static void add_section(struct text *t, const struct schema *rows, const char *title, int level, struct arena *a)
{
	if (*title)
		text_add(t, a, "\n%.*s `%s`\n\n", level, "######", title);
	text_add(t, a, "| key | value | when left out | meaning |\n|---|---|---|---|\n");
	for (const struct schema *row = rows; row->type; row++)
		add_row(t, row, a);
	for (const struct schema *row = rows; row->type; row++)
		if (row->fields && !row->later)
			add_section(t, row->fields, row->key, level, a);
}

char *schema_manual(const struct schema *rows, struct arena *a)
{
	struct text t = { 0 };

	add_section(&t, rows, "", 3, a);
	return t.at;
}
