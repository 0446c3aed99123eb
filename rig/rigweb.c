/* SPDX-License-Identifier: Apache-2.0 */
#include "rigweb.h"

#include <inttypes.h>

#include "process.h"
#include "token.h"

static const struct route rows[] = {
#define ROUTE(method, path, name, who, body, what) { #method, path, ROUTE_##who, body, what },
#include "routes.def"
#undef ROUTE
};

const struct routes rigweb_routes = { rows, sizeof(rows) / sizeof(*rows) };

static call_fn *const handlers[] = {
#define ROUTE(method, path, name, who, body, what) CALL_##method(name),
#define CALL_GET(name) get_##name
#define CALL_POST(name) post_##name
#define CALL_PUT(name) put_##name
#define CALL_DELETE(name) delete_##name
#include "routes.def"
#undef ROUTE
};

static void check_user(struct call *c)
{
	const char *token = token_of_header(TOKEN_OF_RIG, call_header(c, MHD_HTTP_HEADER_AUTHORIZATION));

	c->user = c->local ? "local" : token ? agent_user(agent_of(c), token) : NULL;
	if (!c->user)
		call_refuse(c, MHD_HTTP_UNAUTHORIZED, "not-authorised", "the token is missing, or nobody's here");
}

static void check_board(struct call *c)
{
	uint64_t epoch;

	c->subject = agent_pod(agent_of(c), c->parts.at[0]);
	if (!c->subject)
		return call_refuse(c, MHD_HTTP_NOT_FOUND, "no-such-board", "the rig has no board of that name");
	if (rows[c->route].who != ROUTE_HOLDER)
		return;
	if (!route_number(call_header(c, "Rig-Epoch"), &epoch))
		return call_refuse(c, MHD_HTTP_BAD_REQUEST, "no-epoch", "the header 'Rig-Epoch' does not say under which lease");
	if (!lease_is(&pod_of(c)->lease, c->user, epoch, process_now_nsec()))
		call_refuse(c, MHD_HTTP_CONFLICT, "lease-lost", "that lease is over");
}

static void check(struct call *c)
{
	if (rows[c->route].who != ROUTE_ANYBODY)
		check_user(c);
	if (!c->status && c->parts.at[0][0])
		check_board(c);
}

/* An image goes to a file beside that of the board. */
static const char *upload(struct call *c)
{
	if (handlers[c->route] != put_image)
		return NULL;
	return arena_printf(&c->arena, "%s.%" PRIuFAST64, pod_of(c)->image, atomic_load(&c->web->requests));
}

static const struct call_fix fixes[] = {
#define PROBLEM(title, fix) { title, fix },
#include "problems.def"
#undef PROBLEM
	{ NULL, NULL },
};

void rigweb_init(struct web *w, struct agent *g)
{
	*w = (struct web){
		.realm = "rig", .routes = rigweb_routes, .handlers = handlers, .connections_max = 128, .per_address_max = 32,
		.check = check, .upload = upload, .fixes = fixes, .context = g,
	};
}
