/* SPDX-License-Identifier: Apache-2.0 */
#include "reached.h"
#include "scratch.h"

static struct reached listening(const char *url)
{
	struct reached r = { 0 };

	reached_listen(&r, url, &scratch);
	return r;
}

static struct reached said(const char *url)
{
	const void *urls[] = { url };
	struct list all = { .at = (void **)urls, .count = 1 };
	struct reached r = { 0 };
	struct err e;

	if (reached_say(&r, &all, &scratch, &e) < 0)
		fail_msg("%s", e.text);
	return r;
}

static bool has(struct reached r, const char *at, bool from_here)
{
	return reached_has(&r, at, from_here, &scratch);
}

static void a_store_is_reached_where_it_listens(void **state)
{
	(void)state;

	assert_true(has(listening("http://127.0.0.1:8080"), "http://127.0.0.1:8080", true));
	assert_true(has(listening("http://127.0.0.1:8080"), "http://localhost:8080", true));
	assert_true(has(listening("https://192.0.2.7:443"), "https://192.0.2.7", false));
	assert_true(has(listening("http://0.0.0.0:8080"), "http://127.0.0.1:8080", true));
	assert_true(has(listening("http://[::]:8080"), "http://[::1]:8080", true));
	assert_true(has(listening("unix:/run/store"), "unix:/run/store", true));
}

static void a_store_is_not_reached_where_somebody_else_may_listen(void **state)
{
	(void)state;

	assert_false(has(listening("http://127.0.0.1:8080"), "http://127.0.0.1:8081", true));
	assert_false(has(listening("http://127.0.0.1:8080"), "https://127.0.0.1:8080", true));
	assert_false(has(listening("http://127.0.0.1:8080"), "http://127.0.0.2:8080", true));
	assert_false(has(listening("http://127.0.0.1:8080"), "http://[::1]:8080", true));
	assert_false(has(listening("http://0.0.0.0:8080"), "http://0.0.0.0:8080", true));
	assert_false(has(listening("https://192.0.2.7:443"), "https://localhost", true));
	assert_false(has(listening("https://192.0.2.7:443"), "https://store.example.org", true));
	assert_false(has(listening("unix:/run/store"), "unix:/run/other", true));
	assert_false(has(listening("http://127.0.0.1:8080"), "", true));
}

/* Everybody's computer has a 127.0.0.1, and what listens there may be anything. */
static void an_address_of_this_computer_counts_for_who_is_on_it(void **state)
{
	(void)state;

	assert_false(has(listening("http://127.0.0.1:8080"), "http://127.0.0.1:8080", false));
	assert_false(has(listening("http://0.0.0.0:8080"), "http://localhost:8080", false));
	assert_true(has(said("http://127.0.0.1:8080"), "http://127.0.0.1:8080", false));
}

static void what_is_said_counts_and_nothing_else(void **state)
{
	(void)state;
	struct reached r = said("https://Store.example.org:443/");

	reached_listen(&r, "http://127.0.0.1:8080", &scratch);
	assert_true(has(r, "https://store.example.org", false));
	assert_false(has(r, "http://127.0.0.1:8080", true));
	assert_false(has(r, "https://store.example.org/other", true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_store_is_reached_where_it_listens),
		scratch_test(a_store_is_not_reached_where_somebody_else_may_listen),
		scratch_test(an_address_of_this_computer_counts_for_who_is_on_it),
		scratch_test(what_is_said_counts_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
