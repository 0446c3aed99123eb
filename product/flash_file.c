/* SPDX-License-Identifier: Apache-2.0 */
#include "flash_file.h"

#include "firmware.h"
#include "intel_hex.h"

static bool begins(struct bytes file, struct bytes with)
{
	return bytes_equal(bytes_part(file, 0, with.size), with);
}

int flash_file_read(struct bytes file, const char *path, const struct board *b, struct arena *a, struct bytes *content, struct err *e)
{
	if (begins(file, BYTES_LITERAL("\x7f" "ELF")))
		return firmware_flatten_into(&b->flash, arena_printf(a, "the flash of %s", b->name), file, path, a, content, e);
	if (begins(file, BYTES_LITERAL(":")))
		return intel_hex_read(file, path, b->flash.base, b->flash.size, a, content, e);
	*content = file;
	return MS_OK;
}
