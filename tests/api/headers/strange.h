/* SPDX-License-Identifier: Apache-2.0 */
/* What is unusual in C and cannot cross. */
#ifndef STRANGE_H
#define STRANGE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>
#include <psa/error.h>

enum large { LARGE_A, LARGE_B = 0x100000000LL };
struct empty { };
struct none { uint32_t a; uint8_t at[0]; };
struct padded { uint8_t a; uint32_t b; };
struct strange_clash_in { int32_t x; };
typedef uint8_t strange_key_t[16];
typedef float vector4 __attribute__((vector_size(16)));
#ifdef __arm__
struct either { uint32_t a, b; };
#else
struct either { uint32_t a; };
#endif

psa_status_t strange_large(enum large l);
psa_status_t strange_empty(struct empty e);
psa_status_t strange_none(struct none *n);
psa_status_t strange_clash(int32_t a, int32_t b);
psa_status_t strange_vector(vector4 v);
psa_status_t strange_volatile(volatile uint32_t *reg);
psa_status_t strange_volatile_struct(const volatile struct padded *p);
psa_status_t strange_volatile_data(const volatile uint8_t *data, size_t data_size);
psa_status_t strange_bools(const bool flags[4]);
psa_status_t strange_sizes(size_t a[2]);
psa_status_t strange_wide(wchar_t c, const wchar_t *text);
psa_status_t strange_list(va_list l);
psa_status_t strange_complex(double _Complex c);
psa_status_t strange_atomic(_Atomic int32_t *a);
psa_status_t strange_nested(int32_t (*f)(int32_t), int32_t **p, char **argv);
_Noreturn void strange_never(void);
vector4 strange_vector_result(void);
strange_key_t *strange_key_result(void);
psa_status_t serve_strange_gap(void);
int32_t read(int32_t a);
void abort(void);
int32_t printf(int32_t x);
int32_t strnlen(int32_t x);
psa_status_t strange_either(struct either e);
psa_status_t strange_gap(void);
#ifdef __arm__
psa_status_t strange_split(int32_t a);
#else
psa_status_t strange_split(int32_t a, int32_t b);
#endif

#endif
