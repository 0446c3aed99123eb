/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom this person believes, and with which keys they sign.
 *
 *   <config>/keys/<name>.pem	their own private keys (folder 0700, files 0600);
 *				developer.pem and integrator.pem are used unasked
 *   <config>/trust/<kid>.pem	public keys that are believed: a few comment
 *				lines (docs/trust.md), then PEM
 *   <config>/trust/<kid>.rotation	by which key such a one came, if it follows another
 *   <config>/trust/<kid>.revoked	a key that is believed no more, whatever else says so
 *
 * Own keys are believed too: the two above for their role, others through a
 * file in trust/ like anybody's.
 */
#ifndef TRUST_H
#define TRUST_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"
#include "key.h"
#include "statement.h"

enum trust_role { TRUST_DEVELOPER, TRUST_INTEGRATOR, TRUST_ROLE_COUNT };

/* "developer", "integrator". */
const char *trust_role_name(enum trust_role role);

struct trusted {
	struct key_public key;
	enum trust_role role;	/* it signs the kinds of this role only */
	const char *vendor;	/* whose services it may sign; NULL: anybody's */
	const char *label;	/* for people; never NULL */
	const char *path;	/* the file that says so */
	bool own;		/* the private key is ours, and that file is it */
	const char *revoked;	/* "on 2026-11-22: lost"; NULL: it is not */
};

/*
 * The file of the key that this person signs with in a role.  When there is
 * none yet, `make` makes it, saying what was made and where (out_say; of two
 * processes at once one makes it and says so, both use it); otherwise
 * -MS_ENOENT with the fix.
 */
int trust_own(enum trust_role role, bool make, struct arena *a, const char **path, struct err *e);

/* The file of an own key by its name ("developer"), whether or not it is there.  -MS_EINVAL for what cannot be a name. */
int trust_own_path(const char *name, struct arena *a, const char **path, struct err *e);

/* Makes the file of a private key that must not exist, as key_create does. */
typedef int trust_create(const char *path, struct arena *a, struct err *e);

/*
 * Make an own key of this name (-MS_EEXIST if there is one) and believe it for
 * t's role, vendor and label; sets the rest of *t.  The names of the roles go
 * with no other role and no vendor: -MS_EINVAL.
 */
int trust_new(const char *name, struct trusted *t, trust_create *create, struct arena *a, struct err *e);

/*
 * Let a new key take the place of the own key `t`, whose private half is `old`: it gets the name, the role, the vendor and
 * the label, and *said is what the old key says about it.  The old one stays as <name>-<kid>.pem and is believed as before.
 * Whenever it is killed, the name is that of the old key or of the new one.
 */
int trust_rotate(const char *name, const struct trusted *t, const struct key *old, trust_create *create, const char *date,
		 struct arena *a, struct statement *said, struct err *e);

/* The paths of all own keys, sorted by name. */
int trust_own_list(struct arena *a, struct list *paths, struct err *e);

/*
 * The key of this kid, if it is believed to sign in the role for a vendor
 * (NULL: whoever it is).  -MS_ESIGNATURE if it is not known, has another role
 * or is another vendor's; -MS_EFORMAT if its file is damaged.
 */
int trust_find(const uint8_t kid[COSE_KID_SIZE], enum trust_role role, const char *vendor,
	       struct arena *a, struct trusted *out, struct err *e);

/* MS_OK unless the key was revoked: then -MS_ESIGNATURE (ERR_REVOKED), with the day and the reason.  A record that is damaged counts. */
int trust_revoked(const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e);

/*
 * Take what is said about a key.  A rotation must be signed by a key that is believed; the one that follows is believed for the
 * same from now on (*out).  A revocation must be signed by the revoked key itself, unless `own_decision`.  Else -MS_ESIGNATURE.
 */
int trust_take(const struct statement *s, bool own_decision, struct arena *a, struct trusted *out, struct err *e);

/* All that are believed (struct trusted *): own first, then by kid.  Files that are damaged are warned of and left out. */
int trust_list(struct arena *a, struct list *all, struct err *e);

/* Say that such a file is damaged: a warning, with its place. */
void trust_warn(const struct err *e);

/*
 * Believe a key from now on; role, vendor and label are kept with it
 * (-MS_EINVAL if they cannot be).  Fine if it is believed already: then these
 * are what counts.  Sets t->path.
 */
int trust_add(struct trusted *t, struct arena *a, struct err *e);

/*
 * The same in a folder of files like those in trust/, which somebody else keeps (a product's): own keys do not count there.
 * trust_list_in adds to *all; no such folder holds none.
 */
int trust_find_in(const char *folder, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, const char *vendor,
		  struct arena *a, struct trusted *out, struct err *e);
int trust_list_in(const char *folder, struct arena *a, struct list *all, struct err *e);
int trust_add_in(const char *folder, struct trusted *t, struct arena *a, struct err *e);
int trust_revoked_in(const char *folder, const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e);
int trust_take_in(const char *folder, const struct statement *s, bool own_decision, struct arena *a, struct trusted *out, struct err *e);

/* Would trust_take_in take what others say?  *out is what it would be then, but for its file; nothing is written. */
int trust_judge_in(const char *folder, const struct statement *s, struct arena *a, struct trusted *out, struct err *e);

/* Believe it no more.  -MS_ENOENT if it is not in trust/; an own key of a role stays. */
int trust_remove(const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e);

/* May this stand on a line of its own there? */
bool trust_is_fact(const char *text);

/*
 * The file in trust/: its content from *t, and back.  Reading refuses an
 * unknown, doubled or empty fact, and leaves the key itself to key_open_public.
 */
int trust_file_write(const struct trusted *t, struct arena *a, struct bytes *content, struct err *e);
int trust_file_read(struct bytes content, const char *path, struct arena *a, struct trusted *t, struct err *e);

#endif
