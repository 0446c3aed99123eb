/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of bytes: tags, so that what has not changed is not sent again, and ranges. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "pages.h"
#include "release.h"
#include "storeweb.h"

enum { SMALL_MAX = 16 << 10 };

/* Is what the client has the same?  Their list may name several. */
static bool is_known(const struct call *c, const char *tag)
{
	const char *has = call_header(c, MHD_HTTP_HEADER_IF_NONE_MATCH);

	return has && (!strcmp(has, "*") || strstr(has, tag));
}

static enum MHD_Result send_it(struct call *c, unsigned status, struct MHD_Response *r, const char *type, const char *tag, enum storeweb_keep keep)
{
	static const char *const said[] = { [KEEP_ASKING] = "no-cache", [KEEP_FOR_EVER] = "public, max-age=31536000, immutable", [KEEP_NOT] = "private, no-store" };

	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_ETAG, tag);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, said[keep]);
	return call_send(c, status, r);
}

void storeweb_guard(struct MHD_Response *r)
{
	MHD_add_response_header(r, "Content-Security-Policy", PAGES_POLICY);
	MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
	MHD_add_response_header(r, "Cross-Origin-Resource-Policy", "same-origin");
	MHD_add_response_header(r, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT);
}

enum MHD_Result storeweb_send_page(struct call *c, struct bytes content, const char *type)
{
	const char *tag = arena_printf(&c->arena, "\"%.32s\"", release_sha256(content, &c->arena));
	bool known = is_known(c, tag);
	struct MHD_Response *r = MHD_create_response_from_buffer(known ? 0 : content.size, (void *)content.at, MHD_RESPMEM_MUST_COPY);

	if (r)
		storeweb_guard(r);
	return send_it(c, known ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, r, type, tag, KEEP_ASKING);
}

static enum MHD_Result send_nothing(struct call *c, unsigned status, const char *type, const char *tag, enum storeweb_keep keep)
{
	return send_it(c, status, MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT), type, tag, keep);
}

enum MHD_Result storeweb_send_bytes(struct call *c, struct bytes content, const char *type)
{
	const char *tag = arena_printf(&c->arena, "\"%.32s\"", release_sha256(content, &c->arena));

	if (is_known(c, tag))
		return send_nothing(c, MHD_HTTP_NOT_MODIFIED, type, tag, KEEP_ASKING);
	return send_it(c, MHD_HTTP_OK, MHD_create_response_from_buffer(content.size, (void *)content.at, MHD_RESPMEM_MUST_COPY), type, tag, KEEP_ASKING);
}

/* "bytes=FROM-TO", "bytes=FROM-", "bytes=-LAST": one range that lies in it; false when it is none.  Several are answered whole. */
static bool take_range(const char *said, uint64_t size, uint64_t *from, uint64_t *to, struct arena *a)
{
	const char *dash = strchr(said, '-');
	uint64_t first = 0, last = size ? size - 1 : 0;

	if (!dash || !size)
		return false;
	const char *left = arena_printf(a, "%.*s", (int)(dash - said), said);
	if (*left ? !route_number(left, &first) : !route_number(dash + 1, &last))
		return false;
	if (*left && dash[1] && !route_number(dash + 1, &last))
		return false;
	if (!*left) {
		first = last < size ? size - last : 0;
		last = last ? size - 1 : 0;
		if (!last && size > 1)
			return false;
	}
	*from = first;
	*to = last < size ? last : size - 1;
	return first <= *to;
}

/* A small one goes out with its head in one piece; of others the kernel sends the file. */
static struct MHD_Response *response_of(int fd, uint64_t from, uint64_t size, struct arena *a)
{
	if (size > SMALL_MAX)
		return MHD_create_response_from_fd_at_offset64(size, fd, from);
	char *content = arena_take(a, size);	/* the call's, which ends behind the answer */
	ssize_t n = pread(fd, content, size, (off_t)from);
	struct MHD_Response *r = n == (ssize_t)size ? MHD_create_response_from_buffer(size, content, MHD_RESPMEM_PERSISTENT) : NULL;
	if (r)
		close(fd);
	return r;
}

enum MHD_Result storeweb_send_file(struct call *c, int fd, uint64_t size, const char *type, const char *tag, enum storeweb_keep keep)
{
	const char *range = call_header(c, MHD_HTTP_HEADER_RANGE), *same = call_header(c, MHD_HTTP_HEADER_IF_RANGE);
	uint64_t from = 0, to = size ? size - 1 : 0;

	if (is_known(c, tag)) {
		close(fd);
		return send_nothing(c, MHD_HTTP_NOT_MODIFIED, type, tag, keep);
	}
	/* The rest of what the client has is wanted only if that is the same still. */
	bool part = range && !strncmp(range, "bytes=", 6) && !strchr(range, ',') && (!same || !strcmp(same, tag));
	if (part && !take_range(range + 6, size, &from, &to, &c->arena)) {
		close(fd);
		c->file_size = size;
		return call_problem(c, MHD_HTTP_RANGE_NOT_SATISFIABLE, "no-such-range", "it has not these bytes");
	}
	struct MHD_Response *r = response_of(fd, from, size ? to - from + 1 : 0, &c->arena);
	if (!r) {
		close(fd);
		return MHD_NO;
	}
	MHD_add_response_header(r, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
	if (part)
		MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_RANGE, arena_printf(&c->arena, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, from, to, size));
	return send_it(c, part ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK, r, type, tag, keep);
}
