/* SPDX-License-Identifier: Apache-2.0 */
/* UUIDs made from names (RFC 9562, version 5): the same name gives the same UUID everywhere. */
#ifndef UUID_H
#define UUID_H

#include "arena.h"

enum { UUID_SIZE = 16 };

/* UUIDv5 of a name in a namespace. */
void uuid_v5(const uint8_t space[UUID_SIZE], struct bytes name, uint8_t out[UUID_SIZE]);

/* A vendor's UUID: its name in the DNS namespace. */
void uuid_of_vendor(struct bytes vendor, uint8_t out[UUID_SIZE]);

/* A board's class UUID: its name in the namespace of the vendor "ms" (docs/formats.md 5.1). */
void uuid_of_board(const char *board, uint8_t out[UUID_SIZE]);

/* "fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe": lower case. */
const char *uuid_text(const uint8_t id[UUID_SIZE], struct arena *a);

#endif
