/* SPDX-License-Identifier: Apache-2.0 */
/* A vault that no bank has: it says what the test wants, and remembers what it was asked (cmocka's mock and expect). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "teller.h"

static int unlock(void *context)
{
	check_expected_ptr(context);
	return mock_type(int);
}

static int count_out(void *context, int money)
{
	(void)context;
	check_expected(money);
	return mock_type(int);
}

static const struct vault vault = { unlock, count_out, "the one in the cellar" };

static void unlocking_gives(int error)
{
	expect_value(unlock, context, vault.context);
	will_return(unlock, error);
}

static void ada_gets_her_money(void **state)
{
	(void)state;
	struct account ada = { .owner = "Ada", .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };

	unlocking_gives(0);
	expect_value(count_out, money, 30);
	will_return(count_out, 0);
	assert_int_equal(teller_pay(&ada, 30, &vault), 0);
	assert_int_equal(ada.money, 70);
}

static void a_vault_that_stays_shut_costs_nothing(void **state)
{
	(void)state;
	struct account ada = { .owner = "Ada", .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };

	unlocking_gives(EIO);
	assert_int_equal(teller_pay(&ada, 30, &vault), EIO);
	assert_int_equal(ada.money, 100);
}

/* cmocka fails the test if the vault is asked at all: nothing was said of what it gives. */
static void who_has_too_little_is_not_let_near_the_vault(void **state)
{
	(void)state;
	struct account ada = { .owner = "Ada", .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };

	assert_int_equal(teller_pay(&ada, 101, &vault), ENOSPC);
	assert_int_equal(ada.money, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ada_gets_her_money),
		cmocka_unit_test(a_vault_that_stays_shut_costs_nothing),
		cmocka_unit_test(who_has_too_little_is_not_let_near_the_vault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
