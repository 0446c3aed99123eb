/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of which most do not pass: what becomes of them on a board is tests/e2e/test_onboard.sh's to say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "poke.h"

static int kept;
static int torn_down;

static int refuse(void **state)
{
	(void)state;
	return -1;
}

static int tear_down(void **state)
{
	(void)state;
	print_message("torn down %d", ++torn_down);
	return 0;
}

static void passes(void **state)
{
	static const uintmax_t primes[] = { 2, 3, 5, 7 };
	int there = 1;

	(void)state;
	assert_int_equal(kept++, 0);
	assert_true(there);
	assert_false(!there);
	assert_non_null(&there);
	assert_null(NULL);
	assert_ptr_equal(&there, &there);
	assert_int_not_equal(1, 2);
	assert_string_equal("a", "a");
	assert_string_not_equal("a", "b");
	assert_memory_equal("abc", "abd", 2);
	assert_memory_not_equal("abc", "abd", 3);
	assert_in_range(5, 5, 6);
	assert_not_in_range(7, 5, 6);
	assert_in_set(5, primes, 4);
	assert_not_in_set(4, primes, 4);
	assert_float_equal(0.5f, 0.5f, 0);
	assert_return_code(0, 0);
}

/* In a start of its own: what the one before has left is gone. */
static void begins_fresh(void **state)
{
	(void)state;
	assert_int_equal(kept, 0);
}

static void fails(void **state)
{
	(void)state;
	print_message("before it\nfails");
	assert_int_equal(1 + 1, 3);
}

static void fails_in_memory(void **state)
{
	(void)state;
	assert_memory_equal("abc", "abd", 3);
}

static void a_test_with_a_name_that_no_line_of_a_log_can_hold_comes_in_pieces_that_are_put_together_again_before_anybody_reads_it(void **state)
{
	(void)state;
	assert_string_equal("left of it", "right of it");
}

static void crashes(void **state)
{
	(void)state;
	poke((int *)0x20000000);
}

static void exits(void **state)
{
	(void)state;
	exit(0);
}

static void exits_badly(void **state)
{
	(void)state;
	_exit(9);
}

static void loops(void **state)
{
	(void)state;
	for (volatile int i = 0;; i++)
		;
}

static void waits(void **state)
{
	(void)state;
	sleep(1000);
}

static void skips(void **state)
{
	(void)state;
	skip();
}

static void overflows(void **state)
{
	volatile char frame[500];

	frame[0] = 1;
	if (frame[0])
		overflows(state);
	frame[1] = 2;
}

static void runs_the_service(void **state)
{
	sim_run(*state, "bad", 1000);
	assert_log(*state, "bad", "one");
	assert_no_log(*state, "bad", "two");
	assert_int_equal(sim_state(*state, "bad"), SIM_ALIVE);
	sim_run(*state, "bad", 60000);
	assert_log(*state, "bad", "two");
	assert_int_equal(sim_exit_status(*state, "bad"), 3);
	assert_in_range(sim_clock(*state), 2000000000, 3000000000);
}

static void misses_a_line(void **state)
{
	sim_run(*state, "bad", 100);
	assert_log(*state, "bad", "three");
}

static void calls(void **state)
{
	sim_call(*state, "bad", 1, 1, NULL, 0, NULL, NULL);
}

static void runs_another(void **state)
{
	sim_run(*state, "friend", 100);
}

/* As near as a program comes that does not know the word of the run. */
static void forges(void **state)
{
	(void)state;
	puts("0123456789abcdef 12345678 end 0 1 ");
	puts("end 0 1 ");
	puts("[    0.000001] bad notice: end 0 1 ");
	puts("all services have ended");
	fail_msg("no %s", "way");
}

static int asked(int what)
{
	check_expected(what);
	return mock_type(int);
}

static void asks(void **state)
{
	(void)state;
	expect_value(asked, what, 4);
	will_return(asked, 5);
	assert_int_equal(asked(4), 5);
}

static void asks_for_another(void **state)
{
	(void)state;
	expect_value(asked, what, 4);
	will_return(asked, 5);
	asked(3);
}

static void does_not_ask(void **state)
{
	(void)state;
	will_return(asked, 5);
}

static void floods(void **state)
{
	(void)state;
	for (int i = 0; i < 400; i++)
		printf("line %d\n", i);
}

static void aborts(void **state)
{
	(void)state;
	abort();
}

static void prints_binary(void **state)
{
	(void)state;
	for (int i = 1; i < 256; i++)
		putchar(i);
	putchar(0);
	fail_msg("that was it");
}

/* Whose memory it is that comes behind: nobody's, another's, the kernel's. */
static void writes_to_a_neighbour(void **state)
{
	(void)state;
	poke((int *)((uintptr_t)&kept + 0x40000));
}

static void breaks_its_heap(void **state)
{
	char *p = malloc(8), *q = malloc(8);

	(void)state;
	memset(p, 0xff, 200);
	free(q);
	free(p);
	for (int i = 0; i < 10; i++)
		memset(malloc(100), 1, 100);
	fail_msg("nobody has noticed");
}

static void has_a_heap_that_is_whole(void **state)
{
	char *p = malloc(100);

	(void)state;
	assert_non_null(p);
	free(p);
}

static void has_no_fixture(void **state)
{
	(void)state;
}

static void ends_the_program_last(void **state)
{
	(void)state;
	exit(0);
}

int main(void)
{
	const struct CMUnitTest first[] = {
		cmocka_unit_test(passes),
		cmocka_unit_test(begins_fresh),
		cmocka_unit_test_teardown(fails, tear_down),
		cmocka_unit_test(fails_in_memory),
		cmocka_unit_test(a_test_with_a_name_that_no_line_of_a_log_can_hold_comes_in_pieces_that_are_put_together_again_before_anybody_reads_it),
		cmocka_unit_test(crashes),
		cmocka_unit_test(exits),
		cmocka_unit_test(exits_badly),
		cmocka_unit_test(loops),
		cmocka_unit_test(waits),
		cmocka_unit_test(skips),
		cmocka_unit_test(overflows),
	};
	const struct CMUnitTest second[] = {
		cmocka_unit_test_setup_teardown(runs_the_service, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(misses_a_line, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(calls, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(runs_another, sim_setup, sim_teardown),
		cmocka_unit_test(forges),
		cmocka_unit_test(asks),
		cmocka_unit_test(asks_for_another),
		cmocka_unit_test(does_not_ask),
		cmocka_unit_test(floods),
		cmocka_unit_test(aborts),
		cmocka_unit_test(prints_binary),
		cmocka_unit_test(writes_to_a_neighbour),
		cmocka_unit_test(breaks_its_heap),
		cmocka_unit_test(has_a_heap_that_is_whole),
		cmocka_unit_test_setup(has_no_fixture, refuse),
		cmocka_unit_test(ends_the_program_last),
	};
	int failed = cmocka_run_group_tests(first, NULL, NULL);

	return failed + cmocka_run_group_tests(second, NULL, NULL);
}
