/* SPDX-License-Identifier: Apache-2.0 */
/* A small store as ms-store leaves one: a log, a real package with its source, and the index that follows. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

/* Where the linked samples are, seen from the scratch folder. */
static char sample_home[4096];
#define SAMPLE_FOLDER sample_home
#include "package_fixture.h"

#include "log.h"
#include "source_archive.h"
#include "spool.h"
#include "storeindex.h"
#include "tlog_files.h"

static const char fixture_origin[] = "store.example.org/log";
enum { FIXTURE_PUBLISHERS = 300 };	/* so many that there are whole tiles */

struct fixture_store {
	struct arena *a;
	struct log *log;
	struct ed25519 *key;
	struct note_key public;
	struct key *developer;
	uint64_t now;
	struct bytes package;		/* of version 1.0.0 */
};

static inline void fixture_ok(int rc, const struct err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static inline uint64_t fixture_add(struct fixture_store *s, struct leaf l)
{
	struct bytes entry;
	uint64_t at;
	struct err e = { 0 };

	l.time = s->now++;
	fixture_ok(leaf_write(&l, s->a, &entry, &e), &e);
	fixture_ok(log_append(s->log, &entry, 1, &at, &e), &e);
	return at;
}

/* Bytes among the store's blobs; their hash. */
static inline struct bytes fixture_keep(struct fixture_store *s, const char *folder, struct bytes content)
{
	uint8_t *hash = arena_take(s->a, 32);
	struct err e = { 0 };

	sha256(content, hash);
	const char *path = path_join(s->a, folder, storeindex_blob((struct bytes){ hash, 32 }, s->a));
	fixture_ok(file_make_folders(path_folder(s->a, path), s->a, &e), &e);
	fixture_ok(file_replace(path, content, 0644, s->a, &e), &e);
	return (struct bytes){ hash, 32 };
}

static inline struct bytes fixture_publish(struct fixture_store *s, const char *folder, const char *version, const char *elf)
{
	struct bytes package = fixture_package(version, elf, s->developer, s->a), hash = fixture_keep(s, folder, package);
	uint8_t *manifest = arena_take(s->a, 32);
	struct package_member first;
	struct package_iter it;

	package_iter_init(&it, package);
	assert_true(package_next(&it, &first));
	sha256(first.content, manifest);
	fixture_add(s, (struct leaf){ .kind = LEAF_PUBLISH, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text(version),
				      .package = hash, .size = package.size, .manifest = { manifest, 32 },
				      .kid = { key_public_of(s->developer)->kid, 8 }, .state = LEAF_LIVE });
	return package;
}

/* A source package of one file that promises that package. */
static inline struct bytes fixture_source(struct fixture_store *s, struct bytes package, const struct key *k)
{
	struct source_tree_file *f = arena_new(s->a, struct source_tree_file);
	struct list files = { 0 };
	struct bytes source;
	struct err e = { 0 };

	*f = (struct source_tree_file){ "src/main.c", BYTES_LITERAL("int main(void) { return 0; }\n") };
	list_push(&files, s->a, f);
	fixture_ok(source_build(package, &files, k, s->a, &source, &e), &e);
	return source;
}

/* What a log says of such bytes: that they are the source of version 1.0.0, which is that package, by that key. */
static inline struct leaf fixture_source_leaf(struct bytes hash, size_t size, struct bytes package, const uint8_t *kid)
{
	return (struct leaf){ .kind = LEAF_SOURCE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .package = package, .source = hash,
			      .size = size, .kid = { kid, 8 } };
}

/* They are among the blobs, and the log says so. */
static inline void fixture_give(struct fixture_store *s, const char *folder, struct bytes source, const uint8_t package[32], const uint8_t *kid)
{
	fixture_add(s, fixture_source_leaf(fixture_keep(s, folder, source), source.size, (struct bytes){ package, 32 }, kid));
}

/* What all entries say, from the files; they are put aside. */
static inline void fixture_ledger(const char *folder, uint64_t size, struct ledger *g, struct spool *spool, struct arena *a)
{
	struct storefiles files = storefiles_folder(folder, a);
	struct bytes left = { 0 }, entry;
	struct err e = { 0 };

	for (uint64_t i = 0; i < size; i++) {
		if (i % TLOG_WIDTH == 0) {
			fixture_ok(tlog_files_bundle(&files, i / TLOG_WIDTH, tlog_tile_width(TLOG_ENTRIES, i / TLOG_WIDTH, size), a, &left, &e), &e);
			fixture_ok(spool_add(spool, left, &e), &e);
		}
		assert_true(tlog_bundle_next(&left, &entry));
		fixture_ok(ledger_add(g, entry, &e), &e);
	}
}

static inline void fixture_index(struct fixture_store *s, const char *folder)
{
	struct ledger g = { 0 };
	struct spool spool = { 0 };
	uint64_t changed;
	struct err e = { 0 };

	fixture_ok(spool_open(&spool, &e), &e);
	struct ledger_entries entries = spool_entries(&spool);
	fixture_ledger(folder, log_size(s->log), &g, &spool, s->a);
	fixture_ok(storeindex_write(folder, &g, &entries, s->a, &changed, &e), &e);
	spool_close(&spool);
	ledger_done(&g);
}

/* A version, yanked since; no index yet. */
static inline void fixture_begin(struct fixture_store *s, const char *folder, struct arena *a)
{
	struct err e = { 0 };

	*s = (struct fixture_store){ .a = a, .now = 1795000000 };
	fixture_ok(ed25519_create("log.pem", a, &e), &e);
	fixture_ok(ed25519_open("log.pem", a, &s->key, &e), &e);
	fixture_ok(key_create("developer.pem", a, &e), &e);
	fixture_ok(key_open("developer.pem", a, &s->developer, &e), &e);
	note_key_init(&s->public, fixture_origin, ed25519_public_of(s->key));
	fixture_ok(log_open(folder, fixture_origin, s->key, &s->log, &e), &e);
	fixture_add(s, (struct leaf){ .kind = LEAF_STORE, .origin = leaf_text(fixture_origin), .log_key = { s->public.public, 32 } });
	fixture_add(s, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("example.org"), .proof = leaf_text("dns") });
	fixture_add(s, (struct leaf){ .kind = LEAF_KEY, .publisher = leaf_text("example.org"), .key = { key_public_of(s->developer)->point, 64 } });
	for (int i = 0; i < FIXTURE_PUBLISHERS; i++)
		fixture_add(s, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text(arena_printf(a, "p%d.example.org", i)), .proof = leaf_text("none") });
	s->package = fixture_publish(s, folder, "1.0.0", "hello.elf");
	fixture_add(s, (struct leaf){ .kind = LEAF_STATE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"),
				      .state = LEAF_YANKED, .reason = leaf_text("broken"), .words = leaf_text("says \"hello\" twice"), .replacement = leaf_text("1.1.0") });
}

/* Everything in it has happened: a version, yanked since, whose source was given. */
static inline void fixture_store(struct fixture_store *s, const char *folder, struct arena *a)
{
	uint8_t hash[32];

	fixture_begin(s, folder, a);
	sha256(s->package, hash);
	fixture_give(s, folder, fixture_source(s, s->package, s->developer), hash, key_public_of(s->developer)->kid);
	fixture_index(s, folder);
}

static inline void fixture_store_end(struct fixture_store *s)
{
	log_close(s->log);
	ed25519_close(s->key);
	key_close(s->developer);
}

#endif
