/* SPDX-License-Identifier: Apache-2.0 */
/* The agent as a server: the functions of routes.def, who may call them, and what they are about. */
#ifndef RIGWEB_H
#define RIGWEB_H

#include "agent.h"
#include "call.h"

enum rigweb_who { ROUTE_ANYBODY, ROUTE_USER, ROUTE_HOLDER };

extern const struct routes rigweb_routes;

/* Make w lead to the agent. */
void rigweb_init(struct web *w, struct agent *g);

/* Whose board the path names, or NULL; and the agent. */
static inline struct pod *pod_of(const struct call *c)
{
	return c->subject;
}

static inline struct agent *agent_of(const struct call *c)
{
	return c->web->context;
}

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

#endif
