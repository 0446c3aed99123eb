/* SPDX-License-Identifier: Apache-2.0 */
/* A service's file of the index as a crash may have left it: of what stands there one line comes about, with what the log says, or none. */
#include "fuzz.h"

#include <string.h>

#include "storeindex.h"

static int read_none(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	(void)context, (void)limit, (void)a, (void)content;
	return err_set(e, ERR_NO_FILE, "no '%s'", path);
}

enum { SOURCED = 8 };	/* the entry of its source */

static int read_entry(void *context, uint64_t index, struct arena *a, struct bytes *entry, struct err *e)
{
	(void)context;
	static const uint8_t hash[32];
	const struct leaf source = {
		.kind = LEAF_SOURCE, .time = 1795000000, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"),
		.package = BYTES_OF(hash), .source = BYTES_OF(hash), .size = 1, .kid = { hash, 8 },
	};
	const struct leaf publish = {
		.kind = LEAF_PUBLISH, .time = 1795000000, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"),
		.package = BYTES_OF(hash), .size = 1, .manifest = BYTES_OF(hash), .kid = { hash, 8 }, .state = LEAF_LIVE,
	};

	must(leaf_write(index == SOURCED ? &source : &publish, a, entry, e) == MS_OK);
	return MS_OK;
}

FUZZ(in)
{
	static const char begin[] = "{\"name\":\"example.org/hello\",\"version\":\"1.0.0\",", end[] = ",\"state\":\"live\",\"changed\":7}\n";
	struct arena a = { 0 };
	struct ledger_version v = { .index = 7, .changed = 7, .sourced = SOURCED, .state = LEAF_LIVE };
	const struct ledger_service s = { .publisher = "example.org", .name = "hello", .first = &v, .last = &v };
	const struct storefiles files = { .read = read_none, .name = "x" };
	const struct ledger_entries entries = { read_entry, NULL };
	const struct storeindex_from from = { &files, &entries };
	struct bytes out;
	struct err e;

	if (storeindex_file(&from, &s, in, &a, &out, &e) == MS_OK) {
		must(out.size > sizeof(begin) + sizeof(end) && !memcmp(out.at, begin, sizeof(begin) - 1));
		must(!memcmp(out.at + out.size - (sizeof(end) - 1), end, sizeof(end) - 1));
		must(memmem(out.at, out.size, ",\"source_size\":1,\"source_entry\":8,", 34) != NULL);
		must(memchr(out.at, '\n', out.size) == out.at + out.size - 1);
	}
	arena_done(&a);
}
