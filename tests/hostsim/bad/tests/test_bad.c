/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "service.h"

int helper(void);

static void passes(void **state)
{
	(void)state;
}

static void fails(void **state)
{
	(void)state;
	printf("printed before\n");
	assert_int_equal(1, 2);
}

static int bad_setup(void **state)
{
	(void)state;
	return -1;
}

static void setup_fails(void **state)
{
	(void)state;
}

static void skips(void **state)
{
	(void)state;
	skip();
}

static void exits_well(void **state)
{
	(void)state;
	exit(0);
}

static void exits_at_once(void **state)
{
	(void)state;
	_exit(0);
}

static void exits_badly(void **state)
{
	(void)state;
	exit(3);
}

static void crashes(void **state)
{
	(void)state;
	*(volatile int *)8 = 1;
}

static void aborts(void **state)
{
	(void)state;
	abort();
}

static void kills_itself(void **state)
{
	(void)state;
	kill(getpid(), SIGKILL);
}

static void crashes_in_the_service(void **state)
{
	(void)state;
	service_write((volatile int *)8);
}

static void forks(void **state)
{
	(void)state;
	if (fork() < 0)
		fail();
}

/* What it leaves behind writes for ever; the test is over all the same. */
static void leaves_a_writer_behind(void **state)
{
	(void)state;
	if (fork() == 0)
		for (;;)
			puts("still here");
}

static void prints_a_million_lines(void **state)
{
	(void)state;
	for (int i = 0; i < 1000000; i++)
		puts("a line");
	fail();
}

static void prints_binary(void **state)
{
	(void)state;
	for (int i = 0; i < 256; i++)
		putchar(i);
	putchar('\n');
	fail();
}

static void prints_like_a_report(void **state)
{
	(void)state;
	printf("plan 1 x\nbegin x\nend 0 1\ndone\n[  PASSED  ] 1 test(s).\n");
	fail();
}

static void closes_everything(void **state)
{
	(void)state;
	for (int i = 0; i < 64; i++)
		close(i);
}

static void leaks(void **state)
{
	volatile char *p = malloc(100);

	(void)state;
	p[0] = 1;
	p = NULL;
}

static void overflows(void **state)
{
	volatile char *p = malloc(100);
	volatile int past = 100;

	(void)state;
	p[past] = 1;
	free((void *)p);
}

static void run(struct sim *sim, enum service_deed deed)
{
	sim_run(sim, "bad", 500);
	service_deed = deed;
	sim_run(sim, NULL, 1050);
}

static void service_overflows_its_stack(void **state)
{
	run(*state, SERVICE_STACK);
}

static void service_overflows_its_data(void **state)
{
	run(*state, SERVICE_DATA);
}

static void service_overflows_its_heap(void **state)
{
	run(*state, SERVICE_HEAP);
}

static void service_uses_what_it_freed(void **state)
{
	run(*state, SERVICE_FREED);
}

static void service_copies_too_much(void **state)
{
	run(*state, SERVICE_COPY);
}

static void service_prints_too_much(void **state)
{
	run(*state, SERVICE_PRINT);
}

static void service_uses_its_heap_well(void **state)
{
	run(*state, SERVICE_GROW);
	assert_log(*state, "bad", "full yyyyyyyy");
	sim_run(*state, NULL, 2000);
	assert_int_equal(sim_exit_status(*state, "bad"), 0);
}

static void service_overflows_a_number(void **state)
{
	run(*state, SERVICE_NUMBER);
}

static void service_faults(void **state)
{
	run(*state, SERVICE_FAULT);
	assert_non_null(sim_fault(*state, "bad"));
	assert_string_equal(sim_fault(*state, "bad")->function, "service_write");
}

static void misses_a_line(void **state)
{
	run(*state, SERVICE_NOTHING);
	assert_log(*state, "bad", "nothing such");
}

static void misses_a_line_after_a_fault(void **state)
{
	run(*state, SERVICE_FAULT);
	assert_log(*state, "bad", "nothing such");
}

static void runs_no_such_service(void **state)
{
	sim_run(*state, "nosuch", 1);
}

static void opens_two_devices(void **state)
{
	(void)state;
	sim_open();
	sim_open();
}

static void uses_no_device(void **state)
{
	(void)state;
	sim_run(NULL, "bad", 1);
}

static void calls_exit_directly(void **state)
{
	(void)state;
	service_exit();
}

static void calls_a_wait_directly(void **state)
{
	(void)state;
	service_wait();
}

static void runs_the_one_beside(void **state)
{
	assert_false(sim_run(*state, "beside", 1000));
	assert_log(*state, "beside", "I stand beside");
	assert_log(*state, NULL, "beside notice: ");
}

static void uses_a_helper(void **state)
{
	(void)state;
	assert_int_equal(helper(), 42);
}

int main(void)
{
#define TEST(f) cmocka_unit_test(f)
#define ON_DEVICE(f) cmocka_unit_test_setup_teardown(f, sim_setup, sim_teardown)
	const struct CMUnitTest tests[] = {
		TEST(passes),
		TEST(fails),
		cmocka_unit_test_setup(setup_fails, bad_setup),
		TEST(skips),
		TEST(exits_well),
		TEST(exits_at_once),
		TEST(exits_badly),
		TEST(crashes),
		TEST(aborts),
		TEST(kills_itself),
		TEST(crashes_in_the_service),
		TEST(forks),
		TEST(leaves_a_writer_behind),
		TEST(prints_a_million_lines),
		TEST(prints_binary),
		TEST(prints_like_a_report),
		TEST(closes_everything),
		TEST(leaks),
		TEST(overflows),
		ON_DEVICE(service_overflows_its_stack),
		ON_DEVICE(service_overflows_its_data),
		ON_DEVICE(service_overflows_its_heap),
		ON_DEVICE(service_uses_what_it_freed),
		ON_DEVICE(service_copies_too_much),
		ON_DEVICE(service_prints_too_much),
		ON_DEVICE(service_uses_its_heap_well),
		ON_DEVICE(service_overflows_a_number),
		ON_DEVICE(service_faults),
		ON_DEVICE(misses_a_line),
		ON_DEVICE(misses_a_line_after_a_fault),
		ON_DEVICE(runs_no_such_service),
		TEST(opens_two_devices),
		TEST(uses_no_device),
		TEST(calls_exit_directly),
		TEST(calls_a_wait_directly),
		ON_DEVICE(runs_the_one_beside),
		TEST(uses_a_helper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
