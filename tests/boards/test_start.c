/* SPDX-License-Identifier: Apache-2.0 */
/* How a device is made ready: bits are changed in order and no others, and no wait is without an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/mman.h>

#include <ms/abi/abi.h>

#include "board.h"
#include "board_facts.h"

enum { PLAIN, CLOCKED, AWAITED, LAST, WORD_COUNT = 5, PAGE = 4096 };

static volatile uint32_t *words;

static int begin(void **state)
{
	(void)state;
	words = mmap((void *)(uintptr_t)WORDS, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	return words != (void *)(uintptr_t)WORDS;
}

static int end(void **state)
{
	(void)state;
	return munmap((void *)(uintptr_t)WORDS, PAGE);
}

static void a_device_without_steps_is_ready(void **state)
{
	(void)state;
	assert_int_equal(board_device_start(&board_devices[PLAIN]), MS_OK);
	for (int i = 0; i < WORD_COUNT; i++)
		assert_int_equal(words[i], 0);
}

static void the_console_is_given_away_with_its_device_and_with_no_other(void **state)
{
	(void)state;
	board_console_given = false;
	board_device_start(&board_devices[CLOCKED]);
	assert_false(board_console_given);
	board_device_start(&board_devices[PLAIN]);
	board_device_start(&board_devices[CLOCKED]);
	assert_true(board_console_given);
}

static void the_console_s_own_steps_give_it_to_nobody(void **state)
{
	(void)state;
	board_console_given = false;
	board_console_start();
	assert_int_equal(words[4], 0x500);
	assert_int_equal(words[0], 0);
	assert_false(board_console_given);
}

static void only_the_bits_of_its_steps_are_changed(void **state)
{
	(void)state;
	words[0] = 0xffffffff;
	words[1] = 0xfffffff0;
	assert_int_equal(board_device_start(&board_devices[CLOCKED]), MS_OK);
	assert_int_equal(words[0], 0xffffffdf);
	assert_int_equal(words[1], 0xfffffff0);
	assert_int_equal(words[2], 0);
}

static void what_is_ready_already_is_not_waited_for(void **state)
{
	(void)state;
	words[3] = 0xd;
	assert_int_equal(board_device_start(&board_devices[AWAITED]), MS_OK);
	assert_int_equal(words[2], 2);
	assert_int_equal(words[3], 0xd);
}

static void what_does_not_become_ready_is_an_error_and_no_wait_for_ever(void **state)
{
	(void)state;
	words[3] = 0x6;		/* one bit too many */
	assert_int_equal(board_device_start(&board_devices[AWAITED]), -MS_EIO);
	assert_int_equal(board_device_start(&board_devices[LAST]), -MS_EIO);
	assert_int_equal(words[4], 0);		/* nothing behind the wait was done */
	words[3] = 0x4;
	assert_int_equal(board_device_start(&board_devices[LAST]), MS_OK);
	assert_int_equal(words[4], 0xaa);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_device_without_steps_is_ready, begin, end),
		cmocka_unit_test_setup_teardown(the_console_is_given_away_with_its_device_and_with_no_other, begin, end),
		cmocka_unit_test_setup_teardown(the_console_s_own_steps_give_it_to_nobody, begin, end),
		cmocka_unit_test_setup_teardown(only_the_bits_of_its_steps_are_changed, begin, end),
		cmocka_unit_test_setup_teardown(what_is_ready_already_is_not_waited_for, begin, end),
		cmocka_unit_test_setup_teardown(what_does_not_become_ready_is_an_error_and_no_wait_for_ever, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
