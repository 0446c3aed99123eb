/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A header has one form for a name, a size and a time.  So reading one takes
 * those three from it, writes the header that it ought to be, and compares.
 */
#include "package.h"

#include "cose.h"
#include "package_header.h"

/* The end: two blocks of zeros and nothing behind them. */
static enum package_fault check_end(struct bytes rest)
{
	if (rest.size < 2 * PACKAGE_BLOCK)
		return PACKAGE_TRUNCATED;
	if (rest.size > 2 * PACKAGE_BLOCK || !bytes_all(rest, 0))
		return PACKAGE_TRAILING;
	return PACKAGE_OK;
}

/* How large a member of a kind may be; a signature is that large. */
static uint32_t size_max(enum package_kind kind)
{
	static const uint32_t max[] = {
		[PACKAGE_IS_MANIFEST] = PACKAGE_MANIFEST_MAX,
		[PACKAGE_IS_SIGNATURE] = COSE_BLOCK_SIZE,
		[PACKAGE_IS_LICENSE] = 1 << 20,
		[PACKAGE_IS_SBOM] = 4 << 20,
		[PACKAGE_IS_ELF] = 16 << 20,
		[PACKAGE_IS_HEADER] = 1 << 20,
		[PACKAGE_IS_OVERLAY] = 64 << 10,
		[PACKAGE_IS_SOURCE_MANIFEST] = PACKAGE_SOURCE_MANIFEST_MAX,
		[PACKAGE_IS_SOURCE] = 16 << 20,
	};

	return max[kind];
}

static uint8_t lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

static bool same_but_for_case(struct bytes a, struct bytes b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++) {
		if (lower(a.at[i]) != lower(b.at[i]))
			return false;
	}
	return true;
}

/* Does a member before this one, all of which have been checked, have its name in other letter case? */
static bool seen_before(const struct package_iter *it, struct bytes name)
{
	for (size_t at = 0; at < it->at;) {
		struct package_header h;

		header_fields(it->file.at + at, &h);
		if (same_but_for_case(h.name, name))
			return true;
		at += PACKAGE_BLOCK + package_padded((size_t)h.size);
	}
	return false;
}

/* The three groups: manifest, signatures, the rest. */
static unsigned group(enum package_kind kind)
{
	return kind == PACKAGE_IS_MANIFEST || kind == PACKAGE_IS_SOURCE_MANIFEST ? 0 : kind == PACKAGE_IS_SIGNATURE ? 1 : 2;
}

static bool of_source(enum package_kind kind)
{
	return kind == PACKAGE_IS_SOURCE_MANIFEST || kind == PACKAGE_IS_SOURCE;
}

static enum package_fault check_order(const struct package_iter *it, const struct package_member *m)
{
	const uint32_t most = it->is_source ? 1 + PACKAGE_SIGNATURE_MAX + PACKAGE_SOURCE_MAX : PACKAGE_MEMBER_MAX;

	if (it->count == 0)
		return group(m->kind) == 0 ? PACKAGE_OK : PACKAGE_ORDER;
	if (m->kind != PACKAGE_IS_SIGNATURE && of_source(m->kind) != it->is_source)
		return PACKAGE_UNKNOWN_MEMBER;
	if (seen_before(it, m->name))
		return PACKAGE_DUPLICATE;
	if (group(m->kind) != group(it->last_kind)) {
		if (group(m->kind) < group(it->last_kind))
			return PACKAGE_ORDER;
		return group(m->kind) == group(it->last_kind) + 1 ? PACKAGE_OK : PACKAGE_MISSING;
	}
	if (bytes_compare(m->name, it->last_name) < 0)
		return PACKAGE_ORDER;
	/* In the group of signatures the manifest has been counted too. */
	if (m->kind == PACKAGE_IS_SIGNATURE && it->count > PACKAGE_SIGNATURE_MAX)
		return PACKAGE_TOO_MANY;
	return it->count < most ? PACKAGE_OK : PACKAGE_TOO_MANY;
}

static enum package_fault check_content(const struct package_iter *it, const struct package_header *h, struct package_member *m)
{
	struct bytes rest = bytes_part(it->file, it->at + PACKAGE_BLOCK, it->file.size);

	if (h->size > size_max(m->kind) || (m->kind == PACKAGE_IS_SIGNATURE && h->size != COSE_BLOCK_SIZE))
		return PACKAGE_MEMBER_SIZE;

	size_t size = (size_t)h->size;
	if (package_padded(size) > rest.size)
		return PACKAGE_TRUNCATED;
	if (!bytes_all(bytes_part(rest, size, package_padded(size) - size), 0))
		return PACKAGE_PADDING;

	m->content = bytes_part(rest, 0, size);
	return PACKAGE_OK;
}

static enum package_fault check_member(const struct package_iter *it, struct package_member *m)
{
	struct package_header h;

	if (it->file.size - it->at < PACKAGE_BLOCK)
		return PACKAGE_TRUNCATED;
	const uint8_t *block = it->file.at + it->at;
	if (!header_sum_ok(block))
		return PACKAGE_CHECKSUM;
	if (!header_read(block, &h))
		return PACKAGE_HEADER;

	*m = (struct package_member){ .name = h.name, .mtime = h.mtime, .offset = it->at };
	if (!package_name_ok(h.name))
		return PACKAGE_NAME;
	if (!package_name_kind(h.name, &m->kind))
		return PACKAGE_UNKNOWN_MEMBER;

	enum package_fault fault = check_order(it, m);
	if (fault)
		return fault;
	if (it->count > 0 && h.mtime != it->epoch)
		return PACKAGE_EPOCH;
	return check_content(it, &h, m);
}

void package_iter_init(struct package_iter *it, struct bytes file)
{
	*it = (struct package_iter){ .file = file, .fault = file.size > PACKAGE_SIZE_MAX ? PACKAGE_TOO_LARGE : PACKAGE_OK };
}

static bool stop(struct package_iter *it, enum package_fault fault)
{
	it->fault = fault;
	it->fault_at = it->at;
	it->ended = true;
	return false;
}

bool package_next(struct package_iter *it, struct package_member *out)
{
	const uint32_t of_sources = 1u << PACKAGE_IS_SOURCE_MANIFEST | 1u << PACKAGE_IS_SIGNATURE | 1u << PACKAGE_IS_SOURCE;
	const uint32_t of_others = 1u << PACKAGE_IS_MANIFEST | 1u << PACKAGE_IS_SIGNATURE | 1u << PACKAGE_IS_SBOM | 1u << PACKAGE_IS_ELF;
	const uint32_t needed = it->is_source ? of_sources : of_others;
	struct bytes rest = bytes_part(it->file, it->at, it->file.size);
	struct package_member m;

	if (it->fault || it->ended)
		return false;
	if (rest.size >= PACKAGE_BLOCK && bytes_all(bytes_part(rest, 0, PACKAGE_BLOCK), 0)) {
		enum package_fault fault = check_end(rest);
		bool whole = (it->kinds & needed) == needed;
		return stop(it, fault ? fault : whole ? PACKAGE_OK : PACKAGE_MISSING);
	}

	enum package_fault fault = check_member(it, &m);
	if (fault)
		return stop(it, fault);

	it->at += PACKAGE_BLOCK + package_padded(m.content.size);
	it->last_name = m.name;
	it->last_kind = m.kind;
	it->kinds |= 1u << m.kind;
	it->epoch = m.mtime;
	it->is_source |= m.kind == PACKAGE_IS_SOURCE_MANIFEST;
	it->count++;
	*out = m;
	return true;
}

void package_put(struct writer *w, struct bytes name, struct bytes content, uint64_t epoch)
{
	uint8_t block[PACKAGE_BLOCK];
	enum package_kind kind;

	if (!package_name_kind(name, &kind) || content.size > PACKAGE_SIZE_MAX || epoch > PACKAGE_EPOCH_MAX) {
		w->failed = true;
		return;
	}
	header_write(block, &(struct package_header){ name, content.size, epoch });
	write_bytes(w, BYTES_OF(block));
	write_bytes(w, content);
	write_zeros(w, package_padded(content.size) - content.size);
}

void package_end(struct writer *w)
{
	write_zeros(w, 2 * PACKAGE_BLOCK);
}

const char *package_fault_text(enum package_fault fault)
{
	static const char *const text[] = {
		[PACKAGE_OK] = "nothing is wrong with it",
#define PACKAGE_FAULT(name, sentence) [PACKAGE_##name] = sentence,
#include "package_faults.def"
#undef PACKAGE_FAULT
	};

	return (size_t)fault < sizeof(text) / sizeof(text[0]) ? text[fault] : "unknown fault";
}
