/* SPDX-License-Identifier: Apache-2.0 */
/* Thumb instructions, as the assembler writes them, and how deep a function of them gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "stackwalk.h"
#include "thumb.h"

enum { BASE = 0x20000000, DATA = 0xa0000000 };

static struct thumb decode(uint16_t first, uint16_t second)
{
	uint8_t code[8] = { (uint8_t)first, (uint8_t)(first >> 8), (uint8_t)second, (uint8_t)(second >> 8) };

	return thumb_decode((struct bytes){ code, sizeof(code) }, BASE, 0);
}

static void moves_the_stack(uint16_t first, uint16_t second, int32_t by, enum thumb_flow flow)
{
	struct thumb t = decode(first, second);

	assert_int_equal(t.act, THUMB_STACK);
	assert_int_equal((int32_t)t.value, by);
	assert_int_equal(t.flow, flow);
}

static void what_moves_the_stack_pointer_is_known(void **state)
{
	(void)state;
	moves_the_stack(0xb510, 0, -8, THUMB_NEXT);		/* push {r4, lr} */
	moves_the_stack(0xbd10, 0, 8, THUMB_RETURN);		/* pop {r4, pc} */
	moves_the_stack(0xbc10, 0, 4, THUMB_NEXT);		/* pop {r4} */
	moves_the_stack(0xb084, 0, -16, THUMB_NEXT);		/* sub sp, #16 */
	moves_the_stack(0xb004, 0, 16, THUMB_NEXT);		/* add sp, #16 */
	moves_the_stack(0xe92d, 0x41f0, -24, THUMB_NEXT);	/* stmdb sp!, {r4-r8, lr} */
	moves_the_stack(0xe8bd, 0x81f0, 24, THUMB_RETURN);	/* ldmia sp!, {r4-r8, pc} */
	moves_the_stack(0xf5ad, 0x7d00, -512, THUMB_NEXT);	/* sub.w sp, sp, #512 */
	moves_the_stack(0xf50d, 0x7d00, 512, THUMB_NEXT);	/* add.w sp, sp, #512 */
	moves_the_stack(0xf2ad, 0x4d04, -1028, THUMB_NEXT);	/* subw sp, sp, #1028 */
	moves_the_stack(0xf84d, 0xed04, -4, THUMB_NEXT);	/* str lr, [sp, #-4]! */
	moves_the_stack(0xf85d, 0xfb04, 4, THUMB_RETURN);	/* ldr pc, [sp], #4 */
	moves_the_stack(0xf85d, 0xeb04, 4, THUMB_NEXT);		/* ldr lr, [sp], #4 */
	moves_the_stack(0xe96d, 0x4504, -16, THUMB_NEXT);	/* strd r4, r5, [sp, #-16]! */
	moves_the_stack(0xed2d, 0x8b02, -8, THUMB_NEXT);	/* vpush {d8} */
	moves_the_stack(0xecbd, 0x8b02, 8, THUMB_NEXT);		/* vpop {d8} */
	assert_int_equal(decode(0x46bd, 0).act, THUMB_STACK_FROM);	/* mov sp, r7 */
	assert_int_equal(decode(0x449d, 0).act, THUMB_STACK_BY);	/* add sp, r3 */
	assert_int_equal(decode(0xebad, 0x0d03).act, THUMB_STACK_BY);	/* sub.w sp, sp, r3 */
	assert_int_equal(decode(0x9003, 0).act, THUMB_NOTHING);		/* str r0, [sp, #12] */
	assert_int_equal(decode(0xe9cd, 0x0102).act, THUMB_NOTHING);	/* strd r0, r1, [sp, #8] */
}

static void goes(uint16_t first, uint16_t second, enum thumb_flow flow, uint32_t target)
{
	struct thumb t = decode(first, second);

	assert_int_equal(t.flow, flow);
	assert_int_equal(t.target, target);
}

static void where_it_goes_on_is_known(void **state)
{
	(void)state;
	goes(0xf000, 0xf80e, THUMB_CALL, BASE + 0x20);		/* bl +0x20 */
	goes(0xf7ff, 0xfff8, THUMB_CALL, BASE - 12);		/* bl back */
	goes(0xf000, 0xb80e, THUMB_JUMP, BASE + 0x20);		/* b.w */
	goes(0xf000, 0x800e, THUMB_BRANCH, BASE + 0x20);	/* beq.w */
	goes(0xe7fe, 0, THUMB_JUMP, BASE);			/* b . */
	goes(0xd0fd, 0, THUMB_BRANCH, BASE - 2);		/* beq */
	goes(0xb118, 0, THUMB_BRANCH, BASE + 10);		/* cbz r0, +6 */
	goes(0x4770, 0, THUMB_RETURN, 0);			/* bx lr */
	goes(0x4798, 0, THUMB_CALL_REGISTER, 0);		/* blx r3 */
	goes(0x4718, 0, THUMB_JUMP_REGISTER, 0);		/* bx r3 */
	goes(0xe8df, 0xf003, THUMB_BYTES, 0);			/* tbb [pc, r3] */
	goes(0xe8df, 0xf013, THUMB_HALVES, 0);			/* tbh [pc, r3, lsl #1] */
	goes(0xdeff, 0, THUMB_STOP, 0);				/* udf #255 */
	goes(0xdf00, 0, THUMB_NEXT, 0);				/* svc 0 */
	assert_int_equal(decode(0xbf14, 0).conditions, 2);	/* ite ne */
	assert_int_equal(decode(0xf859, 0x3003).act, THUMB_LOAD_BY);	/* ldr.w r3, [r9, r3] */
}

static char no_helper(const void *context, uint32_t target)
{
	(void)context;
	(void)target;
	return 0;
}

/* The deeper of two ways counts, and each call has the depth that it has. */
static void the_deepest_path_counts(void **state)
{
	static const uint16_t code[] = {
		0xb510,			/* 00 push {r4, lr} */
		0xb110,			/* 02 cbz r0, 0a */
		0xb090,			/* 04 sub sp, #64 */
		0xf000, 0xf840,		/* 06 bl 8a */
		0xb084,			/* 0a: from above with 72, from 02 with 8 */
		0xf000, 0xf83e,		/* 0c bl 8c */
		0xbd10,			/* 10 pop {r4, pc} */
	};
	struct stack_walk w;
	struct arena a = { 0 };
	uint8_t text[128] = { 0 }, marks[64] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(code) / 2; i++)
		memcpy(text + 2 * i, &code[i], 2);
	const struct code c = { { text, sizeof(text) }, { 0 }, BASE, DATA, marks };

	stack_walk(&c, BASE, BASE + sizeof(code), no_helper, NULL, &a, &w);
	assert_int_equal(w.deepest, 88);
	assert_int_equal(w.calls.count, 2);
	assert_false(w.is_variable || w.is_lost);
	for (int i = 0; i < 2; i++) {
		const struct stack_call *call = w.calls.at[i];

		assert_int_equal(call->depth, call->at == BASE + 6 ? 72 : 88);
	}
	arena_done(&a);
}

/* A loop that takes more stack each time has no end that the code tells. */
static void a_stack_that_grows_in_a_loop_is_variable(void **state)
{
	static const uint16_t code[] = { 0xb082, 0xd1fd, 0x4770 };	/* sub sp, #8; bne back; bx lr */
	struct stack_walk w;
	struct arena a = { 0 };
	uint8_t text[16] = { 0 }, marks[8] = { 0 };

	(void)state;
	memcpy(text, code, sizeof(code));
	const struct code c = { { text, sizeof(text) }, { 0 }, BASE, DATA, marks };

	stack_walk(&c, BASE, BASE + sizeof(code), no_helper, NULL, &a, &w);
	assert_true(w.is_variable);
	arena_done(&a);
}

/* ldr r3, [pc]; ldr r3, [r9, r3]; blx r3: what the linker put into the GOT is called. */
static void a_pointer_of_the_linker_is_followed(void **state)
{
	static const uint16_t code[] = { 0xb510, 0x4b02, 0xf859, 0x3003, 0x4798, 0xbd10, 4, 0 };
	static const uint8_t data[] = { 0, 0, 0, 0, 0x09, 0, 0, 0x20 };
	struct stack_walk w;
	struct arena a = { 0 };
	uint8_t text[32] = { 0 }, marks[16] = { 0 };

	(void)state;
	memcpy(text, code, sizeof(code));
	const struct code c = { { text, sizeof(text) }, { data, sizeof(data) }, BASE, DATA, marks };

	stack_walk(&c, BASE, BASE + 12, no_helper, NULL, &a, &w);
	assert_int_equal(w.calls.count, 1);
	assert_int_equal(((const struct stack_call *)w.calls.at[0])->target, BASE + 8);
	assert_false(((const struct stack_call *)w.calls.at[0])->by_pointer);
	assert_int_equal(w.taken.count, 1);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_moves_the_stack_pointer_is_known),
		cmocka_unit_test(where_it_goes_on_is_known),
		cmocka_unit_test(the_deepest_path_counts),
		cmocka_unit_test(a_stack_that_grows_in_a_loop_is_variable),
		cmocka_unit_test(a_pointer_of_the_linker_is_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
