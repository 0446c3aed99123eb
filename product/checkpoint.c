/* SPDX-License-Identifier: Apache-2.0 */
#include "checkpoint.h"

#include <string.h>

#include "base64.h"

enum { DIGITS_MAX = 19 };	/* below 2^63: sizes can be added */

bool checkpoint_number(struct bytes digits, uint64_t *out)
{
	uint64_t n = 0;

	if (digits.size == 0 || digits.size > DIGITS_MAX || (digits.at[0] == '0' && digits.size > 1))
		return false;
	for (size_t i = 0; i < digits.size; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return false;
		n = 10 * n + (digits.at[i] - '0');
	}
	if (n >> 63)
		return false;
	*out = n;
	return true;
}

bool checkpoint_line(struct bytes *left, struct bytes *line)
{
	const uint8_t *end = left->size ? memchr(left->at, '\n', left->size) : NULL;

	if (!end)
		return false;
	*line = bytes_part(*left, 0, (size_t)(end - left->at));
	*left = bytes_part(*left, line->size + 1, left->size);
	return true;
}

int checkpoint_sign(const struct checkpoint *c, const struct ed25519 *k, struct arena *a, struct bytes *note, struct err *e)
{
	struct text t = { 0 };

	text_add(&t, a, "%s\n%llu\n%s\n", c->origin, (unsigned long long)c->size, base64_write(BYTES_OF(c->root), a));
	return note_sign((struct bytes){ (uint8_t *)t.at, t.size }, c->origin, k, a, note, e);
}

/* The three lines; what other logs add behind them we do not sign, and do not take. */
static int read_text(struct bytes text, const char *path, struct arena *a, struct checkpoint *out, struct err *e)
{
	struct bytes left = text, origin, size, root, hash;
	struct checkpoint c;

	bool good = checkpoint_line(&left, &origin) && checkpoint_line(&left, &size) && checkpoint_line(&left, &root) && left.size == 0 &&
		    note_name_ok(origin) && checkpoint_number(size, &c.size) && base64_read(root, a, &hash) == MS_OK &&
		    hash.size == sizeof(c.root.at);
	if (!good) {
		err_set(e, ERR_CHECKPOINT, "'%s' is not a checkpoint: it needs a line each for the log's name, its size and its root", path);
		return err_fix(e, "get it again: it was cut, or changed");
	}
	memcpy(c.root.at, hash.at, sizeof(c.root.at));
	c.origin = arena_string(a, origin);
	*out = c;
	return MS_OK;
}

int checkpoint_peek(struct bytes note, const char *path, struct arena *a, struct checkpoint *out, struct err *e)
{
	struct note n;

	int rc = note_read(note, path, a, &n, e);
	return rc < 0 ? rc : read_text(n.text, path, a, out, e);
}

int checkpoint_read(struct bytes note, const char *path, const struct note_key *k, struct arena *a, struct checkpoint *out, struct err *e)
{
	struct checkpoint c;
	struct note n;

	int rc = note_read(note, path, a, &n, e);
	if (rc == MS_OK)
		rc = read_text(n.text, path, a, &c, e);
	if (rc < 0)
		return rc;
	if (strcmp(c.origin, k->name) != 0)
		return err_set(e, ERR_STORE_UNTRUSTED, "'%s' is of the log '%s', not of '%s'", path, c.origin, k->name);
	rc = note_verify(&n, k);
	if (rc == -MS_ENOENT)
		return err_set(e, ERR_STORE_UNTRUSTED, "'%s' is not signed by the key that is trusted for the log '%s'", path, c.origin);
	if (rc < 0)
		return err_set(e, ERR_STORE_UNTRUSTED, "the signature of '%s' by the log '%s' is wrong: it was changed", path, c.origin);
	*out = c;
	return MS_OK;
}
