/* SPDX-License-Identifier: Apache-2.0 */
#include "schema_value.h"

#include <string.h>

#include "opt.h"
#include "quantity.h"

enum { CHOICE_COUNT_MAX = 64 };

int schema_fail_at(struct schema_reading *r, int line, int column)
{
	r->e->code = -MS_EPROJECT;
	return err_at(r->e, r->file, line, column);
}

const char *schema_type_name(enum schema_type type)
{
	static const char *const name[] = {
		[SCHEMA_TEXT] = "text", [SCHEMA_NUMBER] = "a number", [SCHEMA_SIZE] = "a size", [SCHEMA_TIME] = "a time",
		[SCHEMA_FLAG] = "true or false", [SCHEMA_TEXTS] = "a list", [SCHEMA_MAP] = "a map", [SCHEMA_MAPS] = "a list of maps",
	};

	return name[type];
}

const char *schema_node_name(const struct node *n)
{
	if (n->kind == NODE_TEXT)
		return n->quoted || *n->text ? "text" : "nothing";

	return n->kind == NODE_LIST ? "a list" : "a map";
}

int schema_wrong_type(struct schema_reading *r, const struct schema *row, const struct node *n, const char *expected)
{
	err_set(r->e, ERR_VALUE_KIND, "'%s' is %s, expected %s", row->key, schema_node_name(n), expected);
	if (row->example)
		err_fix(r->e, "write it like '%s: %s'", row->key, row->example);
	return schema_fail_at(r, n->line, n->column);
}

char *schema_amount_text(const struct schema *row, uint32_t value, struct arena *a)
{
	if (row->type == SCHEMA_SIZE)
		return quantity_size_text(value, a);
	if (row->type == SCHEMA_TIME)
		return quantity_time_text(value, a);

	return arena_printf(a, "%u", value);
}

static uint32_t amount_max(const struct schema *row)
{
	return row->max ? row->max : UINT32_MAX;
}

static int check_amount(struct schema_reading *r, const struct schema *row, const struct node *n, uint32_t value)
{
	uint32_t max = amount_max(row);

	if (value < row->min || value > max) {
		err_set(r->e, ERR_VALUE_RANGE, "'%s' is %s, expected %s to %s", row->key, n->text,
			schema_amount_text(row, row->min, r->a), schema_amount_text(row, max, r->a));
		err_fix(r->e, "the nearest is '%s: %s'", row->key, schema_amount_text(row, value < row->min ? row->min : max, r->a));
		return schema_fail_at(r, n->line, n->column);
	}
	if (row->step && value % row->step) {
		err_set(r->e, ERR_VALUE_RANGE, "'%s' is %s, expected a multiple of %u", row->key, n->text, row->step);
		err_fix(r->e, "the next is '%s: %s'", row->key, schema_amount_text(row, value - value % row->step + row->step, r->a));
		return schema_fail_at(r, n->line, n->column);
	}

	return MS_OK;
}

static int read_amount(struct schema_reading *r, const struct schema *row, const struct node *n, uint32_t *out)
{
	uint32_t value = 0;

	if (n->quoted)
		return schema_wrong_type(r, row, n, schema_type_name(row->type));
	int rc = row->type == SCHEMA_SIZE ? quantity_size(n->text, &value, r->e) :
		 row->type == SCHEMA_TIME ? quantity_time(n->text, &value, r->e) : quantity_number(n->text, &value, r->e);
	if (rc < 0)
		return schema_fail_at(r, n->line, n->column);
	rc = check_amount(r, row, n, value);
	if (rc < 0)
		return rc;

	*out = value;
	return MS_OK;
}

static int read_flag(struct schema_reading *r, const struct schema *row, const struct node *n, bool *out)
{
	bool yes = strcmp(n->text, "true") == 0;

	if (n->quoted || (!yes && strcmp(n->text, "false") != 0)) {
		err_set(r->e, ERR_VALUE_KIND, "'%s' is '%.40s', expected true or false", row->key, n->text);
		return schema_fail_at(r, n->line, n->column);
	}

	*out = yes;
	return MS_OK;
}

/* Is it one of "a|b|c"? */
static bool is_choice(const char *choices, const char *text)
{
	size_t size = strlen(text);

	for (const char *at = choices; *at; at += strspn(at, "|")) {
		size_t one = strcspn(at, "|");

		if (one == size && memcmp(at, text, size) == 0)
			return true;
		at += one;
	}

	return false;
}

static int wrong_choice(struct schema_reading *r, const struct schema *row, const struct node *n)
{
	char *list = arena_printf(r->a, "%s", row->choices);
	const char *names[CHOICE_COUNT_MAX];
	size_t count = 0;

	for (char *save, *at = strtok_r(list, "|", &save); at && count < CHOICE_COUNT_MAX; at = strtok_r(NULL, "|", &save))
		names[count++] = at;
	const char *near = opt_nearest(n->text, names, count);

	err_set(r->e, ERR_VALUE_CHOICE, "'%s' is '%.40s', expected one of %s", row->key, n->text, row->choices);
	if (near)
		err_fix(r->e, "did you mean '%s'?", near);
	return schema_fail_at(r, n->line, n->column);
}

int schema_read_text(struct schema_reading *r, const struct schema *row, const struct node *n, const char **out)
{
	size_t size = strlen(n->text);
	size_t max = row->type == SCHEMA_TEXT && row->max ? row->max : SCHEMA_TEXT_MAX;

	if (size > max || (!size && !n->quoted) || (row->type == SCHEMA_TEXT && size < row->min)) {
		err_set(r->e, ERR_VALUE_RANGE, "'%s' has %zu bytes, expected %u to %zu", row->key, size, row->min ? row->min : 1, max);
		return schema_fail_at(r, n->line, n->column);
	}
	if (row->choices && !is_choice(row->choices, n->text))
		return wrong_choice(r, row, n);
	if (row->check && row->check(n->text, r->e) < 0)
		return schema_fail_at(r, n->line, n->column);

	*out = n->text;
	return MS_OK;
}

int schema_read_scalar(struct schema_reading *r, const struct schema *row, const struct node *n, void *to)
{
	if (row->type == SCHEMA_TEXT)
		return schema_read_text(r, row, n, to);
	if (row->type == SCHEMA_FLAG)
		return read_flag(r, row, n, to);

	return read_amount(r, row, n, to);
}
