/* SPDX-License-Identifier: Apache-2.0 */
#include "epoch.h"

#include <inttypes.h>
#include <string.h>

#include "file.h"

enum { EPOCH_TEXT_MAX = 32, EPOCH_DIGITS_MAX = 18 };

int epoch_read(const char *path, uint64_t *epoch, struct arena *a, struct err *e)
{
	struct bytes text;

	*epoch = 0;
	if (!file_exists(path))
		return MS_OK;
	int rc = file_read(path, EPOCH_TEXT_MAX, a, &text, e);
	if (rc < 0)
		return rc;
	size_t digits = strspn((const char *)text.at, "0123456789");
	if (!digits || digits > EPOCH_DIGITS_MAX || digits + 1 != text.size || text.at[digits] != '\n') {
		err_set(e, ERR_RIG_STATE, "'%s' holds no number of a lease", path);
		return err_fix(e, "write a number into it that is larger than any lease's before, and a line's end; or remove it if no client of before is left");
	}
	for (size_t i = 0; i < digits; i++)
		*epoch = 10 * *epoch + (uint64_t)(text.at[i] - '0');
	return MS_OK;
}

int epoch_write(const char *path, uint64_t epoch, struct arena *a, struct err *e)
{
	char *text = arena_printf(a, "%" PRIu64 "\n", epoch);

	return file_replace(path, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0600, a, e);
}
