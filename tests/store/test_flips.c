/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No flipped bit of a store is overlooked.  The store's files are read once, and each audit sees them from memory with one bit changed, so that ten
 * thousand take seconds; some of the bits are flipped on the disk as well.  Drawn from a seed, each kind of file as often as the others, since
 * there are many of tiles and few of others.  MS_FLIPS: how many.
 */
#include "store_fixture.h"

#include "audit.h"
#include "scratch.h"
#include "seeded.h"

enum { FLIPS = 300, ON_DISK = 40 };

static const char *const kinds[] = { "log/checkpoint", "log/tile/0/", "log/tile/1/", "log/tile/entries/", "index/config.json", "index/he/", "blobs/" };
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

struct shelf { struct bytemap contents, lists; struct list of_kind[KINDS]; struct storefiles files; };

static struct err e;
static struct fixture_store store;
static struct shelf shelf;

static struct bytes text(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static int read_shelf(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *why)
{
	struct shelf *s = context;
	void **at = bytemap_at(&s->contents, text(path), NULL);

	if (!at)
		return err_set(why, ERR_NO_FILE, "no '%s'", path);
	const struct bytes *there = *at;
	if (there->size > limit)
		return err_set(why, ERR_TOO_LARGE, "'%s' is larger", path);
	*content = arena_copy(a, *there);
	return MS_OK;
}

static int list_shelf(void *context, const char *path, struct arena *a, struct list *names, struct err *why)
{
	struct shelf *s = context;
	void **at = bytemap_at(&s->lists, text(path), NULL);
	const struct list *there = at ? *at : NULL;

	(void)why;
	for (size_t i = 0; there && i < there->count; i++)
		list_push(names, a, there->at[i]);
	return MS_OK;
}

static bool is_public(const char *path)
{
	return strcmp(path, "log/journal") && strcmp(path, "log/lock");
}

static void put(const char *path)
{
	struct bytes *content = arena_new(&scratch, struct bytes);

	fixture_ok(shelf.files.read(shelf.files.context, path, 1 << 26, &scratch, content, &e), &e);
	*bytemap_at(&shelf.contents, text(path), &scratch) = content;
	for (size_t k = 0; k < KINDS; k++)
		if (!strncmp(path, kinds[k], strlen(kinds[k])))
			list_push(&shelf.of_kind[k], &scratch, (void *)path);
}

static void fill(const char *folder)
{
	struct list *names = arena_new(&scratch, struct list);

	fixture_ok(shelf.files.list(shelf.files.context, folder, &scratch, names, &e), &e);
	*bytemap_at(&shelf.lists, text(folder), &scratch) = names;
	for (size_t i = 0; i < names->count; i++) {
		char *path = arena_printf(&scratch, "%s/%s", folder, (const char *)names->at[i]);

		if (path[strlen(path) - 1] == '/') {
			path[strlen(path) - 1] = '\0';
			fill(path);
		} else if (is_public(path)) {
			put(path);
		}
	}
}

static int make(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	fixture_store(&store, "s", &scratch);
	shelf = (struct shelf){ .files = storefiles_folder("s", &scratch) };
	fill("log");
	fill("index");
	fill("blobs");
	return 0;
}

static int end(void **state)
{
	fixture_store_end(&store);
	return scratch_remove(state);
}

static void ignore(void *context, const char *file, const struct err *why)
{
	(void)context, (void)file, (void)why;
}

static int audit(const struct storefiles *files)
{
	struct audit_options o = { .key = &store.public, .found = ignore };
	struct audit u;

	int rc = audit_run(files, &o, &u, &e);
	audit_done(&u);
	return rc;
}

/* A file, and one of its bits: flipped, seen to be found, and flipped back by who keeps the bytes. */
struct flip { const char *path; struct bytes *content; size_t bit; };

static struct flip draw(size_t kind, uint64_t *seed)
{
	const struct list *paths = &shelf.of_kind[kind];
	struct flip f = { .path = paths->at[seeded_below(seed, paths->count)] };

	f.content = *bytemap_at(&shelf.contents, text(f.path), NULL);
	f.bit = seeded_below(seed, 8 * f.content->size);
	return f;
}

static void turn(const struct flip *f)
{
	((uint8_t *)f->content->at)[f->bit / 8] ^= (uint8_t)(1u << f->bit % 8);
}

static void no_flipped_bit_is_overlooked(void **state)
{
	(void)state;
	const struct storefiles files = { read_shelf, list_shelf, &shelf, "s" };
	const char *wanted = getenv("MS_FLIPS");
	int count = wanted ? atoi(wanted) : FLIPS, found[KINDS] = { 0 };
	uint64_t seed = 8;

	assert_int_equal(audit(&files), MS_OK);
	for (int i = 0; i < count; i++) {
		struct flip f = draw((size_t)i % KINDS, &seed);

		turn(&f);
		if (audit(&files) == MS_OK)
			fail_msg("bit %zu of '%s' was changed and nothing was found", f.bit, f.path);
		turn(&f);
		found[i % KINDS]++;
	}
	assert_int_equal(audit(&files), MS_OK);
	for (size_t k = 0; k < KINDS; k++)
		print_message("%s: %d of %zu files' bits flipped, all found\n", kinds[k], found[k], shelf.of_kind[k].count);
}

static void nor_is_one_on_the_disk(void **state)
{
	(void)state;
	uint64_t seed = 9;

	for (int i = 0; i < ON_DISK; i++) {
		struct flip f = draw((size_t)i % KINDS, &seed);
		const char *path = path_join(&scratch, "s", f.path);

		turn(&f);
		fixture_ok(file_replace_unsynced(path, *f.content, 0644, &scratch, &e), &e);
		if (audit(&shelf.files) == MS_OK)
			fail_msg("bit %zu of '%s' was changed and nothing was found", f.bit, f.path);
		turn(&f);
		fixture_ok(file_replace_unsynced(path, *f.content, 0644, &scratch, &e), &e);
	}
	assert_int_equal(audit(&shelf.files), MS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_flipped_bit_is_overlooked, make, end),
		cmocka_unit_test_setup_teardown(nor_is_one_on_the_disk, make, end),
	};
	if (!getcwd(sample_home, sizeof(sample_home) - 32))
		return 1;
	strcat(sample_home, "/out/check/tests/product");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
