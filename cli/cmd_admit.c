/* SPDX-License-Identifier: Apache-2.0 */
/* The step of a build before linking, for Ninja to call: look at what others compiled. */
#include <string.h>

#include "cmd.h"
#include "file.h"
#include "object.h"
#include "target.h"

static const struct opt options[] = { OPT_END };

const struct page page_admit = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Checks objects and libraries that were not compiled here against the ABI of a target, and notes in STAMP that it did. "
		 "'ms build' lets Ninja call this.",
};

int cmd_admit(int argc, char **argv, struct arena *a, struct err *e)
{
	uint8_t target = target_number((struct bytes){ (const uint8_t *)argv[1], strlen(argv[1]) });
	struct bytes file;
	int rc = MS_OK;

	if (!target)
		return err_set(e, ERR_OPERANDS, "there is no target '%s'", argv[1]);
	for (int i = 3; rc >= 0 && i < argc; i++) {
		rc = file_read(argv[i], OBJECT_SIZE_MAX, a, &file, e);
		if (rc >= 0)
			rc = object_admit(file, argv[i], target, a, e);
	}
	return rc < 0 ? rc : file_replace(argv[2], (struct bytes){ 0 }, 0644, a, e);
}
