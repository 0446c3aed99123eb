/* SPDX-License-Identifier: Apache-2.0 */
/* What is unusual in C and crosses: the code that is made of it compiles without a warning. */
#ifndef ODD_H
#define ODD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <psa/error.h>
#include <ms/interface.h>

enum gap { GAP_A = 1, GAP_B = 5, GAP_C = -3 };
enum high { HIGH_A = 0xfffffff0u, HIGH_B = 0xffffffffu };
enum twice { TWICE_A, TWICE_B = 0, TWICE_C };
enum lowest { LOWEST_A = -2147483647 - 1, LOWEST_B };
struct __attribute__((packed)) packed { uint8_t a; uint32_t b; };
struct aligned { _Alignas(16) uint32_t a; };
struct anonymous { struct { uint32_t a; }; uint32_t b; };
struct inner { int16_t x[2][3]; double d; };
struct outer { struct inner in[2]; uint8_t c; };
struct padded { uint8_t a; uint32_t b; };
struct huge { uint8_t b[40000]; };
typedef struct { int32_t x; } unnamed_t;
typedef uint8_t odd_key_t[16];
typedef struct padded *padded_ptr;
typedef int32_t odd_op(int32_t);

psa_status_t odd_gap(enum gap g, enum gap *out);
psa_status_t odd_high(enum high h, enum high *back);
psa_status_t odd_twice(enum twice t);
psa_status_t odd_lowest(enum lowest l);
psa_status_t odd_packed(struct packed p, struct packed *back, const struct packed *more, size_t more_count);
psa_status_t odd_aligned(struct aligned a, struct aligned *back);
psa_status_t odd_anonymous(const struct anonymous *a, struct anonymous *back);
psa_status_t odd_outer(const struct outer *o, struct outer *back);
psa_status_t odd_padded(struct padded p, struct padded *back);
psa_status_t odd_huge(struct huge h);
psa_status_t odd_unnamed(unnamed_t u, unnamed_t *back);
psa_status_t odd_key(const odd_key_t key, odd_key_t back);
psa_status_t odd_ptr(padded_ptr p);
odd_op odd_operate;
psa_status_t odd_const(const int32_t a, const char *const text, const struct padded p);
psa_status_t odd_restrict(const uint8_t *restrict data, size_t data_size, uint8_t *restrict to, size_t to_size);
psa_status_t odd_static(const uint8_t key[static 16]);
psa_status_t odd_matrix(const int16_t m[2][3], int16_t back[2][3]);
psa_status_t odd_structs(const struct padded p[2], struct padded back[2]);
psa_status_t odd_floats(const float f[3], double d[1]);
psa_status_t odd_open(const uint8_t at[], size_t at_size);
psa_status_t odd_names(uint32_t uint8_t, int32_t psa_call, int32_t in, int32_t memcpy, int32_t class, int32_t odd_gap, int32_t ODD_H_);
const int32_t odd_const_result(void);
struct outer odd_result(void);
psa_status_t odd_many(int32_t a, int32_t b, int32_t c, int32_t d, int32_t e, int32_t f, int32_t g, int32_t h, int32_t i, int32_t j, uint8_t k, bool l);
#endif
