/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a runtime's file holds, what is made of it fits into its partition; whatever one for the flash is, bytes, HEX or ELF, into the flash. */
#include "firmware.h"
#include "flash_file.h"
#include "fuzz.h"

FUZZ(in)
{
	static const struct board board = { .name = "fuzz", .flash = { 0x1000, 0x2000 }, .part[BOARD_RUNTIME] = { 0x1000, 0x1000 } };
	struct arena a = { 0 };
	struct err e = { 0 }, why = { 0 };
	struct bytes flat, content;

	int rc = firmware_flatten(in, "runtime.elf", &board, &a, &flat, &e);
	must(rc < 0 ? e.text[0] != 0 : flat.size > 0 && flat.size <= 0x1000);
	rc = flash_file_read(in, "image", &board, &a, &content, &why);
	must(rc < 0 ? why.text[0] != 0 : content.at == in.at || content.size <= 0x2000);
	arena_done(&a);
}
