/* SPDX-License-Identifier: Apache-2.0 */
#include "storeframe.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "file.h"
#include "fitframe.h"
#include "integrate.h"
#include "version.h"

/* Memory with a descriptor, which stays open for whoever comes next. */
static int hand_over(json_t *o, struct arena *a, const char **path, struct err *e)
{
	char *text = json_dumps(o, JSON_COMPACT);
	size_t size = strlen(text);
	int fd = memfd_create("frame", 0);

	json_decref(o);
	bool written = fd >= 0 && write(fd, text, size) == (ssize_t)size;
	free(text);
	if (!written)
		return err_errno(e, "cannot hand a product over to ms-store");
	*path = arena_printf(a, "/proc/self/fd/%d", fd);
	return MS_OK;
}

int storeframe_product(const char *folder, struct arena *a, const char **path, struct err *e)
{
	const struct plan_options o = { .unfilled = true, .may_be_empty = true };
	struct plan plan;

	int rc = plan_product(folder, &o, a, &plan, e);
	if (rc < 0)
		return rc;
	struct device d = integrate_device(&plan, a);
	return hand_over(fitframe_json(&d, a), a, path, e);
}

static bool is_product(const char *word, struct arena *a)
{
	return file_exists(path_join(a, word, PRODUCT_FILE));
}

int storeframe_word(const char *word, struct arena *a, const char **path, struct err *e)
{
	struct board board;
	struct sdk sdk;

	if (is_product(word, a))
		return storeframe_product(word, a, path, e);
	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = sdk_board(&sdk, word, a, &board, e);
	if (rc < 0)
		return rc;
	const struct device empty = { .board = &board };
	return hand_over(fitframe_json(&empty, a), a, path, e);
}
