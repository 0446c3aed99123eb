/* SPDX-License-Identifier: Apache-2.0 */
/* What a store that is killed is asked for meanwhile, and what it must say of that afterwards (kills.c). */
#ifndef KILLS_H
#define KILLS_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "key.h"

/* A package that is there once for all stores, and its source package once somebody gives it. */
struct made { char name[6]; struct bytes package, source; uint8_t hash[32]; };

/* A deed is two changes of one thing, the second after the first was answered: */
enum deed_kind {
	DEED_YANK,		/* a version is published, then yanked */
	DEED_QUARANTINE,	/* it is published, then quarantined by the administrator */
	DEED_SOURCE,		/* it is published, then its source is given */
	DEED_TOKEN,		/* a token is made, then ended */
	DEED_CLAIM,		/* a name space is claimed, then its key is revoked */
	DEED_KINDS
};

enum told { NOT_ASKED, ASKED, TOLD };

struct deed {
	enum deed_kind kind;
	const struct made *of;		/* yank, quarantine, source */
	char vendor[24];		/* claim: the name space, */
	struct bytes claim;		/* its text, signed */
	char token[120], id[80];	/* token, claim: what came of the first change */
	enum told first, second;
};

struct kills {
	const char *socket, *token, *admin;	/* of the store: a token of example.org's owner, and the administrator's */
	uint8_t kid[8];				/* of the key that claims */
	uint64_t told, untold_there, untold_not;
};

/* Give up with a sentence: the store has lost or made up something. */
_Noreturn void give_up(const char *format, ...);

/* A request to the store's socket and its whole answer; 0 when there is none, else its status. */
int kills_ask(const char *socket, const char *head, struct bytes body, const char *token, struct arena *a, struct bytes *answer);

/* The text of the first field of that name; "" when there is none. */
void kills_field(struct bytes body, const char *name, struct arena *a, char *out, size_t size);

/* The two changes; false when there was no answer. */
bool deed_first(struct deed *d, const struct kills *k, struct arena *a);
bool deed_second(struct deed *d, const struct kills *k, struct arena *a);

/* Hold what the store says now against what was told; gives up when that is not so. */
void deed_hold(struct deed *d, struct kills *k);

#endif
