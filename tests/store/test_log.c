/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "scratch.h"
#include "tlog_files.h"

static struct err e;
static struct ed25519 *key;
static struct note_key public;
static const char origin[] = "store.example.org/log";

static int make(void **state)
{
	if (scratch_make(state) < 0 || ed25519_create("log.pem", &scratch, &e) < 0 || ed25519_open("log.pem", &scratch, &key, &e) < 0)
		return -1;
	note_key_init(&public, origin, ed25519_public_of(key));
	return 0;
}

static int end(void **state)
{
	ed25519_close(key);
	return scratch_remove(state);
}

static struct log *opened(void)
{
	struct log *l;

	int rc = log_open("s", origin, key, &l, &e);
	if (rc < 0)
		print_message("%s\n", e.text);
	assert_int_equal(rc, MS_OK);
	return l;
}

static struct bytes entry_number(uint64_t i, struct arena *a)
{
	const char *text = arena_printf(a, "entry %llu", (unsigned long long)i);
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void add(struct log *l, uint64_t from, size_t count)
{
	struct bytes *entries = arena_array(&scratch, struct bytes, count);
	uint64_t first;

	for (size_t i = 0; i < count; i++)
		entries[i] = entry_number(from + i, &scratch);
	assert_int_equal(log_append(l, entries, count, &first, &e), MS_OK);
	assert_int_equal(first, from);
}

/* What anybody sees of the folder: checkpoint, tiles and entries all lead to each other. */
static uint64_t public_size(const char *store)
{
	struct storefiles files = storefiles_folder(store, &scratch);
	struct tlog_files f = { &files };
	struct tlog_tiles t = tlog_files_tiles(&f);
	struct bytes note, bundle, entry;
	struct checkpoint c;
	struct tlog_edge *edge = arena_new(&scratch, struct tlog_edge);
	struct tlog_hash root;

	assert_int_equal(file_read(path_join(&scratch, store, "log/checkpoint"), NOTE_SIZE_MAX, &scratch, &note, &e), MS_OK);
	assert_int_equal(checkpoint_read(note, "checkpoint", &public, &scratch, &c, &e), MS_OK);
	assert_int_equal(tlog_root(&t, c.size, &root, &e), MS_OK);
	assert_true(tlog_equal(&root, &c.root));
	for (uint64_t i = 0; i < c.size; i++) {
		if (i % TLOG_WIDTH == 0)
			assert_int_equal(tlog_files_bundle(&files, i / TLOG_WIDTH, tlog_tile_width(TLOG_ENTRIES, i / TLOG_WIDTH, c.size), &scratch, &bundle, &e), MS_OK);
		assert_true(tlog_bundle_next(&bundle, &entry));
		assert_true(bytes_equal(entry, entry_number(i, &scratch)));
		struct tlog_hash leaf = tlog_leaf(entry);
		assert_int_equal(tlog_edge_add(edge, &leaf, NULL, NULL, &e), MS_OK);
	}
	root = tlog_edge_root(edge);
	assert_true(tlog_equal(&root, &c.root));
	return c.size;
}

static void each_entry_is_there_with_a_proof(void **state)
{
	(void)state;
	struct log *l = opened();
	struct tlog_proof p;
	struct checkpoint c;
	struct bytes text;

	add(l, 0, 1);
	add(l, 1, 254);
	add(l, 255, 2);
	add(l, 257, 600);
	assert_int_equal(log_size(l), 857);
	for (uint64_t i = 0; i < 857; i += 1 + i % 7) {
		assert_int_equal(log_proof(l, i, &scratch, &text, &e), MS_OK);
		assert_int_equal(tlog_proof_read(text, "p", &scratch, &p, &e), MS_OK);
		assert_true(bytes_equal(p.entry, entry_number(i, &scratch)));
		assert_int_equal(tlog_proof_verify(&p, "p", &public, &scratch, &c, &e), MS_OK);
		assert_int_equal(c.size, 857);
	}
	assert_int_equal(log_proof(l, 857, &scratch, &text, &e), -MS_ENOENT);
	log_close(l);
	assert_int_equal(public_size("s"), 857);
	assert_false(file_exists("s/log/tile/0/000.p"));
}

static void it_goes_on_where_it_was(void **state)
{
	(void)state;
	uint64_t size = 0;

	for (size_t step = 1; step < 400; step = 2 * step + 1) {
		struct log *l = opened();
		assert_int_equal(log_size(l), size);
		add(l, size, step);
		size += step;
		log_close(l);
		assert_int_equal(public_size("s"), size);
	}
}

static void one_program_writes_and_with_its_own_key(void **state)
{
	(void)state;
	struct log *l = opened(), *second;
	struct ed25519 *other;

	assert_int_equal(log_open("s", origin, key, &second, &e), -MS_EBUSY);
	assert_string_equal(e.id, "MS2914");
	add(l, 0, 3);
	log_close(l);
	assert_int_equal(ed25519_create("other.pem", &scratch, &e), MS_OK);
	assert_int_equal(ed25519_open("other.pem", &scratch, &other, &e), MS_OK);
	assert_int_equal(log_open("s", origin, other, &second, &e), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2915");
	ed25519_close(other);
	assert_int_equal(log_open("s", "another.example.org", key, &second, &e), -MS_ESIGNATURE);
	assert_int_equal(log_open("s", "no name", key, &second, &e), -MS_EUSAGE);
	assert_int_equal(public_size("s"), 3);
}

static void entries_that_are_none_are_refused_and_nothing_is_there(void **state)
{
	(void)state;
	struct log *l = opened();
	struct bytes entries[3] = { BYTES_LITERAL("x"), { (const uint8_t *)"", 0 }, BYTES_LITERAL("y") };
	uint64_t first;

	assert_int_equal(log_append(l, entries, 3, &first, &e), -MS_EFBIG);
	assert_int_equal(log_append(l, entries, 0, &first, &e), -MS_EFBIG);
	entries[1] = (struct bytes){ arena_take(&scratch, 65536), 65536 };
	assert_int_equal(log_append(l, entries, 3, &first, &e), -MS_EFBIG);
	assert_int_equal(log_size(l), 0);
	log_close(l);
}

/* A power cut may take whatever was not synced: checkpoint, tiles that are not whole, the end of a group. */
static void what_was_not_synced_is_made_again(void **state)
{
	(void)state;
	static const char *const lost[] = { "s/log/checkpoint", "s/log/tile/0/001.p", "s/log/tile/1", "s/log/tile/entries/001.p" };
	struct bytes junk = BYTES_LITERAL("MSLJ\x01\0\0\0\x2c\x01\0\0\0\0\0\0\x40");
	struct log *l = opened();
	struct text torn = { 0 };
	struct bytes journal;

	add(l, 0, 300);
	log_close(l);
	for (size_t i = 0; i < sizeof(lost) / sizeof(*lost); i++)
		assert_int_equal(file_remove(lost[i], &e), MS_OK);
	assert_int_equal(file_read("s/log/journal", 1 << 20, &scratch, &journal, &e), MS_OK);
	text_add_bytes(&torn, &scratch, journal);
	text_add_bytes(&torn, &scratch, junk);
	assert_int_equal(file_replace("s/log/journal", (struct bytes){ (uint8_t *)torn.at, torn.size }, 0644, &scratch, &e), MS_OK);
	l = opened();
	assert_int_equal(public_size("s"), 300);
	add(l, 300, 1);
	log_close(l);
	assert_int_equal(public_size("s"), 301);
}

/* A bit that changed on the disk is never signed for. */
static void damage_is_found_when_it_is_opened(void **state)
{
	(void)state;
	static const char *const files[] = { "s/log/journal", "s/log/tile/0/000" };
	struct log *l = opened();
	struct bytes good, note;

	add(l, 0, 200);
	add(l, 200, 100);
	log_close(l);
	assert_int_equal(file_read("s/log/checkpoint", NOTE_SIZE_MAX, &scratch, &note, &e), MS_OK);
	for (size_t f = 0; f < 2; f++) {
		assert_int_equal(file_read(files[f], 1 << 20, &scratch, &good, &e), MS_OK);
		uint8_t *bad = (uint8_t *)arena_copy(&scratch, good).at;
		for (size_t bit = 3; bit < 8 * good.size; bit += 97) {
			bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
			assert_int_equal(file_replace_unsynced(files[f], (struct bytes){ bad, good.size }, 0644, &scratch, &e), MS_OK);
			assert_int_equal(log_open("s", origin, key, &l, &e), -MS_ESIGNATURE);
			assert_string_equal(e.id, "MS2909");
			bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
		/* Also where the last checkpoint is lost. */
		bad[good.size / 2] ^= 4;
		assert_int_equal(file_replace_unsynced(files[f], (struct bytes){ bad, good.size }, 0644, &scratch, &e), MS_OK);
		assert_int_equal(file_remove("s/log/checkpoint", &e), MS_OK);
		if (f == 1)
			assert_int_equal(log_open("s", origin, key, &l, &e), -MS_ESIGNATURE);
		assert_int_equal(file_replace("s/log/checkpoint", note, 0644, &scratch, &e), MS_OK);
		assert_int_equal(file_replace(files[f], good, 0644, &scratch, &e), MS_OK);
	}
	l = opened();
	log_close(l);
}

static void a_mirrors_copy_can_be_gone_on_with(void **state)
{
	(void)state;
	struct log *l = opened();

	add(l, 0, 700);
	log_close(l);
	assert_int_equal(file_remove("s/log/journal", &e), MS_OK);
	l = opened();
	add(l, 700, 400);
	log_close(l);
	assert_int_equal(public_size("s"), 1100);
	assert_int_equal(file_remove("s/log/journal", &e), MS_OK);
	assert_int_equal(file_remove("s/log/tile/entries/004.p", &e), MS_OK);
	assert_int_equal(log_open("s", origin, key, &l, &e), -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2913");
}

/* Many at once: each has its own index, and its entry is there. */
enum { THREADS = 8, EACH = 60 };
static struct log *shared;
static _Atomic int wrong;

static void *appends(void *which)
{
	struct arena a = { 0 };
	struct err why;

	for (int i = 0; i < EACH; i++) {
		const char *text = arena_printf(&a, "%d of %d", i, *(const int *)which);
		struct bytes entry = { (const uint8_t *)text, strlen(text) }, back;
		uint64_t first;
		if (log_append(shared, &entry, 1, &first, &why) < 0 || log_entry(shared, first, &a, &back, &why) < 0 || !bytes_equal(entry, back))
			wrong++;
	}
	arena_done(&a);
	return NULL;
}

static void several_threads_append_each_its_own(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	int numbers[THREADS];

	shared = opened();
	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		assert_int_equal(pthread_create(&threads[i], NULL, appends, &numbers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(wrong, 0);
	assert_int_equal(log_size(shared), THREADS * EACH);
	log_close(shared);
	log_close(opened());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_entry_is_there_with_a_proof, make, end),
		cmocka_unit_test_setup_teardown(it_goes_on_where_it_was, make, end),
		cmocka_unit_test_setup_teardown(one_program_writes_and_with_its_own_key, make, end),
		cmocka_unit_test_setup_teardown(entries_that_are_none_are_refused_and_nothing_is_there, make, end),
		cmocka_unit_test_setup_teardown(what_was_not_synced_is_made_again, make, end),
		cmocka_unit_test_setup_teardown(damage_is_found_when_it_is_opened, make, end),
		cmocka_unit_test_setup_teardown(a_mirrors_copy_can_be_gone_on_with, make, end),
		cmocka_unit_test_setup_teardown(several_threads_append_each_its_own, make, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
