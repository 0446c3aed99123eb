/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a runtime's file holds, what is made of it fits into its partition. */
#include "firmware.h"
#include "fuzz.h"

FUZZ(in)
{
	static const struct board board = { .name = "fuzz", .part[BOARD_RUNTIME] = { 0x1000, 0x1000 } };
	struct arena a = { 0 };
	struct err e = { 0 };
	struct bytes flat;

	int rc = firmware_flatten(in, "runtime.elf", &board, &a, &flat, &e);
	must(rc < 0 ? e.text[0] != 0 : flat.size > 0 && flat.size <= 0x1000);
	arena_done(&a);
}
