/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three functions of string.h that a compiler calls by itself, by words
 * where addresses allow: the runtime is linked with no C library.
 */
#include <stdint.h>
#include <string.h>

typedef uint32_t __attribute__((may_alias)) word;

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if (((uintptr_t)t | (uintptr_t)f) % sizeof(word) == 0)
		for (; size >= sizeof(word); size -= sizeof(word), t += sizeof(word), f += sizeof(word))
			*(word *)(void *)t = *(const word *)(const void *)f;
	while (size--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int value, size_t size)
{
	uint8_t *t = to;
	word all = (uint8_t)value * UINT32_C(0x01010101);

	for (; size && (uintptr_t)t % sizeof(word); size--)
		*t++ = (uint8_t)value;
	for (; size >= sizeof(word); size -= sizeof(word), t += sizeof(word))
		*(word *)(void *)t = all;
	while (size--)
		*t++ = (uint8_t)value;
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const uint8_t *left = a, *right = b;

	for (; size; size--, left++, right++)
		if (*left != *right)
			return *left - *right;
	return 0;
}
