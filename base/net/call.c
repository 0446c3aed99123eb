/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests: who asks for what, may they, and is the body as large as it may be?  All of that is decided before a byte of a
 * body is taken, and nothing of a request goes to the log but method, route and status.
 */
#include "call.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "door.h"
#include "head.h"
#include "key.h"
#include "line.h"
#include "out.h"
#include "process.h"

enum { BODY_IDLES = 4, DROP_MAX = 1 << 20 };

const char *call_header(const struct call *c, const char *name)
{
	return MHD_lookup_connection_value(c->connection, MHD_HEADER_KIND, name);
}

const char *call_argument(const struct call *c, const char *name)
{
	return MHD_lookup_connection_value(c->connection, MHD_GET_ARGUMENT_KIND, name);
}

static const struct route *route_of(const struct call *c)
{
	static const struct route none = { .method = "?", .path = "?" };

	return c->route < c->web->routes.count ? &c->web->routes.at[c->route] : &none;
}

/* An answer is what it says that it is, and nothing that a browser may run, show in a frame or take for something else; a page has its own rules. */
static void guard(struct MHD_Response *r)
{
	MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
	if (!MHD_get_response_header(r, "Content-Security-Policy"))
		MHD_add_response_header(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

enum MHD_Result call_send(struct call *c, unsigned status, struct MHD_Response *r)
{
	if (!r)
		return MHD_NO;
	if (status >= 400)
		atomic_fetch_add(&c->web->refused, 1);
	if (status == MHD_HTTP_TOO_MANY_REQUESTS || status == MHD_HTTP_SERVICE_UNAVAILABLE)
		MHD_add_response_header(r, MHD_HTTP_HEADER_RETRY_AFTER, "1");
	if (c->last)
		MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close");
	guard(r);
	if (status == MHD_HTTP_RANGE_NOT_SATISFIABLE)
		MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_RANGE, arena_printf(&c->arena, "bytes */%llu", (unsigned long long)c->file_size));
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(r, MHD_HTTP_HEADER_ALLOW, route_methods(&c->web->routes, c->url, &c->arena));
	if (status == MHD_HTTP_UNAUTHORIZED)
		MHD_add_response_header(r, MHD_HTTP_HEADER_WWW_AUTHENTICATE, arena_printf(&c->arena, "Bearer realm=\"%s\"", c->web->realm));
	enum MHD_Result rc = MHD_queue_response(c->connection, status, r);
	MHD_destroy_response(r);
	out_detail("%s %s: %u", route_of(c)->method, route_of(c)->path, status);
	return rc;
}

static enum MHD_Result answer(struct call *c, unsigned status, const char *type, const char *text)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);

	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	return call_send(c, status, r);
}

static enum MHD_Result send_json(struct call *c, unsigned status, const char *type, json_t *body)
{
	char *text = body ? json_dumps(body, JSON_COMPACT | JSON_ENSURE_ASCII) : NULL;
	enum MHD_Result rc = answer(c, status, type, text ? text : "");

	free(text);
	json_decref(body);
	return rc;
}

enum MHD_Result call_json(struct call *c, unsigned status, json_t *body)
{
	return send_json(c, status, "application/json", body);
}

enum MHD_Result call_text(struct call *c, const char *text)
{
	return answer(c, MHD_HTTP_OK, "text/plain; charset=utf-8", text);
}

static const char *fix_in(const struct call_fix *fixes, const char *title)
{
	for (; fixes && fixes->title; fixes++)
		if (!strcmp(fixes->title, title))
			return fixes->fix;
	return NULL;
}

static const char *fix_of(const struct call *c, const char *title)
{
	static const struct call_fix own[] = {
#define PROBLEM(title, fix) { title, fix },
#include "call_problems.def"
#undef PROBLEM
		{ NULL, NULL },
	};
	const char *fix = fix_in(c->web->fixes, title);

	return fix ? fix : fix_in(own, title);
}

static json_t *problem(struct call *c, unsigned status, const char *title, const char *detail, const char *fix)
{
	return json_pack("{s:s, s:s, s:i, s:o, s:o}", "type", arena_printf(&c->arena, "/problems/%s", title), "title", title, "status", (int)status,
			 "detail", out_string(detail), "fix", out_string(*fix ? fix : fix_of(c, title)));
}

/* Takes it. */
static enum MHD_Result send_problem(struct call *c, unsigned status, json_t *what)
{
	struct MHD_Response *shown = c->web->show_problem ? c->web->show_problem(c, what) : NULL;

	if (!shown)
		return send_json(c, status, "application/problem+json", what);
	json_decref(what);
	return call_send(c, status, shown);
}

enum MHD_Result call_problem(struct call *c, unsigned status, const char *title, const char *detail)
{
	return send_problem(c, status, problem(c, status, title, detail, ""));
}

enum MHD_Result call_failed(struct call *c, unsigned status, const char *title, const struct err *e)
{
	return send_problem(c, status, problem(c, status, title, e->text, e->fix));
}

json_t *call_object(struct call *c)
{
	json_t *o = json_loadb(c->body.at ? c->body.at : "", c->body.size, JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(o))
		return o;
	json_decref(o);
	return NULL;
}

void call_refuse(struct call *c, unsigned status, const char *title, const char *detail)
{
	c->status = status;
	c->title = title;
	c->detail = detail;
}

static enum MHD_Result count_length(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind, (void)value;
	*(int *)context += !strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) || !strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING);
	return MHD_YES;
}

/* What is refused for how it is written may go on where its sender thinks that it has ended. */
static void check_head(struct call *c, const char *method, const char *version)
{
	const char *fault = head_fault(c->connection, method, version);

	c->last = fault;
	if (fault)
		call_refuse(c, MHD_HTTP_BAD_REQUEST, "garbled", fault);
}

/* A browser asks for each page that somebody opens, also for one that wants to use a server which only its computer can reach. */
static void check_sender(struct call *c, const char *method)
{
	if (strcmp(method, MHD_HTTP_METHOD_GET) && strcmp(method, MHD_HTTP_METHOD_HEAD) && head_is_of_page(c->connection))
		call_refuse(c, MHD_HTTP_FORBIDDEN, "from-a-page", "no web page may do that: it is for programs");
}

/* What is to be unpacked first may be any size behind what was counted. */
static void check_coding(struct call *c)
{
	const char *said = call_header(c, MHD_HTTP_HEADER_CONTENT_ENCODING);

	if (said && strcasecmp(said, "identity"))
		call_refuse(c, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "packed", "a body is taken as it is, without a Content-Encoding");
}

/* A body whose size is said twice is read in two ways by two programs. */
static void check_size(struct call *c)
{
	const char *said = call_header(c, MHD_HTTP_HEADER_CONTENT_LENGTH);
	uint64_t size = 0;
	int times = 0;

	MHD_get_connection_values(c->connection, MHD_HEADER_KIND, count_length, &times);
	c->last = times > 1;
	if (times > 1)
		call_refuse(c, MHD_HTTP_BAD_REQUEST, "two-sizes", "the size of the body is said twice");
	else if (times && !said)
		call_refuse(c, MHD_HTTP_LENGTH_REQUIRED, "no-size", "a body is taken in one piece, with a Content-Length and without a Transfer-Encoding");
	else if (said && strspn(said, "0123456789") < strlen(said))
		call_refuse(c, MHD_HTTP_BAD_REQUEST, "no-size", "the size of the body is no number");
	else if (said && (!route_number(said, &size) || size > route_of(c)->body_max))
		call_refuse(c, MHD_HTTP_CONTENT_TOO_LARGE, "too-large", "the body is larger than it may be");
}

/* Everything that can be known before the body. */
static void look_at(struct call *c, const char *method, const char *url, const char *version)
{
	enum route_found found = route_find(&c->web->routes, method, url, &c->route, &c->parts);

	check_head(c, method, version);
	if (!c->status)
		check_sender(c, method);
	if (c->status)
		return;
	if (found == ROUTE_NO_PATH)
		return call_refuse(c, MHD_HTTP_NOT_FOUND, "no-such-path", "there is nothing of that name");
	if (found == ROUTE_NO_METHOD)
		return call_refuse(c, MHD_HTTP_METHOD_NOT_ALLOWED, "no-such-method", "this cannot be done with it");
	c->web->check(c);
	if (!c->status)
		check_size(c);
	if (!c->status)
		check_coding(c);
}

static void open_upload(struct call *c)
{
	c->path = c->web->upload ? c->web->upload(c) : NULL;
	if (!c->path)
		return;
	c->hash = sha256_start(&c->arena);
	c->file = open(c->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static struct call *begin(const struct door *d, struct MHD_Connection *connection, const char *method, const char *url, const char *version)
{
	struct call *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	*c = (struct call){ .web = d->web, .connection = connection, .route = d->web->routes.count, .url = url, .local = d->local, .file = -1, .begun_nsec = process_now_nsec() };
	c->line = line_of(connection);
	line_begins(c->line);
	d->web->active++;
	atomic_fetch_add(&d->web->requests, 1);
	look_at(c, method, url, version);
	if (!c->status)
		open_upload(c);
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

static bool is_over(const struct call *c, uint32_t idles)
{
	return process_now_nsec() - c->begun_nsec > (uint64_t)idles * line_idle_sec(c->web) * UINT64_C(1000000000);
}

static void take_body(struct call *c, const char *data, size_t size)
{
	c->size += size;
	if (c->status)
		return;
	if (c->size > route_of(c)->body_max)
		call_refuse(c, MHD_HTTP_CONTENT_TOO_LARGE, "too-large", "the body is larger than it may be");
	else if (is_over(c, BODY_IDLES))
		call_refuse(c, MHD_HTTP_REQUEST_TIMEOUT, "too-slow", "the body takes too long");
	else if (!keep(c, data, size))
		call_refuse(c, MHD_HTTP_INSUFFICIENT_STORAGE, "no-room", "there is no room for the body");
}

/* Who was refused and sends on hears of it at the body's end; one that has none is not waited for. */
static bool goes_on_for_nothing(const struct call *c)
{
	return c->status && (c->size > route_of(c)->body_max + DROP_MAX || is_over(c, 2 * BODY_IDLES));
}

enum MHD_Result call_take(void *door, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			  const char *data, size_t *size, void **call)
{
	struct call *c = *call;

	if (!c) {
		*call = c = begin(door, connection, method, url, version);
		if (!c)
			return MHD_NO;
		return c->status ? call_problem(c, c->status, c->title, c->detail) : MHD_YES;
	}
	if (*size) {
		take_body(c, data, *size);
		*size = 0;
		return goes_on_for_nothing(c) ? MHD_NO : MHD_YES;
	}
	/* What allowed it may have ended while the body came. */
	c->whole = true;
	if (!c->status)
		c->web->check(c);
	return c->status ? call_problem(c, c->status, c->title, c->detail) : c->web->handlers[c->route](c);
}

void call_done(void *door, struct MHD_Connection *connection, void **call, enum MHD_RequestTerminationCode how)
{
	struct call *c = *call;

	(void)door, (void)connection, (void)how;
	if (!c)
		return;
	if (c->web->forget)
		c->web->forget(c);
	line_ends(c->line);
	c->web->active--;
	if (c->file >= 0)
		close(c->file);
	if (c->path)
		unlink(c->path);	/* it has another name by now, if all was well */
	arena_done(&c->arena);
	free(c);
	*call = NULL;
}
