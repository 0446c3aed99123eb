/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Orders: what changes a store, checked against what there is and then written to log and database.  One thread carries all of
 * them out (scribe.h), so that what is checked still holds when it is written.
 */
#ifndef ORDER_H
#define ORDER_H

#include <jansson.h>
#include <stdatomic.h>

#include "believe.h"
#include "claim.h"
#include "ledger.h"
#include "store.h"

enum order_kind { ORDER_PUBLISH, ORDER_CLAIM, ORDER_STATE, ORDER_REVOKE, ORDER_TOKEN, ORDER_TOKEN_END, ORDER_STOP, ORDER_DROP, ORDER_APPROVAL, ORDER_SOURCE };
enum { ORDER_LEAF_OWN = 2, ORDER_LEAF_MAX = 1024 };


/* How a name space was proven, for the log. */
#define PROOF_NONE		LEDGER_UNPROVEN
#define PROOF_CERTIFICATE	"certificate"	/* domainproof.h */

struct order {
	enum order_kind kind;
	struct arena arena;		/* all that it borrows may lie there; ended by order_end */

	/* Who wants it: their name space ("": an administrator's, NULL: nobody that is known) and what they may. */
	const char *publisher;
	unsigned scopes;
	const char *account;		/* who that is, as the log says it (db.h) */
	const char *by;			/* the hash of the token that they showed */

	/* publish, source */
	const char *file;		/* where the bytes lie, */
	const char *package, *source;	/* and their SHA-256: of a package, or of a source package, and then `package` is what it gives */
	uint64_t size;
	bool stage, dry_run;
	/* claim */
	struct claim claim;
	bool closed, proven_only;	/* new name spaces are for administrators to give; for who proves the domain */
	const char *proof;		/* how it was: a word for the log; then how the name space is */
	/* state, revoke */
	const char *of, *name, *version;	/* whose, which */
	enum leaf_state state;
	const char *reason, *words, *replacement;
	uint8_t kid[8];
	/* what an administrator stops, or lets go on: {"order": ..., what, "reason", "words"}, or that of another, by its id (order_stop.c) */
	json_t *wish;
	const char *pending;
	/* does somebody else approve what is staged? */
	bool on;
	/* a token that is made, or whose hash ends */
	struct db_token token;

	/* What came of it: an HTTP status with a body, or with a problem. */
	unsigned status;
	json_t *body;			/* taken by who answers */
	const char *title;
	struct err why;

	/* between the two halves of carrying it out */
	struct leaf own_leaves[ORDER_LEAF_OWN], *leaves;	/* NULL: own_leaves; of an ORDER_STOP alone there may be ORDER_LEAF_MAX */
	size_t leaf_count;
	const char *oci;
	struct bytes oci_manifest;
	struct db_facts facts;
	uint64_t index;			/* of the entry that it is about */
	bool repeated;			/* it was done before */
	const char *shown_token;	/* a new one, which nobody sees again */

	void (*done)(struct order *o);
	void *context;
	struct order *next;
};

/*
 * The first half: may it be done?  MS_OK, and o->leaves are to be written; negative, and status, title and why say what is
 * wrong.  What it needs in the database besides the leaves' is done, too.
 */
int order_check(struct store *s, struct order *o);

/* The second half, when all is written: what to answer. */
void order_answer(struct store *s, struct order *o);

/* Say that it is refused; returns why->code, which has been set. */
int order_refuse(struct order *o, unsigned status, const char *title);

void order_end(struct order *o);

/* The first halves of each kind: order_publish.c, order_source.c, order_claim.c, order_state.c, order_token.c, order_stop.c. */
int order_check_publish(struct store *s, struct order *o);
int order_check_source(struct store *s, struct order *o);
int order_check_claim(struct store *s, struct order *o);
int order_check_state(struct store *s, struct order *o);
int order_check_revoke(struct store *s, struct order *o);
int order_check_token(struct store *s, struct order *o);
int order_check_token_end(struct store *s, struct order *o);
int order_check_stop(struct store *s, struct order *o);
int order_check_drop(struct store *s, struct order *o);
int order_check_approval(struct store *s, struct order *o);

/*
 * Who is believed about what is published for o->of: the keys of that name space that count now.  A verdict by them is handed to order_believed, which
 * gives MS_OK, or refuses the order; what could not be looked up says nothing about what was sent.
 */
struct order_keys { struct store *store; struct order *order; int trouble; struct err why; };
struct believer order_believer(struct order_keys *k);
int order_believed(struct order_keys *k, int verdict);

/* The bytes of a SHA-256 in hexadecimal digits, in the order's memory. */
struct bytes order_hash(struct order *o, const char *digits);

/* Is the name space that it is published for somebody's?  Else it is refused. */
int order_check_publisher(struct store *s, struct order *o, struct db_publisher *p);

/* A reason, where `needed`, is a word; else it is refused. */
int order_check_reason(struct order *o, bool needed);

/* Is a version there for who has that token (NULL: none)?  What is staged, held or rejected is, for those who may stage. */
bool order_sees(const char *publisher, unsigned scopes, const struct db_version *v);

/* May it act for that name space in this way? */
bool order_may(const struct order *o, const char *publisher, unsigned scope);

#endif
