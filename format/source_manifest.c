/* SPDX-License-Identifier: Apache-2.0 */
#include "source_manifest.h"

#include <ms/abi/abi.h>

#include "cbor.h"
#include "cose.h"

enum { FORMAT = 1, KEYS = 7, HASH_SIZE = 32, SYMBOL_MAX = 1024 };

static void require(struct reader *r, bool what)
{
	if (!what)
		read_fail(r);
}

static void read_key(struct reader *r, uint64_t key)
{
	require(r, cbor_uint(r) == key);
}

static uint32_t read_count(struct reader *r, uint32_t least, uint32_t most)
{
	uint32_t count = cbor_array(r);

	require(r, count >= least && count <= most);
	return r->failed ? 0 : count;
}

static const uint8_t *read_fixed(struct reader *r, size_t size)
{
	struct bytes b = cbor_bytes(r);

	require(r, b.size == size);
	return b.at;
}

static uint32_t read_size(struct reader *r)
{
	uint64_t v = cbor_uint(r);

	require(r, v <= PACKAGE_SIZE_MAX);
	return r->failed ? 0 : (uint32_t)v;
}

static uint32_t read_blocks(struct reader *r, const uint8_t **out, uint32_t most)
{
	uint32_t count = read_count(r, 1, most);

	for (uint32_t i = 0; i < count; i++)
		out[i] = read_fixed(r, COSE_BLOCK_SIZE);
	return count;
}

/* Is one a folder where the other is a file? */
static bool is_below(struct bytes path, struct bytes folder)
{
	return path.size > folder.size && path.at[folder.size] == '/' && bytes_equal(bytes_part(path, 0, folder.size), folder);
}

static void read_files(struct reader *r, struct source_manifest *m)
{
	m->file_count = read_count(r, 1, PACKAGE_SOURCE_MAX);
	for (uint32_t i = 0; i < m->file_count && !r->failed; i++) {
		struct source_file *f = &m->files[i];
		enum package_kind kind = PACKAGE_IS_MANIFEST;

		require(r, cbor_array(r) == 3);
		f->path = cbor_text(r);
		f->size = read_size(r);
		f->sha256 = read_fixed(r, HASH_SIZE);
		require(r, package_name_kind(f->path, &kind) && kind == PACKAGE_IS_SOURCE);
		require(r, i == 0 || bytes_compare(f->path, m->files[i - 1].path) > 0);
		for (uint32_t k = 0; k < i; k++)
			require(r, !is_below(f->path, m->files[k].path));
	}
}

/* Names are shown to people: printable, and not empty. */
static struct bytes read_name(struct reader *r)
{
	struct bytes name = cbor_text(r);

	require(r, name.size >= 1 && name.size <= SYMBOL_MAX);
	for (size_t i = 0; i < name.size; i++)
		require(r, name.at[i] >= ' ' && name.at[i] <= '~');
	return name;
}

/* [ name, size, digest ]; of a section a fourth is there: true is no number, so 1. */
static void read_row(struct reader *r, struct source_outline *o)
{
	uint32_t parts = cbor_array(r);

	require(r, parts == 3 || parts == 4);
	o->name = read_name(r);
	o->size = read_size(r);
	o->digest = read_fixed(r, SOURCE_DIGEST_SIZE);
	o->is_section = parts == 4;
	if (parts == 4)
		require(r, cbor_uint(r) == 1);
}

static void read_outlines(struct reader *r, struct source_manifest *m)
{
	uint32_t rows = 0;

	require(r, cbor_array(r) == m->target_count);
	for (uint32_t i = 0; i < m->target_count && !r->failed; i++) {
		uint32_t count = read_count(r, 0, SOURCE_OUTLINE_MAX - rows);

		for (uint32_t k = 0; k < count && !r->failed; k++) {
			read_row(r, &m->outline[rows]);
			require(r, k > 0 || m->outline[rows].is_section);
			rows++;
		}
		m->outline_end[i] = rows;
	}
}

static void clear(struct source_manifest *m)
{
	m->file_count = m->target_count = m->signature_count = 0;
}

int source_manifest_decode(struct bytes in, struct source_manifest *out)
{
	struct reader r = { .left = in };

	clear(out);
	if (in.size > PACKAGE_SOURCE_MANIFEST_MAX)
		return -MS_EFORMAT;
	uint32_t pairs = cbor_map(&r);
	read_key(&r, 1);
	uint64_t format = cbor_uint(&r);
	if (!r.failed && format != FORMAT)
		return -MS_EINCOMPATIBLE;

	require(&r, pairs == KEYS);
	read_key(&r, 2);
	out->package = cbor_bytes(&r);
	require(&r, out->package.size <= PACKAGE_MANIFEST_MAX);
	read_key(&r, 3);
	out->signature_count = read_blocks(&r, out->signatures, PACKAGE_SIGNATURE_MAX);
	read_key(&r, 4);
	out->target_count = read_blocks(&r, out->image_signature, MANIFEST_TARGET_MAX);
	read_key(&r, 5);
	out->sha256 = read_fixed(&r, HASH_SIZE);
	read_key(&r, 6);
	read_files(&r, out);
	read_key(&r, 7);
	read_outlines(&r, out);
	if (!r.failed && r.left.size == 0)
		return MS_OK;
	clear(out);
	return -MS_EFORMAT;
}

static void put_fixed(struct writer *w, const uint8_t *at, size_t size)
{
	cbor_put_bytes(w, (struct bytes){ at, size });
}

static void put_blocks(struct writer *w, uint64_t key, const uint8_t *const *blocks, uint32_t count)
{
	cbor_put_uint(w, key);
	cbor_put_array(w, count);
	for (uint32_t i = 0; i < count; i++)
		put_fixed(w, blocks[i], COSE_BLOCK_SIZE);
}

static void put_files(struct writer *w, const struct source_manifest *m)
{
	cbor_put_uint(w, 6);
	cbor_put_array(w, m->file_count);
	for (uint32_t i = 0; i < m->file_count; i++) {
		cbor_put_array(w, 3);
		cbor_put_text(w, m->files[i].path);
		cbor_put_uint(w, m->files[i].size);
		put_fixed(w, m->files[i].sha256, HASH_SIZE);
	}
}

static void put_row(struct writer *w, const struct source_outline *o)
{
	cbor_put_array(w, o->is_section ? 4 : 3);
	cbor_put_text(w, o->name);
	cbor_put_uint(w, o->size);
	put_fixed(w, o->digest, SOURCE_DIGEST_SIZE);
	if (o->is_section)
		cbor_put_uint(w, 1);
}

static void put_outlines(struct writer *w, const struct source_manifest *m)
{
	uint32_t row = 0;

	cbor_put_uint(w, 7);
	cbor_put_array(w, m->target_count);
	for (uint32_t i = 0; i < m->target_count; i++) {
		cbor_put_array(w, m->outline_end[i] - row);
		while (row < m->outline_end[i])
			put_row(w, &m->outline[row++]);
	}
}

void source_manifest_encode(const struct source_manifest *m, struct writer *w)
{
	cbor_put_map(w, KEYS);
	cbor_put_uint(w, 1);
	cbor_put_uint(w, FORMAT);
	cbor_put_uint(w, 2);
	cbor_put_bytes(w, m->package);
	put_blocks(w, 3, m->signatures, m->signature_count);
	put_blocks(w, 4, m->image_signature, m->target_count);
	cbor_put_uint(w, 5);
	put_fixed(w, m->sha256, HASH_SIZE);
	put_files(w, m);
	put_outlines(w, m);
}
