/* SPDX-License-Identifier: Apache-2.0 */
#include "store_fixture.h"

#include "audit.h"
#include "logged.h"
#include "logseen.h"
#include "mirror.h"
#include "scratch.h"
#include "storetrust.h"

static struct err e;
static struct fixture_store store;

static int make(void **state)
{
	if (scratch_make(state) < 0 || setenv("MS_HOME", scratch_folder, 1))
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

static void fail_on(void *context, const char *file, const struct err *why)
{
	(void)context;
	fail_msg("%s: %s", file, why->text);
}

static void audit_by(const char *folder, const struct note_key *key)
{
	struct storefiles files = storefiles_folder(folder, &scratch);
	struct audit_options o = { .key = key, .found = fail_on };
	struct audit u;

	assert_int_equal(audit_run(&files, &o, &u, &e), MS_OK);
	assert_true(u.has_index);
	audit_done(&u);
}

/* By who knows the store's key, and by who knows nothing of it. */
static void audit(const char *folder)
{
	audit_by(folder, &store.public);
	audit_by(folder, NULL);
}

static int mirror(const char *from, const char *to, struct mirror *m)
{
	struct storefiles files = storefiles_folder(from, &scratch);

	files.list = NULL;	/* as a server: nobody can list it */
	return mirror_run(&files, &store.public, to, &scratch, m, &e);
}

static void a_mirror_is_a_whole_store(void **state)
{
	(void)state;
	struct mirror m;

	assert_int_equal(mirror("s", "m", &m), MS_OK);
	assert_int_equal(m.packages, 1);
	assert_int_equal(m.sources, 1);
	audit("m");
	assert_int_equal(system("diff -r s/index m/index && diff -r s/blobs m/blobs && diff s/log/checkpoint m/log/checkpoint"), 0);
	assert_int_equal(mirror("m", "n", &m), MS_OK);
	audit("n");
}

static void a_source_that_is_smaller_than_the_log_says_is_not_mirrored(void **state)
{
	(void)state;
	struct bytes source = fixture_source(&store, store.package, store.developer);
	uint8_t hash[32];
	struct mirror m;

	sha256(store.package, hash);
	fixture_add(&store, fixture_source_leaf(fixture_keep(&store, "s", source), source.size + 1, (struct bytes){ hash, 32 }, key_public_of(store.developer)->kid));
	assert_int_equal(mirror("s", "m", &m), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "and the log says"));
	assert_false(file_exists("m/log"));
}

/* Its beginning is the same, so that the log follows. */
static void the_source_of_another_package_is_not_mirrored(void **state)
{
	(void)state;
	uint8_t hash[32];
	struct mirror m;

	sha256(store.package, hash);
	hash[31] ^= 1;
	fixture_give(&store, "s", fixture_source(&store, store.package, store.developer), hash, key_public_of(store.developer)->kid);
	assert_int_equal(mirror("s", "m", &m), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2915");
	assert_int_equal(m.sources, 0);
	assert_false(file_exists("m/log"));
}

static void the_second_time_only_what_is_new_is_fetched(void **state)
{
	(void)state;
	struct mirror m;

	assert_int_equal(mirror("s", "m", &m), MS_OK);
	assert_int_equal(mirror("s", "m", &m), MS_OK);
	assert_int_equal(m.requests, 1);
	fixture_add(&store, (struct leaf){ .kind = LEAF_STATE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .state = LEAF_LIVE });
	fixture_index(&store, "s");
	assert_int_equal(mirror("s", "m", &m), MS_OK);
	assert_int_equal(m.requests, 7);	/* checkpoint, tiles that lead from the one size to the other, last bundle */
	assert_int_equal(m.packages + m.sources, 0);
	audit("m");
}

/* A store put back from a copy goes on with other entries under the same key. */
static void fork_store(void)
{
	struct log *l;

	log_close(store.log);
	store.log = NULL;
	assert_int_equal(system("cp -r s old"), 0);
	assert_int_equal(log_open("s", fixture_origin, store.key, &store.log, &e), MS_OK);
	for (int i = 0; i < 3; i++)
		fixture_add(&store, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text(arena_printf(&scratch, "a%d.example.com", i)), .proof = leaf_text("dns") });
	l = store.log;
	assert_int_equal(log_open("old", fixture_origin, store.key, &store.log, &e), MS_OK);
	for (int i = 0; i < 4; i++)
		fixture_add(&store, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text(arena_printf(&scratch, "b%d.example.com", i)), .proof = leaf_text("dns") });
	log_close(store.log);
	store.log = l;
}

static void an_old_a_forked_and_a_cut_store_are_told_apart(void **state)
{
	(void)state;
	struct mirror m;

	fork_store();
	assert_int_equal(mirror("s", "m", &m), MS_OK);
	assert_int_equal(mirror("old", "m", &m), -MS_ESIGNATURE);	/* one entry more, of another history */
	assert_string_equal(e.id, "MS2912");
	assert_non_null(strstr(e.fix, "'log/checkpoint' of both"));
	audit("m");

	fixture_add(&store, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("c.example.com"), .proof = leaf_text("dns") });
	fixture_add(&store, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("d.example.com"), .proof = leaf_text("dns") });
	assert_int_equal(mirror("s", "n", &m), MS_OK);
	assert_int_equal(mirror("m", "n", &m), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2911");
	assert_int_equal(system("rm -r m/log/tile/entries/000"), 0);
	assert_int_equal(mirror("m", "o", &m), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2913");
	assert_false(file_exists("o/log/checkpoint"));
}

/* Also where no bundle is fetched that the two have not in common: here 512 entries are two whole ones. */
static void a_fork_is_told_where_the_mirror_ends_with_a_bundle(void **state)
{
	(void)state;
	struct mirror m;

	while (log_size(store.log) < 2 * TLOG_WIDTH - 3)
		fixture_add(&store, (struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text(arena_printf(&scratch, "c%d.example.com", (int)log_size(store.log))), .proof = leaf_text("dns") });
	fixture_index(&store, "s");
	fork_store();
	assert_int_equal(mirror("s", "m", &m), MS_OK);
	assert_int_equal(m.checkpoint.size, 2 * TLOG_WIDTH);
	assert_int_equal(mirror("old", "m", &m), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2912");
	audit("m");
}

/* Nobody is accused of two histories by it. */
static void a_mirror_that_is_damaged_itself_is_said_to_be(void **state)
{
	(void)state;
	struct mirror m;

	assert_int_equal(mirror("s", "m", &m), MS_OK);
	fork_store();
	assert_int_equal(system("sed -i s/p77.example/q77.example/ m/log/tile/entries/000"), 0);
	assert_int_equal(mirror("s", "m", &m), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2909");
	assert_non_null(strstr(e.fix, "the mirror in 'm'"));
}

static int seen(const char *folder)
{
	struct storefiles files = storefiles_folder(folder, &scratch);
	struct tlog_files f = { &files };
	struct tlog_tiles t = tlog_files_tiles(&f);
	struct bytes note;

	assert_int_equal(files.read(files.context, "log/checkpoint", NOTE_SIZE_MAX, &scratch, &note, &e), MS_OK);
	return logseen_check(&store.public, note, &t, &scratch, &e);
}

/* Signed by the store's own key: it is held to that, and nobody makes room for as many before they have come. */
static void overstate(uint64_t size)
{
	const struct checkpoint c = { .origin = fixture_origin, .size = size };
	struct bytes note;

	assert_int_equal(checkpoint_sign(&c, store.key, &scratch, &note, &e), MS_OK);
	assert_int_equal(file_replace("s/log/checkpoint", note, 0644, &scratch, &e), MS_OK);
}

static void count(void *context, const char *file, const struct err *why)
{
	(void)file, (void)why;
	++*(int *)context;
}

static void who_signs_for_more_than_there_is_lacks_it(void **state)
{
	static const uint64_t sizes[] = { 1000, UINT64_C(1) << 32, UINT64_C(1) << 60, INT64_MAX };
	(void)state;
	struct storefiles files = storefiles_folder("s", &scratch);
	struct mirror m;
	struct audit u;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (int log_only = 0; log_only < 2; log_only++) {
			int found = 0;
			const struct audit_options o = { .key = &store.public, .log_only = log_only, .found = count, .context = &found };

			overstate(sizes[i]);
			assert_int_equal(mirror("s", "m", &m), -MS_ESIGNATURE);
			assert_string_equal(e.id, "MS2913");
			assert_true(m.requests < 5);
			assert_false(file_exists("m"));
			assert_int_equal(audit_run(&files, &o, &u, &e), -MS_ESIGNATURE);
			assert_string_equal(e.id, "MS2913");
			assert_int_equal(found, 1);
			audit_done(&u);
		}
}

/* What was seen is remembered, and both checkpoints of a fork are kept. */
static void what_was_seen_is_not_unseen(void **state)
{
	(void)state;
	struct mirror m;

	assert_int_equal(mirror("s", "first", &m), MS_OK);
	fork_store();
	assert_int_equal(seen("first"), MS_OK);
	assert_int_equal(seen("s"), MS_OK);
	assert_int_equal(seen("s"), MS_OK);
	assert_int_equal(seen("first"), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2911");
	assert_int_equal(seen("old"), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2912");
	assert_true(file_exists(arena_printf(&scratch, "%s.forked", storetrust_seen(&store.public, &scratch))));
	assert_int_equal(seen("s"), MS_OK);
}

/* Or the store could show nobody its true log any more, who saw this one first. */
static void what_is_signed_for_and_not_there_is_not_remembered(void **state)
{
	(void)state;
	struct mirror m;

	assert_int_equal(mirror("s", "first", &m), MS_OK);
	overstate(1000);
	assert_int_equal(seen("s"), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2913");
	overstate(2);
	assert_int_equal(seen("s"), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2909");
	assert_false(file_exists(storetrust_seen(&store.public, &scratch)));
	assert_int_equal(seen("first"), MS_OK);
}

static void a_store_is_trusted_until_it_is_not(void **state)
{
	(void)state;
	struct list keys = { 0 };
	struct note_key k;
	struct note n = { 0 };

	assert_int_equal(storetrust_find(fixture_origin, &n, &scratch, &k, &e), -MS_ENOENT);
	assert_string_equal(e.id, "MS2917");
	assert_int_equal(storetrust_add(&store.public, &scratch, &e), MS_OK);
	assert_int_equal(storetrust_add(&store.public, &scratch, &e), MS_OK);
	assert_int_equal(storetrust_list(&scratch, &keys, &e), MS_OK);
	assert_int_equal(keys.count, 1);
	assert_int_equal(storetrust_find(fixture_origin, &n, &scratch, &k, &e), MS_OK);
	assert_memory_equal(k.public, store.public.public, 32);
	assert_int_equal(storetrust_remove(fixture_origin, &scratch, &e), MS_OK);
	assert_int_equal(storetrust_remove(fixture_origin, &scratch, &e), -MS_ENOENT);
}

static bool find_developer(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	(void)context, (void)kid, (void)role;
	*out = (struct believed){ .key = *key_public_of(store.developer), .label = "developer" };
	return true;
}

static const struct believer developer = { find_developer, NULL };

/* The package, what archive_verify says of it, and the proof of its entry. */
static struct bytes logged_package(struct archive_report *r, struct bytes *proof)
{
	struct bytes package = fixture_package("1.0.0", "hello.elf", store.developer, &scratch);

	assert_int_equal(archive_verify(package, "p.msp", &developer, &scratch, r, &e), MS_OK);
	assert_int_equal(log_proof(store.log, 3 + FIXTURE_PUBLISHERS, &scratch, proof, &e), MS_OK);
	return package;
}

static void a_package_is_checked_against_the_log_without_a_network(void **state)
{
	(void)state;
	struct archive_report *r = arena_new(&scratch, struct archive_report);
	struct logged l;
	struct bytes proof, other, package = logged_package(r, &proof);
	const struct logged_file file = { package, r->manifest, r->manifest_sha256, NULL }, none = { BYTES_LITERAL("x"), r->manifest, r->manifest_sha256, NULL };

	assert_int_equal(logged_verify(&file, proof, "p", &scratch, &l, &e), -MS_ENOENT);
	assert_int_equal(storetrust_add(&store.public, &scratch, &e), MS_OK);
	assert_int_equal(logged_verify(&file, proof, "p", &scratch, &l, &e), MS_OK);
	assert_string_equal(l.origin, fixture_origin);
	assert_int_equal(l.index, 3 + FIXTURE_PUBLISHERS);
	assert_int_equal(log_proof(store.log, 7, &scratch, &other, &e), MS_OK);
	assert_int_equal(logged_verify(&file, other, "p", &scratch, &l, &e), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2908");
	assert_int_equal(logged_verify(&none, proof, "p", &scratch, &l, &e), -MS_ESIGNATURE);
}

/* Ten thousand of them: each bit in turn, and lines that are lost, doubled and exchanged. */
static void no_changed_proof_is_believed(void **state)
{
	(void)state;
	struct archive_report *r = arena_new(&scratch, struct archive_report);
	struct logged l;
	struct bytes proof, package = logged_package(r, &proof);
	const struct logged_file file = { package, r->manifest, r->manifest_sha256, NULL };
	uint8_t *bad = (uint8_t *)arena_copy(&scratch, proof).at;

	assert_int_equal(storetrust_add(&store.public, &scratch, &e), MS_OK);
	for (size_t bit = 0; bit < 8 * proof.size; bit++) {
		struct arena a = { 0 };
		bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
		int rc = logged_verify(&file, (struct bytes){ bad, proof.size }, "p", &a, &l, &e);
		assert_true(rc == -MS_EFORMAT || rc == -MS_ESIGNATURE || rc == -MS_ENOENT);
		bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
		arena_done(&a);
	}
	for (size_t size = 0; size < proof.size; size++)
		assert_true(logged_verify(&file, bytes_part(proof, 0, size), "p", &scratch, &l, &e) < 0);
}

static void what_is_no_proof_is_refused_with_a_code(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n",
		"c2sp.org/tlog-proof@v1\nindex 00\n\nx\n", "c2sp.org/tlog-proof@v1\nindex -1\n\nx\n", "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nx\n",
		"c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nx\n", "c2sp.org/tlog-proof@v1\nextra ????\nindex 0\n\nx\n", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx\n",
		"c2sp.org/tlog-proof@v1\nindex 0\n", "c2sp.org/tlog-proof@v1\nindex 0\n\n",
	};
	struct text many = { 0 };
	struct tlog_proof p;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(tlog_proof_read(leaf_text(bad[i]), "p", &scratch, &p, &e), -MS_EFORMAT);
		assert_string_equal(e.id, "MS2903");
		assert_true(e.line > 0);
	}
	text_add(&many, &scratch, "c2sp.org/tlog-proof@v1\nindex 0\n");
	for (int i = 0; i < 65; i++)
		text_add(&many, &scratch, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	text_add(&many, &scratch, "\nx\n");
	assert_int_equal(tlog_proof_read(leaf_text(many.at), "p", &scratch, &p, &e), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_mirror_is_a_whole_store, make, end),
		cmocka_unit_test_setup_teardown(a_source_that_is_smaller_than_the_log_says_is_not_mirrored, make_without_source, end),
		cmocka_unit_test_setup_teardown(the_source_of_another_package_is_not_mirrored, make_without_source, end),
		cmocka_unit_test_setup_teardown(the_second_time_only_what_is_new_is_fetched, make, end),
		cmocka_unit_test_setup_teardown(an_old_a_forked_and_a_cut_store_are_told_apart, make, end),
		cmocka_unit_test_setup_teardown(a_fork_is_told_where_the_mirror_ends_with_a_bundle, make, end),
		cmocka_unit_test_setup_teardown(a_mirror_that_is_damaged_itself_is_said_to_be, make, end),
		cmocka_unit_test_setup_teardown(who_signs_for_more_than_there_is_lacks_it, make, end),
		cmocka_unit_test_setup_teardown(what_was_seen_is_not_unseen, make, end),
		cmocka_unit_test_setup_teardown(what_is_signed_for_and_not_there_is_not_remembered, make, end),
		cmocka_unit_test_setup_teardown(a_package_is_checked_against_the_log_without_a_network, make, end),
		cmocka_unit_test_setup_teardown(no_changed_proof_is_believed, make, end),
		cmocka_unit_test_setup_teardown(what_is_no_proof_is_refused_with_a_code, make, end),
		cmocka_unit_test_setup_teardown(a_store_is_trusted_until_it_is_not, make, end),
	};
	if (!getcwd(sample_home, sizeof(sample_home) - 32))
		return 1;
	strcat(sample_home, "/out/check/tests/product");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
