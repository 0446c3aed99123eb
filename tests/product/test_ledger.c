/* SPDX-License-Identifier: Apache-2.0 */
/* What may follow what in a store's log: entries one after the other, and those that must be refused. */
#include "ledger.h"

#include <string.h>

#include "scratch.h"

static struct err e;
static struct ledger g;
static struct key_public key;

static int add(struct leaf l)
{
	struct arena a = { 0 };
	struct bytes entry;

	l.time = 1795000000 + g.size;
	assert_int_equal(leaf_write(&l, &a, &entry, &e), MS_OK);
	int rc = ledger_add(&g, entry, &e);
	arena_done(&a);	/* nothing of an entry is borrowed from what held it */
	return rc;
}

static void begin(void)
{
	static const uint8_t point[64] = { 7 };

	g = (struct ledger){ 0 };
	key_public_from_point(&key, point);
	assert_int_equal(add((struct leaf){ .kind = LEAF_STORE, .origin = leaf_text("store.example"), .log_key = { point, 32 } }), MS_OK);
	assert_int_equal(add((struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("example.org"), .proof = leaf_text("none") }), MS_OK);
	assert_int_equal(add((struct leaf){ .kind = LEAF_KEY, .publisher = leaf_text("example.org"), .key = { point, 64 } }), MS_OK);
}

static int publish(const char *version, enum leaf_state state, const char *account)
{
	return add((struct leaf){ .kind = LEAF_PUBLISH, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text(version), .package = { key.point, 32 },
				  .size = 1, .manifest = { key.point, 32 }, .kid = { key.kid, 8 }, .state = state, .account = leaf_text(account) });
}

static int change(const char *version, enum leaf_state state, const char *account)
{
	return add((struct leaf){ .kind = LEAF_STATE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text(version), .state = state,
				  .account = leaf_text(account) });
}

static int key_state(enum leaf_state state)
{
	return add((struct leaf){ .kind = LEAF_KEY_STATE, .publisher = leaf_text("example.org"), .kid = { key.kid, 8 }, .state = state });
}

static int approval(enum leaf_change what)
{
	return add((struct leaf){ .kind = LEAF_APPROVAL, .publisher = leaf_text("example.org"), .change = what });
}

static int source_of(const char *version, const uint8_t *package, const uint8_t *kid)
{
	return add((struct leaf){ .kind = LEAF_SOURCE, .publisher = leaf_text("example.org"), .name = leaf_text("hello"), .version = leaf_text(version), .package = { package, 32 },
				  .source = { key.point, 32 }, .size = 2, .kid = { kid, 8 } });
}

static void refused(int rc)
{
	assert_int_equal(rc, -MS_ESIGNATURE);
	assert_string_equal(e.id, "MS2910");
}

static void what_was_stopped_goes_back_to_where_it_was(void **state)
{
	static const enum leaf_state befores[] = { LEAF_STAGED, LEAF_LIVE, LEAF_DEPRECATED, LEAF_YANKED }, stops[] = { LEAF_HELD, LEAF_QUARANTINED };
	(void)state;

	for (size_t i = 0; i < 4; i++) {
		for (size_t k = 0; k < 2; k++) {
			begin();
			assert_int_equal(publish("1.0.0", i ? LEAF_LIVE : LEAF_STAGED, NULL), MS_OK);
			if (i > 1)
				assert_int_equal(change("1.0.0", befores[i], NULL), MS_OK);
			assert_int_equal(change("1.0.0", stops[k], NULL), MS_OK);
			for (size_t other = 0; other < 4; other++)
				if (other != i && (befores[other] != LEAF_LIVE || befores[i] == LEAF_STAGED))
					refused(change("1.0.0", befores[other], NULL));
			assert_int_equal(change("1.0.0", befores[i], NULL), MS_OK);
			ledger_done(&g);
		}
	}
}

/* Held, then quarantined: where it was is where it was before both. */
static void what_is_stopped_twice_goes_back_to_where_it_was_first(void **state)
{
	(void)state;
	begin();
	assert_int_equal(publish("1.0.0", LEAF_LIVE, NULL), MS_OK);
	assert_int_equal(change("1.0.0", LEAF_YANKED, NULL), MS_OK);
	assert_int_equal(change("1.0.0", LEAF_HELD, NULL), MS_OK);
	assert_int_equal(change("1.0.0", LEAF_QUARANTINED, NULL), MS_OK);
	refused(change("1.0.0", LEAF_HELD, NULL));
	refused(change("1.0.0", LEAF_DEPRECATED, NULL));
	assert_int_equal(change("1.0.0", LEAF_YANKED, NULL), MS_OK);
	ledger_done(&g);
}

static void a_quarantined_key_signs_nothing_until_that_ends(void **state)
{
	(void)state;
	begin();
	refused(key_state(LEAF_LIVE));
	refused(key_state(LEAF_YANKED));
	assert_int_equal(key_state(LEAF_QUARANTINED), MS_OK);
	refused(key_state(LEAF_QUARANTINED));
	refused(publish("1.0.0", LEAF_LIVE, NULL));
	refused(publish("1.0.0", LEAF_STAGED, NULL));
	assert_int_equal(key_state(LEAF_LIVE), MS_OK);
	assert_int_equal(publish("1.0.0", LEAF_LIVE, NULL), MS_OK);
	ledger_done(&g);
}

static void where_another_person_approves_it_is_another(void **state)
{
	static const struct { const char *stager, *approver; bool may; } pairs[] = {
		{ "key:0011", "key:0011", false }, { "key:0011", "key:0011/ab", false }, { "key:0011/ab", "key:0011/ab/cd", false }, { "key:0011", NULL, false },
		{ "key:0011/ab", "key:0011", true }, { "key:0011", "key:00112", true }, { "key:0011/ab", "key:0011/ac", true }, { NULL, "key:0011", true },
	};
	(void)state;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		begin();
		assert_int_equal(approval(LEAF_ADDED), MS_OK);
		refused(approval(LEAF_ADDED));
		refused(publish("1.0.0", LEAF_LIVE, pairs[i].stager));
		assert_int_equal(publish("1.0.0", LEAF_STAGED, pairs[i].stager), MS_OK);
		if (!pairs[i].may)
			refused(change("1.0.0", LEAF_LIVE, pairs[i].approver));
		else
			assert_int_equal(change("1.0.0", LEAF_LIVE, pairs[i].approver), MS_OK);
		assert_int_equal(approval(LEAF_LEFT), MS_OK);
		refused(approval(LEAF_LEFT));
		if (!pairs[i].may)
			assert_int_equal(change("1.0.0", LEAF_LIVE, pairs[i].approver), MS_OK);
		ledger_done(&g);
	}
}

static int proof_of(const char *vendor, const char *how)
{
	return add((struct leaf){ .kind = LEAF_PROOF, .publisher = leaf_text(vendor), .proof = leaf_text(how) });
}

/* Once, and only of what is there and was not proven: nobody can take a proof back, or say that there is none any more. */
static void a_name_space_is_proven_once_when_it_is_claimed_or_later(void **state)
{
	(void)state;

	begin();
	refused(proof_of("other.example", "certificate"));
	refused(proof_of("example.org", "none"));
	assert_int_equal(proof_of("example.org", "certificate"), MS_OK);
	refused(proof_of("example.org", "certificate"));
	refused(proof_of("example.org", "none"));
	assert_int_equal(add((struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("other.example"), .proof = leaf_text("certificate") }), MS_OK);
	refused(proof_of("other.example", "certificate"));
	assert_int_equal(publish("1.0.0", LEAF_LIVE, NULL), MS_OK);
	ledger_done(&g);
}

/* Once, behind the version, for its package, by a key that counts; who stands in another name space has no such version. */
static void a_source_is_given_once_for_the_package_that_is_there(void **state)
{
	static const uint8_t other[64] = { 8 };
	struct key_public stranger;
	(void)state;

	key_public_from_point(&stranger, other);
	begin();
	refused(source_of("1.0.0", key.point, key.kid));
	assert_int_equal(publish("1.0.0", LEAF_LIVE, NULL), MS_OK);
	refused(source_of("1.0.0", other, key.kid));
	refused(source_of("1.1.0", key.point, key.kid));
	refused(source_of("1.0.0", key.point, stranger.kid));
	assert_int_equal(add((struct leaf){ .kind = LEAF_PUBLISHER, .publisher = leaf_text("example.com"), .proof = leaf_text("none") }), MS_OK);
	refused(add((struct leaf){ .kind = LEAF_SOURCE, .publisher = leaf_text("example.com"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .package = { key.point, 32 },
				   .source = { key.point, 32 }, .size = 2, .kid = { key.kid, 8 } }));
	assert_int_equal(source_of("1.0.0", key.point, key.kid), MS_OK);
	assert_int_equal(g.first->first->sourced, g.size - 1);
	refused(source_of("1.0.0", key.point, key.kid));
	ledger_done(&g);
}

static void what_was_stopped_gets_no_source_and_what_was_let_go_does(void **state)
{
	static const struct { enum leaf_state steps[3]; bool may; } lives[] = {
		{ { LEAF_STAGED }, true }, { { LEAF_LIVE }, true }, { { LEAF_LIVE, LEAF_DEPRECATED }, true }, { { LEAF_LIVE, LEAF_YANKED }, true },
		{ { LEAF_LIVE, LEAF_HELD }, false }, { { LEAF_LIVE, LEAF_QUARANTINED }, false }, { { LEAF_LIVE, LEAF_QUARANTINED, LEAF_REMOVED }, false },
		{ { LEAF_STAGED, LEAF_REJECTED }, false }, { { LEAF_LIVE, LEAF_HELD, LEAF_LIVE }, true }, { { LEAF_STAGED, LEAF_HELD, LEAF_STAGED }, true },
	};
	(void)state;

	for (size_t i = 0; i < sizeof(lives) / sizeof(*lives); i++) {
		begin();
		assert_int_equal(publish("1.0.0", lives[i].steps[0], NULL), MS_OK);
		for (size_t k = 1; k < 3 && lives[i].steps[k]; k++)
			assert_int_equal(change("1.0.0", lives[i].steps[k], NULL), MS_OK);
		if (lives[i].may)
			assert_int_equal(source_of("1.0.0", key.point, key.kid), MS_OK);
		else
			refused(source_of("1.0.0", key.point, key.kid));
		ledger_done(&g);
	}
}

static void a_key_that_does_not_count_gives_no_source(void **state)
{
	(void)state;
	begin();
	assert_int_equal(publish("1.0.0", LEAF_LIVE, NULL), MS_OK);
	assert_int_equal(key_state(LEAF_QUARANTINED), MS_OK);
	refused(source_of("1.0.0", key.point, key.kid));
	assert_int_equal(key_state(LEAF_LIVE), MS_OK);
	assert_int_equal(add((struct leaf){ .kind = LEAF_REVOKE, .publisher = leaf_text("example.org"), .kid = { key.kid, 8 }, .reason = leaf_text("lost") }), MS_OK);
	refused(source_of("1.0.0", key.point, key.kid));
	ledger_done(&g);
}

/* So many that what finds them grows a dozen times, with names that begin alike. */
static void of_very_many_versions_each_is_found(void **state)
{
	enum { COUNT = 20000, SERVICES = 7 };
	(void)state;
	struct leaf l = { .kind = LEAF_PUBLISH, .publisher = leaf_text("example.org"), .size = 1, .state = LEAF_LIVE };
	uint64_t seen = 0;

	begin();
	l.package = l.manifest = (struct bytes){ key.point, 32 };
	l.kid = (struct bytes){ key.kid, 8 };
	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < COUNT; i++) {
			l.name = leaf_text(arena_printf(&scratch, "hello%.*s", (int)(i % SERVICES), "worlds"));
			l.version = leaf_text(arena_printf(&scratch, "%u.%u.0", i / 200, i % 200));
			if (round)
				refused(add(l));
			else
				assert_int_equal(add(l), MS_OK);
		}
	for (const struct ledger_service *s = g.first; s; s = s->next)
		for (const struct ledger_version *v = s->first; v; v = v->next)
			seen += v->of == s && v->state == LEAF_LIVE && strchr(v->name, '.');
	assert_int_equal(seen, COUNT);
	l.kind = LEAF_STATE;
	l.package = l.manifest = l.kid = (struct bytes){ 0 };
	l.size = 0;
	l.state = LEAF_YANKED;
	assert_int_equal(add(l), MS_OK);
	assert_int_equal(g.first->first->index, 3);
	l.version = leaf_text("100.0.0");
	refused(add(l));
	ledger_done(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(of_very_many_versions_each_is_found),
		scratch_test(what_was_stopped_goes_back_to_where_it_was),
		scratch_test(what_is_stopped_twice_goes_back_to_where_it_was_first),
		scratch_test(a_quarantined_key_signs_nothing_until_that_ends),
		scratch_test(where_another_person_approves_it_is_another),
		scratch_test(a_name_space_is_proven_once_when_it_is_claimed_or_later),
		scratch_test(a_source_is_given_once_for_the_package_that_is_there),
		scratch_test(what_was_stopped_gets_no_source_and_what_was_let_go_does),
		scratch_test(a_key_that_does_not_count_gives_no_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
