/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses to listen on, as people write them. */
#include "door.h"
#include "scratch.h"

static int check(const char *address)
{
	struct err e;

	return door_check_address(address, &scratch, &e);
}

static void addresses_with_a_port_are_taken(void **state)
{
	static const char *const good[] = { "127.0.0.1:0", "127.0.0.1:65535", "0.0.0.0:7443", "[::1]:80", "[::]:7443", "127.0.0.1:00080" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (check(good[i]) < 0)
			fail_msg("'%s' is refused", good[i]);
}

/* A port that is too large would be another one, which nobody asked for. */
static void what_means_no_address_is_refused(void **state)
{
	static const char *const bad[] = { "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:80800", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:1 ",
					   "127.0.0.1:0x50", "127.0.0.1:http", "127.0.0.1:4294967376", "127.0.0.1:000080", ":8080", "localhost:8080", "::1:8080", "[::1]", "[]:80",
					   "[::1:80", "::1]:80", "256.0.0.1:80", "http://127.0.0.1:80" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (check(bad[i]) != -MS_EBUSY)
			fail_msg("'%s' is taken", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(addresses_with_a_port_are_taken),
		scratch_test(what_means_no_address_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
