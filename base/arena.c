/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"

/* With address sanitizer each piece is a block of its own, so that its edges are seen. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
enum { BLOCK_SIZE = 0 };
#else
enum { BLOCK_SIZE = 16 * 1024 };
#endif

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) uint8_t data[];
};

/* Sizes above this are a mistake of ours or more than any machine has; it keeps sums from overflowing. */
static const size_t size_max = SIZE_MAX / 4;

static _Noreturn void out_of_memory(void)
{
	struct err e;

	err_set(&e, ERR_NO_MEMORY, "out of memory");
	err_fix(&e, "close other programs or add swap space, then run the command again");
	out_die(&e);
}

/*
 * A new block; behind the one that still has room if it is for one large piece only.  That one is zero; of the others each piece is made so
 * when it is taken, since most arenas are small and end soon.
 */
static struct arena_block *new_block(struct arena *a, size_t size)
{
	struct arena_block *b = size > BLOCK_SIZE ? calloc(1, sizeof(*b) + size) : malloc(sizeof(*b) + size);
	if (!b)
		out_of_memory();

	b->size = size;
	b->used = 0;
	struct arena_block **at = a->blocks && size > BLOCK_SIZE ? &a->blocks->next : &a->blocks;
	b->next = *at;
	*at = b;
	return b;
}

void *arena_take(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;

	if (size > size_max)
		out_of_memory();
	size_t step = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!b || b->size - b->used < step)
		b = new_block(a, step > BLOCK_SIZE ? size : BLOCK_SIZE);

	void *at = b->data + b->used;
	b->used = step < b->size - b->used ? b->used + step : b->size;
	return b->size > BLOCK_SIZE ? at : memset(at, 0, size);
}

void *arena_take_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > size_max / size)
		out_of_memory();
	return arena_take(a, count * size);
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		out_of_memory();

	char *text = arena_take(a, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}

char *arena_string(struct arena *a, struct bytes b)
{
	char *text = arena_take(a, b.size + 1);

	if (b.size)
		memcpy(text, b.at, b.size);
	return text;
}

struct bytes arena_copy(struct arena *a, struct bytes b)
{
	return (struct bytes){ (uint8_t *)arena_string(a, b), b.size };
}

void list_push(struct list *l, struct arena *a, void *item)
{
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 8;
		void **at = arena_array(a, void *, room);
		if (l->count)
			memcpy(at, l->at, l->count * sizeof(*at));
		l->at = at;
		l->room = room;
	}
	l->at[l->count++] = item;
}

static int by_bytes(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

void list_sort(struct list *l)
{
	if (l->count)
		qsort(l->at, l->count, sizeof(*l->at), by_bytes);
}

/* Room for `more` bytes and a NUL. */
static void text_room(struct text *t, struct arena *a, size_t more)
{
	if (more > size_max - t->size)
		out_of_memory();
	size_t need = t->size + more + 1;
	if (need <= t->room)
		return;

	size_t room = need > 2 * t->room ? need + 64 : 2 * t->room;
	char *at = arena_take(a, room);
	if (t->size)
		memcpy(at, t->at, t->size);
	t->at = at;
	t->room = room;
}

void text_add(struct text *t, struct arena *a, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		out_of_memory();

	text_room(t, a, (size_t)length);
	vsnprintf(t->at + t->size, (size_t)length + 1, format, args);
	t->size += (size_t)length;
	va_end(args);
}

void text_add_bytes(struct text *t, struct arena *a, struct bytes b)
{
	text_room(t, a, b.size);
	if (b.size)
		memcpy(t->at + t->size, b.at, b.size);
	t->size += b.size;
	t->at[t->size] = '\0';
}

void arena_done(struct arena *a)
{
	struct arena_block *next;

	for (struct arena_block *b = a->blocks; b; b = next) {
		next = b->next;
		free(b);
	}
	a->blocks = NULL;
}
