/* SPDX-License-Identifier: Apache-2.0 */
#include "storetrust.h"

#include <string.h>

#include "file.h"
#include "folders.h"

static const char *folder(struct arena *a)
{
	return path_join(a, folder_config(a), "trust/stores");
}

/* Printable ASCII without blanks, '+' and now '/': one file's name; a name of dots alone is none. */
static const char *file_name(const struct note_key *k, const char *ending, struct arena *a)
{
	char *name = arena_printf(a, "%s+%08x.%s", k->name, (unsigned)k->id, ending);

	for (char *c = name; *c; c++)
		if (*c == '/' || (*c == '.' && c == name))
			*c = '%';
	return name;
}

const char *storetrust_seen(const struct note_key *k, struct arena *a)
{
	return path_join(a, folder_state(a), arena_printf(a, "stores/%s", file_name(k, "checkpoint", a)));
}

int storetrust_add(const struct note_key *k, struct arena *a, struct err *e)
{
	const char *path = path_join(a, folder(a), file_name(k, "key", a)), *line = arena_printf(a, "%s\n", note_key_write(k, a));

	int rc = file_make_folders(folder(a), a, e);
	return rc < 0 ? rc : file_update(path, (struct bytes){ (const uint8_t *)line, strlen(line) }, 0644, a, NULL, e);
}

static int read_key(const char *path, struct arena *a, struct note_key *out, struct err *e)
{
	struct bytes content;

	int rc = file_read(path, NOTE_NAME_MAX + 100, a, &content, e);
	if (rc < 0)
		return rc;
	char *line = arena_string(a, content);
	line[strcspn(line, "\n")] = '\0';
	rc = note_key_read(line, a, out, e);
	return rc < 0 ? err_at(e, path, 1, 0) : MS_OK;
}

int storetrust_list(struct arena *a, struct list *keys, struct err *e)
{
	struct list names = { 0 };

	if (!file_is_folder(folder(a)))
		return MS_OK;
	int rc = file_list(folder(a), a, &names, e);
	for (size_t i = 0; rc == MS_OK && i < names.count; i++) {
		struct note_key *k = arena_new(a, struct note_key);
		rc = read_key(path_join(a, folder(a), names.at[i]), a, k, e);
		list_push(keys, a, k);
	}
	return rc;
}

static int unknown(const char *name, struct err *e)
{
	err_set(e, ERR_STORE_UNKNOWN, "no key is trusted for the log '%s'", name);
	return err_fix(e, "if you believe the store: ms key trust --store KEY, with the line that its owner gives");
}

int storetrust_remove(const char *word, struct arena *a, struct err *e)
{
	struct list keys = { 0 };
	bool found = false;

	int rc = storetrust_list(a, &keys, e);
	for (size_t i = 0; rc == MS_OK && i < keys.count; i++) {
		const struct note_key *k = keys.at[i];
		if (strcmp(k->name, word) != 0 && strcmp(note_key_write(k, a), word) != 0)
			continue;
		found = true;
		rc = file_remove(path_join(a, folder(a), file_name(k, "key", a)), e);
	}
	return rc < 0 || found ? rc : unknown(word, e);
}

int storetrust_find(const char *name, const struct note *n, struct arena *a, struct note_key *out, struct err *e)
{
	struct list keys = { 0 };
	const struct note_key *of_name = NULL;

	int rc = storetrust_list(a, &keys, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < keys.count; i++) {
		const struct note_key *k = keys.at[i];
		if (strcmp(k->name, name) != 0)
			continue;
		if (!of_name || note_verify(n, k) == MS_OK)
			of_name = k;
	}
	if (!of_name)
		return unknown(name, e);
	*out = *of_name;
	return MS_OK;
}
