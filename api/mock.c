/* SPDX-License-Identifier: Apache-2.0 */
/* ms api mock: a header's functions for tests, as a mock and as a fake. */
#include "bind.h"
#include "command.h"

int command_write_doubles(const struct request *r, const struct contract *k, struct arena *a, struct err *e)
{
	bool both = r->mock == r->fake;
	int rc = both || r->mock ? command_write_part(r, k, "_mock.c", bind_mock(k, a), a, e) : MS_OK;

	if (rc < 0 || !(both || r->fake))
		return rc;
	rc = command_write_part(r, k, "_fake.h", bind_fake_header(k, a), a, e);
	return rc < 0 ? rc : command_write_part(r, k, "_fake.c", bind_fake(k, a), a, e);
}

int command_mock(const struct request *r, struct arena *a, struct err *e)
{
	struct contract k;

	int rc = command_read_whole(r, r->operands[0], a, &k, e);
	return rc < 0 ? rc : command_write_doubles(r, &k, a, e);
}
