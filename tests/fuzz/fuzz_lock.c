/* SPDX-License-Identifier: Apache-2.0 */
/* Lock files: one that is read is written as what it said, and differs from nothing. */
#include "fuzz.h"
#include "lock.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct lock l, again;
	struct err e = { 0 };

	if (lock_decode(in, "ms.lock", &a, &l, &e) >= 0) {
		struct bytes written = lock_encode(&l, LOCK_FILE, &a);

		must(lock_decode(written, "ms.lock", &a, &again, &e) >= 0);
		must(again.lines.count == l.lines.count);
		must(lock_compare(&l, &again, "ms.lock", true, &a, &e) >= 0);
		must(lock_compare(&again, &l, "ms.lock", true, &a, &e) >= 0);
	} else {
		must(e.code < 0 && e.file[0] && e.fix[0]);
	}
	arena_done(&a);
}
