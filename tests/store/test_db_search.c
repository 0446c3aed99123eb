/* SPDX-License-Identifier: Apache-2.0 */
/* What each database must find: by words, by facets, page after page, and whatever somebody types. */
#include "category.h"
#include "each_db.h"

static void a_search_shows_the_highest_that_can_be_taken(void)
{
	begin();
	publish("hello", "1.9.0", LEAF_LIVE, 1);
	publish("hello", "1.10.0", LEAF_LIVE, 1);
	publish("hello", "200.0.0", LEAF_STAGED, 1);
	assert_string_equal(found((struct db_query){ .most = 10 }), "hello 1.10.0");
	change("hello", "1.10.0", LEAF_YANKED);
	assert_string_equal(found((struct db_query){ .most = 10 }), "hello 1.9.0");
	change("hello", "200.0.0", LEAF_LIVE);
	assert_string_equal(found((struct db_query){ .most = 10 }), "hello 200.0.0");
	change("hello", "200.0.0", LEAF_DEPRECATED);
	assert_string_equal(found((struct db_query){ .most = 10 }), "hello 1.9.0");
	change("hello", "1.9.0", LEAF_QUARANTINED);
	assert_string_equal(found((struct db_query){ .most = 10 }), "hello 200.0.0");
	change("hello", "200.0.0", LEAF_QUARANTINED);
	assert_string_equal(found((struct db_query){ .most = 10 }), "");
}

static void words_and_facets_narrow_a_search(void)
{
	begin();
	publish("door-lock", "1.0.0", LEAF_LIVE, 1);
	publish("door-bell", "1.0.0", LEAF_LIVE, 3);
	publish("radio", "1.0.0", LEAF_LIVE, 2);
	assert_string_equal(found((struct db_query){ .words = "door", .most = 10 }), "door-lock 1.0.0,door-bell 1.0.0");
	assert_string_equal(found((struct db_query){ .words = "do be", .most = 10 }), "door-bell 1.0.0");
	assert_string_equal(found((struct db_query){ .words = "acme", .targets = 2, .most = 10 }), "door-bell 1.0.0,radio 1.0.0");
	assert_string_equal(found((struct db_query){ .license = "MIT", .publisher = "acme.example", .targets = 3, .most = 10 }), "door-bell 1.0.0");
	assert_string_equal(found((struct db_query){ .license = "GPL-2.0-only", .most = 10 }), "");
	assert_string_equal(found((struct db_query){ .publisher = "other.example", .most = 10 }), "");
}

/* "license MIT 2,..." of all pages. */
static const char *counted(struct db_query q)
{
	struct list all = { 0 };
	struct text t = { 0 };

	text_add(&t, &scratch, "%s", "");
	good(db->facets(db, &q, &scratch, &all, &err));
	for (size_t i = 0; i < all.count; i++) {
		const struct db_facet *f = all.at[i];
		text_add(&t, &scratch, "%s%s %s %d", i ? "," : "", f->facet, f->value, (int)f->count);
	}
	return t.at;
}

/* Those of the version that is shown, and of no other: what was yanked is not found by what only it said. */
static void words_of_the_summary_are_found(void)
{
	const char *plain = published.said;

	begin();
	publish("plain", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	published.said = "\"abi\":\"1.0\",\"summary\":\"Reads a caf\\u00e9's temperature, once \\\"warm\\\"\"";
	publish("probe", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	published.said = "\"abi\":\"1.0\",\"summary\":\"Reads humidity\"";
	publish("probe", "1.1.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	published.said = plain;
	assert_string_equal(found((struct db_query){ .words = "humidity", .most = 10 }), "probe 1.1.0");
	assert_string_equal(found((struct db_query){ .words = "temperature", .most = 10 }), "");
	assert_string_equal(found((struct db_query){ .words = "reads acme", .most = 10 }), "probe 1.1.0");
	change("probe", "1.1.0", LEAF_YANKED);
	assert_string_equal(found((struct db_query){ .words = "humidity", .most = 10 }), "");
	assert_string_equal(found((struct db_query){ .words = "TEMP caf\u00e9 pro", .most = 10 }), "probe 1.0.0");
	assert_string_equal(found((struct db_query){ .words = "warm", .most = 10 }), "probe 1.0.0");
	assert_string_equal(counted((struct db_query){ .words = "warm", .most = 1 }), "license MIT 1,publisher acme.example 1,state live 1,target v7em 1");
	change("probe", "1.0.0", LEAF_QUARANTINED);
	assert_string_equal(found((struct db_query){ .words = "reads", .most = 10 }), "");
	assert_string_equal(found((struct db_query){ .words = "acme", .most = 10 }), "plain 1.0.0");
}

/* All that are asked for, and the one that the shown version says. */
static void categories_narrow_a_search(void)
{
	uint32_t sensing = category_bit("sensing"), data = category_bit("data");

	begin();
	published.categories = sensing | data;
	publish("thermometer", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	published.categories = data | UINT32_C(1) << 31;	/* the highest there can be, which has no name */
	publish("cbor", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	published.categories = 0;
	publish("plain", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	assert_string_equal(found((struct db_query){ .categories = data, .most = 10 }), "thermometer 1.0.0,cbor 1.0.0");
	assert_string_equal(found((struct db_query){ .categories = data | sensing, .most = 10 }), "thermometer 1.0.0");
	assert_string_equal(found((struct db_query){ .categories = category_bit("time"), .most = 10 }), "");
	assert_string_equal(counted((struct db_query){ .categories = sensing, .most = 1 }), "category sensing 1,category data 1,license MIT 1,publisher acme.example 1,state live 1,target v7em 1");
	publish("thermometer", "1.1.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	assert_string_equal(found((struct db_query){ .categories = sensing, .most = 10 }), "");
	change("thermometer", "1.1.0", LEAF_YANKED);
	assert_string_equal(found((struct db_query){ .categories = sensing, .most = 10 }), "thermometer 1.0.0");
}

static void facets_count_what_a_search_finds(void)
{
	begin();
	publish("door-lock", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM | 1u << MS_TARGET_V8M);
	publish("door-bell", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V7EM);
	published.license = "Apache-2.0";
	publish("radio", "1.0.0", LEAF_LIVE, 1u << MS_TARGET_V8M);
	published.license = "MIT";
	publish("never", "1.0.0", LEAF_STAGED, 1u << MS_TARGET_V8M);
	change("radio", "1.0.0", LEAF_DEPRECATED);
	assert_string_equal(counted((struct db_query){ .most = 1 }), "license MIT 2,license Apache-2.0 1,publisher acme.example 3,state live 2,state deprecated 1,target v7em 2,target v8m 2");
	assert_string_equal(counted((struct db_query){ .words = "door", .most = 1 }), "license MIT 2,publisher acme.example 2,state live 2,target v7em 2,target v8m 1");
	assert_string_equal(counted((struct db_query){ .state = LEAF_DEPRECATED, .most = 1 }), "license Apache-2.0 1,publisher acme.example 1,state deprecated 1,target v8m 1");
	assert_string_equal(counted((struct db_query){ .words = "nothing", .most = 1 }), "");
	assert_string_equal(found((struct db_query){ .state = LEAF_DEPRECATED, .most = 9 }), "radio 1.0.0");
	assert_string_equal(found((struct db_query){ .state = LEAF_LIVE, .most = 9 }), "door-lock 1.0.0,door-bell 1.0.0");
}

static void facts_come_with_what_is_found_if_they_are_asked_for(void)
{
	struct db_query q = { .most = 10 };
	struct list hits = { 0 };

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	good(db->search(db, &q, &scratch, &hits, &err));
	assert_string_equal(((const struct db_hit *)hits.at[0])->facts.said, "");
	q.facts = true;
	hits = (struct list){ 0 };
	good(db->search(db, &q, &scratch, &hits, &err));
	const struct db_hit *h = hits.at[0];
	assert_string_equal(h->facts.said, "\"abi\":\"1.0\"");
	assert_int_equal(h->state, LEAF_LIVE);
	assert_true(h->published > 0);
}

/* Of the version that is found, not of another one. */
static void whether_a_source_is_there_is_said_of_the_version_that_is_found(void)
{
	static const uint8_t source[32] = { 7 }, kid[8] = { 9 };
	struct leaf l = { .kind = LEAF_SOURCE, .publisher = leaf_text("acme.example"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .source = BYTES_OF(source), .size = 4321, .kid = BYTES_OF(kid) };

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	assert_string_equal(found((struct db_query){ .most = 9 }), "hello 1.0.0");
	apply(l, 0);
	assert_string_equal(found((struct db_query){ .most = 9 }), "hello 1.0.0+source");
	assert_string_equal(found((struct db_query){ .words = "hello", .facts = true, .most = 9 }), "hello 1.0.0+source");
	publish("hello", "1.1.0", LEAF_LIVE, 1);
	assert_string_equal(found((struct db_query){ .most = 9 }), "hello 1.1.0");
}

static void pages_follow_each_other_without_gap_or_doubling(void)
{
	uint64_t after = 0;
	int seen = 0;

	begin();
	for (int i = 0; i < 25; i++)
		publish(arena_printf(&scratch, "service-%c", 'a' + i), "1.0.0", LEAF_LIVE, 1);
	for (size_t count = 10; count == 10; ) {
		struct db_query q = { .words = "service", .after = after, .most = 10 };
		struct list hits = { 0 };

		good(db->search(db, &q, &scratch, &hits, &err));
		count = hits.count;
		for (size_t i = 0; i < count; i++) {
			const struct db_hit *h = hits.at[i];
			assert_int_equal(h->name[8], 'a' + seen++);
			after = h->at;
		}
	}
	assert_int_equal(seen, 25);
}

/* What somebody types never becomes the database's language. */
static void nothing_that_is_typed_is_a_command(void)
{
	static const char *const typed[] = { "'", "\"", "door' OR 1=1 --", "\" OR door", "NEAR(", "*", "AND", "a*b", "); DROP TABLE version; --", "\\", "door^", "-door", "{}", "col:door", "\xff\xfe", "(", "%", "_" };
	struct db_version v;

	begin();
	publish("door", "1.0.0", LEAF_LIVE, 1);
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++) {
		struct list all = { 0 };

		found((struct db_query){ .words = typed[i], .publisher = typed[i], .license = typed[i], .most = 10 });
		found((struct db_query){ .words = typed[i], .most = 10 });
		assert_int_equal(db->version(db, typed[i], typed[i], typed[i], &scratch, &v, &err), 0);
		assert_int_equal(db->by_package(db, typed[i], &scratch, &v, &err), 0);
		good(db->tokens(db, typed[i], &scratch, &all, &err));
	}
	assert_string_equal(found((struct db_query){ .words = "door", .most = 10 }), "door 1.0.0");
}

EACH(a_search_shows_the_highest_that_can_be_taken)
EACH(words_and_facets_narrow_a_search)
EACH(words_of_the_summary_are_found)
EACH(categories_narrow_a_search)
EACH(facets_count_what_a_search_finds)
EACH(facts_come_with_what_is_found_if_they_are_asked_for)
EACH(whether_a_source_is_there_is_said_of_the_version_that_is_found)
EACH(pages_follow_each_other_without_gap_or_doubling)
EACH(nothing_that_is_typed_is_a_command)

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(each_a_search_shows_the_highest_that_can_be_taken),
		scratch_test(each_words_and_facets_narrow_a_search),
		scratch_test(each_words_of_the_summary_are_found),
		scratch_test(each_categories_narrow_a_search),
		scratch_test(each_facets_count_what_a_search_finds),
		scratch_test(each_facts_come_with_what_is_found_if_they_are_asked_for),
		scratch_test(each_whether_a_source_is_there_is_said_of_the_version_that_is_found),
		scratch_test(each_pages_follow_each_other_without_gap_or_doubling),
		scratch_test(each_nothing_that_is_typed_is_a_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
