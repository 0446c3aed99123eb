/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions of the C library that read and write where a service says: the
 * library itself is the device's and not instrumented, so what they are given
 * is looked at here.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "poison.h"

#define WRAPPED(name) extern __typeof__(name) __real_##name, __wrap_##name;
#include "wrapped_string.def"
#undef WRAPPED

static void reads(const void *at, size_t size)
{
	void *bad = size && __asan_region_is_poisoned ? __asan_region_is_poisoned((void *)at, size) : NULL;

	if (bad)
		__asan_report_load_n(bad, 1);
}

static void writes(void *at, size_t size)
{
	void *bad = size && __asan_region_is_poisoned ? __asan_region_is_poisoned(at, size) : NULL;

	if (bad)
		__asan_report_store_n(bad, 1);
}

void *__wrap_memcpy(void *restrict to, const void *restrict from, size_t size)
{
	reads(from, size);
	writes(to, size);
	return __real_memcpy(to, from, size);
}

void *__wrap_memmove(void *to, const void *from, size_t size)
{
	reads(from, size);
	writes(to, size);
	return __real_memmove(to, from, size);
}

void *__wrap_memset(void *to, int byte, size_t size)
{
	writes(to, size);
	return __real_memset(to, byte, size);
}

/* Who makes inputs (--fuzz) wants to know what they are compared with. */
extern OPTIONAL void __sanitizer_weak_hook_memcmp(void *caller, const void *left, const void *right, size_t size, int result);

enum { COMPARED = 8 };

static int compared(const void *a, const void *b, size_t size, int result)
{
	if (result && __sanitizer_weak_hook_memcmp)
		__sanitizer_weak_hook_memcmp(__builtin_return_address(0), a, b, size, result);
	return result;
}

/* As many of the first bytes as the longer one has, with zeros behind the other's end. */
static int compared_texts(const char *a, const char *b, size_t size, int result)
{
	char left[COMPARED] = { 0 }, right[COMPARED] = { 0 };
	size_t most = size < COMPARED ? size : COMPARED, of_a = result ? strnlen(a, most) : 0, of_b = result ? strnlen(b, most) : 0;

	__real_memcpy(left, a, of_a);
	__real_memcpy(right, b, of_b);
	return compared(left, right, of_a > of_b ? of_a : of_b, result);
}

int __wrap_memcmp(const void *a, const void *b, size_t size)
{
	reads(a, size);
	reads(b, size);
	return compared(a, b, size, __real_memcmp(a, b, size));
}

/* It reads up to what it finds. */
void *__wrap_memchr(const void *in, int byte, size_t size)
{
	char *found = __real_memchr(in, byte, size);

	reads(in, found ? (size_t)(found + 1 - (const char *)in) : size);
	return found;
}

size_t __wrap_strlen(const char *text)
{
	size_t size = __real_strlen(text);

	reads(text, size + 1);
	return size;
}

int __wrap_strcmp(const char *a, const char *b)
{
	size_t same = 0;

	while (a[same] && a[same] == b[same])
		same++;
	reads(a, same + 1);
	reads(b, same + 1);
	return compared_texts(a, b, COMPARED, __real_strcmp(a, b));
}

int __wrap_strncmp(const char *a, const char *b, size_t size)
{
	size_t same = 0;

	while (same < size && a[same] && a[same] == b[same])
		same++;
	reads(a, same < size ? same + 1 : size);
	reads(b, same < size ? same + 1 : size);
	return compared_texts(a, b, size, __real_strncmp(a, b, size));
}

char *__wrap_strcpy(char *restrict to, const char *restrict from)
{
	writes(to, __wrap_strlen(from) + 1);
	return __real_strcpy(to, from);
}

char *__wrap_strncpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strnlen(from, size);

	reads(from, length < size ? length + 1 : size);
	writes(to, size);
	return __real_strncpy(to, from, size);
}

char *__wrap_strcat(char *restrict to, const char *restrict from)
{
	writes(to + __wrap_strlen(to), __wrap_strlen(from) + 1);
	return __real_strcat(to, from);
}

/* How much is written is known afterwards, which is soon enough. */
int __wrap_vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list args)
{
	int length = __real_vsnprintf(to, size, format, args);

	if (size && length >= 0)
		writes(to, (size_t)length < size ? (size_t)length + 1 : size);
	return length;
}

int __wrap_snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
	va_list args;

	va_start(args, format);
	int length = __wrap_vsnprintf(to, size, format, args);
	va_end(args);
	return length;
}

int __wrap_vsprintf(char *restrict to, const char *restrict format, va_list args)
{
	int length = __real_vsprintf(to, format, args);

	if (length >= 0)
		writes(to, (size_t)length + 1);
	return length;
}

int __wrap_sprintf(char *restrict to, const char *restrict format, ...)
{
	va_list args;

	va_start(args, format);
	int length = __wrap_vsprintf(to, format, args);
	va_end(args);
	return length;
}
