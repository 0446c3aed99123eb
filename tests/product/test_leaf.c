/* SPDX-License-Identifier: Apache-2.0 */
#include "leaf.h"

#include "scratch.h"

static struct err e;
static const uint8_t hash[64] = { 1, 2, 3, 4 };

#define SAID(size) ((struct bytes){ hash, (size) })

/* One of each kind, with all that it can have. */
static const struct leaf samples[] = {
	{ .kind = LEAF_STORE, .time = 1795000000, .origin = { (const uint8_t *)"store.example.org/log", 21 }, .log_key = { hash, 32 } },
	{ .kind = LEAF_PUBLISHER, .time = 1, .publisher = { (const uint8_t *)"example.org", 11 }, .proof = { (const uint8_t *)"dns", 3 } },
	{ .kind = LEAF_KEY, .time = 2, .publisher = { (const uint8_t *)"example.org", 11 }, .key = { hash, 64 } },
	{ .kind = LEAF_REVOKE, .time = 3, .publisher = { (const uint8_t *)"example.org", 11 }, .kid = { hash, 8 },
	  .reason = { (const uint8_t *)"lost", 4 }, .words = { (const uint8_t *)"the laptop was stolen", 21 } },
	{ .kind = LEAF_PUBLISH, .time = 4, .publisher = { (const uint8_t *)"example.org", 11 }, .name = { (const uint8_t *)"hello", 5 },
	  .version = { (const uint8_t *)"1.0.0", 5 }, .package = { hash, 32 }, .size = 12345, .manifest = { hash + 32, 32 }, .kid = { hash, 8 }, .state = LEAF_LIVE },
	{ .kind = LEAF_STATE, .time = 5, .publisher = { (const uint8_t *)"example.org", 11 }, .name = { (const uint8_t *)"hello", 5 },
	  .version = { (const uint8_t *)"1.0.0", 5 }, .state = LEAF_YANKED, .reason = { (const uint8_t *)"vulnerable", 10 },
	  .words = { (const uint8_t *)"d\xc3\xa9pass\xc3\xa9", 9 }, .replacement = { (const uint8_t *)"1.0.1", 5 } },
	{ .kind = LEAF_OWNER, .time = 6, .publisher = { (const uint8_t *)"example.org", 11 }, .account = { (const uint8_t *)"ada", 3 }, .change = LEAF_ADDED },
	{ .kind = LEAF_KEY_STATE, .time = 7, .publisher = { (const uint8_t *)"example.org", 11 }, .kid = { hash, 8 }, .state = LEAF_QUARANTINED,
	  .reason = { (const uint8_t *)"stolen", 6 }, .words = { (const uint8_t *)"seen elsewhere", 14 } },
	{ .kind = LEAF_APPROVAL, .time = 8, .publisher = { (const uint8_t *)"example.org", 11 }, .change = LEAF_LEFT },
	{ .kind = LEAF_SOURCE, .time = 9, .publisher = { (const uint8_t *)"example.org", 11 }, .name = { (const uint8_t *)"hello", 5 }, .version = { (const uint8_t *)"1.0.0", 5 },
	  .package = { hash, 32 }, .size = 54321, .kid = { hash, 8 }, .account = { (const uint8_t *)"key:01020304", 12 }, .source = { hash + 16, 32 } },
	{ .kind = LEAF_PROOF, .time = 10, .publisher = { (const uint8_t *)"example.org", 11 }, .proof = { (const uint8_t *)"certificate", 11 } },
};

enum { SAMPLE_COUNT = sizeof(samples) / sizeof(*samples) };

static struct bytes written(const struct leaf *l)
{
	struct bytes entry;

	assert_int_equal(leaf_write(l, &scratch, &entry, &e), MS_OK);
	return entry;
}

static void each_kind_is_read_as_it_was_written(void **state)
{
	(void)state;
	struct leaf back;

	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		struct bytes entry = written(&samples[i]);
		assert_int_equal(leaf_read(entry, &scratch, &back, &e), MS_OK);
		assert_int_equal(back.kind, samples[i].kind);
		assert_int_equal(back.time, samples[i].time);
		assert_true(bytes_equal(written(&back), entry));
		assert_non_null(leaf_kind_name(back.kind));
	}
	assert_int_equal(leaf_read(written(&samples[4]), &scratch, &back, &e), MS_OK);
	assert_int_equal(back.size, 12345);
	assert_true(bytes_equal(back.name, leaf_text("hello")));
	assert_true(bytes_equal(back.package, SAID(32)));
}

/* The bytes of the smallest, by hand: who changes them changes all logs. */
static void the_form_stays(void **state)
{
	(void)state;
	static const uint8_t expected[] = {
		0xa5, 0x01, 0x07, 0x02, 0x06, 0x04, 0x6b, 'e', 'x', 'a', 'm', 'p', 'l', 'e', '.', 'o', 'r', 'g', 0x12, 0x63, 'a', 'd', 'a', 0x13, 0x01,
	};

	assert_true(bytes_equal(written(&samples[6]), BYTES_OF(expected)));
}

/* Whatever is read has one form. */
static void a_changed_byte_is_another_entry_or_none(void **state)
{
	(void)state;
	struct leaf back;
	int read = 0;

	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		struct bytes entry = written(&samples[i]);
		uint8_t *bad = (uint8_t *)arena_copy(&scratch, entry).at;

		for (size_t bit = 0; bit < 8 * entry.size; bit++) {
			bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
			struct bytes changed = { bad, entry.size };
			if (leaf_read(changed, &scratch, &back, &e) == MS_OK) {
				assert_true(bytes_equal(written(&back), changed));
				read++;
			} else {
				assert_string_equal(e.id, "MS2904");
			}
			bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
		for (size_t size = 0; size < entry.size; size++)
			assert_int_equal(leaf_read(bytes_part(entry, 0, size), &scratch, &back, &e), -MS_EFORMAT);
	}
	assert_true(read > 100);	/* of hashes and letters */
}

static void a_field_that_must_be_there_is_missed(void **state)
{
	(void)state;
	struct leaf l = samples[4];
	struct bytes entry;

	l.package.size = 0;
	assert_int_equal(leaf_write(&l, &scratch, &entry, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "has no package"));
	l = samples[4];
	l.size = 0;
	assert_int_equal(leaf_write(&l, &scratch, &entry, &e), -MS_EFORMAT);
	l = samples[4];
	l.time = 0;
	assert_int_equal(leaf_write(&l, &scratch, &entry, &e), -MS_EFORMAT);
	l = samples[4];
	l.replacement = leaf_text("1.0.1");
	assert_int_equal(leaf_write(&l, &scratch, &entry, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "cannot have"));
}

static void what_cannot_be_said_is_refused(void **state)
{
	(void)state;
	static const struct { const char *publisher, *name, *version, *words; uint64_t state, kind; } bad[] = {
		{ .publisher = "Example.org" }, { .publisher = "example" }, { .publisher = "../x.org" }, { .name = "h" }, { .name = "hello/../x" },
		{ .name = "Hello" }, { .version = "1.0" }, { .version = "01.0.0" }, { .words = "two\nlines" }, { .words = "\x1b[31mred" },
		{ .words = "\xe2\x80\xae" "desrever" }, { .state = 9 }, { .kind = 10 }, { .kind = 255 },
	};
	struct bytes entry;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct leaf l = samples[5];
		l.publisher = bad[i].publisher ? leaf_text(bad[i].publisher) : l.publisher;
		l.name = bad[i].name ? leaf_text(bad[i].name) : l.name;
		l.version = bad[i].version ? leaf_text(bad[i].version) : l.version;
		l.words = bad[i].words ? leaf_text(bad[i].words) : l.words;
		l.state = bad[i].state ? bad[i].state : l.state;
		l.kind = bad[i].kind ? (enum leaf_kind)bad[i].kind : l.kind;
		assert_int_equal(leaf_write(&l, &scratch, &entry, &e), -MS_EFORMAT);
		assert_string_equal(e.id, "MS2904");
	}
}

static void states_have_names_both_ways(void **state)
{
	(void)state;
	for (int s = LEAF_LIVE; s <= LEAF_REMOVED; s++)
		assert_int_equal(leaf_state_named(leaf_state_name((enum leaf_state)s)), s);
	assert_int_equal(leaf_state_named("gone"), 0);
	assert_null(leaf_state_name((enum leaf_state)0));
	assert_null(leaf_state_name((enum leaf_state)9));
}

static int clear(void **state)
{
	(void)state;
	arena_done(&scratch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(each_kind_is_read_as_it_was_written, clear),
		cmocka_unit_test_teardown(the_form_stays, clear),
		cmocka_unit_test_teardown(a_changed_byte_is_another_entry_or_none, clear),
		cmocka_unit_test_teardown(a_field_that_must_be_there_is_missed, clear),
		cmocka_unit_test_teardown(what_cannot_be_said_is_refused, clear),
		cmocka_unit_test(states_have_names_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
