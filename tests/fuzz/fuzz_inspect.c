/* SPDX-License-Identifier: Apache-2.0 */
/* `ms inspect`: all of it on any bytes. */
#include "fuzz.h"
#include "inspect.h"

/* A board so small that a short input reaches all of it. */
static const struct board tiny = {
	.name = "tiny", .target = MS_TARGET_V7EM, .mpu = MPU_V7, .flash = { 0, 0x2000 },
	.part = { [BOARD_RUNTIME] = { 0, 0x100 }, [BOARD_PROVISION] = { 0x100, 0x100 }, [BOARD_TABLE_A] = { 0x200, 0x600 },
		  [BOARD_TABLE_B] = { 0x800, 0x600 }, [BOARD_SERVICES] = { 0x1000, 0x1000 } },
};

/* Whatever it is, it can be told: jansson gives NULL for what is no JSON. */
static void tell(json_t *facts)
{
	must(facts && json_is_object(facts) && json_object_size(facts) > 0);
	char *text = json_dumps(facts, JSON_ENSURE_ASCII);
	must(text);
	free(text);
	json_decref(facts);
}

FUZZ(in)
{
	struct arena a = { 0 };

	tell(inspect_image(in, &a));
	tell(inspect_elf(in, &a));
	tell(inspect_package(in, &a));
	tell(inspect_table(in, &a));
	tell(inspect_provision(in, &a));
	tell(inspect_signature(in, &a));
	tell(inspect_device(in, &tiny, &a));
	arena_done(&a);
}
