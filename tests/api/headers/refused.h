/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot cross, and why not. */
#ifndef REFUSED_H
#define REFUSED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <psa/error.h>

#include <ms/interface.h>

struct bits { unsigned a : 3; };
struct wide { long x; };
struct sized { uint8_t a; size_t size; };
struct late { uint8_t a; enum { LATE_ONE } which; uint8_t b; };
struct truth { bool b; };
struct node { struct node *next; };
struct nested { struct wide inside; };
struct tail { uint32_t count; uint8_t at[]; };
struct opaque;
union either { int a; float f; };
typedef void refused_told(int what);

void refused_log(const char *format, ...);
void refused_bits(struct bits b);
void refused_wide(const struct wide *w);
void refused_sized(struct sized s);
void refused_late(struct late l);
void refused_truth(struct truth t);
void refused_node(const struct node *n);
void refused_nested(struct nested n);
void refused_tail(const struct tail *t);
void refused_either(union either e);
long refused_long(void);
unsigned long long refused_long_long_is_fine(void);
void refused_long_parameter(unsigned long x);
long double refused_long_double(void);
void refused_callback(void (*f)(void));
void refused_typedef_callback(refused_told *f);
void refused_unprototyped();
char *refused_text(void);
void refused_pointers(int **x);
void refused_handle(struct opaque *o);
void refused_file(FILE *f);
psa_status_t refused_ambiguous(const uint16_t *data, size_t data_size);
psa_status_t refused_unsaid(const uint8_t *data);
psa_status_t refused_room(char *text);
psa_status_t refused_void(void *p);
psa_status_t refused_negative(const uint8_t *data, int data_size);
psa_status_t refused_vectors(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, const char *c, int d, int *e);
psa_status_t refused_shared(const uint8_t *a MS_COUNT(n), const uint8_t *b MS_COUNT(n), size_t n);
psa_status_t refused_max(const uint8_t *data MS_MAX(NOBODY), size_t data_size);
psa_status_t refused_huge(const uint8_t *data MS_MAX(100000), size_t data_size);
int refused_main(void), main(void);
psa_status_t refused_serve(void);
psa_status_t refused_serve_all(void);
void Twice(void), TWICE(void);
void refused_same(void), same(void);
static inline int refused_inline(int x) { return x; }
#define REFUSED_MACRO(a, b) ((a) > (b) ? (a) : (b))
extern int refused_variable;

#endif
