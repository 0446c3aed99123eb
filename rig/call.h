/* SPDX-License-Identifier: Apache-2.0 */
/* One request while it is answered: what the functions of routes.def get, and how they answer. */
#ifndef CALL_H
#define CALL_H

#include <jansson.h>
#include <microhttpd.h>

#include "agent.h"
#include "route.h"

struct call {
	struct agent *agent;
	struct MHD_Connection *connection;
	size_t route;			/* in routes[] */
	struct pod *pod;		/* whose board the path names, or NULL */
	const char *user;		/* NULL: nobody that is known */
	struct arena arena;
	struct text body;		/* but for an image, which goes to a file */
	size_t size;			/* of the body so far */
	const char *path;		/* of an image as it comes, or NULL */
	int file;			/* that one, or -1 */
	struct sha256_state *hash;
	uint64_t begun_nsec;
	unsigned status;		/* not 0: refused before all of the body came, as below */
	const char *title, *detail;
};

typedef enum MHD_Result call_fn(struct call *c);
#define ROUTE(method, path, name, who, body, what) CALL_##method(name)
#define CALL_GET(name) call_fn get_##name;
#define CALL_POST(name) call_fn post_##name;
#define CALL_PUT(name) call_fn put_##name;
#define CALL_DELETE(name) call_fn delete_##name;
#include "routes.def"
#undef ROUTE
#undef CALL_GET
#undef CALL_POST
#undef CALL_PUT
#undef CALL_DELETE

/* Answer with JSON, which it takes; 204 with NULL. */
enum MHD_Result call_json(struct call *c, unsigned status, json_t *body);
enum MHD_Result call_text(struct call *c, const char *text);

/* A problem as RFC 9457 has it: `title` in small letters names it for programs, `detail` is for people. */
enum MHD_Result call_problem(struct call *c, unsigned status, const char *title, const char *detail);
enum MHD_Result call_failed(struct call *c, unsigned status, const char *title, const struct err *e);

/* The body as a JSON object, the caller's to give back; NULL when it is none. */
json_t *call_object(struct call *c);

/* A header's value, or NULL. */
const char *call_header(const struct call *c, const char *name);


#endif
