/* SPDX-License-Identifier: Apache-2.0 */
#include "cbor.h"

#include <string.h>

#include "utf8.h"

enum { INLINE_MAX = 23, ONE_BYTE = 24, EIGHT_BYTES = 27, OTHER_MAJOR = 6 };

struct head { uint8_t major; uint64_t value; };

/* The head of an item in its shortest form. */
static struct head read_head(struct reader *r)
{
	uint8_t first = read_u8(r);
	uint8_t info = first & 0x1f;
	struct head h = { .major = first >> 5, .value = info };

	if (info > EIGHT_BYTES)
		read_fail(r);
	if (info <= INLINE_MAX || r->failed)
		return h;

	size_t size = (size_t)1 << (info - ONE_BYTE);
	struct bytes b = read_bytes(r, size);
	h.value = 0;
	for (size_t i = 0; i < b.size; i++)
		h.value = h.value << 8 | b.at[i];

	bool shorter = size == 1 ? h.value <= INLINE_MAX : h.value >> 4 * size == 0;
	if (shorter)
		read_fail(r);
	return h;
}

/* The value in a head of this type; 0 and failed when it is of another. */
static uint64_t read_value(struct reader *r, enum cbor_type type)
{
	struct head h = read_head(r);

	if (h.major != type)
		read_fail(r);
	return r->failed ? 0 : h.value;
}

uint64_t cbor_uint(struct reader *r)
{
	return read_value(r, CBOR_UINT);
}

int64_t cbor_int(struct reader *r)
{
	struct head h = read_head(r);

	if (h.major > CBOR_NINT || h.value > INT64_MAX)
		read_fail(r);
	if (r->failed)
		return 0;
	return h.major == CBOR_UINT ? (int64_t)h.value : -1 - (int64_t)h.value;
}

static struct bytes read_string(struct reader *r, enum cbor_type type)
{
	uint64_t size = read_value(r, type);

	if (size > r->left.size)
		read_fail(r);
	return read_bytes(r, r->failed ? 0 : (size_t)size);
}

struct bytes cbor_bytes(struct reader *r)
{
	return read_string(r, CBOR_BYTES);
}

struct bytes cbor_text(struct reader *r)
{
	struct bytes text = read_string(r, CBOR_TEXT);

	if (!utf8_valid(text))
		read_fail(r);
	return r->failed ? (struct bytes){ text.at, 0 } : text;
}

/* A count of things that take at least `least` bytes each: more than are there would never end well. */
static uint32_t read_count(struct reader *r, enum cbor_type type, size_t least)
{
	uint64_t count = read_value(r, type);

	if (count > UINT32_MAX || count > r->left.size / least)
		read_fail(r);
	return r->failed ? 0 : (uint32_t)count;
}

uint32_t cbor_array(struct reader *r)
{
	return read_count(r, CBOR_ARRAY, 1);
}

uint32_t cbor_map(struct reader *r)
{
	return read_count(r, CBOR_MAP, 2);
}

enum cbor_type cbor_peek(const struct reader *r)
{
	if (r->failed || r->left.size == 0)
		return CBOR_END;

	uint8_t major = r->left.at[0] >> 5;
	return major < OTHER_MAJOR ? (enum cbor_type)major : CBOR_OTHER;
}

static void skip(struct reader *r, unsigned depth);

static void skip_map(struct reader *r, unsigned depth)
{
	uint32_t count = cbor_map(r);
	struct bytes last = { 0 };

	for (uint32_t i = 0; i < count && !r->failed; i++) {
		struct bytes key = r->left;

		skip(r, depth);
		key.size -= r->left.size;
		if (bytes_compare(key, last) <= 0)
			read_fail(r);
		last = key;
		skip(r, depth);
	}
}

/* `depth` is how many arrays and maps it may still be deep. */
static void skip(struct reader *r, unsigned depth)
{
	enum cbor_type type = cbor_peek(r);

	if (depth == 0 && (type == CBOR_ARRAY || type == CBOR_MAP)) {
		read_fail(r);
		return;
	}

	switch (type) {
	case CBOR_UINT:
	case CBOR_NINT:
		read_head(r);
		break;
	case CBOR_BYTES:
		cbor_bytes(r);
		break;
	case CBOR_TEXT:
		cbor_text(r);
		break;
	case CBOR_ARRAY:
		for (uint32_t left = cbor_array(r); left > 0 && !r->failed; left--)
			skip(r, depth - 1);
		break;
	case CBOR_MAP:
		skip_map(r, depth - 1);
		break;
	default:
		read_fail(r);
	}
}

void cbor_skip(struct reader *r)
{
	skip(r, CBOR_DEPTH_MAX);
}

bool cbor_valid(struct bytes item)
{
	struct reader r = { .left = item };

	cbor_skip(&r);
	return !r.failed && r.left.size == 0;
}

static void put_head(struct writer *w, enum cbor_type type, uint64_t value)
{
	unsigned log2 = value <= UINT8_MAX ? 0 : value <= UINT16_MAX ? 1 : value <= UINT32_MAX ? 2 : 3;
	uint8_t major = (uint8_t)(type << 5);

	if (value <= INLINE_MAX) {
		write_u8(w, (uint8_t)(major | value));
		return;
	}
	write_u8(w, (uint8_t)(major | (ONE_BYTE + log2)));
	for (unsigned shift = 8u << log2; shift > 0; shift -= 8)
		write_u8(w, (uint8_t)(value >> (shift - 8)));
}

void cbor_put_uint(struct writer *w, uint64_t v)
{
	put_head(w, CBOR_UINT, v);
}

void cbor_put_int(struct writer *w, int64_t v)
{
	if (v < 0)
		put_head(w, CBOR_NINT, (uint64_t)(-1 - v));
	else
		put_head(w, CBOR_UINT, (uint64_t)v);
}

void cbor_put_bytes(struct writer *w, struct bytes b)
{
	put_head(w, CBOR_BYTES, b.size);
	write_bytes(w, b);
}

void cbor_put_text(struct writer *w, struct bytes text)
{
	put_head(w, CBOR_TEXT, text.size);
	write_bytes(w, text);
}

void cbor_put_array(struct writer *w, uint32_t count)
{
	put_head(w, CBOR_ARRAY, count);
}

void cbor_put_map(struct writer *w, uint32_t count)
{
	put_head(w, CBOR_MAP, count);
}
