/* SPDX-License-Identifier: Apache-2.0 */
/* One try of a request, and the next. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client_line.h"
#include "out.h"
#include "process.h"

enum { CONNECT_SEC = 10, SILENCE_SEC = 30, WAIT_MAX_MSEC = 8000, WAITS_MAX_MSEC = 120 * 1000,
       PROBLEM_MAX = 64 * 1024, HEADERS_MAX = 64 * 1024, ANSWER_MSEC = 60 * 1000, SLOWEST_PER_MSEC = 16, HANDSHAKES = 3 };

static size_t keep(struct client_try *t, const char *at, size_t size, size_t limit)
{
	t->too_large = t->answer.size + size > limit;
	if (t->too_large)
		return 0;
	text_add_bytes(&t->answer, t->arena, (struct bytes){ (const uint8_t *)at, size });
	return size;
}

static size_t write_file(struct client_try *t, const char *at, size_t size)
{
	if (!t->begun && !t->begin(t))
		return 0;
	t->begun = true;
	t->too_large = t->before + t->came + size > t->file_limit;
	if (t->too_large)
		return 0;
	for (size_t done = 0; done < size;) {
		ssize_t n = write(t->to, at + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			t->write_errno = errno;
			return 0;
		}
		done += (size_t)n;
	}
	t->came += size;
	return size;
}

static size_t take(char *at, size_t one, size_t size, void *context)
{
	struct client_try *t = context;

	(void)one;
	curl_easy_getinfo(t->client->curl, CURLINFO_RESPONSE_CODE, &t->status);
	if (t->status >= 400) {		/* the words for a refusal may be cut off; it stays what it is */
		size_t kept = keep(t, at, size, PROBLEM_MAX);

		t->too_large = false;
		return kept;
	}
	return t->to >= 0 ? write_file(t, at, size) : keep(t, at, size, t->limit);
}

/* Counted here, since libcurl keeps however many there are; and an answer whose head was cut counts for it as one without a body. */
static size_t take_header(char *at, size_t one, size_t size, void *context)
{
	struct client_try *t = context;

	(void)one;
	t->head_ended = size == 2 && !memcmp(at, "\r\n", 2);
	t->header_size += size;
	t->too_large = t->header_size > HEADERS_MAX;
	return t->too_large ? 0 : size;
}

static size_t give(char *at, size_t one, size_t size, void *context)
{
	return fread(at, one, size, context);
}

static int rewind_to(void *context, curl_off_t at, int whence)
{
	return fseek(context, (long)at, whence) ? CURL_SEEKFUNC_FAIL : CURL_SEEKFUNC_OK;
}

/* Who sends a byte now and then is not waited for until all have come. */
static bool is_too_slow(const struct client_try *t, uint64_t up)
{
	uint64_t most = up + (t->to >= 0 ? t->file_limit : t->limit), msec = t->client->options.answer_msec;

	msec = msec ? msec : ANSWER_MSEC + most / SLOWEST_PER_MSEC;
	return process_now_nsec() - t->begun_nsec > msec * 1000000;
}

static int look_up(void *context, curl_off_t down, curl_off_t downed, curl_off_t up, curl_off_t upped)
{
	struct client_try *t = context;
	const struct client_options *o = &t->client->options;

	if (o->progress && up)
		o->progress(o->context, (uint64_t)upped, (uint64_t)up);
	else if (o->progress && downed)
		o->progress(o->context, t->before + (uint64_t)downed, down ? t->before + (uint64_t)down : 0);
	t->too_slow = is_too_slow(t, (uint64_t)up);
	return process_interrupted() || t->too_slow;
}

/* What every request has in common. */
static void set_line(struct client_try *t)
{
	const struct client *c = t->client;
	CURL *curl = c->curl;

	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(t->arena, "%s/%s", c->url, t->request->path));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, strncmp(c->url, "https:", 6) ? "http" : "https");
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "ms");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SEC);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_SEC);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->words);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
	if (c->options.ca) {	/* and no other */
		curl_easy_setopt(curl, CURLOPT_CAINFO, c->options.ca);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	if (c->address.here)
		curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

static void set_body(struct client_try *t)
{
	const struct client_request *r = t->request;
	CURL *curl = t->client->curl;
	struct stat s;

	if (t->from && !fstat(fileno(t->from), &s)) {
		curl_easy_setopt(curl, CURLOPT_POST, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)s.st_size);
		curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
		curl_easy_setopt(curl, CURLOPT_READDATA, t->from);
		curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, rewind_to);
		curl_easy_setopt(curl, CURLOPT_SEEKDATA, t->from);
	} else if (r->body.size || (r->method && (!strcmp(r->method, "POST") || !strcmp(r->method, "PUT")))) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.size);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, r->body.size ? (const char *)r->body.at : "");
	}
	if (r->method && strcmp(r->method, "GET"))
		curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, r->method);
	if (t->before)
		curl_easy_setopt(curl, CURLOPT_RANGE, arena_printf(t->arena, "%" PRIu64 "-", t->before));
}

static struct curl_slist *headers(const struct client_try *t)
{
	const struct client_request *r = t->request;
	struct curl_slist *h = curl_slist_append(NULL, "Accept: application/json, */*");

	if (t->client->options.token)
		h = curl_slist_append(h, arena_printf(t->arena, "Authorization: Bearer %s", t->client->options.token));
	if (r->etag)
		h = curl_slist_append(h, arena_printf(t->arena, "If-None-Match: %s", r->etag));
	if (t->before && t->if_range)
		h = curl_slist_append(h, arena_printf(t->arena, "If-Range: %s", t->if_range));
	if (t->from || r->body.size)
		h = curl_slist_append(h, arena_printf(t->arena, "Content-Type: %s", r->type ? r->type : "application/json"));
	if (!t->from)
		h = curl_slist_append(h, "Expect:");
	return h;
}

void client_try(struct client_try *t)
{
	CURL *curl = t->client->curl;
	struct curl_slist *h = headers(t);
	curl_off_t after = 0;

	t->status = 0;
	t->begun = t->too_slow = t->head_ended = false;
	t->came = t->header_size = 0;
	t->begun_nsec = process_now_nsec();
	*t->words = '\0';
	set_line(t);
	set_body(t);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, h);
	t->code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &t->status);
	curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &after);
	if (!t->code && !t->head_ended)
		t->code = CURLE_GOT_NOTHING;
	t->retry_after_sec = (long)after;
	t->came_all += t->came;
	curl_slist_free_all(h);
}

const char *client_header(const struct client_try *t, const char *name)
{
	struct curl_header *h;

	return curl_easy_header(t->client->curl, name, 0, CURLH_HEADER, -1, &h) ? NULL : h->value;
}

/* What was asked for: nobody asks for a part but for a file's rest, nor whether something is still the same without naming it. */
static bool is_good(const struct client_try *t)
{
	if (t->code)
		return false;
	if (t->to >= 0)
		return t->status == 200 || (t->status == 206 && t->begun);
	return t->status == 304 ? t->request->etag != NULL : t->status >= 200 && t->status < 300 && t->status != 206;
}

/* Is it worth asking again, and may it be? */
static bool may_pass(const struct client_try *t)
{
	const struct client_request *r = t->request;
	bool asked_nothing = t->code == CURLE_COULDNT_CONNECT || t->code == CURLE_COULDNT_RESOLVE_HOST || t->status == 429 || t->status == 503;

	if (process_interrupted() || t->too_large || t->too_slow || t->write_errno || t->retry_after_sec > RETRY_AFTER_MAX_SEC)
		return false;
	if (!asked_nothing && r->method && !strcmp(r->method, "POST") && !r->repeatable)
		return false;
	if (t->status >= 400)
		return t->status == 429 || t->status == 500 || (t->status >= 502 && t->status <= 504);
	return t->code && t->code != CURLE_URL_MALFORMAT && t->code != CURLE_PEER_FAILED_VERIFICATION && t->code != CURLE_UNSUPPORTED_PROTOCOL &&
	       t->code != CURLE_SSL_CACERT_BADFILE;
}

/* A line that is cut while keys are agreed on looks like a server that knows no TLS: that one is not asked as often. */
static unsigned tries(const struct client_try *t)
{
	unsigned most = t->client->options.tries;

	return t->code == CURLE_SSL_CONNECT_ERROR && most > HANDSHAKES ? HANDSHAKES : most;
}

/* About `msec`, at random, so that not all who were cut off come back at once. */
static unsigned about(unsigned msec)
{
	unsigned random = 0;

	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) < 0)
		random = (unsigned)getpid();
	return msec / 2 + random % (msec + 1);
}

/* How long it waited. */
static unsigned wait_for_next(const struct client_try *t, unsigned msec)
{
	struct pollfd stop = { .fd = process_interrupt_fd(), .events = POLLIN };

	if (t->retry_after_sec > 0)
		msec = (unsigned)t->retry_after_sec * 1000;
	out_detail("%s: %s; asking again in %u ms", t->client->url, t->code ? curl_easy_strerror(t->code) : "it has trouble", msec);
	if (msec >= 1000)
		out_progress("waiting for %s", t->client->url);
	poll(&stop, 1, (int)msec);
	out_progress(NULL);
	return msec;
}

int client_insist(struct client_try *t, int (*prepare)(struct client_try *t, void *context, struct err *e), void *context, struct err *e)
{
	unsigned wait = t->client->options.first_wait_msec, waited = 0;

	for (unsigned i = 1;; i++) {
		int rc = prepare(t, context, e);

		if (rc < 0)
			return rc;
		client_try(t);
		if (is_good(t))
			return MS_OK;
		if (i >= tries(t) || waited > WAITS_MAX_MSEC || !may_pass(t))
			return client_failed(t, e);
		waited += wait_for_next(t, about(wait));
		wait = wait < WAIT_MAX_MSEC / 2 ? wait * 2 : WAIT_MAX_MSEC;
	}
}
