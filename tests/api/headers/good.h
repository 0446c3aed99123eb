/* SPDX-License-Identifier: Apache-2.0 */
/* One of each that can cross. */
#ifndef GOOD_H
#define GOOD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <psa/error.h>
#include <ms/interface.h>
enum mode { MODE_A, MODE_B };
enum neg { NEG_A = -1, NEG_B, NEG_C };
struct point { int32_t x, y; };
typedef uint16_t sensor_t;
int32_t good_add(int32_t a, int32_t b);
psa_status_t good_nothing(void);
void good_void(void);
bool good_flag(bool flag, enum mode mode);
enum neg good_neg(enum neg n);
size_t good_size(size_t n);
psa_status_t good_sum(const int32_t *numbers, size_t numbers_count, int32_t *sum);
psa_status_t good_move(const struct point *from, enum mode mode, struct point *to, bool *moved, enum mode *old);
psa_status_t good_name(const char *text, uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t good_hash(const uint8_t *data MS_MAX(64), size_t data_size, uint8_t digest[32]);
psa_status_t good_keys(const uint8_t key[16], uint32_t id, uint8_t other[4]);
struct point good_mid(struct point a, struct point b);
psa_status_t good_in(int in, int out, int *m, sensor_t s, double d, float f, uint8_t u);
psa_status_t good_text(char *text, size_t text_size);
psa_status_t good_rd(void *buffer, size_t *buffer_size);
psa_status_t good_inout(struct point *p MS_INOUT);
psa_status_t good_inout2(struct point *p MS_INOUT, enum mode *m MS_INOUT, uint8_t k[3] MS_INOUT);
psa_status_t good_u16(uint16_t *samples, uint8_t samples_count, uint8_t *samples_used);
psa_status_t good_unnamed(int, char);
#endif
