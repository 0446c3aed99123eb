/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"

#include <string.h>

#include "blocks.h"
#include "seeded.h"

enum { CHANGES_MAX = 5, PIECE_MAX = 32 };

static size_t below(uint64_t *random, size_t count)
{
	return seeded_below(random, count);
}

/* `size` bytes of room at this place, as far as there is room. */
static size_t make_room(struct fuzz_input *in, size_t at, size_t size)
{
	if (size > FUZZ_INPUT_MAX - in->size)
		size = FUZZ_INPUT_MAX - in->size;
	memmove(in->data + at + size, in->data + at, in->size - at);
	in->size += size;
	return size;
}

static void remove_piece(struct fuzz_input *in, size_t at, size_t size)
{
	memmove(in->data + at, in->data + at + size, in->size - at - size);
	in->size -= size;
}

static uint8_t interesting(uint64_t *random)
{
	static const uint8_t bytes[] = { 0, 1, 0x7f, 0x80, 0xff, '0', '9', ' ', '\n', '-', '"', '{', '[', 'A' };

	return below(random, 2) ? bytes[below(random, sizeof(bytes))] : (uint8_t)seeded_next(random);
}

static void change_byte(struct fuzz_input *in, uint64_t *random)
{
	uint8_t *byte = &in->data[below(random, in->size)];

	switch (below(random, 4)) {
	case 0:
		*byte ^= (uint8_t)(1u << below(random, 8));
		break;
	case 1:
		*byte = (uint8_t)(*byte + 1 + below(random, 16));
		break;
	case 2:
		*byte = (uint8_t)(*byte - 1 - below(random, 16));
		break;
	default:
		*byte = interesting(random);
	}
}

/* A number of 2, 4 or 8 bytes, as either kind of processor lays it. */
static void put_number(uint8_t *to, uint64_t value, unsigned size, bool big)
{
	for (unsigned i = 0; i < size; i++)
		to[i] = (uint8_t)(value >> 8 * (big ? size - 1 - i : i));
}

static void change_number(struct fuzz_input *in, uint64_t *random)
{
	static const uint64_t values[] = { 0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, UINT64_MAX };
	unsigned size = 2u << below(random, 3);

	if (size <= in->size)
		put_number(in->data + below(random, in->size - size + 1), values[below(random, sizeof(values) / sizeof(*values))], size, below(random, 2));
}

static void insert(struct fuzz_input *in, uint64_t *random)
{
	size_t at = below(random, in->size + 1), size = make_room(in, at, 1 + below(random, below(random, 4) ? 4 : PIECE_MAX));

	for (size_t i = 0; i < size; i++)
		in->data[at + i] = interesting(random);
}

static void insert_piece(struct fuzz_input *in, const struct fuzz_input *other, uint64_t *random)
{
	if (!other->size)
		return;
	size_t from = below(random, other->size), size = 1 + below(random, other->size - from), at = below(random, in->size + 1);
	uint8_t piece[FUZZ_INPUT_MAX];		/* the other may be the same */

	memcpy(piece, other->data + from, size);
	memcpy(in->data + at, piece, make_room(in, at, size));
}

static bool put_at_match(struct fuzz_input *in, const uint8_t *was, const uint8_t *becomes, unsigned size, size_t begin)
{
	for (size_t i = 0; i + size <= in->size; i++) {
		size_t at = (begin + i) % (in->size - size + 1);

		if (memcmp(in->data + at, was, size))
			continue;
		memcpy(in->data + at, becomes, size);
		return true;
	}
	return false;
}

/* What the service compared with something: make it that, where it comes from; or put that anywhere. */
void mutate_compared(struct fuzz_input *in, uint64_t *random)
{
	struct blocks_pair p;
	uint8_t was[8], becomes[8];
	bool big = below(random, 2);

	if (!blocks_compared(seeded_next(random), &p))
		return;
	if (below(random, 2)) {
		uint64_t left = p.left;

		p.left = p.right;
		p.right = left;
	}
	while (p.size % 2 == 0 && below(random, 2) && !((p.left | p.right) >> 4 * p.size))
		p.size /= 2;	/* a byte is compared as an int */
	put_number(was, p.left, p.size, big);
	put_number(becomes, p.right, p.size, big);
	if (in->size >= p.size && put_at_match(in, was, becomes, p.size, below(random, in->size)))
		return;
	size_t at = below(random, in->size + 1);
	memcpy(in->data + at, becomes, make_room(in, at, p.size));
}

static void change(struct fuzz_input *in, const struct fuzz_input *other, uint64_t *random)
{
	size_t at;

	switch (in->size ? below(random, 8) : 5 + below(random, 3)) {
	case 0:
	case 1:
		change_byte(in, random);
		break;
	case 2:
		change_number(in, random);
		break;
	case 3:
		at = below(random, in->size);
		remove_piece(in, at, 1 + below(random, in->size - at));
		break;
	case 4:
		remove_piece(in, below(random, in->size), 1);
		break;
	case 5:
		insert(in, random);
		break;
	case 6:
		insert_piece(in, other, random);
		break;
	default:
		mutate_compared(in, random);
	}
}

void mutate(struct fuzz_input *in, const struct fuzz_input *other, uint64_t *random)
{
	for (size_t changes = 1 + below(random, CHANGES_MAX); changes; changes--)
		change(in, other, random);
}
