/* SPDX-License-Identifier: Apache-2.0 */
/* What each database must keep: versions and their states, people, keys, tokens, and what waits.  test_db_search.c has what it must find. */
#include "each_db.h"

static void a_version_is_found_again(void)
{
	struct db_version v;
	struct list all = { 0 };

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 1);
	assert_int_equal(v.index, 1);
	assert_int_equal(v.state, LEAF_LIVE);
	assert_string_equal(v.facts.license, "MIT");
	assert_int_equal(db->by_package(db, v.package, &scratch, &v, &err), 1);
	assert_int_equal(db->by_oci(db, v.oci, &scratch, &v, &err), 1);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.1", &scratch, &v, &err), 0);
	assert_int_equal(db->version(db, "acme.exampl", "hello", "1.0.0", &scratch, &v, &err), 0);
	good(db->versions(db, "acme.example", "hello", &scratch, &all, &err));
	assert_int_equal(all.count, 1);
	assert_int_equal(db->publisher(db, "acme.example", &err), 1);
	assert_int_equal(db->publisher(db, "other.example", &err), 0);
}

static int most_offered;

static int tell_offered(void *context, const struct db_offered *v, struct err *e)
{
	struct text *t = context;

	assert_string_equal(v->publisher, "acme.example");
	assert_int_equal(strlen(v->oci), 64);
	assert_true(v->size > 0);
	text_add(t, &scratch, "%s %s, ", v->name, v->version);
	return --most_offered ? MS_OK : err_set(e, ERR_TOO_LARGE, "enough");
}

static int offered(int most, struct text *t)
{
	*t = (struct text){ 0 };
	text_add(t, &scratch, "%s", "");
	most_offered = most;
	return db->offered(db, tell_offered, t, &err);
}

static void what_is_offered_comes_service_by_service_until_it_is_enough(void)
{
	struct text t;

	begin();
	good(offered(-1, &t));
	assert_string_equal(t.at, "");
	publish("other", "1.0.0", LEAF_LIVE, 1);
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	publish("other", "1.1.0", LEAF_STAGED, 1);
	publish("other", "1.2.0", LEAF_LIVE, 1);
	change("hello", "1.0.0", LEAF_YANKED);
	change("other", "1.0.0", LEAF_DEPRECATED);
	good(offered(-1, &t));
	assert_string_equal(t.at, "other 1.0.0, other 1.2.0, hello 1.0.0, ");
	change("other", "1.0.0", LEAF_QUARANTINED);
	assert_int_equal(offered(1, &t), -MS_EFBIG);
	assert_string_equal(t.at, "other 1.2.0, ");
	good(offered(-1, &t));
	assert_string_equal(t.at, "other 1.2.0, hello 1.0.0, ");
}

static const char *foremost(void)
{
	struct db_version v;

	return db->foremost(db, "acme.example", "hello", &scratch, &v, &err) == 1 ? arena_printf(&scratch, "%s %s", v.version, leaf_state_name(v.state)) : "";
}

static void the_foremost_version_is_the_highest_of_the_best_state(void)
{
	begin();
	publish("hello", "9.0.0", LEAF_STAGED, 1);
	assert_string_equal(foremost(), "");
	publish("hello", "1.10.0", LEAF_LIVE, 1);
	publish("hello", "1.9.0", LEAF_LIVE, 1);
	assert_string_equal(foremost(), "1.10.0 live");
	change("hello", "1.10.0", LEAF_DEPRECATED);
	assert_string_equal(foremost(), "1.9.0 live");
	change("hello", "1.9.0", LEAF_YANKED);
	assert_string_equal(foremost(), "1.10.0 deprecated");
	change("hello", "1.10.0", LEAF_QUARANTINED);
	assert_string_equal(foremost(), "1.9.0 yanked");
	change("hello", "1.9.0", LEAF_HELD);
	assert_string_equal(foremost(), "1.10.0 quarantined");
}

static void what_others_do_not_see_is_not_among_the_newest(void)
{
	struct list all = { 0 };
	const struct db_version *v;

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	publish("hello", "1.1.0", LEAF_STAGED, 1);
	publish("hello", "1.2.0", LEAF_LIVE, 1);
	publish("hello", "1.3.0", LEAF_LIVE, 1);
	change("hello", "1.3.0", LEAF_HELD);
	good(db->newest(db, "acme.example", "hello", INT64_MAX, 1, &scratch, &all, &err));
	assert_int_equal(all.count, 1);
	v = all.at[0];
	assert_string_equal(v->version, "1.2.0");
	good(db->newest(db, "acme.example", "hello", v->index - 1, 10, &scratch, &all, &err));
	assert_int_equal(all.count, 2);
	v = all.at[1];
	assert_string_equal(v->version, "1.0.0");
}

/* It is found by its own hash, stays through each state, and is that of one version alone. */
static void a_source_is_found_beside_its_version(void)
{
	static const uint8_t source[32] = { 7 }, kid[8] = { 9 };
	const char *hash = release_hex(source, 32, &scratch);
	struct db_version v;

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	publish("hello", "1.1.0", LEAF_LIVE, 1);
	assert_int_equal(db->by_source(db, hash, &scratch, &v, &err), 0);
	apply((struct leaf){ .kind = LEAF_SOURCE, .publisher = leaf_text("acme.example"), .name = leaf_text("hello"), .version = leaf_text("1.0.0"), .source = BYTES_OF(source), .size = 4321,
			     .kid = BYTES_OF(kid) }, 0);
	change("hello", "1.0.0", LEAF_YANKED);
	assert_int_equal(db->by_source(db, hash, &scratch, &v, &err), 1);
	assert_string_equal(v.version, "1.0.0");
	assert_string_equal(v.source, hash);
	assert_string_equal(v.source_kid, "0900000000000000");
	assert_int_equal(v.source_size, 4321);
	assert_int_equal(v.source_index, 3);
	assert_int_equal(v.state, LEAF_YANKED);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.1.0", &scratch, &v, &err), 1);
	assert_string_equal(v.source, "");
	assert_int_equal(db->by_package(db, hash, &scratch, &v, &err), 0);
	good(db->wipe(db, &err));
	assert_int_equal(db->by_source(db, hash, &scratch, &v, &err), 0);
}

static void a_package_says_of_itself_what_was_kept(void)
{
	struct db_version v;
	const char *said;

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 1);
	assert_int_equal(db->facts(db, v.package, &scratch, &said, &err), 1);
	assert_string_equal(said, "\"abi\":\"1.0\"");
	assert_int_equal(db->facts(db, v.manifest + 1, &scratch, &said, &err), 0);
}

static void a_name_space_says_how_it_was_proven(void)
{
	struct db_publisher p;

	begin();
	assert_int_equal(db->claimed(db, "acme.example", &scratch, &p, &err), 1);
	assert_string_equal(p.proof, "none");
	assert_int_equal(p.at, 1700000000);
	assert_int_equal(db->claimed(db, "other.example", &scratch, &p, &err), 0);
}

static void a_key_that_is_revoked_says_so(void)
{
	uint8_t point[64] = { 1, 2, 3 };
	struct key_public public;
	struct db_key k;

	begin();
	key_public_from_point(&public, point);
	assert_int_equal(db->key(db, "acme.example", public.kid, &scratch, &k, &err), 0);
	apply((struct leaf){ .kind = LEAF_KEY, .publisher = leaf_text("acme.example"), .key = BYTES_OF(point) }, 0);
	assert_int_equal(db->key(db, "acme.example", public.kid, &scratch, &k, &err), 1);
	assert_null(k.revoked);
	assert_memory_equal(k.point, point, sizeof(point));
	assert_int_equal(db->key(db, "other.example", public.kid, &scratch, &k, &err), 0);
	apply((struct leaf){ .kind = LEAF_REVOKE, .publisher = leaf_text("acme.example"), .kid = BYTES_OF(public.kid), .reason = leaf_text("lost") }, 0);
	assert_int_equal(db->key(db, "acme.example", public.kid, &scratch, &k, &err), 1);
	assert_string_equal(k.revoked, "lost");
}

static void a_key_that_is_quarantined_says_so_and_what_it_signed(void)
{
	static const uint8_t zero[64];
	struct list signed_by = { 0 };
	struct key_public public;
	struct db_key k;

	begin();
	key_public_from_point(&public, zero);
	apply((struct leaf){ .kind = LEAF_KEY, .publisher = leaf_text("acme.example"), .key = BYTES_OF(zero) }, 0);
	apply((struct leaf){ .kind = LEAF_KEY_STATE, .publisher = leaf_text("acme.example"), .kid = BYTES_OF(public.kid), .state = LEAF_QUARANTINED, .reason = leaf_text("stolen") }, 0);
	assert_int_equal(db->key(db, "acme.example", public.kid, &scratch, &k, &err), 1);
	assert_string_equal(k.stopped, "stolen");
	assert_int_equal(k.stopped_by, 2);
	assert_null(k.revoked);
	apply((struct leaf){ .kind = LEAF_KEY_STATE, .publisher = leaf_text("acme.example"), .kid = BYTES_OF(public.kid), .state = LEAF_LIVE }, 0);
	assert_int_equal(db->key(db, "acme.example", public.kid, &scratch, &k, &err), 1);
	assert_null(k.stopped);
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	publish("hello", "1.1.0", LEAF_STAGED, 1);
	publish("door", "1.0.0", LEAF_LIVE, 1);
	change("door", "1.0.0", LEAF_QUARANTINED);
	good(db->signed_by(db, "acme.example", zero, 1u << LEAF_LIVE | 1u << LEAF_STAGED | 1u << LEAF_QUARANTINED, 0, 9, &scratch, &signed_by, &err));
	assert_int_equal(signed_by.count, 3);
	assert_string_equal(((const struct db_version *)signed_by.at[2])->name, "door");
	signed_by.count = 0;
	good(db->signed_by(db, "acme.example", zero, 1u << LEAF_QUARANTINED, next - 1, 9, &scratch, &signed_by, &err));
	assert_int_equal(signed_by.count, 1);
	good(db->signed_by(db, "acme.example", zero, 1u << LEAF_QUARANTINED, next, 9, &scratch, &signed_by, &err));
	good(db->signed_by(db, "acme.example", public.kid, 1u << LEAF_LIVE, 0, 9, &scratch, &signed_by, &err));
	assert_int_equal(signed_by.count, 1);
}

/* What was claimed by it, and what was made by that: else who has stolen it would add a key of their own, and go on by that. */
static void tokens_of_a_key_that_is_quarantined_rest_until_it_is_let_go(void)
{
	static const uint8_t zero[64];
	struct leaf stop = { .kind = LEAF_KEY_STATE, .publisher = leaf_text("acme.example"), .state = LEAF_QUARANTINED, .reason = leaf_text("stolen") };
	struct key_public public;
	struct db_token t = { .hash = "sha256:1", .publisher = "acme.example", .scopes = DB_OWNER, .made = 1, .ends = 2, .label = "" };
	struct list all = { 0 };

	begin();
	key_public_from_point(&public, zero);
	stop.kid = BYTES_OF(public.kid);
	apply((struct leaf){ .kind = LEAF_KEY, .publisher = leaf_text("acme.example"), .key = BYTES_OF(zero) }, 0);
	t.account = arena_printf(&scratch, "key:%s", key_kid_text(public.kid, &scratch));
	good(db->token_add(db, &t, &err));
	t.hash = "sha256:2";
	t.account = arena_printf(&scratch, "%s/0123456789ab", t.account);
	good(db->token_add(db, &t, &err));
	t.hash = "sha256:3";
	t.account = "key:ffffffffffffffff";
	good(db->token_add(db, &t, &err));
	t.hash = "sha256:4";
	t.account = NULL;	/* claimed before accounts were kept */
	t.label = arena_printf(&scratch, "key %s", key_kid_text(public.kid, &scratch));
	good(db->token_add(db, &t, &err));
	apply(stop, 0);
	for (int i = 1; i <= 4; i++) {
		assert_int_equal(db->token(db, arena_printf(&scratch, "sha256:%d", i), &scratch, &t, &err), i == 3);
		assert_int_equal(db->token_kept(db, arena_printf(&scratch, "sha256:%d", i), &scratch, &t, &err), 1);
	}
	good(db->tokens(db, "acme.example", &scratch, &all, &err));
	assert_int_equal(all.count, 4);
	stop.state = LEAF_LIVE;
	apply(stop, 0);
	for (int i = 1; i <= 4; i++)
		assert_int_equal(db->token(db, arena_printf(&scratch, "sha256:%d", i), &scratch, &t, &err), 1);
}

static void what_is_stopped_keeps_where_it_was(void)
{
	struct db_version v;

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	change("hello", "1.0.0", LEAF_YANKED);
	change("hello", "1.0.0", LEAF_HELD);
	change("hello", "1.0.0", LEAF_QUARANTINED);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 1);
	assert_int_equal(v.before, LEAF_YANKED);
	assert_int_equal(v.earlier, 2);
	change("hello", "1.0.0", LEAF_YANKED);
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 1);
	assert_int_equal(v.before, 0);
	assert_int_equal(v.earlier, 0);
}

static void a_proof_that_comes_later_counts(void)
{
	struct db_publisher p;

	begin();
	apply((struct leaf){ .kind = LEAF_PROOF, .publisher = leaf_text("acme.example"), .proof = leaf_text("certificate") }, 0);
	assert_int_equal(db->claimed(db, "acme.example", &scratch, &p, &err), 1);
	assert_string_equal(p.proof, "certificate");
	assert_int_equal(p.at, 1700000000);
}

static void who_approves_follows_from_the_log(void)
{
	struct db_publisher p;

	begin();
	assert_int_equal(db->claimed(db, "acme.example", &scratch, &p, &err), 1);
	assert_false(p.approval);
	apply((struct leaf){ .kind = LEAF_APPROVAL, .publisher = leaf_text("acme.example"), .change = LEAF_ADDED }, 0);
	assert_int_equal(db->claimed(db, "acme.example", &scratch, &p, &err), 1);
	assert_true(p.approval);
	apply((struct leaf){ .kind = LEAF_APPROVAL, .publisher = leaf_text("acme.example"), .change = LEAF_LEFT }, 0);
	assert_int_equal(db->claimed(db, "acme.example", &scratch, &p, &err), 1);
	assert_false(p.approval);
}

static void a_wish_waits_until_it_is_taken_back_or_too_old(void)
{
	struct db_pending back, one = { "a1", "admin:1", 100, 200, "{\"order\":\"hold\"}" }, two = { "b2", "admin:2", 150, 300, "{}" }, three = { "c3", "admin:2", 200, 300, "{}" };
	struct list all = { 0 };

	begin();
	good(db->pending_add(db, &one, &err));
	good(db->pending_add(db, &two, &err));
	good(db->wipe(db, &err));
	assert_int_equal(db->pending(db, "a1", &scratch, &back, &err), 1);
	assert_string_equal(back.account, "admin:1");
	assert_string_equal(back.wish, "{\"order\":\"hold\"}");
	assert_int_equal(back.ends, 200);
	good(db->pending_add(db, &three, &err));
	good(db->pendings(db, &scratch, &all, &err));
	assert_int_equal(all.count, 2);
	assert_string_equal(((const struct db_pending *)all.at[0])->id, "b2");
	assert_int_equal(db->pending(db, "a1", &scratch, &back, &err), 0);
	assert_int_equal(db->pending_remove(db, "b2", &err), 1);
	assert_int_equal(db->pending_remove(db, "b2", &err), 0);
}

static void what_is_not_kept_was_never_there(void)
{
	uint64_t at;
	struct db_version v;
	struct db_token t = { .hash = "sha256:1", .publisher = "acme.example", .scopes = DB_STAGE, .made = 1, .ends = 2, .label = "ci" };

	begin();
	good(db->begin(db, &err));
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	good(db->token_add(db, &t, &err));
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 1);
	good(db->end(db, false, &err));
	assert_int_equal(db->version(db, "acme.example", "hello", "1.0.0", &scratch, &v, &err), 0);
	assert_int_equal(db->token(db, "sha256:1", &scratch, &t, &err), 0);
	good(db->position(db, &at, &err));
	assert_int_equal(at, 1);
	assert_string_equal(found((struct db_query){ .words = "hello", .most = 10 }), "");
}

static void forgetting_the_log_keeps_tokens(void)
{
	struct db_token t = { .hash = "sha256:1", .publisher = "acme.example", .scopes = DB_STAGE | DB_OWNER, .made = 1, .ends = 2, .label = "ci" }, back;
	struct db_counts n;
	uint64_t at;

	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	good(db->token_add(db, &t, &err));
	good(db->wipe(db, &err));
	good(db->position(db, &at, &err));
	assert_int_equal(at, 0);
	assert_string_equal(found((struct db_query){ .words = "hello", .most = 10 }), "");
	good(db->counts(db, &n, &err));
	assert_int_equal(n.publishers + n.services + n.versions, 0);
	assert_int_equal(db->token(db, "sha256:1", &scratch, &back, &err), 1);
	assert_int_equal(back.scopes, DB_STAGE | DB_OWNER);
	assert_string_equal(back.label, "ci");
	assert_string_equal(back.account, "token:1");	/* it was made before accounts were kept */
	assert_int_equal(db->token_remove(db, "sha256:1", &err), 1);
	assert_int_equal(db->token_remove(db, "sha256:1", &err), 0);
	begin();
	publish("hello", "1.0.0", LEAF_LIVE, 1);
	assert_string_equal(found((struct db_query){ .words = "hello", .most = 10 }), "hello 1.0.0");
}

EACH(a_version_is_found_again)
EACH(what_is_offered_comes_service_by_service_until_it_is_enough)
EACH(the_foremost_version_is_the_highest_of_the_best_state)
EACH(what_others_do_not_see_is_not_among_the_newest)
EACH(a_source_is_found_beside_its_version)
EACH(a_package_says_of_itself_what_was_kept)
EACH(a_name_space_says_how_it_was_proven)
EACH(a_key_that_is_revoked_says_so)
EACH(a_key_that_is_quarantined_says_so_and_what_it_signed)
EACH(tokens_of_a_key_that_is_quarantined_rest_until_it_is_let_go)
EACH(what_is_stopped_keeps_where_it_was)
EACH(a_proof_that_comes_later_counts)
EACH(who_approves_follows_from_the_log)
EACH(a_wish_waits_until_it_is_taken_back_or_too_old)
EACH(what_is_not_kept_was_never_there)
EACH(forgetting_the_log_keeps_tokens)

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(each_a_version_is_found_again),
		scratch_test(each_what_is_offered_comes_service_by_service_until_it_is_enough),
		scratch_test(each_the_foremost_version_is_the_highest_of_the_best_state),
		scratch_test(each_what_others_do_not_see_is_not_among_the_newest),
		scratch_test(each_a_source_is_found_beside_its_version),
		scratch_test(each_a_package_says_of_itself_what_was_kept),
		scratch_test(each_a_name_space_says_how_it_was_proven),
		scratch_test(each_a_key_that_is_revoked_says_so),
		scratch_test(each_a_key_that_is_quarantined_says_so_and_what_it_signed),
		scratch_test(each_tokens_of_a_key_that_is_quarantined_rest_until_it_is_let_go),
		scratch_test(each_what_is_stopped_keeps_where_it_was),
		scratch_test(each_a_proof_that_comes_later_counts),
		scratch_test(each_who_approves_follows_from_the_log),
		scratch_test(each_a_wish_waits_until_it_is_taken_back_or_too_old),
		scratch_test(each_what_is_not_kept_was_never_there),
		scratch_test(each_forgetting_the_log_keeps_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
