/* SPDX-License-Identifier: Apache-2.0 */
/* A statement about a key that is read is written as the same bytes. */
#include "fuzz.h"
#include "statement.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct statement s = { 0 };
	struct bytes again;
	struct err e = { 0 };

	int rc = statement_read(in, "file", &a, &s, &e);
	if (rc < 0) {
		must(rc == -MS_EFORMAT && e.code == rc && e.text[0] && e.fix[0]);
	} else {
		must(statement_write(&s, &a, &again, &e) == MS_OK && bytes_equal(again, in));
		must(statement_verify(&s, &s.key, &a) == -MS_ESIGNATURE);
	}
	arena_done(&a);
}
