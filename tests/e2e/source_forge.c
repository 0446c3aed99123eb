/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source-forge SOURCE KEY OUT PATH TEXT: a source package that promises what it
 * promised, of another text in one file: as its developer would sign it who does not say what was built.
 */
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "package.h"
#include "key.h"
#include "source_archive.h"

static bool find_own(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	(void)kid, (void)role;
	*out = (struct believed){ .key = *(const struct key_public *)context, .label = "own" };
	return true;
}

static struct bytes text_bytes(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void replace(struct source_report *r, const char *path, const char *text, struct arena *a)
{
	for (size_t i = 0; i < r->files.count; i++) {
		struct source_tree_file *f = r->files.at[i];
		uint8_t *hash = arena_take(a, 32);

		if (strcmp(f->path, path))
			continue;
		f->content = text_bytes(text);
		sha256(f->content, hash);
		r->source->files[i].size = f->content.size;
		r->source->files[i].sha256 = hash;
	}
}

static struct bytes close_package(const struct source_report *r, const struct key *k, struct arena *a, struct err *e)
{
	struct writer manifest = { .at = arena_take(a, 1 << 20), .size = 1 << 20 }, w = { .at = arena_take(a, 8 << 20), .size = 8 << 20 };
	uint64_t epoch = r->manifest->source_epoch;
	uint8_t block[COSE_BLOCK_SIZE];

	source_manifest_encode(r->source, &manifest);
	if (key_sign(k, COSE_KIND_SOURCE, writer_bytes(&manifest), block, e) < 0)
		return (struct bytes){ 0 };
	package_put(&w, text_bytes(PACKAGE_SOURCE_MANIFEST), writer_bytes(&manifest), epoch);
	package_put(&w, text_bytes(arena_printf(a, "META/sig/%s.cose", key_kid_text(key_public_of(k)->kid, a))), BYTES_OF(block), epoch);
	for (uint32_t i = 0; i < r->source->file_count; i++)
		package_put(&w, r->source->files[i].path, ((struct source_tree_file *)r->files.at[i])->content, epoch);
	package_end(&w);
	return writer_bytes(&w);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct source_report *r = arena_new(&a, struct source_report);
	struct bytes content;
	struct key *k = NULL;
	struct err e = { 0 };

	int rc = argc == 6 ? file_read(argv[1], 8 << 20, &a, &content, &e) : -1;
	if (rc >= 0)
		rc = key_open(argv[2], &a, &k, &e);
	if (rc >= 0) {
		struct key_public own = *key_public_of(k);
		struct believer by = { find_own, &own };

		rc = source_verify(content, argv[1], &by, &a, r, &e);
	}
	if (rc >= 0) {
		replace(r, argv[4], argv[5], &a);
		rc = file_replace(argv[3], close_package(r, k, &a, &e), 0644, &a, &e);
	}
	if (rc < 0)
		fprintf(stderr, "source-forge: %s\n", e.text);
	if (k)
		key_close(k);
	arena_done(&a);
	return rc < 0;
}
