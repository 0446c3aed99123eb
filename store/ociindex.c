/* SPDX-License-Identifier: Apache-2.0 */
#include "ociindex.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "oci.h"
#include "release.h"
#include "storefault.h"

enum { HEAD_MAX = 1024, ROW_MAX = 4096 };

/* Where the rows go: into a new file, or, to be compared, against the one that is there. */
struct sink { struct store *store; FILE *file; bool compares, differs, begun; store_say *say; uint32_t lacking; };

static const char *path_of(const struct store *s, struct arena *a)
{
	return path_join(a, s->folder, "index.json");
}

/* How it begins, which names the log: its size and its root. */
static int make_head(struct store *s, struct arena *a, struct bytes *out, struct err *e)
{
	struct checkpoint c;
	struct text t = { 0 };
	struct bytes note;

	int rc = log_checkpoint(s->log, a, &note, e);
	if (rc >= 0)
		rc = checkpoint_peek(note, "log/checkpoint", a, &c, e);
	if (rc < 0)
		return rc;
	text_add(&t, a, "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"annotations\":{\"org.microservice-sdk.log\":\"%" PRIu64 " %s\"},\"manifests\":[",
		 c.size, release_hex(c.root.at, sizeof(c.root.at), a));
	*out = (struct bytes){ (uint8_t *)t.at, t.size };
	return MS_OK;
}

static bool is_current(const struct store *s, struct bytes head, struct arena *a)
{
	uint8_t there[HEAD_MAX];
	FILE *f = fopen(path_of(s, a), "re");
	size_t size = f ? fread(there, 1, head.size < HEAD_MAX ? head.size : HEAD_MAX, f) : 0;

	if (f)
		fclose(f);
	return bytes_equal((struct bytes){ there, size }, head);
}

static void put(struct sink *k, struct bytes b)
{
	uint8_t there[ROW_MAX];

	if (k->compares)
		k->differs |= b.size > sizeof(there) || fread(there, 1, b.size, k->file) != b.size || memcmp(there, b.at, b.size) != 0;
	else
		fwrite(b.at, 1, b.size, k->file);
}

/* The manifest itself, which follows from the log, too. */
static void look_for(struct sink *k, const struct db_offered *v, size_t expected)
{
	const struct blobs *b = &k->store->blobs;
	struct arena a = { 0 };
	struct err ignored;
	uint64_t size = 0;
	int fd = b->open(b, v->oci, &size, &ignored);

	if (fd >= 0)
		close(fd);
	if (fd < 0 || size != expected) {
		k->say(arena_printf(&a, "%s/%s %s: its OCI manifest, which index.json names, is not there, or not whole", v->publisher, v->name, v->version));
		k->lacking++;
	}
	arena_done(&a);
}

static int take(void *context, const struct db_offered *v, struct err *e)
{
	struct sink *k = context;
	struct arena a = { 0 };
	char row[ROW_MAX];
	size_t of_manifest = oci_manifest_size(v->publisher, v->name, v->version, v->size);

	int size = snprintf(row, sizeof(row), "%s\n{\"mediaType\":\"" OCI_MANIFEST_TYPE "\",\"digest\":\"sha256:%s\",\"size\":%zu,\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s/%s:%s\"}}",
		 k->begun ? "," : "", v->oci, of_manifest, v->publisher, v->name, oci_tag(v->version, &a));
	arena_done(&a);
	if (size < 0 || (size_t)size >= sizeof(row))
		return err_set(e, ERR_TOO_LARGE, "a version in the database has a name of more than %d bytes", ROW_MAX);
	put(k, (struct bytes){ (const uint8_t *)row, (size_t)size });
	if (k->compares)
		look_for(k, v, of_manifest);
	k->begun = true;
	return MS_OK;
}

/* All of it, and nothing behind it. */
static int make(struct sink *k, struct bytes head, struct err *e)
{
	struct store *s = k->store;

	put(k, head);
	int rc = s->db->offered(s->db, take, k, e);
	if (rc < 0)
		return rc;
	put(k, BYTES_LITERAL("\n]}\n"));
	k->differs |= k->compares && fgetc(k->file) != EOF;
	return MS_OK;
}

/* Beside it, on the disk, then in its place: before and after, whoever looks sees one of them whole.  Only who has the log writes it. */
static int write_file(struct store *s, struct bytes head, struct arena *a, struct err *e)
{
	const char *path = path_of(s, a), *beside = path_join(a, s->folder, ".index.json.new");
	struct sink k = { .store = s, .file = fopen(beside, "we") };

	if (!k.file)
		return err_errno(e, "cannot create '%s'", path);
	int rc = make(&k, head, e);
	if (rc >= 0 && (ferror(k.file) || fflush(k.file) || fsync(fileno(k.file))))
		rc = err_errno(e, "cannot write '%s'", path);
	storefault("index.json written, not in its place");
	if (fclose(k.file) && rc >= 0)
		rc = err_errno(e, "cannot write '%s'", path);
	if (rc >= 0 && rename(beside, path))
		rc = err_errno(e, "cannot replace '%s'", path);
	if (rc < 0)
		unlink(beside);
	return rc;
}

static int settle(struct store *s, bool always, struct err *e)
{
	struct arena a = { 0 };
	struct bytes head;
	int rc = make_head(s, &a, &head, e);

	if (rc >= 0 && (always || !is_current(s, head, &a)))
		rc = write_file(s, head, &a, e);
	arena_done(&a);
	return rc;
}

int ociindex_settle(struct store *s, struct err *e)
{
	return settle(s, false, e);
}

int ociindex_write(struct store *s, struct err *e)
{
	return settle(s, true, e);
}

static int compare(struct store *s, struct bytes head, store_say *say, struct arena *a, struct err *e)
{
	struct sink k = { .store = s, .compares = true, .say = say, .file = fopen(path_of(s, a), "re") };

	if (!k.file)
		return err_errno(e, "cannot open '%s'", path_of(s, a));
	int rc = make(&k, head, e);
	fclose(k.file);
	if (rc < 0)
		return rc;
	if (k.differs)
		say("index.json: it does not say what the log does");
	return k.differs + (int)k.lacking;
}

int ociindex_check(struct store *s, bool *current, store_say *say, struct err *e)
{
	struct arena a = { 0 };
	struct bytes head;
	int rc = make_head(s, &a, &head, e);

	*current = rc >= 0 && is_current(s, head, &a);
	if (*current)
		rc = compare(s, head, say, &a, e);
	arena_done(&a);
	return rc;
}
