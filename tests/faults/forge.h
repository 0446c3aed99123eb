/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A device image with one thing wrong: what `ms` would refuse to make, signed all the same by the key that the device
 * believes, so that only the board is left to refuse it.
 */
#ifndef FORGE_H
#define FORGE_H

#include "board.h"
#include "image.h"
#include "key.h"
#include "provision.h"
#include "table.h"

enum { FORGE_ENTRIES = 20, FORGE_RULES = 48 };

/* The parts of a good image, to be changed. */
struct forge {
	struct board board;
	struct bytes good;		/* the whole image as it was */
	uint8_t *flash;			/* a copy, at most */
	size_t size;
	struct arena *arena;
	struct key *key;
	struct table table;
	struct table_entry entry[FORGE_ENTRIES];
	struct table_rule rule[FORGE_RULES];
	uint32_t entry_count, rule_count;
	struct provision who;
	uint8_t hash[FORGE_ENTRIES][32];	/* where a change of an image puts its hash */
	uint32_t signed_bit, broken_bit;	/* bytes of the table whose lowest bit is flipped before or after signing; 0: none */
	const char *kind;		/* of the signature */
	struct key *developer;		/* of the services; NULL: there is none beside the integrator's */
	bool by_developer;		/* who signs */
	void (*raw)(uint8_t *table, uint32_t size);	/* changes the table's bytes before they are signed; NULL: none */
	void (*block)(uint8_t block[COSE_BLOCK_SIZE]);	/* changes the signature block; NULL: none */
};

/*
 * What is wrong, what the board says of it, and who must not run because of it: the name of a service, or NULL for all;
 * then what `ms verify` says of it, or NULL when it takes it.  The number is that of docs/attacks.md, 0 of none there.
 */
struct forge_case {
	unsigned number;
	const char *name;
	void (*change)(struct forge *f);	/* NULL: nothing is wrong */
	const char *refused;		/* whom the line is about */
	const char *why;
	const char *stays;		/* a service; NULL: all */
	const char *tool;
};
extern const struct forge_case forge_cases[];
extern const size_t forge_case_count;

const struct forge_case *forge_find(const char *name);

/* Open a board, a good image for it and the integrator's key; ends the program when that fails. */
void forge_open(struct forge *f, const char *dtb, const char *image, const char *key, struct arena *a);

/* The image with the case's mistake; it lies in the forge until the next. */
struct bytes forge_make(struct forge *f, const struct forge_case *c);

/* Where a service's image lies in flash, and its header as it now is. */
uint8_t *forge_image(struct forge *f, uint32_t entry);
struct image forge_header(struct forge *f, uint32_t entry);

/* Give an entry the hash of its image as it now is. */
void forge_rehash(struct forge *f, uint32_t entry);

_Noreturn void forge_give_up(const char *what);

#endif
