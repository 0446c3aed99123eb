/* SPDX-License-Identifier: Apache-2.0 */
/* A proof from a stranger has one form, and the verifier takes any. */
#include "fuzz.h"

#include "tlog_proof.h"

FUZZ(in)
{
	static const uint8_t public[32] = { 1 };
	struct arena a = { 0 };
	struct tlog_hash leaf = tlog_empty();
	struct tlog_proof p;
	struct checkpoint c;
	struct note_key k;
	struct err e;

	if (tlog_proof_read(in, "x", &a, &p, &e) == MS_OK) {
		must(!(!bytes_equal(tlog_proof_write(&p, &a), in)));
		note_key_init(&k, "x", public);
		tlog_proof_verify(&p, "x", &k, &a, &c, &e);
		must(!(tlog_included(&leaf, p.index, p.index + p.path.count, &p.path, &leaf) && p.path.count));
		tlog_consistent(p.index, &leaf, p.index + in.size, &leaf, &p.path);
	}
	arena_done(&a);
}
