/* SPDX-License-Identifier: Apache-2.0 */
/* A step of a build by clang, for Ninja to call: make what it compiled keep the ABI. */
#include "cmd.h"
#include "file.h"
#include "object.h"
#include "settle.h"

static const struct opt options[] = { OPT_END };

const struct page page_settle = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Lets an object of clang reach data by r9, as the ABI asks for. 'ms build' lets Ninja call this.",
};

int cmd_settle(int argc, char **argv, struct arena *a, struct err *e)
{
	struct bytes object;

	(void)argc;
	int rc = file_read(argv[1], OBJECT_SIZE_MAX, a, &object, e);
	if (rc < 0)
		return rc;

	struct bytes own = arena_copy(a, object);
	rc = settle_object((uint8_t *)(uintptr_t)own.at, own.size, argv[1], e);
	return rc < 0 ? rc : file_replace(argv[2], own, 0644, a, e);
}
