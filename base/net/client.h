/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The line to a store, or to any web server with a store's files: one request after the other, each bounded in size and time: an answer has a minute,
 * and a second more for each 16 KiB that it may have, and its headers are 64 KiB at most.
 *
 * Trouble that may pass (nobody answers, the line is cut or silent, status 429, 500, 502, 503, 504) is met by asking again,
 * after longer and longer waits of a random length, or the one that the server asks for (Retry-After); but only with what may
 * be done twice.  Then it is a failure that ends with status 9.  What the server refuses is a failure at once, with its own words
 * (RFC 9457).  No redirect is followed, nothing is unpacked, and a token goes by https, or to this computer, and into no message.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

struct client;

struct client_options {
	const char *ca;			/* a file (PEM) of the authorities that are believed in place of this computer's, or NULL */
	const char *token;		/* shown with each request, or NULL */
	unsigned tries;			/* how often a request is made at most; 0: 4 */
	unsigned first_wait_msec;	/* before the second, about; 0: 250 */
	unsigned answer_msec;		/* for a whole answer, in place of what is said above; 0: that */
	/* Called often while bytes go out or come in; of is 0 while it is not known.  May be NULL. */
	void (*progress)(void *context, uint64_t done, uint64_t of);
	void *context;
};

/*
 * For https://HOST[:PORT][/PATH] or http.  Does not connect yet.  -MS_EUSAGE (ERR_STORE_URL) for what is no such address, and for a token that
 * would go over a network by http.
 */
int client_open(const char *url, const struct client_options *o, struct arena *a, struct client **out, struct err *e);
void client_close(struct client *c);	/* NULL is fine */

/* The address, without a '/' at its end. */
const char *client_url(const struct client *c);

/* The same as each other writes it (address.h). */
const char *client_address(const struct client *c);

/* Show another token from now on, or none. */
int client_show(struct client *c, const char *token, struct err *e);

/* Can nobody on the way read what goes there?  -MS_EUSAGE (ERR_STORE_URL): by http over a network. */
int client_keeps_secrets(const struct client *c, struct err *e);

/* A text as part of a path or a query: "a b" is "a%20b". */
const char *client_escape(const char *text, struct arena *a);
const char *client_unescape(const char *text, struct arena *a);	/* the other way round */

enum { CLIENT_ANSWER_MAX = 1 << 20 };

struct client_request {
	const char *method;		/* NULL: GET */
	const char *path;		/* below the address, without a '/' at its beginning: "v1/search?q=aes" */
	struct bytes body;
	const char *file;		/* whose bytes are the body, or NULL */
	const char *type;		/* of the body; NULL: application/json */
	bool repeatable;		/* a POST that does the same when it is done twice; the other methods are */
	const char *etag;		/* of what is here: 304 if that is what the server has; or NULL */
	size_t limit;			/* of the answer's bytes; 0: CLIENT_ANSWER_MAX */
};

struct client_answer {
	unsigned status;		/* 200 to 299, or 304 */
	struct bytes body;		/* a NUL follows in memory */
	const char *etag;		/* or NULL */
};

/* Ask.  The answer lies in the arena.  -MS_ENOENT (ERR_NO_FILE) for 404 and 410, -MS_EFBIG for what is larger than the limit, -MS_EINTR. */
int client_ask(struct client *c, const struct client_request *r, struct arena *a, struct client_answer *out, struct err *e);

/* A file that is to come. */
struct client_file {
	const char *to;			/* where it goes; what is there already is replaced */
	uint64_t limit;			/* it has so many bytes at most */
	/* Is what came, and lies at `path`, what was wanted?  Negative: no, and that is what the call ends with.  NULL: whatever comes. */
	int (*check)(void *context, const char *path, struct err *e);
	void *context;
};

/*
 * Get what lies at the path into a file, which is there whole and checked, or is what it was before.  What came before a line was cut stays in
 * TO.part, and the next call goes on from there if the server still has the same (its ETag is in TO.etag); where the whole is then refused by
 * `check` it comes anew, since another server may have begun it.  Of several who get it at once one does, and the others find it there, if it is
 * what they want, too: then nothing comes by their call.  *came, which may be NULL, is how many bytes came by this call, whatever became of it.
 */
int client_fetch(struct client *c, const char *path, const struct client_file *want, uint64_t *came, struct err *e);

#endif
