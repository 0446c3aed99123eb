/* SPDX-License-Identifier: Apache-2.0 */
/* What 16-bit loads and stores access, as the assembler encodes them. */
#include "cause_thumb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void each_load_and_store_names_its_registers_offset_and_size(void **state)
{
	(void)state;
	static const struct { uint16_t instruction; struct thumb_access access; } cases[] = {
		{ 0x50d1, { 2, 3, 0, 4 } },	/* str   r1, [r2, r3] */
		{ 0x5298, { 3, 2, 0, 2 } },	/* strh  r0, [r3, r2] */
		{ 0x54d1, { 2, 3, 0, 1 } },	/* strb  r1, [r2, r3] */
		{ 0x56d1, { 2, 3, 0, 1 } },	/* ldrsb r1, [r2, r3] */
		{ 0x59f7, { 6, 7, 0, 4 } },	/* ldr   r7, [r6, r7] */
		{ 0x5ad1, { 2, 3, 0, 2 } },	/* ldrh  r1, [r2, r3] */
		{ 0x5cd1, { 2, 3, 0, 1 } },	/* ldrb  r1, [r2, r3] */
		{ 0x5ed1, { 2, 3, 0, 2 } },	/* ldrsh r1, [r2, r3] */
		{ 0x6011, { 2, -1, 0, 4 } },	/* str   r1, [r2] */
		{ 0x6fd1, { 2, -1, 124, 4 } },	/* ldr   r1, [r2, #124] */
		{ 0x77d1, { 2, -1, 31, 1 } },	/* strb  r1, [r2, #31] */
		{ 0x87d1, { 2, -1, 62, 2 } },	/* strh  r1, [r2, #62] */
		{ 0xc50f, { 5, -1, 0, 4 } },	/* stm   r5!, {r0-r3} */
		{ 0xcd0f, { 5, -1, 0, 4 } },	/* ldm   r5!, {r0-r3} */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct thumb_access a;

		assert_true(thumb_access(cases[i].instruction, &a));
		assert_int_equal(a.base, cases[i].access.base);
		assert_int_equal(a.index, cases[i].access.index);
		assert_int_equal(a.offset, cases[i].access.offset);
		assert_int_equal(a.size, cases[i].access.size);
	}
}

static void what_accesses_no_memory_or_only_by_sp_and_pc_is_none(void **state)
{
	(void)state;
	static const uint16_t others[] = { 0x0000, 0x2001, 0x4611, 0x4770, 0x4801, 0x9001, 0xa001, 0xb500, 0xbe00, 0xd0fe, 0xde00, 0xe7fe, 0xf000 };
	struct thumb_access a;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(thumb_access(others[i], &a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_load_and_store_names_its_registers_offset_and_size),
		cmocka_unit_test(what_accesses_no_memory_or_only_by_sp_and_pc_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
