/* SPDX-License-Identifier: Apache-2.0 */
#include "tlog.h"

#include <string.h>

#include "key.h"

enum { LEAF_MARK = 0, NODE_MARK = 1, TILE_HEIGHT = 8 };

struct tlog_hash tlog_leaf(struct bytes entry)
{
	uint8_t input[1 + TLOG_ENTRY_MAX];
	struct tlog_hash h;

	entry = bytes_part(entry, 0, TLOG_ENTRY_MAX);
	input[0] = LEAF_MARK;
	if (entry.size)
		memcpy(input + 1, entry.at, entry.size);
	sha256((struct bytes){ input, 1 + entry.size }, h.at);
	return h;
}

struct tlog_hash tlog_node(const struct tlog_hash *left, const struct tlog_hash *right)
{
	uint8_t input[1 + 2 * TLOG_HASH_SIZE] = { NODE_MARK };
	struct tlog_hash h;

	memcpy(input + 1, left->at, TLOG_HASH_SIZE);
	memcpy(input + 1 + TLOG_HASH_SIZE, right->at, TLOG_HASH_SIZE);
	sha256(BYTES_OF(input), h.at);
	return h;
}

struct tlog_hash tlog_empty(void)
{
	struct tlog_hash h;

	sha256((struct bytes){ (const uint8_t *)"", 0 }, h.at);
	return h;
}

bool tlog_equal(const struct tlog_hash *a, const struct tlog_hash *b)
{
	return memcmp(a->at, b->at, TLOG_HASH_SIZE) == 0;
}

struct tlog_hash tlog_tile_root(const struct tlog_hash *at, uint32_t count)
{
	struct tlog_hash row[TLOG_WIDTH];

	memcpy(row, at, count * sizeof(*at));
	for (; count > 1; count /= 2)
		for (uint32_t i = 0; i < count / 2; i++)
			row[i] = tlog_node(&row[2 * i], &row[2 * i + 1]);
	return row[0];
}

uint32_t tlog_tile_width(int level, uint64_t number, uint64_t size)
{
	uint64_t hashes = level <= 0 ? size : level >= TLOG_LEVEL_COUNT ? 0 : size >> (TILE_HEIGHT * level);

	if (number > hashes / TLOG_WIDTH)
		return 0;
	hashes -= number * TLOG_WIDTH;
	return hashes < TLOG_WIDTH ? (uint32_t)hashes : TLOG_WIDTH;
}

char *tlog_tile_path(int level, uint64_t number, uint32_t width, struct arena *a)
{
	const char *last = arena_printf(a, "%03u", (unsigned)(number % 1000));
	struct text t = { 0 };

	for (number /= 1000; number; number /= 1000)
		last = arena_printf(a, "x%03u/%s", (unsigned)(number % 1000), last);
	if (level == TLOG_ENTRIES)
		text_add(&t, a, "tile/entries/%s", last);
	else
		text_add(&t, a, "tile/%d/%s", level, last);
	if (width < TLOG_WIDTH)
		text_add(&t, a, ".p/%u", (unsigned)width);
	return t.at;
}

/* The largest power of two below n, which is at least 2. */
static uint64_t split(uint64_t n)
{
	return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

/* The root of the 2^height entries from 2^height * index on, of a log of `size`, which has them all. */
static int subtree(const struct tlog_tiles *t, uint64_t size, unsigned height, uint64_t index, struct tlog_hash *out, struct err *e)
{
	struct tlog_hash tile[TLOG_WIDTH];
	int level = (int)(height / TILE_HEIGHT);
	uint32_t count = 1u << height % TILE_HEIGHT;
	uint64_t first = index << height % TILE_HEIGHT, number = first / TLOG_WIDTH;

	int rc = t->read(t->context, level, number, tlog_tile_width(level, number, size), tile, e);
	if (rc < 0)
		return rc;
	*out = tlog_tile_root(tile + first % TLOG_WIDTH, count);
	return MS_OK;
}

/* The root of the entries from `from` up to `to`, which are more than none; `from` is a multiple of the power of two that is not below their number. */
static int range_root(const struct tlog_tiles *t, uint64_t size, uint64_t from, uint64_t to, struct tlog_hash *out, struct err *e)
{
	uint64_t n = to - from;
	struct tlog_hash left, right;

	if ((n & (n - 1)) == 0) {
		unsigned height = (unsigned)__builtin_ctzll(n);
		return subtree(t, size, height, from >> height, out, e);
	}
	int rc = range_root(t, size, from, from + split(n), &left, e);
	if (rc == MS_OK)
		rc = range_root(t, size, from + split(n), to, &right, e);
	if (rc == MS_OK)
		*out = tlog_node(&left, &right);
	return rc;
}

int tlog_root(const struct tlog_tiles *t, uint64_t size, struct tlog_hash *out, struct err *e)
{
	if (size == 0) {
		*out = tlog_empty();
		return MS_OK;
	}
	return range_root(t, size, 0, size, out, e);
}

/* RFC 6962, 2.1.1: the path is found from the root down, and given from the entry up. */
int tlog_inclusion(const struct tlog_tiles *t, uint64_t index, uint64_t size, struct tlog_path *out, struct err *e)
{
	struct tlog_path p = { .count = 0 };
	uint64_t from = 0, to = size;

	if (index >= size)
		return err_set(e, ERR_LOG_PROOF, "entry %llu is not in a log of %llu", (unsigned long long)index, (unsigned long long)size);
	while (to - from > 1) {
		uint64_t middle = from + split(to - from);
		bool left = index < middle;

		int rc = range_root(t, size, left ? middle : from, left ? to : middle, &p.at[p.count++], e);
		if (rc < 0)
			return rc;
		if (left)
			to = middle;
		else
			from = middle;
	}
	for (uint32_t i = 0; i < p.count; i++)
		out->at[i] = p.at[p.count - 1 - i];
	out->count = p.count;
	return MS_OK;
}

/* RFC 6962, 2.1.2: likewise; the root of what both have is left out where it is the old root. */
int tlog_consistency(const struct tlog_tiles *t, uint64_t old, uint64_t size, struct tlog_path *out, struct err *e)
{
	struct tlog_path p = { .count = 0 };
	uint64_t from = 0, to = size;
	int rc = MS_OK;

	if (old > size)
		return err_set(e, ERR_LOG_PROOF, "%llu entries do not begin with %llu", (unsigned long long)size, (unsigned long long)old);
	while (rc == MS_OK && old > 0 && to != old) {
		uint64_t middle = from + split(to - from);
		bool left = old <= middle;

		rc = range_root(t, size, left ? middle : from, left ? to : middle, &p.at[p.count++], e);
		if (left)
			to = middle;
		else
			from = middle;
	}
	if (rc == MS_OK && from > 0)
		rc = range_root(t, size, from, to, &p.at[p.count++], e);
	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < p.count; i++)
		out->at[i] = p.at[p.count - 1 - i];
	out->count = p.count;
	return MS_OK;
}

int tlog_edge_add(struct tlog_edge *g, const struct tlog_hash *leaf, tlog_whole *whole, void *context, struct err *e)
{
	struct tlog_hash h = *leaf;
	uint64_t at = g->size++;

	for (int level = 0; level < TLOG_LEVEL_COUNT; level++) {
		uint64_t number = at / TLOG_WIDTH;

		g->tile[level][at % TLOG_WIDTH] = h;
		if (at % TLOG_WIDTH != TLOG_WIDTH - 1)
			break;
		int rc = whole ? whole(context, level, number, g->tile[level], e) : MS_OK;
		if (rc < 0)
			return rc;
		h = tlog_tile_root(g->tile[level], TLOG_WIDTH);
		at = number;
	}
	return MS_OK;
}

/* From the right, i.e. from the lowest level, on: each whole part of a tile is a hash of the root's path. */
struct tlog_hash tlog_edge_root(const struct tlog_edge *g)
{
	struct tlog_hash root = tlog_empty();
	bool begun = false;

	for (int level = 0; level < TLOG_LEVEL_COUNT; level++) {
		uint32_t count = (uint32_t)(g->size >> TILE_HEIGHT * level) % TLOG_WIDTH, end = count;

		for (uint32_t part; end; end -= part) {
			part = end & -end;
			struct tlog_hash h = tlog_tile_root(&g->tile[level][end - part], part);
			root = begun ? tlog_node(&h, &root) : h;
			begun = true;
		}
	}
	return root;
}

void tlog_bundle_add(struct text *t, struct bytes entry, struct arena *a)
{
	const uint8_t size[2] = { (uint8_t)(entry.size >> 8), (uint8_t)entry.size };

	text_add_bytes(t, a, BYTES_OF(size));
	text_add_bytes(t, a, entry);
}

bool tlog_bundle_next(struct bytes *left, struct bytes *entry)
{
	size_t size = left->size < 2 ? 0 : (size_t)left->at[0] << 8 | left->at[1];

	if (left->size < 2 || left->size - 2 < size)
		return false;
	*entry = bytes_part(*left, 2, size);
	*left = bytes_part(*left, 2 + size, left->size);
	return true;
}
