/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of a log has one form; a log of any entries is replayed or refused. */
#include "fuzz.h"

#include "ledger.h"
#include "tlog.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct bytes again, entry;
	struct ledger g = { 0 };
	struct leaf l;
	struct err e;

	must(!(leaf_read(in, &a, &l, &e) == MS_OK && (leaf_write(&l, &a, &again, &e) < 0 || !bytes_equal(again, in))));
	while (tlog_bundle_next(&in, &entry))
		if (ledger_add(&g, entry, &e) < 0)
			break;
	ledger_done(&g);
	arena_done(&a);
}
