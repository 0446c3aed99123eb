/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of a database share: each kind of it, empty for each test, and what the log of one publisher brings into it.  A new kind is a row of `kinds`. */
#ifndef EACH_DB_H
#define EACH_DB_H

#include "db.h"
#include "key.h"
#include "release.h"
#include "scratch.h"

static const struct kind { const char *name; int (*open)(struct arena *a, const char *folder, bool write, struct db **out, struct err *e); } kinds[] = {
	{ "sqlite", db_sqlite },
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(*kinds) };

static struct db *db;
static struct err err;

#define good(expression) \
	do { \
		if ((expression) < 0) \
			fail_msg("%s: %s", #expression, err.text); \
	} while (0)

/* Each test is done with each kind, in a folder that is empty. */
static inline void with_each(void (*test)(void))
{
	for (int i = 0; i < KIND_COUNT; i++) {
		const char *folder = arena_printf(&scratch, "%s/%s", scratch_folder, kinds[i].name);

		mkdir(folder, 0700);
		good(kinds[i].open(&scratch, folder, true, &db, &err));
		test();
		db->close(db);
	}
}

static uint64_t next;
static struct { const char *license; uint32_t categories; const char *said; } published = { .license = "MIT", .said = "\"abi\":\"1.0\"" };

static inline void apply(struct leaf l, uint32_t targets)
{
	static const uint8_t zero[64];
	struct db_facts facts = { targets, published.categories, published.license, published.said };
	uint8_t hash[32];

	l.time = 1700000000 + next;
	if (l.kind == LEAF_PUBLISH) {
		const char *text = arena_printf(&scratch, "%.*s %.*s", (int)l.name.size, (const char *)l.name.at, (int)l.version.size, (const char *)l.version.at);

		sha256((struct bytes){ (const uint8_t *)text, strlen(text) }, hash);
		l.package = l.manifest = (struct bytes){ hash, 32 };
		l.kid = (struct bytes){ zero, 8 };
		l.size = 100;
		good(db->apply(db, next++, &l, release_hex(hash, 32, &scratch), &facts, &err));
	} else {
		good(db->apply(db, next++, &l, NULL, NULL, &err));
	}
}

static inline void publish(const char *name, const char *version, enum leaf_state state, uint32_t targets)
{
	apply((struct leaf){ .kind = LEAF_PUBLISH, .publisher = leaf_text("acme.example"), .name = leaf_text(name), .version = leaf_text(version), .state = state }, targets);
}

static inline void change(const char *name, const char *version, enum leaf_state state)
{
	apply((struct leaf){ .kind = LEAF_STATE, .publisher = leaf_text("acme.example"), .name = leaf_text(name), .version = leaf_text(version), .state = state, .reason = leaf_text("why") }, 0);
}

static inline void begin(void)
{
	next = 0;
	apply((struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("acme.example"), .proof = leaf_text("none") }, 0);
}

/* "name version,name version+source" of what is found. */
static inline const char *found(struct db_query q)
{
	struct list hits = { 0 };
	struct text t = { 0 };

	text_add(&t, &scratch, "%s", "");
	good(db->search(db, &q, &scratch, &hits, &err));
	for (size_t i = 0; i < hits.count; i++) {
		const struct db_hit *h = hits.at[i];
		text_add(&t, &scratch, "%s%s %s%s", i ? "," : "", h->name, h->version, *h->source ? "+source" : "");
	}
	return t.at;
}

/* The test, with each kind, as each_TEST. */
#define EACH(test) static void each_##test(void **state) { (void)state; with_each(test); }

#endif
