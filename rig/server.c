/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests: who asks for what, may they, and is the body as large as it may be?  All of that is decided before a byte of a
 * body is taken, and nothing of a request goes to the log but method, route and status.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "key.h"
#include "out.h"
#include "token.h"

enum { BODY_SEC = 120 };

static call_fn *const handlers[] = {
#define ROUTE(method, path, name, who, body, what) CALL_##method(name),
#define CALL_GET(name) get_##name
#define CALL_POST(name) post_##name
#define CALL_PUT(name) put_##name
#define CALL_DELETE(name) delete_##name
#include "routes.def"
#undef ROUTE
};

const char *call_header(const struct call *c, const char *name)
{
	return MHD_lookup_connection_value(c->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result answer(struct call *c, unsigned status, const char *type, const char *text)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);

	if (!r)
		return MHD_NO;
	c->agent->refused += status >= 400;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (status == MHD_HTTP_UNAUTHORIZED)
		MHD_add_response_header(r, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer realm=\"rig\"");
	enum MHD_Result rc = MHD_queue_response(c->connection, status, r);
	MHD_destroy_response(r);
	out_detail("%s %s: %u", c->route < route_count ? routes[c->route].method : "?", c->route < route_count ? routes[c->route].path : "?", status);
	return rc;
}

enum MHD_Result call_json(struct call *c, unsigned status, json_t *body)
{
	char *text = body ? json_dumps(body, JSON_COMPACT | JSON_ENSURE_ASCII) : NULL;
	enum MHD_Result rc = answer(c, status, "application/json", text ? text : "");

	free(text);
	json_decref(body);
	return rc;
}

enum MHD_Result call_text(struct call *c, const char *text)
{
	return answer(c, MHD_HTTP_OK, "text/plain; charset=utf-8", text);
}

static json_t *problem(unsigned status, const char *title, const char *detail, const char *fix)
{
	struct arena a = { 0 };
	json_t *o = json_pack("{s:s, s:s, s:i, s:o, s:o}", "type", arena_printf(&a, "/problems/%s", title), "title", title, "status", (int)status,
			      "detail", out_string(detail), "fix", out_string(fix));

	arena_done(&a);
	return o;
}

static enum MHD_Result send_problem(struct call *c, unsigned status, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII);
	enum MHD_Result rc = answer(c, status, "application/problem+json", text ? text : "{}");

	free(text);
	json_decref(o);
	return rc;
}

enum MHD_Result call_problem(struct call *c, unsigned status, const char *title, const char *detail)
{
	return send_problem(c, status, problem(status, title, detail, ""));
}

enum MHD_Result call_failed(struct call *c, unsigned status, const char *title, const struct err *e)
{
	return send_problem(c, status, problem(status, title, e->text, e->fix));
}

json_t *call_object(struct call *c)
{
	json_t *o = json_loadb(c->body.at ? c->body.at : "", c->body.size, JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(o))
		return o;
	json_decref(o);
	return NULL;
}

/* Said now if it can be, at the end of the body otherwise. */
static void refuse(struct call *c, unsigned status, const char *title, const char *detail)
{
	c->status = status;
	c->title = title;
	c->detail = detail;
}

static void check_user(struct call *c, const struct door *d)
{
	const char *token = token_of_header(call_header(c, MHD_HTTP_HEADER_AUTHORIZATION));

	c->user = d->local ? "local" : token ? agent_user(c->agent, token) : NULL;
	if (!c->user)
		refuse(c, MHD_HTTP_UNAUTHORIZED, "not-authorised", "the token is missing, or nobody's here");
}

static void check_board(struct call *c, const char *board)
{
	uint64_t epoch;

	c->pod = agent_pod(c->agent, board);
	if (!c->pod)
		return refuse(c, MHD_HTTP_NOT_FOUND, "no-such-board", "the rig has no board of that name");
	if (routes[c->route].who != ROUTE_HOLDER)
		return;
	if (!route_number(call_header(c, "Rig-Epoch"), &epoch))
		return refuse(c, MHD_HTTP_BAD_REQUEST, "no-epoch", "the header 'Rig-Epoch' does not say under which lease");
	if (!lease_is(&c->pod->lease, c->user, epoch, process_now_nsec()))
		refuse(c, MHD_HTTP_CONFLICT, "lease-lost", "that lease is over");
}

static void check_size(struct call *c)
{
	const char *said = call_header(c, MHD_HTTP_HEADER_CONTENT_LENGTH);
	uint64_t size = 0;

	if (said && (!route_number(said, &size) || size > routes[c->route].body_max))
		refuse(c, MHD_HTTP_CONTENT_TOO_LARGE, "too-large", "the body is larger than it may be");
}

/* Everything that can be known before the body. */
static void look_at(struct call *c, const struct door *d, const char *method, const char *url)
{
	char board[ROUTE_BOARD_MAX + 1];
	enum route_found found = route_find(method, url, &c->route, board);

	if (found == ROUTE_NO_PATH)
		return refuse(c, MHD_HTTP_NOT_FOUND, "no-such-path", "there is nothing of that name");
	if (found == ROUTE_NO_METHOD)
		return refuse(c, MHD_HTTP_METHOD_NOT_ALLOWED, "no-such-method", "this cannot be done with it");
	if (routes[c->route].who != ROUTE_ANYBODY)
		check_user(c, d);
	if (!c->status && board[0])
		check_board(c, board);
	if (!c->status)
		check_size(c);
}

static struct call *begin(struct door *d, struct MHD_Connection *connection, const char *method, const char *url)
{
	struct call *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	*c = (struct call){ .agent = d->agent, .connection = connection, .route = route_count, .file = -1, .begun_nsec = process_now_nsec() };
	d->agent->requests++;
	look_at(c, d, method, url);
	if (!c->status && handlers[c->route] == put_image) {
		c->hash = sha256_start(&c->arena);
		c->path = arena_printf(&c->arena, "%s.%" PRIu64, c->pod->image, d->agent->requests);
		c->file = open(c->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	}
	return c;
}

static bool keep(struct call *c, const char *data, size_t size)
{
	if (!c->hash) {
		text_add_bytes(&c->body, &c->arena, (struct bytes){ (const uint8_t *)data, size });
		return true;
	}
	sha256_add(c->hash, (struct bytes){ (const uint8_t *)data, size });
	for (ssize_t n; size; data += n, size -= (size_t)n) {
		n = write(c->file, data, size);
		if (n <= 0)
			return false;
	}
	return true;
}

static void take_body(struct call *c, const char *data, size_t size)
{
	c->size += size;
	if (c->status)
		return;
	if (c->size > routes[c->route].body_max)
		refuse(c, MHD_HTTP_CONTENT_TOO_LARGE, "too-large", "the body is larger than it may be");
	else if (process_now_nsec() - c->begun_nsec > BODY_SEC * UINT64_C(1000000000))
		refuse(c, MHD_HTTP_REQUEST_TIMEOUT, "too-slow", "the body takes too long");
	else if (!keep(c, data, size))
		refuse(c, MHD_HTTP_INSUFFICIENT_STORAGE, "no-room", "the rig cannot keep the image");
}

enum MHD_Result server_take(void *door, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			    const char *data, size_t *size, void **call)
{
	struct call *c = *call;

	(void)version;
	if (!c) {
		*call = c = begin(door, connection, method, url);
		if (!c)
			return MHD_NO;
		return c->status ? call_problem(c, c->status, c->title, c->detail) : MHD_YES;
	}
	if (*size) {
		take_body(c, data, *size);
		*size = 0;
		return MHD_YES;
	}
	/* The lease may have ended while the body came. */
	if (!c->status && routes[c->route].who == ROUTE_HOLDER)
		check_board(c, c->pod->lent->name);
	return c->status ? call_problem(c, c->status, c->title, c->detail) : handlers[c->route](c);
}

void server_done(void *door, struct MHD_Connection *connection, void **call, enum MHD_RequestTerminationCode how)
{
	struct call *c = *call;

	(void)door, (void)connection, (void)how;
	if (!c)
		return;
	if (c->file >= 0)
		close(c->file);
	if (c->path)
		unlink(c->path);	/* it has another name by now, if all was well */
	arena_done(&c->arena);
	free(c);
	*call = NULL;
}
