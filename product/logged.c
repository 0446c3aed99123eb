/* SPDX-License-Identifier: Apache-2.0 */
#include "logged.h"

#include <string.h>

#include "identity.h"
#include "leaf.h"
#include "logseen.h"
#include "storetrust.h"

const char *logged_path(const char *package, struct arena *a)
{
	return arena_printf(a, "%s.tlog-proof", package);
}

/* The key that is believed for the log which the proof names. */
static int find_store(const struct tlog_proof *p, const char *path, struct arena *a, struct note_key *out, struct err *e)
{
	struct checkpoint c;
	struct note n;

	int rc = checkpoint_peek(p->checkpoint, path, a, &c, e);
	if (rc == MS_OK)
		rc = note_read(p->checkpoint, path, a, &n, e);
	return rc < 0 ? rc : storetrust_find(c.origin, &n, a, out, e);
}

/* The entry is of this very version, and of these bytes as what they are. */
static bool is_of(const struct leaf *l, const struct logged_file *f)
{
	struct bytes said = f->gives ? l->source : l->package;
	uint8_t hash[32];

	sha256(f->content, hash);
	if (l->kind != (f->gives ? LEAF_SOURCE : LEAF_PUBLISH) || l->size != f->content.size || memcmp(said.at, hash, sizeof(hash)))
		return false;
	if (memcmp(f->gives ? l->package.at : l->manifest.at, f->gives ? f->gives : f->manifest_sha256, sizeof(hash)))
		return false;
	return bytes_equal(l->publisher, identity_vendor(f->manifest)) && bytes_equal(l->name, identity_name(f->manifest)) && bytes_equal(l->version, f->manifest->version_text);
}

static int check_entry(const struct tlog_proof *p, const char *path, const struct logged_file *file, struct arena *a, struct err *e)
{
	struct leaf l;

	int rc = leaf_read(p->entry, a, &l, e);
	if (rc < 0)
		return rc;
	if (is_of(&l, file))
		return MS_OK;
	err_set(e, ERR_NOT_LOGGED, "'%s' is the proof of another package", path);
	return err_fix(e, "get the proof again from the store that the package came from; a signature that was added since makes another package, too");
}

int logged_verify(const struct logged_file *file, struct bytes proof, const char *path, struct arena *a, struct logged *out, struct err *e)
{
	struct tlog_proof p;
	struct checkpoint c;
	struct note_key k;

	int rc = tlog_proof_read(proof, path, a, &p, e);
	if (rc == MS_OK)
		rc = find_store(&p, path, a, &k, e);
	if (rc == MS_OK)
		rc = tlog_proof_verify(&p, path, &k, a, &c, e);
	if (rc == MS_OK)
		rc = check_entry(&p, path, file, a, e);
	if (rc == MS_OK)
		rc = logseen_check(&k, p.checkpoint, NULL, a, e);
	if (rc == MS_OK)
		*out = (struct logged){ .origin = c.origin, .index = p.index, .size = c.size };
	return rc;
}
