/* SPDX-License-Identifier: Apache-2.0 */
#include "tlog_proof.h"

#include <string.h>

#include "base64.h"

static const char first_line[] = "c2sp.org/tlog-proof@v1";

struct bytes tlog_proof_write(const struct tlog_proof *p, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s\n", first_line);
	if (p->entry.size)
		text_add(&t, a, "extra %s\n", base64_write(p->entry, a));
	text_add(&t, a, "index %llu\n", (unsigned long long)p->index);
	for (uint32_t i = 0; i < p->path.count; i++)
		text_add(&t, a, "%s\n", base64_write(BYTES_OF(p->path.at[i]), a));
	text_add(&t, a, "\n");
	text_add_bytes(&t, a, p->checkpoint);
	return (struct bytes){ (uint8_t *)t.at, t.size };
}

/* What follows a word and a blank at the begin of a line. */
static bool behind(struct bytes line, const char *word, struct bytes *rest)
{
	size_t size = strlen(word);

	if (line.size <= size || memcmp(line.at, word, size) != 0 || line.at[size] != ' ')
		return false;
	*rest = bytes_part(line, size + 1, line.size);
	return true;
}

static bool read_hash(struct bytes line, struct arena *a, struct tlog_hash *out)
{
	struct bytes hash;

	if (base64_read(line, a, &hash) < 0 || hash.size != sizeof(out->at))
		return false;
	memcpy(out->at, hash.at, sizeof(out->at));
	return true;
}

static int refuse(const char *path, int line, const char *why, struct err *e)
{
	err_set(e, ERR_LOG_PROOF, "'%s' is not a proof of a log: %s", path, why);
	err_at(e, path, line, 0);
	return err_fix(e, "get it again from the store that the package came from");
}

/* The lines of hashes, up to the empty one. */
static int read_path(struct bytes *left, const char *path, int *number, struct arena *a, struct tlog_path *p, struct err *e)
{
	struct bytes line;

	for (p->count = 0;; p->count++) {
		++*number;
		if (!checkpoint_line(left, &line))
			return refuse(path, *number, "the empty line before the checkpoint is missing", e);
		if (line.size == 0)
			return MS_OK;
		if (p->count == TLOG_PATH_MAX)
			return refuse(path, *number, "it has more than 64 hashes", e);
		if (!read_hash(line, a, &p->at[p->count]))
			return refuse(path, *number, "this line is not a hash", e);
	}
}

int tlog_proof_read(struct bytes content, const char *path, struct arena *a, struct tlog_proof *out, struct err *e)
{
	struct tlog_proof p = { 0 };
	struct bytes left = content, line = { 0 }, rest;
	int number = 2;

	if (content.size > TLOG_PROOF_FILE_MAX)
		return refuse(path, 1, "it is larger than 128 KiB", e);
	if (!checkpoint_line(&left, &line) || !bytes_equal(line, BYTES_LITERAL(first_line)))
		return refuse(path, 1, "it does not begin with 'c2sp.org/tlog-proof@v1'", e);
	if (!checkpoint_line(&left, &line))
		return refuse(path, 2, "it ends there", e);
	if (behind(line, "extra", &rest)) {
		if (base64_read(rest, a, &p.entry) < 0 || p.entry.size == 0)
			return refuse(path, 2, "what follows 'extra' is not base 64", e);
		number++;
		if (!checkpoint_line(&left, &line))
			return refuse(path, 3, "it ends there", e);
	}
	if (!behind(line, "index", &rest) || !checkpoint_number(rest, &p.index))
		return refuse(path, number, "expected 'index' and a number", e);

	int rc = read_path(&left, path, &number, a, &p.path, e);
	if (rc < 0)
		return rc;
	if (left.size == 0)
		return refuse(path, number, "the checkpoint is missing", e);
	p.checkpoint = left;
	*out = p;
	return MS_OK;
}

int tlog_proof_verify(const struct tlog_proof *p, const char *path, const struct note_key *k, struct arena *a, struct checkpoint *out, struct err *e)
{
	struct tlog_hash leaf = tlog_leaf(p->entry);
	struct checkpoint c;

	int rc = checkpoint_read(p->checkpoint, path, k, a, &c, e);
	if (rc < 0)
		return rc;
	if (!p->entry.size || !tlog_included(&leaf, p->index, c.size, &p->path, &c.root)) {
		err_set(e, ERR_NOT_LOGGED, "'%s' does not lead to the root of the log '%s': what it is about is not entry %llu there", path, c.origin,
			(unsigned long long)p->index);
		return err_fix(e, "do not use the package; tell who runs the store");
	}
	*out = c;
	return MS_OK;
}
