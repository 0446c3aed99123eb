/* SPDX-License-Identifier: Apache-2.0 */
/*
 * storefill FOLDER SERVICES VERSIONS ENTRIES [PACKAGE...]: a store with so many services, that many versions of them, and state changes until its log
 * has so many entries.  All of it goes the way on which ms-store writes (log.h, db.h), but for packages and the index's lines about them: their hashes
 * name nothing, so only the log and what is looked up in the database can be measured by it.  What the services say of themselves they have from the
 * packages, in turn, but for a summary; without any, nothing but that, targets and a licence.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "package.h"
#include "release.h"
#include "store.h"

enum { GROUP = 4096, SERVICES_OF_ONE = 50, TARGETS = 5, LICENSES = 4, FACTS_MAX = 16 };

struct fill {
	struct store store;
	struct key *key;
	uint64_t services, versions, entries;
	uint64_t at;				/* entries so far */
	struct arena arena;			/* of the group */
	struct leaf leaves[GROUP];
	uint64_t version[GROUP];		/* of a publish: which */
	size_t count;
	struct db_facts facts[FACTS_MAX];	/* of the packages */
	size_t facts_count;
};

static void must(int rc, const struct err *e)
{
	if (rc < 0) {
		fprintf(stderr, "storefill: %s\n", e->text);
		exit(1);
	}
}

static struct bytes hash_of(struct fill *f, const char *what, uint64_t n)
{
	uint8_t *hash = arena_take(&f->arena, 32);
	const char *text = arena_printf(&f->arena, "%s %llu", what, (unsigned long long)n);

	sha256((struct bytes){ (const uint8_t *)text, strlen(text) }, hash);
	return (struct bytes){ hash, 32 };
}

static const char *const word[] = {
	"adc", "alarm", "audio", "battery", "bridge", "button", "camera", "charger", "clock", "counter", "crypto", "display", "door", "encoder", "fan", "filter",
	"gateway", "gesture", "gps", "heater", "imu", "irrigation", "keypad", "lamp", "ledger", "light", "logger", "meter", "modbus", "motor", "mqtt", "pid",
	"pressure", "pump", "radio", "relay", "sensor", "servo", "thermostat", "valve",
};
enum { WORDS = sizeof(word) / sizeof(*word) };

/* A line of a dozen words, as people write them: some of them stand in nearly all, and what it is about in few. */
static const char *summary_of(struct fill *f, uint64_t service)
{
	static const char *const deed[] = { "Reads", "Drives", "Filters", "Records", "Calibrates", "Simulates", "Watches", "Encodes" };
	enum { DEEDS = sizeof(deed) / sizeof(*deed) };

	return arena_printf(&f->arena, "\"summary\":\"%s the %s of a %s, for services that need its %s once in %llu ms\"", deed[service % DEEDS], word[service / DEEDS % WORDS], word[service * 13 / 7 % WORDS],
			    word[service * 29 / 11 % WORDS], (unsigned long long)(service % 1000));
}

/* All versions of a service are alike. */
static struct db_facts facts_of(struct fill *f, uint64_t version)
{
	static const char *const license[LICENSES] = { "Apache-2.0", "MIT", "BSD-3-Clause", "LGPL-2.1-only" };
	struct db_facts facts = { .targets = 1u << version % TARGETS | 1u << version / TARGETS % TARGETS, .said = "" };

	if (f->facts_count)
		facts = f->facts[version % f->services % f->facts_count];
	facts.license = license[version % LICENSES];
	facts.said = arena_printf(&f->arena, "%s%s%s", facts.said, *facts.said ? "," : "", summary_of(f, version % f->services));
	return facts;
}

/* Into the database as the server's writer does, and all or nothing. */
static void apply(struct fill *f, uint64_t first, struct err *e)
{
	struct db *d = f->store.db;

	must(d->begin(d, e), e);
	for (size_t i = 0; i < f->count; i++) {
		const struct leaf *l = &f->leaves[i];
		struct db_facts facts = facts_of(f, f->version[i]);
		const char *oci = l->kind == LEAF_PUBLISH ? release_hex(l->package.at, 32, &f->arena) : NULL;

		must(d->apply(d, first + i, l, oci, &facts, e), e);
	}
	must(d->end(d, true, e), e);
}

static void write_group(struct fill *f)
{
	struct bytes *entries = arena_array(&f->arena, struct bytes, f->count + 1);
	uint64_t first;
	struct err e;

	for (size_t i = 0; i < f->count; i++)
		must(leaf_write(&f->leaves[i], &f->arena, &entries[i], &e), &e);
	if (f->count) {
		must(log_append(f->store.log, entries, f->count, &first, &e), &e);
		apply(f, first, &e);
	}
	f->at += f->count;
	f->count = 0;
	arena_done(&f->arena);
}

static void add(struct fill *f, struct leaf l, uint64_t version)
{
	l.time = 1795000000 + f->at + f->count;
	f->version[f->count] = version;
	f->leaves[f->count++] = l;
	if (f->count == GROUP)
		write_group(f);
}

static struct bytes publisher_of(struct fill *f, uint64_t service)
{
	uint64_t n = service / SERVICES_OF_ONE;

	return leaf_text(arena_printf(&f->arena, "%s%llu.example", word[n * 7 % WORDS], (unsigned long long)n));
}

static struct leaf about(struct fill *f, enum leaf_kind kind, uint64_t version)
{
	uint64_t service = version % f->services, number = version / f->services;

	return (struct leaf){
		.kind = kind, .publisher = publisher_of(f, service),
		.name = leaf_text(arena_printf(&f->arena, "%s-%s-%llu", word[service % WORDS], word[service / WORDS % WORDS], (unsigned long long)(service / WORDS / WORDS))),
		.version = leaf_text(arena_printf(&f->arena, "%llu.%llu.0", (unsigned long long)(1 + number / 8), (unsigned long long)(number % 8))),
	};
}

static void add_publishers(struct fill *f)
{
	const struct key_public *k = key_public_of(f->key);

	for (uint64_t service = 0; service < f->services; service += SERVICES_OF_ONE) {
		add(f, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = publisher_of(f, service), .proof = leaf_text("none") }, 0);
		add(f, (struct leaf){ .kind = LEAF_KEY, .publisher = publisher_of(f, service), .key = { k->point, 64 } }, 0);
	}
}

static void add_versions(struct fill *f)
{
	for (uint64_t v = 0; v < f->versions; v++) {
		struct leaf l = about(f, LEAF_PUBLISH, v);

		l.package = hash_of(f, "package", v);
		l.manifest = hash_of(f, "manifest", v);
		l.size = 20000 + v % 50000;
		l.kid = (struct bytes){ key_public_of(f->key)->kid, 8 };
		l.state = LEAF_LIVE;
		add(f, l, v);
	}
}

/* Each version in its turn deprecated, then live again. */
static void add_states(struct fill *f)
{
	for (uint64_t n = 0; f->at + f->count < f->entries; n++) {
		struct leaf l = about(f, LEAF_STATE, n % f->versions);

		l.state = n / f->versions % 2 ? LEAF_LIVE : LEAF_DEPRECATED;
		l.reason = leaf_text(l.state == LEAF_LIVE ? "" : "old");
		add(f, l, 0);
	}
}

static void read_facts(struct fill *f, const char *path, struct arena *a)
{
	struct bytes package;
	struct err e;

	must(file_read(path, PACKAGE_SIZE_MAX, a, &package, &e), &e);
	must(store_facts(package, a, &f->facts[f->facts_count++], &e), &e);
}

int main(int argc, char **argv)
{
	struct fill *f = calloc(1, sizeof(*f));
	struct arena a = { 0 };
	struct err e;

	if (!f || argc < 5 || argc > 5 + FACTS_MAX)
		return fprintf(stderr, "usage: storefill FOLDER SERVICES VERSIONS ENTRIES [PACKAGE...]\n"), 2;
	for (int i = 5; i < argc; i++)
		read_facts(f, argv[i], &a);
	f->services = strtoull(argv[2], NULL, 10);
	f->versions = strtoull(argv[3], NULL, 10);
	f->entries = strtoull(argv[4], NULL, 10);
	must(store_open(&f->store, argv[1], "bench.example/log", &a, &e), &e);
	const char *path = arena_printf(&a, "%s.developer.pem", argv[1]);
	must(key_create(path, &a, &e), &e);
	must(key_open(path, &a, &f->key, &e), &e);
	f->at = log_size(f->store.log);
	add_publishers(f);
	add_versions(f);
	add_states(f);
	write_group(f);
	f->store.indexed = f->at;
	must(store_index_settle(&f->store, &e), &e);
	key_close(f->key);
	store_close(&f->store);
	arena_done(&a);
	free(f);
	return 0;
}
