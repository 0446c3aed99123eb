/* SPDX-License-Identifier: Apache-2.0 */
#include "partition_json.h"

#include <string.h>

#include "quantity.h"

/* Where a text stands for the first time, as far as it does: JSON readers keep no places. */
static void find_place(const struct partition *t, const char *text, int *line, int *column)
{
	const char *quoted = arena_printf(t->arena, "\"%s\"", text);
	const uint8_t *at = memmem(t->text.at, t->text.size, quoted, strlen(quoted));

	if (!at)
		return;
	*line = *column = 1;
	for (const uint8_t *c = t->text.at; c < at; c++) {
		bool ends = *c == '\n';

		*line += ends;
		*column = ends ? 1 : *column + ((*c & 0xc0) != 0x80);
	}
}

int partition_fail(const struct partition *t, const char *near, const char *fix)
{
	int line = 0, column = 0;

	find_place(t, near, &line, &column);
	t->e->code = -MS_EPROJECT;
	err_fix(t->e, "%s", fix);
	return err_at(t->e, t->file, line, column);
}

/* Keys that are not the standard's are mistakes, or belong to another implementation: what they ask for would not happen. */
int partition_keys(const struct partition *t, const json_t *object, const char *what, const char *known)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		const char *word = arena_printf(t->arena, " %s ", key);

		if (strstr(known, word))
			continue;
		err_set(t->e, ERR_PSA_KEY, "'%.60s' is no key of %s", key, what);
		return partition_fail(t, key, arena_printf(t->arena, "its keys are:%s", known));
	}
	return MS_OK;
}

const char *partition_text(const struct partition *t, const json_t *object, const char *key, const char *near)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_string(value) && json_string_length(value) && json_string_length(value) < SCHEMA_TEXT_MAX)
		return arena_printf(t->arena, "%s", json_string_value(value));
	err_set(t->e, ERR_PSA_KEY, value ? "'%s' of '%s' is no text" : "'%s' is missing in '%s'", key, near);
	partition_fail(t, near, arena_printf(t->arena, "write '\"%s\": \"...\"'", key));
	return NULL;
}

const char *partition_name(const struct partition *t, const json_t *object, const char *key, const char *near)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	const char *name = partition_text(t, object, key, near);

	if (!name || (strspn(name, letters) == strlen(name) && (name[0] < '0' || name[0] > '9')))
		return name;
	err_set(t->e, ERR_PSA_NAME, "'%s' is '%.60s', which is no name in C", key, name);
	partition_fail(t, name, "use letters, digits and '_'");
	return NULL;
}

/* "'stack_size'", or, of something that has a name, "'sid' of 'CLOCK'". */
static const char *called(const struct partition *t, const char *key, const char *near)
{
	return strcmp(key, near) ? arena_printf(t->arena, "'%s' of '%s'", key, near) : arena_printf(t->arena, "'%s'", key);
}

int partition_number(const struct partition *t, const json_t *object, const char *key, const char *near, uint32_t *out)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= UINT32_MAX) {
		*out = (uint32_t)json_integer_value(value);
		return MS_OK;
	}
	if (json_is_string(value) && quantity_number(json_string_value(value), out, t->e) >= 0)
		return MS_OK;
	err_set(t->e, ERR_PSA_VALUE, "%s is no number", called(t, key, near));
	return partition_fail(t, near, arena_printf(t->arena, "write '\"%s\": \"0x400\"'", key));
}

int partition_choice(const struct partition *t, const json_t *object, const char *key, const char *near, const char *choices,
		     const char *standard, const char **out)
{
	const json_t *value = json_object_get(object, key);
	const char *text = value ? json_string_value(value) : standard;

	*out = text;
	if (text && strstr(arena_printf(t->arena, "|%s|", choices), arena_printf(t->arena, "|%s|", text)))
		return MS_OK;
	err_set(t->e, ERR_PSA_VALUE, "%s is '%.40s', expected one of %s", called(t, key, near), text ? text : "", choices);
	return partition_fail(t, text ? text : near, "correct it");
}

int partition_flag(const struct partition *t, const json_t *object, const char *key, const char *near, bool standard, bool *out)
{
	const json_t *value = json_object_get(object, key);

	*out = value ? json_is_true(value) : standard;
	if (!value || json_is_boolean(value))
		return MS_OK;
	err_set(t->e, ERR_PSA_VALUE, "%s is neither true nor false", called(t, key, near));
	return partition_fail(t, near, "write true or false, without quotes");
}

int partition_list(const struct partition *t, const json_t *object, const char *key, uint32_t max, const json_t **out)
{
	const json_t *value = json_object_get(object, key);

	*out = value;
	if (!value || (json_is_array(value) && json_array_size(value) <= max))
		return MS_OK;
	err_set(t->e, ERR_PSA_VALUE, "'%s' is no list of at most %u", key, max);
	return partition_fail(t, key, "correct it");
}
