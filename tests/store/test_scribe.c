/* SPDX-License-Identifier: Apache-2.0 */
/* Orders as the writer carries them out, one behind the other: what came first counts for what comes then, also where both came at once. */
#include "log.h"
#include "scratch.h"
#include "scribe.h"
#include "token.h"

#include <semaphore.h>
#include <time.h>

static struct store store;
static struct db *db;		/* to look: the store's own is the writer's */
static struct scribe *scribe;
static sem_t alone, here;	/* is_done_when_all_are_here */
static struct err err;
static const uint8_t zero[64];

static int make_store(void **state)
{
	if (scratch_make(state))
		return -1;
	store = (struct store){ 0 };
	sem_init(&alone, 0, 0);
	sem_init(&here, 0, 0);
	const char *folder = arena_printf(&scratch, "%s/shop", scratch_folder);
	return store_open(&store, folder, "shop.example/log", &scratch, &err) < 0 || db_sqlite(&scratch, folder, false, &db, &err) < 0;
}

static int make(void **state)
{
	return make_store(state) || scribe_start(&store, &scratch, &scribe, &err) < 0;
}

/* With acme.example/hello 1.0.0, which is live. */
static int make_published(void **state)
{
	const struct leaf leaves[] = {
		{ .kind = LEAF_PUBLISHER, .time = 1, .publisher = leaf_text("acme.example"), .proof = leaf_text(PROOF_NONE) },
		{ .kind = LEAF_PUBLISH, .time = 2, .publisher = leaf_text("acme.example"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .package = { zero, 32 }, .size = 1,
		  .manifest = { zero, 32 }, .kid = { zero, 8 }, .state = LEAF_LIVE },
	};
	struct bytes entries[2];
	uint64_t first;

	if (make_store(state))
		return -1;
	for (int i = 0; i < 2; i++)
		if (leaf_write(&leaves[i], &scratch, &entries[i], &err) < 0)
			return -1;
	return log_append(store.log, entries, 2, &first, &err) < 0 || store_catch_up(&store, &err) < 0 || scribe_start(&store, &scratch, &scribe, &err) < 0;
}

static int end(void **state)
{
	scribe_stop(scribe);
	db->close(db);
	store_close(&store);
	return scratch_remove(state);
}

static void is_done(struct order *o)
{
	sem_post(o->context);
}

static struct order *order(enum order_kind kind)
{
	struct order *o = arena_new(&scratch, struct order);

	*o = (struct order){ .kind = kind, .done = is_done };
	return o;
}

/* By who holds that token. */
static struct order *order_by(enum order_kind kind, const struct db_token *t)
{
	struct order *o = order(kind);

	o->publisher = t->publisher;
	o->scopes = t->scopes;
	o->account = t->account;
	o->by = t->hash;
	return o;
}

/* What came of all, which are handed over at once; their statuses. */
static void carry_out(struct order *const *orders, int count, unsigned *status)
{
	sem_t left;

	sem_init(&left, 0, 0);
	for (int i = 0; i < count; i++) {
		orders[i]->context = &left;
		scribe_add(scribe, orders[i]);
	}
	sem_post(&here);
	for (int i = 0; i < count; i++)
		sem_wait(&left);
	for (int i = 0; i < count; i++) {
		struct arena own = orders[i]->arena;

		status[i] = orders[i]->status;
		json_decref(orders[i]->body);
		json_decref(orders[i]->wish);
		arena_done(&own);
	}
	sem_destroy(&left);
}

static unsigned carry_out_one(struct order *o)
{
	unsigned status;

	carry_out(&o, 1, &status);
	return status;
}

/* acme.example is claimed; the token of that. */
static struct db_token claimed(void)
{
	struct order *o = order(ORDER_CLAIM);
	struct list all = { 0 };

	o->claim.vendor = "acme.example";
	o->proof = PROOF_NONE;
	key_public_from_point(&o->claim.key, zero);
	assert_int_equal(carry_out_one(o), 201);
	assert_true(db->tokens(db, "acme.example", &scratch, &all, &err) >= 0);
	assert_int_equal(all.count, 1);
	return *(const struct db_token *)all.at[0];
}

static struct order *another_token(const struct db_token *by)
{
	struct order *o = order_by(ORDER_TOKEN, by);

	o->token = (struct db_token){ .publisher = by->publisher, .scopes = DB_OWNER, .made = by->made, .ends = by->ends, .label = "another" };
	return o;
}

static size_t tokens(void)
{
	struct list all = { 0 };

	assert_true(db->tokens(db, "acme.example", &scratch, &all, &err) >= 0);
	return all.count;
}

/* Who has a stolen key asks for one token after the other: of those that are behind the key's end none is made, however they came. */
static void no_token_is_made_behind_the_end_of_the_one_that_was_shown(void **state)
{
	(void)state;
	struct db_token thief = claimed(), owner;
	struct order *orders[4];
	unsigned status[4];

	assert_int_equal(carry_out_one(another_token(&thief)), 201);
	struct list all = { 0 };
	assert_true(db->tokens(db, "acme.example", &scratch, &all, &err) >= 0);
	for (size_t i = 0; i < all.count; i++)
		if (strcmp(((const struct db_token *)all.at[i])->hash, thief.hash))
			owner = *(const struct db_token *)all.at[i];
	orders[0] = order_by(ORDER_REVOKE, &owner);
	orders[0]->of = "acme.example";
	orders[0]->reason = "stolen";
	orders[0]->token.hash = owner.hash;
	struct key_public public;
	key_public_from_point(&public, zero);
	memcpy(orders[0]->kid, public.kid, sizeof(public.kid));
	for (int i = 1; i < 4; i++)
		orders[i] = another_token(&thief);
	carry_out(orders, 4, status);
	assert_int_equal(status[0], 204);
	for (int i = 1; i < 4; i++)
		assert_int_equal(status[i], 401);
	assert_int_equal(tokens(), 1);
}

/* Nor is one claimed by a key that is quarantined, and what is its goes on when it is let go. */
static void nobody_claims_by_a_key_that_is_quarantined(void **state)
{
	(void)state;
	struct db_token own = claimed(), admin = { .hash = NULL, .publisher = "", .scopes = DB_ADMIN, .account = "admin:1" };
	struct key_public public;

	key_public_from_point(&public, zero);
	for (int stopped = 1; stopped >= 0; stopped--) {
		struct order *stop = order_by(ORDER_STOP, &admin), *claim = order(ORDER_CLAIM);

		stop->wish = json_pack("{s:s, s:s, s:s, s:s}", "order", stopped ? "quarantine" : "release", "publisher", "acme.example", "key", key_kid_text(public.kid, &scratch), "reason", "stolen");
		assert_int_equal(carry_out_one(stop), 200);
		claim->claim.vendor = "acme.example";
		claim->claim.key = public;
		claim->proof = PROOF_NONE;
		assert_int_equal(carry_out_one(claim), stopped ? 403 : 201);
		assert_int_equal(carry_out_one(another_token(&own)), stopped ? 401 : 201);
		assert_int_equal(tokens(), stopped ? 1 : 3);
	}
}

/* It is carried out alone, and the writer waits with it until the others are handed over: then they come as one group. */
static void is_done_when_all_are_here(struct order *o)
{
	struct arena own = o->arena;

	sem_post(&alone);
	sem_wait(&here);
	arena_done(&own);
}

static void a_group_reads_what_it_says_itself(void **state)
{
	(void)state;
	const struct db_token owner = { .publisher = "acme.example", .scopes = DB_STATE, .account = "key:0" }, admin = { .publisher = "", .scopes = DB_ADMIN, .account = "admin:1" };
	struct order *gate = order_by(ORDER_DROP, &admin), *orders[3] = { order_by(ORDER_STATE, &owner) };
	struct db_version v;
	unsigned status[3];

	gate->pending = "none";
	gate->done = is_done_when_all_are_here;
	orders[0]->of = "acme.example";
	orders[0]->name = "hello";
	orders[0]->version = "1.0.0";
	orders[0]->state = LEAF_YANKED;
	orders[0]->reason = "broken";
	for (int i = 1; i < 3; i++) {
		orders[i] = order_by(ORDER_STOP, &admin);
		orders[i]->wish = json_pack("{s:s, s:s, s:s, s:s, s:s}", "order", i == 1 ? "quarantine" : "release", "publisher", "acme.example", "name", "hello", "version", "1.0.0", "reason", "malware");
	}
	scribe_add(scribe, gate);
	sem_wait(&alone);
	carry_out(orders, 3, status);
	for (int i = 0; i < 3; i++)
		assert_int_equal(status[i], 200);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 1);
	assert_int_equal(v.state, LEAF_YANKED);
	assert_string_equal(v.reason, "broken");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_token_is_made_behind_the_end_of_the_one_that_was_shown, make, end),
		cmocka_unit_test_setup_teardown(nobody_claims_by_a_key_that_is_quarantined, make, end),
		cmocka_unit_test_setup_teardown(a_group_reads_what_it_says_itself, make_published, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
