/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of a store in which everything is as long, as much and as hostile as it can be: they stay small, and whole. */
static char sample_home[4096];
#define SAMPLE_FOLDER sample_home
static char board_file[4200];
#include "package_fixture.h"

#include "log.h"
#include "pages.h"
#include "release.h"
#include "scratch.h"
#include "store.h"
#include "twin_parts.h"

enum { BOARDS = 20, KEYS = 40, SERVICES = 20, VERSIONS = 25, PAGE_SIZE_MAX = 50 << 10 };

#define HOSTILE "\"'><script>alert(1)</script>"
static const char vendor[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
static const struct route rows[] = { { "GET", "/services/{publisher}/{name}", 0, 0, HOSTILE }, { "GET", "/publishers/{publisher}", 0, 0, "" }, { "GET", "/services/{publisher}/{name}/{version}", 0, 0, "" } };
static const struct routes routes = { rows, 3 };

static struct store store;
static struct err err;
static uint64_t now = 1795000000;

static void good(int rc)
{
	if (rc < 0)
		fail_msg("%s", err.text);
}

static const char *many(const char *what, size_t size)
{
	struct text t = { 0 };

	while (t.size < size)
		text_add(&t, &scratch, "%s", what);
	return arena_printf(&scratch, "%.*s", (int)size, t.at);
}

/* Into the log and the database, with facts of whatever is published. */
static void add(struct leaf l, const struct db_facts *of)
{
	struct bytes entry;
	uint64_t at;

	l.time = now++;
	l.publisher = leaf_text(vendor);
	good(leaf_write(&l, &scratch, &entry, &err));
	good(log_append(store.log, &entry, 1, &at, &err));
	good(store.db->apply(store.db, at, &l, of ? many("0", 64) : NULL, of, &err));
}

/* A package whose bill of materials names a hundred components as no sane maker would, with so many blanks before them. */
static const char *keep_package(struct key *k, size_t blanks)
{
	struct package_parts p;
	struct bytes package;
	json_t *bill, *all;

	fixture_parts(&p, "1.0.0", "hello.elf", k, &scratch);
	bill = json_loadb((const char *)p.in.sbom.at, p.in.sbom.size, 0, NULL);
	all = json_object_get(bill, "components");
	for (int i = 0; i < 100; i++)
		json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:[{s:s}]}", "type", "library", "bom-ref", arena_printf(&scratch, "x%d", i), "name", many(HOSTILE, 2000), "version", many("\"", 500),
						     "licenses", "expression", many("<b>", 3000)));
	char *text = json_dumps(bill, 0);
	p.in.sbom = (struct bytes){ (const uint8_t *)arena_printf(&scratch, "%*s%s", (int)blanks, "", text), blanks + strlen(text) };
	free(text);
	json_decref(bill);
	good(archive_build(&p.in, k, &scratch, &package, &err));
	const char *hash = release_sha256(package, &scratch);
	good(store.blobs.add(&store.blobs, hash, package, &err));
	return hash;
}

static const char *name_of(int i)
{
	return arena_printf(&scratch, "%s%02d", many("n", 38), i);
}

static json_t *interfaces(int count)
{
	json_t *all = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(all, json_pack("{s:s, s:I, s:i, s:b}", "name", many(HOSTILE, 40), "sid", (json_int_t)0xffffffff, "version", 65535, "weak", 1));
	return all;
}

/* What a package could say at most, and what none can: members of an object. */
static const char *facts(void)
{
	json_t *o = json_pack("{s:s, s:s, s:I, s:I, s:I}", "abi", HOSTILE, "summary", many("\"", 500), "counter", (json_int_t)INT32_MAX, "stack", (json_int_t)INT32_MAX, "heap", (json_int_t)INT32_MAX);
	json_t *targets = json_array(), *mapped = json_array(), *rights = json_array();

	for (int i = 0; i < 8; i++)
		json_array_append_new(targets, json_pack("{s:s, s:s, s:I, s:I}", "target", "v8m-base", "image", many("f", 64), "flash", (json_int_t)UINT32_MAX, "ram", (json_int_t)UINT32_MAX));
	for (int i = 0; i < 5; i++)
		json_array_append_new(mapped, json_pack("{s:s, s:i, s:i}", "name", many(HOSTILE, 40), "interrupts", 28, "size", 1 << 20));
	for (int i = 0; i < 64; i++)
		json_array_append_new(rights, json_pack("[I, I, I]", (json_int_t)UINT32_MAX, (json_int_t)UINT32_MAX, (json_int_t)UINT32_MAX));
	json_object_set_new(o, "targets", targets);
	json_object_set_new(o, "provides", interfaces(28));
	json_object_set_new(o, "calls", interfaces(64));
	json_object_set(o, "devices", mapped);
	json_object_set_new(o, "shared", mapped);
	json_object_set_new(o, "requests", rights);
	char *text = json_dumps(o, JSON_COMPACT);
	const char *members = arena_printf(&scratch, "%.*s", (int)strlen(text) - 2, text + 1);
	free(text);
	json_decref(o);
	return members;
}

static const char *version_of(int i)
{
	return arena_printf(&scratch, "255.255.65535+42949672%02d", i);
}

static void fill(void)
{
	uint8_t point[64] = { 1 }, hash[32];
	struct key *k;

	good(key_create("developer.pem", &scratch, &err));
	good(key_open("developer.pem", &scratch, &k, &err));
	const char *package = keep_package(k, 0);
	for (int i = 0; i < 32; i++)
		hash[i] = (uint8_t)strtoul(arena_printf(&scratch, "%.2s", package + 2 * i), NULL, 16);
	add((struct leaf){ .kind = LEAF_PUBLISHER, .proof = leaf_text(HOSTILE) }, NULL);
	for (int i = 0; i < KEYS; i++) {
		point[1] = (uint8_t)i;
		add((struct leaf){ .kind = LEAF_KEY, .key = BYTES_OF(point) }, NULL);
	}
	add((struct leaf){ .kind = LEAF_KEY, .key = { key_public_of(k)->point, 64 } }, NULL);
	struct leaf l = { .kind = LEAF_PUBLISH, .package = BYTES_OF(hash), .size = 1 << 26, .manifest = BYTES_OF(hash), .kid = { key_public_of(k)->kid, 8 }, .state = LEAF_LIVE };
	for (int i = 0; i < SERVICES + VERSIONS; i++) {
		l.name = leaf_text(name_of(i < SERVICES ? i : 0));
		l.version = leaf_text(version_of(i < SERVICES ? 0 : i));
		add(l, &(struct db_facts){ .targets = 0xfe, .categories = 7, .license = many("\"", 80), .said = facts() });
	}
	add((struct leaf){ .kind = LEAF_SOURCE, .name = leaf_text(name_of(0)), .version = leaf_text(version_of(0)), .package = BYTES_OF(hash), .source = BYTES_OF(hash), .size = 1 << 26,
			   .kid = { key_public_of(k)->kid, 8 } }, NULL);
	for (int i = SERVICES; i < SERVICES + VERSIONS; i++)
		add((struct leaf){ .kind = LEAF_STATE, .name = leaf_text(name_of(0)), .version = leaf_text(version_of(i)), .state = LEAF_DEPRECATED, .reason = leaf_text(many("<", 40)),
				   .words = leaf_text(many("\"", 500)), .replacement = leaf_text(many("\"<", 180)) }, NULL);
	key_close(k);
}

static int make(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	good(store_open(&store, "s", many("s", 200), &scratch, &err));
	fill();
	return 0;
}

static int end(void **state)
{
	store_close(&store);
	return scratch_remove(state);
}

static struct twin twin;

/* Boards that can run it, and on which nothing fits: each says at length why. */
static const struct storeboards *many_boards(void)
{
	static struct board board = { .name = "a-board-with-a-long-name", .target = MS_TARGET_V7EM, .description = "A board of some maker (Cortex-M4F)" };
	static struct board *all[BOARDS];
	static struct storeboards boards = { all, BOARDS };

	for (int i = 0; i < BOARDS; i++)
		all[i] = &board;
	return &boards;
}

static const struct twin *asked(void)
{
	twin = (struct twin){ .from = twin_from_store(&store, &scratch), .db = store.db, .routes = &routes, .boards = many_boards(), .url = "https://" HOSTILE, .a = &scratch };
	return &twin;
}

/* The page of a twin, which it takes: small, and with no tag that is not the templates' own. */
static void look_at(const char *name, json_t *said)
{
	struct text page = { 0 };
	struct bytes style, icon;
	const char *type;

	good(pages_render(name, said, &scratch, &page, &err));
	json_decref(said);
	assert_true(pages_file("style.css", &style, &type) && pages_file("icon.svg", &icon, &type));
	if (page.size + style.size + icon.size > PAGE_SIZE_MAX)
		fail_msg("the page '%s' has %zu bytes, and %zu with what it loads", name, page.size, page.size + style.size + icon.size);
	assert_null(strstr(page.at, "<script"));
	assert_null(strstr(page.at, "<b>"));
	assert_null(strstr(page.at, "\"'>"));
}

static void the_largest_marketplace_is_a_small_page(void **state)
{
	(void)state;
	const char *next = NULL;
	int pages = 0, seen = 0;
	struct twin_search s = { .words = many("\"<", 200), .license = many("\"<", 200), .target = "v7em", .publisher = many("\"<", 200) };
	json_t *said;

	assert_int_equal(twin_market(asked(), &s, &said, &err), 1);
	look_at("services", said);
	s = (struct twin_search){ .fits = "a-board-with-a-long-name", .category = "security" };
	assert_int_equal(twin_market(asked(), &s, &said, &err), 1);
	assert_int_equal(json_array_size(json_object_get(said, "services")), 0);
	look_at("services", said);
	s = (struct twin_search){ 0 };
	do {
		assert_int_equal(twin_market(asked(), &s, &said, &err), 1);
		seen += (int)json_array_size(json_object_get(said, "services"));
		next = json_string_value(json_object_get(json_object_get(said, "pager"), "next"));
		next = next ? arena_printf(&scratch, "%s", next) : NULL;
		look_at("services", said);
		s.after = next ? strtoull(strstr(next, "cursor=") + 7, NULL, 10) : 0;
		pages++;
	} while (next);
	assert_int_equal(seen, SERVICES);
	assert_int_equal(pages, (SERVICES + TWIN_CARDS - 1) / TWIN_CARDS);
}

/* As if it fitted on so many boards with such short names as take the most of a page. */
static void name_boards(json_t *said)
{
	json_t *also = json_array();

	for (size_t i = 0; i < TWIN_BOARD_NAMES / 19; i++)
		json_array_append_new(also, json_pack("{s:s}", "board", "a"));
	json_object_set_new(said, "has_also", json_true());
	json_object_set_new(said, "more_boards", json_integer(UINT32_MAX));
	json_object_set_new(said, "also", also);
	json_object_set_new(json_object_get(said, "service"), "is_approved", json_true());
}

static void the_largest_service_is_a_small_page(void **state)
{
	(void)state;
	uint64_t from = INT64_MAX;
	const char *next;
	int seen = 0;
	json_t *said;

	do {
		assert_int_equal(twin_service(asked(), vendor, name_of(0), version_of(SERVICES), from, &said, &err), 1);
		seen += (int)json_array_size(json_object_get(said, "versions"));
		assert_int_equal(json_array_size(json_object_get(said, "asks")), TWIN_ROWS);
		assert_true(json_integer_value(json_object_get(said, "more_asks")) == 64 + 64 + 10 - TWIN_ROWS);
		assert_int_equal(json_array_size(json_object_get(said, "parts")), TWIN_PARTS);
		assert_int_equal(json_integer_value(json_object_get(said, "fit_count")), 0);
		assert_int_equal(json_array_size(json_object_get(said, "boards")), TWIN_BOARDS);
		assert_int_equal(json_integer_value(json_object_get(said, "board_count")), BOARDS);
		next = json_string_value(json_object_get(json_object_get(said, "pager"), "next"));
		from = next ? strtoull(strstr(next, "from=") + 5, NULL, 10) : 0;
		name_boards(said);
		look_at("service", said);
	} while (from);
	assert_int_equal(seen, VERSIONS + 1);
}

/* Where it fits on more boards than have a row, their names follow, and what a page has no room for is counted: none is passed over in silence. */
static void all_boards_on_which_it_fits_are_named_or_counted(void **state)
{
	(void)state;
	static const char small[] = "\"abi\":\"1.0\",\"license\":\"MIT\",\"counter\":1,\"stack\":1024,\"heap\":0,\"targets\":[{\"target\":\"v7em\",\"image\":\"0\",\"flash\":4096,\"ram\":2048}],"
				    "\"provides\":[],\"calls\":[],\"devices\":[],\"shared\":[],\"requests\":[]";
	static const size_t counts[] = { 1, TWIN_BOARDS, TWIN_BOARDS + 1, 36, 400 };
	struct board real;
	struct board *all[400];
	struct db_version v = { .publisher = "example.org", .name = "small", .version = "1.0.0", .facts = { .targets = 1u << MS_TARGET_V7EM } };

	good(board_open(board_file, &scratch, &real, &err));
	for (size_t i = 0; i < 400; i++) {
		all[i] = arena_new(&scratch, struct board);
		*all[i] = real;
		all[i]->name = arena_printf(&scratch, "board-%zu", i);
	}
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		const struct storeboards boards = { all, counts[i] };
		const struct twin t = { .boards = &boards, .a = &scratch };
		json_t *said = json_object();

		twin_boards(&t, &v, small, said);
		size_t shown = json_array_size(json_object_get(said, "boards")), also = json_array_size(json_object_get(said, "also"));
		assert_int_equal(json_integer_value(json_object_get(said, "fit_count")), counts[i]);
		assert_int_equal(shown, counts[i] < TWIN_BOARDS ? counts[i] : TWIN_BOARDS);
		assert_int_equal(shown + also + (size_t)json_integer_value(json_object_get(said, "more_boards")), counts[i]);
		assert_int_equal(also > 0, counts[i] > TWIN_BOARDS);
		assert_int_equal(json_is_true(json_object_get(said, "has_also")), also > 0);
		assert_true(counts[i] > 36 || json_is_null(json_object_get(said, "more_boards")));
		json_decref(said);
	}
}

/* What a page says of a key is the worst that there is to say, with all its reasons; and a version says it of its signer. */
static void a_key_that_does_not_count_says_why(void **state)
{
	(void)state;
	static const struct { struct db_key key; const char *word, *reason; } all[] = {
		{ { .revoked = NULL }, "in use", NULL }, { { .revoked = "lost" }, "revoked", "lost" }, { { .stopped = "stolen" }, "quarantined", "stolen" },
		{ { .stopped = "stolen", .revoked = "lost" }, "quarantined", "stolen; revoked: lost" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		json_t *said = twin_key(asked(), &all[i].key), *mark = json_object_get(said, "state");
		const char *reason = json_string_value(json_object_get(said, "reason"));

		assert_string_equal(json_string_value(json_object_get(mark, "word")), all[i].word);
		assert_int_equal(json_is_true(json_object_get(mark, "is_bad")), all[i].reason != NULL);
		assert_string_equal(reason ? reason : "", all[i].reason ? all[i].reason : "");
		json_decref(said);
	}
}

/* Whoever asks for a page makes the store read it. */
static void a_bill_of_materials_that_is_too_long_for_a_page_is_not_read(void **state)
{
	(void)state;
	struct key *k = sample_key(&scratch);
	struct db_version v = { .package = keep_package(k, 1 << 20), .state = LEAF_LIVE };
	json_t *said = json_object(), *bill;

	twin_inside(asked(), &v, said);
	bill = json_object_get(said, "bill");
	assert_true(json_is_true(json_object_get(bill, "is_large")));
	assert_true(json_is_false(json_object_get(bill, "is_read")));
	assert_true(json_is_false(json_object_get(bill, "is_trouble")));
	assert_int_equal(json_array_size(json_object_get(said, "parts")), 0);
	json_decref(said);
	key_close(k);
}

static void the_largest_name_space_is_a_small_page(void **state)
{
	(void)state;
	json_t *said;

	assert_int_equal(twin_publisher(asked(), vendor, 0, &said, &err), 1);
	assert_int_equal(json_integer_value(json_object_get(said, "more_keys")), KEYS + 1 - TWIN_ROWS);
	look_at("publisher", said);
}

static void the_log_is_read_to_its_beginning_in_small_pages(void **state)
{
	(void)state;
	uint64_t from = INT64_MAX, size = log_size(store.log), seen = 0;
	const char *next;
	json_t *said;

	do {
		assert_int_equal(twin_log(asked(), from, &said, &err), 1);
		seen += json_array_size(json_object_get(said, "entries"));
		next = json_string_value(json_object_get(json_object_get(said, "pager"), "next"));
		next = next ? arena_printf(&scratch, "%s", next) : NULL;
		look_at("log", said);
		from = next ? strtoull(strstr(next, "from=") + 5, NULL, 10) : 0;
	} while (next);
	assert_int_equal(seen, size);
}

static void what_else_there_is_is_small_too(void **state)
{
	(void)state;
	static const char *const limits[] = { HOSTILE, HOSTILE, NULL };
	json_t *problem = json_pack("{s:i, s:s, s:s, s:s}", "status", 404, "title", many("\"", 100), "detail", many("\"", 1023), "fix", many("\"", 511));

	look_at("about", twin_about(asked(), limits));
	look_at("problem", twin_problem(asked(), problem));
	json_decref(problem);
}

static void what_is_not_there_has_no_twin(void **state)
{
	(void)state;
	json_t *said;

	assert_int_equal(twin_service(asked(), vendor, "none", NULL, INT64_MAX, &said, &err), 0);
	assert_int_equal(twin_service(asked(), vendor, name_of(0), "9.9.9", INT64_MAX, &said, &err), 0);
	assert_int_equal(twin_publisher(asked(), "none.example", 0, &said, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_largest_marketplace_is_a_small_page), cmocka_unit_test(the_largest_service_is_a_small_page), cmocka_unit_test(the_largest_name_space_is_a_small_page),
		cmocka_unit_test(a_bill_of_materials_that_is_too_long_for_a_page_is_not_read), cmocka_unit_test(the_log_is_read_to_its_beginning_in_small_pages), cmocka_unit_test(what_else_there_is_is_small_too), cmocka_unit_test(what_is_not_there_has_no_twin),
		cmocka_unit_test(all_boards_on_which_it_fits_are_named_or_counted), cmocka_unit_test(a_key_that_does_not_count_says_why),
	};

	if (!getcwd(sample_home, sizeof(sample_home) - 32))
		return 1;
	snprintf(board_file, sizeof(board_file), "%s/out/boards/mps2-an386/board.dtb", sample_home);
	strcat(sample_home, "/out/check/tests/product");
	return cmocka_run_group_tests(tests, make, end);
}
