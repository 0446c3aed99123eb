/* SPDX-License-Identifier: Apache-2.0 */
/* Notes, checkpoints and keys of logs from strangers: what is read is written again the same. */
#include "fuzz.h"

#include <string.h>

#include "checkpoint.h"

static const uint8_t seed[32] = { 7 };

FUZZ(in)
{
	struct arena a = { 0 };
	struct bytes again = { 0 };
	struct checkpoint c;
	struct note_key k;
	struct ed25519 *key;
	struct note n;
	struct err e;

	must(!(note_key_read(arena_string(&a, in), &a, &k, &e) == MS_OK && strlen(note_key_write(&k, &a)) > in.size));
	must(!(note_read(in, "x", &a, &n, &e) == MS_OK && (n.count == 0 || n.text.size >= in.size)));
	if (checkpoint_peek(in, "x", &a, &c, &e) == MS_OK) {
		struct checkpoint back;
		must(ed25519_from_seed(seed, &a, &key, &e) == MS_OK && checkpoint_sign(&c, key, &a, &again, &e) == MS_OK);
		must(checkpoint_peek(again, "x", &a, &back, &e) == MS_OK && back.size == c.size && tlog_equal(&back.root, &c.root));
		ed25519_close(key);
	}
	arena_done(&a);
}
