/* SPDX-License-Identifier: Apache-2.0 */
/* The list for OCI's tools: what is in it follows from the log, and one that is behind, or was changed, is known as such. */
#include <jansson.h>
#include <string.h>

#include "file.h"
#include "oci.h"
#include "ociindex.h"
#include "release.h"
#include "scratch.h"

enum { VERSIONS = 40, FILE_MAX = 1 << 20 };

static struct err e;
static struct store s;
static uint64_t now;

static struct leaf about(const char *name, const char *version)
{
	return (struct leaf){ .time = 1795000000 + ++now, .publisher = leaf_text("example.org"), .name = leaf_text(name), .version = leaf_text(version) };
}

/* Into the log and the database, as the store's writer does. */
static void add(const struct leaf *l, const char *oci)
{
	const struct db_facts facts = { .license = "", .said = "" };
	struct bytes entry;
	uint64_t first;

	assert_int_equal(leaf_write(l, &scratch, &entry, &e), MS_OK);
	assert_int_equal(log_append(s.log, &entry, 1, &first, &e), MS_OK);
	assert_int_equal(s.db->begin(s.db, &e), MS_OK);
	assert_int_equal(s.db->apply(s.db, first, l, oci, &facts, &e), MS_OK);
	assert_int_equal(s.db->end(s.db, true, &e), MS_OK);
}

static struct leaf published(const char *name, const char *version, uint64_t size)
{
	static uint8_t hash[32];
	struct leaf l = about(name, version);

	hash[now % 32]++;
	l.kind = LEAF_PUBLISH;
	l.package = arena_copy(&scratch, BYTES_OF(hash));
	l.manifest = l.package;
	l.kid = (struct bytes){ l.package.at, 8 };
	l.size = size;
	l.state = LEAF_LIVE;
	return l;
}

static void publish(const char *name, const char *version, uint64_t size)
{
	const struct leaf l = published(name, version, size);
	const char *oci;

	struct bytes manifest = oci_manifest(&l, &scratch, &oci);
	assert_int_equal(s.blobs.add(&s.blobs, oci, manifest, &e), MS_OK);
	add(&l, oci);
}

static void change(const char *name, const char *version, enum leaf_state state)
{
	struct leaf l = about(name, version);

	l.kind = LEAF_STATE;
	l.state = state;
	add(&l, NULL);
}

static int make(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	now = 0;
	assert_int_equal(store_open(&s, "shop", "store.example.org/log", &scratch, &e), MS_OK);
	struct leaf l = about("", "");
	l.kind = LEAF_PUBLISHER;
	l.proof = leaf_text("none");
	add(&l, NULL);
	for (unsigned i = 0; i < VERSIONS; i++)
		publish(i % 3 ? "hello" : "a-longer-name", arena_printf(&scratch, "%u.%u.0", i / 10, i), i * i * 1000 + 1);
	return 0;
}

static int end(void **state)
{
	store_close(&s);
	return scratch_remove(state);
}

static struct bytes content(void)
{
	struct bytes b = { 0 };

	assert_int_equal(file_read("shop/index.json", FILE_MAX, &scratch, &b, &e), MS_OK);
	return b;
}

static json_t *manifests(json_t **file)
{
	struct bytes b = content();

	*file = json_loadb((const char *)b.at, b.size, JSON_REJECT_DUPLICATES, NULL);
	json_t *all = json_object_get(*file, "manifests");
	assert_true(json_is_array(all));
	return all;
}

static int said_count;

static void say(const char *sentence)
{
	assert_non_null(strstr(sentence, "index.json"));
	said_count++;
}

/* 1 where it is current and right, 0 where it is behind, -1 where it does not say what the log does. */
static int checked(void)
{
	bool current = false;

	said_count = 0;
	int faults = ociindex_check(&s, &current, say, &e);
	assert_true(faults >= 0);
	assert_int_equal(faults, said_count);
	return faults ? -1 : current;
}

static void each_version_that_can_be_taken_is_in_it_and_no_other(void **state)
{
	static const struct { enum leaf_state to; bool listed; } steps[] = {
		{ LEAF_DEPRECATED, true }, { LEAF_YANKED, true }, { LEAF_HELD, false }, { LEAF_YANKED, true }, { LEAF_QUARANTINED, false }, { LEAF_REMOVED, false },
	};
	(void)state;
	json_t *file;

	assert_int_equal(ociindex_settle(&s, &e), MS_OK);
	assert_int_equal(json_array_size(manifests(&file)), VERSIONS);
	json_decref(file);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		change("hello", "0.1.0", steps[i].to);
		assert_int_equal(checked(), 0);
		assert_int_equal(ociindex_settle(&s, &e), MS_OK);
		assert_int_equal(checked(), 1);
		assert_int_equal(json_array_size(manifests(&file)), VERSIONS - !steps[i].listed);
		json_decref(file);
	}
}

/* What it says of each is what the manifest is. */
static void hash_and_size_are_those_of_the_manifest(void **state)
{
	(void)state;
	json_t *file, *one;
	size_t i;

	publish("door", "255.255.65535+4294967295", 64 << 20);
	assert_int_equal(ociindex_settle(&s, &e), MS_OK);
	json_t *all = manifests(&file);
	json_array_foreach(all, i, one) {
		const char *digest = json_string_value(json_object_get(one, "digest")), *name = json_string_value(json_object_get(json_object_get(one, "annotations"), "org.opencontainers.image.ref.name"));
		struct db_version v;
		const char *oci;
		struct leaf l;

		assert_int_equal(s.db->by_oci(s.db, digest + strlen("sha256:"), &scratch, &v, &e), 1);
		assert_string_equal(name, arena_printf(&scratch, "%s/%s:%s", v.publisher, v.name, oci_tag(v.version, &scratch)));
		assert_int_equal(store_leaf(&s, v.index, &scratch, &l, &e), MS_OK);
		struct bytes manifest = oci_manifest(&l, &scratch, &oci);
		assert_int_equal(json_integer_value(json_object_get(one, "size")), manifest.size);
		assert_string_equal(digest + strlen("sha256:"), oci);
	}
	assert_int_equal(i, VERSIONS + 1);
	json_decref(file);
}

static void what_is_current_is_not_written_again(void **state)
{
	(void)state;
	assert_int_equal(checked(), 0);	/* there is none */
	assert_int_equal(ociindex_settle(&s, &e), MS_OK);
	struct bytes before = content();
	uint8_t *changed = (uint8_t *)arena_copy(&scratch, before).at;
	changed[before.size - 40] ^= 1;
	assert_int_equal(file_replace("shop/index.json", (struct bytes){ changed, before.size }, 0644, &scratch, &e), MS_OK);
	assert_int_equal(ociindex_settle(&s, &e), MS_OK);
	assert_int_equal(checked(), -1);
	assert_int_equal(ociindex_write(&s, &e), MS_OK);
	assert_true(bytes_equal(content(), before));
	assert_int_equal(checked(), 1);
}

/* Cut anywhere, with something behind it, or a bit of it changed: it is behind, or does not say what the log does; never current. */
static void none_that_was_changed_is_taken_for_what_follows(void **state)
{
	(void)state;
	assert_int_equal(ociindex_settle(&s, &e), MS_OK);
	struct bytes whole = content();
	uint8_t *bad = (uint8_t *)arena_printf(&scratch, "%.*s.", (int)whole.size, (const char *)whole.at);

	for (size_t i = 0; i < whole.size; i += 97) {
		assert_int_equal(file_replace_unsynced("shop/index.json", (struct bytes){ bad, i }, 0644, &scratch, &e), MS_OK);
		assert_int_not_equal(checked(), 1);
		bad[i] ^= 1;
		assert_int_equal(file_replace_unsynced("shop/index.json", (struct bytes){ bad, whole.size }, 0644, &scratch, &e), MS_OK);
		assert_int_not_equal(checked(), 1);
		bad[i] ^= 1;
	}
	assert_int_equal(file_replace_unsynced("shop/index.json", (struct bytes){ bad, whole.size + 1 }, 0644, &scratch, &e), MS_OK);
	assert_int_equal(checked(), -1);
}

/* As a power cut leaves one; making what follows anew mends it. */
static void a_manifest_that_is_not_whole_is_missed_and_made_again(void **state)
{
	(void)state;
	struct db_version v;

	assert_int_equal(ociindex_settle(&s, &e), MS_OK);
	for (int cut = 0; cut < 2; cut++) {
		assert_int_equal(s.db->version(s.db, "example.org", "hello", cut ? "0.1.0" : "0.2.0", &scratch, &v, &e), 1);
		assert_int_equal(s.blobs.remove(&s.blobs, v.oci, &e), MS_OK);
		if (cut)
			assert_int_equal(s.blobs.add(&s.blobs, v.oci, (struct bytes){ 0 }, &e), MS_OK);
	}
	bool current;
	said_count = 0;
	assert_int_equal(ociindex_check(&s, &current, say, &e), 2);
	assert_int_equal(said_count, 2);
	assert_int_equal(s.db->wipe(s.db, &e), MS_OK);
	assert_int_equal(store_catch_up(&s, &e), MS_OK);
	assert_int_equal(checked(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_version_that_can_be_taken_is_in_it_and_no_other, make, end),
		cmocka_unit_test_setup_teardown(hash_and_size_are_those_of_the_manifest, make, end),
		cmocka_unit_test_setup_teardown(what_is_current_is_not_written_again, make, end),
		cmocka_unit_test_setup_teardown(none_that_was_changed_is_taken_for_what_follows, make, end),
		cmocka_unit_test_setup_teardown(a_manifest_that_is_not_whole_is_missed_and_made_again, make, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
