/* SPDX-License-Identifier: Apache-2.0 */
#include "tlog.h"

#include "key.h"
#include "scratch.h"

static struct err e;

/* The leaves and roots that the first implementation of RFC 6962 was tested with, and others since. */
static const char *const leaves[] = {
	"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
};
static const char *const roots[] = {
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

/* All tiles of a growing log, in memory. */
enum { TILE_MAX = 400 };
static struct tlog_edge edge;
static struct { int level; uint64_t number; struct tlog_hash at[TLOG_WIDTH]; } tiles[TILE_MAX];
static size_t tile_count;

static int keep(void *context, int level, uint64_t number, const struct tlog_hash *tile, struct err *why)
{
	(void)context, (void)why;
	assert_true(tile_count < TILE_MAX);
	tiles[tile_count].level = level;
	tiles[tile_count].number = number;
	memcpy(tiles[tile_count++].at, tile, sizeof(tiles->at));
	return MS_OK;
}

/* A tile that is not whole can only be the last of its level. */
static int read_tile(void *context, int level, uint64_t number, uint32_t width, struct tlog_hash *out, struct err *why)
{
	(void)context, (void)why;
	const struct tlog_hash *from = NULL;

	for (size_t i = 0; i < tile_count; i++)
		if (tiles[i].level == level && tiles[i].number == number)
			from = tiles[i].at;
	if (!from) {
		assert_int_equal(number, edge.size >> 8 * level >> 8);
		assert_true(width <= (edge.size >> 8 * level) % TLOG_WIDTH);
		from = edge.tile[level];
	}
	assert_in_range(width, 1, TLOG_WIDTH);
	memcpy(out, from, width * sizeof(*out));
	return MS_OK;
}

static const struct tlog_tiles source = { .read = read_tile };

static int start(void **state)
{
	(void)state;
	memset(&edge, 0, sizeof(edge));
	tile_count = 0;
	return 0;
}

static struct tlog_hash leaf_number(uint64_t i)
{
	return tlog_leaf(BYTES_OF(i));
}

static void grow(uint64_t size)
{
	while (edge.size < size) {
		struct tlog_hash leaf = leaf_number(edge.size);
		assert_int_equal(tlog_edge_add(&edge, &leaf, keep, NULL, &e), MS_OK);
	}
}

static struct bytes from_hex(const char *text, uint8_t *room)
{
	size_t size = strlen(text) / 2;

	for (size_t i = 0; i < size; i++) {
		unsigned int byte;
		sscanf(text + 2 * i, "%2x", &byte);
		room[i] = (uint8_t)byte;
	}
	return (struct bytes){ room, size };
}

static void known_leaves_have_the_known_roots(void **state)
{
	(void)state;
	uint8_t room[32];

	for (size_t i = 0; i < 8; i++) {
		struct tlog_hash leaf = tlog_leaf(from_hex(leaves[i], room)), root;
		assert_int_equal(tlog_edge_add(&edge, &leaf, keep, NULL, &e), MS_OK);
		from_hex(roots[i], room);
		root = tlog_edge_root(&edge);
		assert_memory_equal(root.at, room, 32);
		assert_int_equal(tlog_root(&source, i + 1, &root, &e), MS_OK);
		assert_memory_equal(root.at, room, 32);
	}
}

static void the_known_inclusion_path_is_found(void **state)
{
	(void)state;
	/* Of entry 5 among 8. */
	static const char *const path[] = {
		"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	};
	struct tlog_path p;
	uint8_t room[32];

	for (size_t i = 0; i < 8; i++) {
		struct tlog_hash leaf = tlog_leaf(from_hex(leaves[i], room));
		assert_int_equal(tlog_edge_add(&edge, &leaf, keep, NULL, &e), MS_OK);
	}
	assert_int_equal(tlog_inclusion(&source, 5, 8, &p, &e), MS_OK);
	assert_int_equal(p.count, 3);
	for (size_t i = 0; i < 3; i++) {
		from_hex(path[i], room);
		assert_memory_equal(p.at[i].at, room, 32);
	}
}

/* RFC 6962, 2.1, word by word. */
static struct tlog_hash by_definition(uint64_t from, uint64_t to)
{
	uint64_t k = 1;

	if (to - from == 1)
		return leaf_number(from);
	while (2 * k < to - from)
		k *= 2;
	struct tlog_hash left = by_definition(from, from + k), right = by_definition(from + k, to);
	return tlog_node(&left, &right);
}

static void roots_are_as_defined_across_the_edges_of_tiles(void **state)
{
	(void)state;
	static const uint64_t sizes[] = { 1, 2, 3, 255, 256, 257, 511, 512, 513, 767, 1000, 65535, 65536, 65537, 66000 };

	grow(66000);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct tlog_hash root, expected = by_definition(0, sizes[i]);
		assert_int_equal(tlog_root(&source, sizes[i], &root, &e), MS_OK);
		assert_true(tlog_equal(&root, &expected));
	}
	struct tlog_hash root = tlog_edge_root(&edge), expected = by_definition(0, 66000);
	assert_true(tlog_equal(&root, &expected));
}

static struct tlog_hash root_of(uint64_t size)
{
	struct tlog_hash root;

	assert_int_equal(tlog_root(&source, size, &root, &e), MS_OK);
	return root;
}

/* A proof holds for what it is about, and for nothing beside it. */
static void try_inclusion(uint64_t index, uint64_t size)
{
	struct tlog_hash root = root_of(size), leaf = leaf_number(index), other = leaf_number(index + 1);
	struct tlog_path p, longer;

	assert_int_equal(tlog_inclusion(&source, index, size, &p, &e), MS_OK);
	assert_true(tlog_included(&leaf, index, size, &p, &root));
	assert_false(tlog_included(&other, index, size, &p, &root));
	assert_false(tlog_included(&leaf, index ^ 1, size, &p, &root) && size > 1);
	assert_false(tlog_included(&leaf, size, size, &p, &root));
	longer = p;
	longer.count++;
	longer.at[p.count] = leaf;
	assert_false(tlog_included(&leaf, index, size, &longer, &root));
	for (uint32_t i = 0; i < p.count; i++) {
		p.at[i].at[i % 32] ^= 0x10;
		assert_false(tlog_included(&leaf, index, size, &p, &root));
		p.at[i].at[i % 32] ^= 0x10;
	}
	if (p.count--)
		assert_false(tlog_included(&leaf, index, size, &p, &root));
}

static void inclusion_holds_for_each_entry_and_no_other(void **state)
{
	(void)state;
	grow(66000);
	for (uint64_t size = 1; size <= 40; size++)
		for (uint64_t index = 0; index < size; index++)
			try_inclusion(index, size);
	for (uint64_t size = 255; size < 66000; size = 3 * size + 1)
		for (uint64_t index = 0; index < size; index += 1 + size / 7)
			try_inclusion(index, size);
	try_inclusion(65536, 66000);
	try_inclusion(65999, 66000);
}

static void try_consistency(uint64_t old, uint64_t size)
{
	struct tlog_hash old_root = root_of(old), root = root_of(size), other = leaf_number(7777777);
	struct tlog_path p;

	assert_int_equal(tlog_consistency(&source, old, size, &p, &e), MS_OK);
	assert_true(tlog_consistent(old, &old_root, size, &root, &p));
	assert_false(tlog_consistent(old, &other, size, &root, &p));
	assert_false(tlog_consistent(old, &old_root, size, &other, &p) && old > 0);
	assert_false(tlog_consistent(old + 1, &old_root, size, &root, &p));
	for (uint32_t i = 0; i < p.count; i++) {
		p.at[i].at[i % 32] ^= 1;
		assert_false(tlog_consistent(old, &old_root, size, &root, &p));
		p.at[i].at[i % 32] ^= 1;
	}
	if (p.count--)
		assert_false(tlog_consistent(old, &old_root, size, &root, &p));
}

static void consistency_holds_for_each_beginning_and_no_other(void **state)
{
	(void)state;
	grow(66000);
	for (uint64_t size = 1; size <= 40; size++)
		for (uint64_t old = 0; old <= size; old++)
			try_consistency(old, size);
	for (uint64_t size = 255; size < 66000; size = 3 * size + 1)
		for (uint64_t old = 1; old < size; old += 1 + size / 7)
			try_consistency(old, size);
	try_consistency(65536, 66000);
}

static void proofs_of_what_is_not_there_are_refused(void **state)
{
	(void)state;
	struct tlog_path p;

	grow(3);
	assert_int_equal(tlog_inclusion(&source, 3, 3, &p, &e), -MS_EFORMAT);
	assert_int_equal(tlog_consistency(&source, 4, 3, &p, &e), -MS_EFORMAT);
}

/* The example of c2sp.org/tlog-tiles: a log of 70,000 entries. */
static void tiles_have_the_paths_and_widths_of_the_specification(void **state)
{
	(void)state;
	assert_string_equal(tlog_tile_path(0, 1234067, 256, &scratch), "tile/0/x001/x234/067");
	assert_string_equal(tlog_tile_path(1, 0, 1, &scratch), "tile/1/000.p/1");
	assert_string_equal(tlog_tile_path(TLOG_ENTRIES, 1000, 255, &scratch), "tile/entries/x001/000.p/255");
	assert_int_equal(tlog_tile_width(0, 272, 70000), 256);
	assert_int_equal(tlog_tile_width(0, 273, 70000), 112);
	assert_int_equal(tlog_tile_width(0, 274, 70000), 0);
	assert_int_equal(tlog_tile_width(1, 0, 70000), 256);
	assert_int_equal(tlog_tile_width(1, 1, 70000), 17);
	assert_int_equal(tlog_tile_width(2, 0, 70000), 1);
	assert_int_equal(tlog_tile_width(3, 0, 70000), 0);
	assert_int_equal(tlog_tile_width(TLOG_ENTRIES, 273, 70000), 112);
	arena_done(&scratch);
}

static void a_bundle_gives_back_its_entries_and_nothing_torn(void **state)
{
	(void)state;
	struct text t = { 0 };
	struct bytes left, entry;

	tlog_bundle_add(&t, BYTES_LITERAL("one"), &scratch);
	tlog_bundle_add(&t, BYTES_LITERAL("three"), &scratch);
	left = (struct bytes){ (uint8_t *)t.at, t.size };
	assert_true(tlog_bundle_next(&left, &entry) && bytes_equal(entry, BYTES_LITERAL("one")));
	assert_true(tlog_bundle_next(&left, &entry) && bytes_equal(entry, BYTES_LITERAL("three")));
	assert_false(tlog_bundle_next(&left, &entry));
	assert_int_equal(left.size, 0);
	for (size_t size = 6; size < t.size; size++) {
		left = (struct bytes){ (uint8_t *)t.at, size };
		assert_true(tlog_bundle_next(&left, &entry));
		assert_false(tlog_bundle_next(&left, &entry));
		assert_int_not_equal(left.size, 0);
	}
	arena_done(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(known_leaves_have_the_known_roots, start),
		cmocka_unit_test_setup(the_known_inclusion_path_is_found, start),
		cmocka_unit_test_setup(roots_are_as_defined_across_the_edges_of_tiles, start),
		cmocka_unit_test_setup(inclusion_holds_for_each_entry_and_no_other, start),
		cmocka_unit_test_setup(consistency_holds_for_each_beginning_and_no_other, start),
		cmocka_unit_test_setup(proofs_of_what_is_not_there_are_refused, start),
		cmocka_unit_test(tiles_have_the_paths_and_widths_of_the_specification),
		cmocka_unit_test(a_bundle_gives_back_its_entries_and_nothing_torn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
