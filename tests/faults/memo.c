/* SPDX-License-Identifier: Apache-2.0 */
#include "memo.h"

#include <string.h>

enum { MEMO_MAX = 4096, HASH = 32, CALL_MSEC = 10000, PIECE = 2048, INPUT_MAX = 1 << 16 };

static struct { uint64_t key; uint8_t result[HASH]; } memos[MEMO_MAX];
static size_t memo_count;

/* FNV-1a, over what is in the board's memory. */
static bool mix(struct gdb *g, uint64_t *key, uint32_t at, uint32_t size)
{
	uint8_t piece[PIECE];

	if (size > INPUT_MAX)
		return false;
	*key = (*key ^ size) * UINT64_C(1099511628211);
	for (uint32_t n; size; at += n, size -= n) {
		n = size < PIECE ? size : PIECE;
		if (!gdb_read(g, at, piece, n))
			return false;
		for (uint32_t i = 0; i < n; i++)
			*key = (*key ^ piece[i]) * UINT64_C(1099511628211);
	}
	return true;
}

/* What the function is called with, and where it puts its hash; false when a fault has made that nonsense. */
static bool inputs(const struct memo *m, struct gdb *g, uint32_t pc, uint64_t *key, uint32_t *out)
{
	uint32_t r[4], sp = gdb_register(g, GDB_SP);

	for (unsigned i = 0; i < 4; i++)
		r[i] = gdb_register(g, i);
	*key = UINT64_C(14695981039346656037) ^ pc;
	if (pc == m->verify)
		return mix(g, key, r[0], 64) && mix(g, key, r[1], 64) && mix(g, key, r[2], HASH);
	return gdb_read(g, sp, out, sizeof(*out)) && mix(g, key, r[0], r[1]) && mix(g, key, r[2], r[3]);
}

static bool take_result(const struct memo *m, struct gdb *g, uint32_t pc, uint32_t out, uint8_t result[HASH])
{
	uint32_t r0;

	if (pc != m->verify)
		return gdb_read(g, out, result, HASH);
	r0 = gdb_register(g, 0);
	memcpy(result, &r0, sizeof(r0));
	return true;
}

static bool give_result(const struct memo *m, struct gdb *g, uint32_t pc, uint32_t out, const uint8_t result[HASH])
{
	uint32_t r0;

	if (pc != m->verify)
		return gdb_write(g, out, result, HASH);
	memcpy(&r0, result, sizeof(r0));
	gdb_set_register(g, 0, r0);
	return true;
}

bool memo_call(const struct memo *m, struct gdb *g, uint32_t pc)
{
	uint32_t back = gdb_register(g, GDB_LR) & ~UINT32_C(1), out = 0;
	uint64_t key;
	bool known = inputs(m, g, pc, &key, &out);

	for (size_t i = 0; known && i < memo_count; i++) {
		if (memos[i].key != key || !give_result(m, g, pc, out, memos[i].result))
			continue;
		gdb_set_register(g, GDB_PC, back);
		return true;
	}
	gdb_step(g);
	gdb_break(g, back);
	bool done = gdb_run(g, CALL_MSEC) && gdb_register(g, GDB_PC) == back;

	gdb_unbreak(g, back);
	if (done && known && memo_count < MEMO_MAX && take_result(m, g, pc, out, memos[memo_count].result))
		memos[memo_count++].key = key;
	return done;
}
