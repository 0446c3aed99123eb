/* SPDX-License-Identifier: Apache-2.0 */
/* One request while it is answered: what the functions of a program's routes.def get, and how they answer. */
#ifndef CALL_H
#define CALL_H

#include <jansson.h>
#include <microhttpd.h>
#include <stdatomic.h>

#include "arena.h"
#include "err.h"
#include "route.h"

enum { IDLE_SEC_DEFAULT = 30 };

struct call;
struct line;
typedef enum MHD_Result call_fn(struct call *c);

/* What to do about a problem, where its answer says nothing better. */
struct call_fix { const char *title, *fix; };

/* A program that answers requests.  Doors (door.h) lead to it. */
struct web {
	const char *realm;		/* "rig" */
	struct routes routes;
	call_fn *const *handlers;	/* as many */
	uint32_t connections_max, per_address_max;	/* of each door; 0: no limit for one address */
	/* Who sends nothing for so long, or no whole header, is not waited for; a body may take four times that.  0: IDLE_SEC_DEFAULT. */
	uint32_t idle_sec;
	/* Who asks, and may they?  call_refuse if not.  Once before the body, and again when it is there. */
	void (*check)(struct call *c);
	/* The path of a file that shall take the body, a new one for each request, or NULL: memory.  Removed at the end if it is still there. */
	const char *(*upload)(struct call *c);
	/* How a problem is shown to who wants it other than as JSON, which it borrows; NULL, or gives NULL: as JSON. */
	struct MHD_Response *(*show_problem)(struct call *c, const json_t *problem);
	const struct call_fix *fixes;	/* of its problems, the last without a title; NULL: only those of call_problems.def */
	/* The request is over, however it ended; may be NULL. */
	void (*forget)(struct call *c);
	void *context;			/* the program's */
	atomic_uint_fast64_t requests, refused;
	uint32_t active;		/* requests that are begun and not answered; of the doors' thread */
};

struct call {
	struct web *web;
	struct MHD_Connection *connection;
	struct line *line;		/* by which it came (line.h) */
	size_t route;			/* in web->routes; count: none of them */
	struct route_parts parts;	/* of its path */
	const char *url;		/* that path; the connection's */
	bool local;			/* by a Unix socket: who may open it may ask */
	bool whole;			/* the body is there */
	bool last;			/* nothing more is read from the line behind it */
	const char *user;		/* NULL: nobody that is known */
	void *subject;			/* the program's: what the path is about */
	struct arena arena;
	struct text body;		/* but for one that goes to a file */
	size_t size;			/* of the body so far */
	uint64_t file_size;		/* of what is asked for: who is refused a range of it (416) hears that */
	const char *path;		/* of that file, or NULL */
	int file;			/* that one, or -1 */
	struct sha256_state *hash;	/* of what is in it */
	uint64_t begun_nsec;
	unsigned status;		/* not 0: refused before all of the body came, as below */
	const char *title, *detail;
};

/* Answer with JSON, which it takes; 204 with NULL. */
enum MHD_Result call_json(struct call *c, unsigned status, json_t *body);
enum MHD_Result call_text(struct call *c, const char *text);

/* Answer with what was made with libmicrohttpd, which it takes; NULL is a failure. */
enum MHD_Result call_send(struct call *c, unsigned status, struct MHD_Response *r);

/* A problem as RFC 9457 has it: `title` in small letters names it for programs, `detail` is for people.  What to do is said by e->fix, or else by the row of the title. */
enum MHD_Result call_problem(struct call *c, unsigned status, const char *title, const char *detail);
enum MHD_Result call_failed(struct call *c, unsigned status, const char *title, const struct err *e);

/* For web.check: what is answered instead, now or at the end of the body. */
void call_refuse(struct call *c, unsigned status, const char *title, const char *detail);

/* The body as a JSON object, the caller's to give back; NULL when it is none. */
json_t *call_object(struct call *c);

/* A header's value, or of ?name=value, or NULL. */
const char *call_header(const struct call *c, const char *name);
const char *call_argument(const struct call *c, const char *name);

/* For doors: libmicrohttpd calls these. */
enum MHD_Result call_take(void *door, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *data, size_t *size, void **call);
void call_done(void *door, struct MHD_Connection *c, void **call, enum MHD_RequestTerminationCode how);

#endif
