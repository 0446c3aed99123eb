/* SPDX-License-Identifier: Apache-2.0 */
/* A store is replayed as it is, with each file taken away, with others put in, and with a log that says what it must not.  Flipped bits: test_flips.c. */
#include "store_fixture.h"

#include "audit.h"
#include "scratch.h"

static struct err e;
static struct fixture_store store;

static int make(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	fixture_store(&store, "s", &scratch);
	return 0;
}

static int make_without_source(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	fixture_begin(&store, "s", &scratch);
	return 0;
}

static int end(void **state)
{
	fixture_store_end(&store);
	return scratch_remove(state);
}

struct told { int count; struct err first; char file[256]; };

static void tell(void *context, const char *file, const struct err *why)
{
	struct told *t = context;

	if (t->count++ == 0) {
		t->first = *why;
		snprintf(t->file, sizeof(t->file), "%s", file);
	}
}

static int audit(struct told *t, const struct note_key *key)
{
	struct arena a = { 0 };
	struct storefiles files = storefiles_folder("s", &a);
	struct audit_options o = { .key = key, .found = tell, .context = t };
	struct audit u;

	*t = (struct told){ 0 };
	int rc = audit_run(&files, &o, &u, &e);
	assert_int_equal(rc < 0, t->count > 0);
	if (rc == MS_OK) {
		assert_int_equal(u.packages, 1);
		assert_int_equal(u.sources, 1);
		assert_int_equal(u.services, 1);
		assert_true(u.has_index);
		assert_int_equal(u.ledger.size, u.checkpoint.size);
	}
	audit_done(&u);
	arena_done(&a);
	return rc;
}

static void a_store_as_it_was_written_follows_from_its_log(void **state)
{
	(void)state;
	struct told t;

	int rc = audit(&t, &store.public);
	if (rc < 0)
		fail_msg("%s: %s", t.file, t.first.text);
	assert_int_equal(audit(&t, NULL), MS_OK);
}

static void all_files(const char *folder, struct list *paths)
{
	struct list names = { 0 };

	assert_int_equal(file_list(folder, &scratch, &names, &e), MS_OK);
	for (size_t i = 0; i < names.count; i++) {
		char *path = path_join(&scratch, folder, names.at[i]);
		if (file_is_folder(path))
			all_files(path, paths);
		else if (strcmp(path_name(path), "journal") != 0 && strcmp(path_name(path), "lock") != 0)
			list_push(paths, &scratch, path);
	}
}

static void what_is_missing_is_named(void **state)
{
	(void)state;
	struct list paths = { 0 };
	struct told t;

	all_files("s", &paths);
	for (size_t i = 0; i < paths.count; i += paths.count > 40 ? 13 : 1) {
		const char *path = paths.at[i];
		bool stale = strstr(path, ".p/") != NULL && !strstr(path, ".p/50") && !strstr(path, "/1/000.p/1");
		if (rename(path, "away") || stale)
			assert_int_equal(rename("away", path), 0);
		else {
			assert_int_not_equal(audit(&t, &store.public), MS_OK);
			assert_int_equal(rename("away", path), 0);
		}
	}
	assert_int_equal(audit(&t, &store.public), MS_OK);
}

static void what_follows_from_nothing_is_named(void **state)
{
	(void)state;
	static const char *const strangers[] = { "s/index/he/ll/example.org/hellp", "s/log/tile/0/007", "s/log/tile/0/001.p/200", "s/log/tile/3/000",
						 "s/index/config.yaml" };
	struct told t;

	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++) {
		assert_int_equal(file_make_folders(path_folder(&scratch, strangers[i]), &scratch, &e), MS_OK);
		assert_int_equal(file_replace(strangers[i], BYTES_LITERAL("x"), 0644, &scratch, &e), MS_OK);
		assert_int_equal(audit(&t, &store.public), -MS_ESIGNATURE);
		assert_non_null(strstr(t.first.text, "follows from nothing"));
		assert_int_equal(file_remove(strangers[i], &e), MS_OK);
	}
}

/* What the log itself must not say: it is signed, whole, and still found. */
static void what_a_store_may_not_do_is_found_in_its_log(void **state)
{
	(void)state;
	struct key *other;
	struct told t;

	assert_int_equal(key_create("other.pem", &scratch, &e), MS_OK);
	assert_int_equal(key_open("other.pem", &scratch, &other, &e), MS_OK);
	const uint8_t *kid = key_public_of(other)->kid, *ours = key_public_of(store.developer)->kid;
	const struct bytes hash = { store.public.public, 32 };
	struct leaf later = fixture_source_leaf(hash, 1, hash, ours);
	later.version = leaf_text("1.2.0");
	const struct leaf bad[] = {
		fixture_source_leaf(hash, 1, hash, ours), later,
		{ .kind = LEAF_STORE, .origin = leaf_text(fixture_origin), .log_key = { store.public.public, 32 } },
		{ .kind = LEAF_PUBLISHER, .publisher = leaf_text("example.org"), .proof = leaf_text("dns") },
		{ .kind = LEAF_KEY, .publisher = leaf_text("nobody.example.com"), .key = { key_public_of(other)->point, 64 } },
		{ .kind = LEAF_REVOKE, .publisher = leaf_text("example.org"), .kid = { kid, 8 }, .reason = leaf_text("lost") },
		{ .kind = LEAF_PUBLISH, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.2.0"), .package = { store.public.public, 32 },
		  .size = 1, .manifest = { store.public.public, 32 }, .kid = { kid, 8 }, .state = LEAF_LIVE },
		{ .kind = LEAF_PUBLISH, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .package = { store.public.public, 32 },
		  .size = 1, .manifest = { store.public.public, 32 }, .kid = { key_public_of(store.developer)->kid, 8 }, .state = LEAF_LIVE },
		{ .kind = LEAF_STATE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("9.0.0"), .state = LEAF_YANKED },
		{ .kind = LEAF_STATE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .state = LEAF_REMOVED },
	};

	log_close(store.log);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(system("rm -rf kept && cp -r s kept"), 0);
		assert_int_equal(log_open("s", fixture_origin, store.key, &store.log, &e), MS_OK);
		fixture_add(&store, bad[i]);
		log_close(store.log);
		assert_int_equal(audit(&t, &store.public), -MS_ESIGNATURE);
		assert_string_equal(t.first.id, "MS2910");
		assert_int_equal(system("rm -rf s && mv kept s"), 0);
	}
	store.log = NULL;
	key_close(other);
	assert_int_equal(audit(&t, &store.public), MS_OK);
}

/* A package of the same name and version, and by the same key, with another header. */
static struct bytes other_package(void)
{
	struct package_parts p;
	struct bytes package;

	fixture_parts(&p, "1.0.0", "hello.elf", store.developer, &scratch);
	p.header.content = BYTES_LITERAL("long hello(void);\n");
	fixture_ok(archive_build(&p.in, store.developer, &scratch, &package, &e), &e);
	return package;
}

/* The log gives the bytes as the source of 1.0.0, and is whole, as the index is: what an audit finds, which is one thing or (NULL) none. */
static void is_found(struct bytes source, const uint8_t package[32], const uint8_t *kid, const char *code, const char *words)
{
	struct told t;

	assert_int_equal(system("cp -r s kept"), 0);
	fixture_give(&store, "s", source, package, kid);
	fixture_index(&store, "s");
	audit(&t, &store.public);
	assert_int_equal(t.count, code ? 1 : 0);
	if (code && (strcmp(t.first.id, code) != 0 || !strstr(t.first.text, words) || strncmp(t.file, "blobs/sha256/", 13) != 0))
		fail_msg("%s: %s: %s", t.file, t.first.id, t.first.text);
	log_close(store.log);
	assert_int_equal(system("rm -rf s && mv kept s"), 0);
	assert_int_equal(log_open("s", fixture_origin, store.key, &store.log, &e), MS_OK);
}

/* What a store may have taken and must not: the log does not show it, the bytes do. */
static void what_is_no_source_of_the_package_is_found(void **state)
{
	(void)state;
	struct key *other;
	uint8_t hash[32], tail[32];

	assert_int_equal(key_create("other.pem", &scratch, &e), MS_OK);
	assert_int_equal(key_open("other.pem", &scratch, &other, &e), MS_OK);
	sha256(store.package, hash);
	memcpy(tail, hash, sizeof(tail));
	tail[31] ^= 1;
	fixture_add(&store, (struct leaf){ .kind = LEAF_KEY, .publisher = leaf_text("example.org"), .key = { key_public_of(other)->point, 64 } });
	const uint8_t *ours = key_public_of(store.developer)->kid, *theirs = key_public_of(other)->kid;
	struct bytes good = fixture_source(&store, store.package, store.developer);

	is_found(good, hash, ours, NULL, "");
	is_found(good, tail, ours, "MS2915", "an entry of another package");
	is_found(good, hash, theirs, "MS2915", "no signature by the key that the entry names");
	is_found(other_package(), hash, ours, "MS1617", "not a source package");
	is_found(BYTES_LITERAL("int main(void);"), hash, ours, "MS1617", "");
	is_found(fixture_source(&store, other_package(), store.developer), hash, ours, "MS2915", "another package");
	key_close(other);
}

static void another_stores_key_believes_nothing(void **state)
{
	(void)state;
	struct note_key other = store.public;
	struct told t;

	note_key_init(&other, fixture_origin, (const uint8_t *)"another key, of another store, x");
	assert_int_equal(audit(&t, &other), -MS_ESIGNATURE);
	assert_string_equal(t.first.id, "MS2907");
}

/* The index is dropped and made again. */
static void the_index_is_made_again_byte_by_byte(void **state)
{
	(void)state;
	struct bytes before, after;
	struct told t;

	assert_int_equal(file_read("s/index/he/ll/example.org/hello", 1 << 20, &scratch, &before, &e), MS_OK);
	assert_int_equal(file_remove_tree("s/index", &e), MS_OK);
	fixture_index(&store, "s");
	assert_int_equal(file_read("s/index/he/ll/example.org/hello", 1 << 20, &scratch, &after, &e), MS_OK);
	assert_true(bytes_equal(before, after));
	assert_int_equal(audit(&t, &store.public), MS_OK);
	assert_non_null(strstr((const char *)after.at, "\"state\":\"yanked\""));
	assert_non_null(strstr((const char *)after.at, "says \\\"hello\\\" twice"));
	assert_non_null(strstr((const char *)after.at, "\"flash\":"));
}

/* A server whose line is cut when so many packages were read. */
struct cut_line { struct storefiles whole; int left; };

static int read_until_cut(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *why)
{
	struct cut_line *c = context;

	if (!strncmp(path, "blobs/", 6) && c->left-- == 0)
		return err_set(why, ERR_STORE_UNREACHABLE, "the line was cut");
	return c->whole.read(c->whole.context, path, limit, a, content, why);
}

/* The package and its source are read, and the package again for the index; what cannot be read then says nothing about the store. */
static void a_line_that_is_cut_is_no_finding(void **state)
{
	(void)state;
	struct cut_line c = { storefiles_folder("s", &scratch), 2 };
	struct storefiles files = { .read = read_until_cut, .context = &c, .name = "s" };
	struct told t = { 0 };
	struct audit_options o = { .key = &store.public, .found = tell, .context = &t };
	struct audit u;

	assert_true(audit_run(&files, &o, &u, &e) < 0);
	assert_int_equal(err_exit_status(&e), 9);
	assert_int_equal(t.count, 0);
	assert_false(u.whole);
	audit_done(&u);
	c.left = 3;
	assert_int_equal(audit_run(&files, &o, &u, &e), MS_OK);
	assert_true(u.whole);
	audit_done(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_store_as_it_was_written_follows_from_its_log, make, end),
		cmocka_unit_test_setup_teardown(what_is_missing_is_named, make, end),
		cmocka_unit_test_setup_teardown(what_follows_from_nothing_is_named, make, end),
		cmocka_unit_test_setup_teardown(what_a_store_may_not_do_is_found_in_its_log, make, end),
		cmocka_unit_test_setup_teardown(what_is_no_source_of_the_package_is_found, make_without_source, end),
		cmocka_unit_test_setup_teardown(another_stores_key_believes_nothing, make, end),
		cmocka_unit_test_setup_teardown(the_index_is_made_again_byte_by_byte, make, end),
		cmocka_unit_test_setup_teardown(a_line_that_is_cut_is_no_finding, make, end),
	};
	if (!getcwd(sample_home, sizeof(sample_home) - 32))
		return 1;
	strcat(sample_home, "/out/check/tests/product");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
