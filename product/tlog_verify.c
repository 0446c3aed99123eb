/* SPDX-License-Identifier: Apache-2.0 */
/* Verifying proofs, as RFC 9162 (2.1.3.2, 2.1.4.2) says for the trees of RFC 6962, too. */
#include "tlog.h"

bool tlog_included(const struct tlog_hash *leaf, uint64_t index, uint64_t size, const struct tlog_path *p, const struct tlog_hash *root)
{
	uint64_t at = index, last = size - 1;
	struct tlog_hash h = *leaf;

	if (index >= size || p->count > TLOG_PATH_MAX)
		return false;
	for (uint32_t i = 0; i < p->count; i++) {
		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			h = tlog_node(&p->at[i], &h);
			for (; !(at & 1) && at; at >>= 1)
				last >>= 1;
		} else {
			h = tlog_node(&h, &p->at[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && tlog_equal(&h, root);
}

/* Two chains from the same hashes: one must end in the old root, the other in the new. */
static bool chain(uint64_t at, uint64_t last, struct tlog_hash seed, const struct tlog_hash *p, uint32_t count,
		  const struct tlog_hash *old_root, const struct tlog_hash *root)
{
	struct tlog_hash old = seed, new = seed;

	for (uint32_t i = 0; i < count; i++) {
		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			old = tlog_node(&p[i], &old);
			new = tlog_node(&p[i], &new);
			for (; !(at & 1) && at; at >>= 1)
				last >>= 1;
		} else {
			new = tlog_node(&new, &p[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && tlog_equal(&old, old_root) && tlog_equal(&new, root);
}

bool tlog_consistent(uint64_t old, const struct tlog_hash *old_root, uint64_t size, const struct tlog_hash *root, const struct tlog_path *p)
{
	struct tlog_hash empty = tlog_empty();
	uint64_t at = old - 1, last = size - 1;

	if (old > size || p->count > TLOG_PATH_MAX)
		return false;
	if (old == 0)
		return p->count == 0 && tlog_equal(old_root, &empty) && (size || tlog_equal(root, &empty));
	if (old == size)
		return p->count == 0 && tlog_equal(old_root, root);
	for (; at & 1; at >>= 1)
		last >>= 1;
	if (at == 0)	/* a whole tree: its root is what both begin with, and is not in the proof */
		return chain(at, last, *old_root, p->at, p->count, old_root, root);
	return p->count > 0 && chain(at, last, p->at[0], p->at + 1, p->count - 1, old_root, root);
}
