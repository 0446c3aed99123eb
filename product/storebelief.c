/* SPDX-License-Identifier: Apache-2.0 */
#include "storebelief.h"

#include <string.h>

#include "checkpoint.h"
#include "file.h"
#include "storetrust.h"

int storebelief_read(const char *word, struct arena *a, struct note_key *out, struct err *e)
{
	struct bytes content;

	if (strchr(word, '+') && !file_exists(word))
		return note_key_read(word, a, out, e);
	int rc = file_read(word, NOTE_NAME_MAX + 100, a, &content, e);
	if (rc < 0)
		return rc;
	char *line = arena_string(a, content);
	line[strcspn(line, "\n")] = '\0';
	return note_key_read(line, a, out, e);
}

int storebelief_find(const struct storefiles *files, const char *word, struct arena *a, struct bytes *note, bool *trusted, struct note_key *out, struct err *e)
{
	struct checkpoint c;
	struct note n;
	struct err why;

	*trusted = false;
	*note = (struct bytes){ 0 };
	int rc = files->read(files->context, "log/checkpoint", NOTE_SIZE_MAX, a, note, e);
	if (rc < 0)
		return rc == -MS_ENOENT ? storebelief_no_store(files, e) : rc;
	if (word) {
		*trusted = true;
		return storebelief_read(word, a, out, e);
	}
	if (checkpoint_peek(*note, "log/checkpoint", a, &c, &why) < 0 || note_read(*note, "log/checkpoint", a, &n, &why) < 0)
		return MS_OK;
	rc = storetrust_find(c.origin, &n, a, out, e);
	*trusted = rc == MS_OK;
	return rc == -MS_ENOENT ? MS_OK : rc;
}

int storebelief_no_store(const struct storefiles *files, struct err *e)
{
	err_set(e, ERR_NOT_USABLE, "'%s' is no store, and no mirror of one: it has no 'log/checkpoint'", files->name);
	return err_fix(e, strstr(files->name, "://") ? "name the address below which 'log', 'index' and 'blobs' are" : "name the folder that 'log', 'index' and 'blobs' are in");
}
