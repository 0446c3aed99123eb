/* SPDX-License-Identifier: Apache-2.0 */
/* The suite's table of functions, but for one: of tests that ask for a non-secure client only the secure client's part runs. */
#include "val_framework.h"

static val_status_t execute_from_here(uint32_t test_num, const client_test_t *tests, bool_t server_hs)
{
	static const uint32_t of_secure_clients[] = { 1, 2, 8 };

	for (uint32_t i = 0; i < sizeof(of_secure_clients) / sizeof(of_secure_clients[0]); i++)
		if (test_num == VAL_CREATE_TEST_ID(VAL_FF_BASE, of_secure_clients[i]))
			return VAL_STATUS_SUCCESS;
	return val_execute_non_secure_tests(test_num, tests, server_hs);
}

#define val_execute_non_secure_tests execute_from_here
#include "val_interfaces.c"
