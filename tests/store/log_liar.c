/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log-liar STORE PACKAGE SOURCE: as who runs a store and has its key may do, and no store of ours does: an entry that a source package (the file SOURCE) is that
 * of a package (the file PACKAGE) which it does not promise.  Prints what the index would say of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "file.h"
#include "key.h"
#include "leaf.h"
#include "log.h"
#include "release.h"
#include "source_manifest.h"

enum { KID_DIGITS = 16 };

static struct bytes read(const char *path, struct arena *a, struct err *e)
{
	struct bytes content = { 0 };

	file_read(path, PACKAGE_SIZE_MAX, a, &content, e);
	return content;
}

static struct bytes hash(struct bytes content, struct arena *a)
{
	uint8_t *at = arena_take(a, 32);

	sha256(content, at);
	return (struct bytes){ at, 32 };
}

/* Who signed it, by the name of its second member: "META/sig/KID.cose". */
static struct bytes signer(struct bytes source, struct arena *a)
{
	struct package_iter it;
	struct package_member m;
	uint8_t *kid = arena_take(a, COSE_KID_SIZE);
	unsigned byte;

	package_iter_init(&it, source);
	package_next(&it, &m);
	package_next(&it, &m);
	const char *digits = strrchr(arena_string(a, m.name), '/') + 1;
	for (size_t i = 0; i < COSE_KID_SIZE && sscanf(digits + 2 * i, "%2x", &byte) == 1; i++)
		kid[i] = (uint8_t)byte;
	return (struct bytes){ kid, COSE_KID_SIZE };
}

static int append(const char *store, const struct leaf *l, uint64_t *at, struct arena *a, struct err *e)
{
	struct ed25519 *k = NULL;
	struct log *log = NULL;
	struct bytes entry;
	char *name = arena_string(a, read(path_join(a, store, "name"), a, e));

	name[strcspn(name, "\n")] = '\0';
	int rc = ed25519_open(path_join(a, store, "store.key"), a, &k, e);
	if (rc >= 0)
		rc = log_open(store, name, k, &log, e);
	if (rc >= 0)
		rc = leaf_write(l, a, &entry, e);
	if (rc >= 0)
		rc = log_append(log, &entry, 1, at, e);
	if (log)
		log_close(log);
	ed25519_close(k);
	return rc;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	uint64_t at;

	if (argc != 4)
		return 2;
	struct bytes package = hash(read(argv[2], &a, &e), &a), content = read(argv[3], &a, &e), source = hash(content, &a), kid = signer(content, &a);
	const struct leaf l = { .kind = LEAF_SOURCE, .time = (uint64_t)time(NULL), .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"),
				.package = package, .source = source, .size = content.size, .kid = kid };
	int rc = append(argv[1], &l, &at, &a, &e);
	if (rc < 0)
		fprintf(stderr, "log-liar: %s\n", e.text);
	else
		printf("\"source\":\"%s\",\"source_size\":%zu,\"source_entry\":%" PRIu64 ",\"source_kid\":\"%s\"\n", release_hex(source.at, 32, &a), content.size, at, release_hex(kid.at, KID_DIGITS / 2, &a));
	arena_done(&a);
	return rc < 0;
}
