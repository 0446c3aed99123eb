/* SPDX-License-Identifier: Apache-2.0 */
#include "remote_files.h"

#include <curl/curl.h>
#include <string.h>
#include <time.h>

#include "process.h"

enum { TRIES = 4, FIRST_WAIT_MSEC = 250, CONNECT_SEC = 10, SILENCE_SEC = 20 };

struct remote_files { CURL *curl; const char *url; };

/* What comes. */
struct coming {
	struct text text;
	struct arena *arena;
	size_t limit;
	bool too_large;
};

static size_t take(char *at, size_t one, size_t size, void *context)
{
	struct coming *c = context;

	c->too_large = c->text.size + size > c->limit;
	if (c->too_large)
		return 0;
	text_add_bytes(&c->text, c->arena, (struct bytes){ (const uint8_t *)at, size });
	return one * size;
}

static int stop_when_interrupted(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	(void)context, (void)a, (void)b, (void)c, (void)d;
	return process_interrupted();
}

static void prepare(struct remote_files *r, const char *address, struct coming *c)
{
	curl_easy_reset(r->curl);
	curl_easy_setopt(r->curl, CURLOPT_URL, address);
	curl_easy_setopt(r->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(r->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(r->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SEC);
	curl_easy_setopt(r->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(r->curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_SEC);
	curl_easy_setopt(r->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(r->curl, CURLOPT_WRITEDATA, c);
	curl_easy_setopt(r->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(r->curl, CURLOPT_XFERINFOFUNCTION, stop_when_interrupted);
}

/* Whether to ask again is worth it: the server may be starting, or be asked too often. */
static bool may_pass(CURLcode code, long status)
{
	return code == CURLE_OK ? status >= 500 || status == 429 : code != CURLE_URL_MALFORMAT && code != CURLE_PEER_FAILED_VERIFICATION && code != CURLE_UNSUPPORTED_PROTOCOL;
}

static int unreachable(const struct remote_files *r, CURLcode code, long status, struct err *e)
{
	if (process_interrupted())
		return err_set(e, ERR_STOPPED, "interrupted");
	if (code)
		err_set(e, ERR_STORE_UNREACHABLE, "the store '%s' cannot be reached (%s)", r->url, curl_easy_strerror(code));
	else
		err_set(e, ERR_STORE_UNREACHABLE, "the store '%s' does not give its files: status %ld", r->url, status);
	return err_fix(e, "see whether the address is right and the network leads there, and do it again: what was there before is as it was");
}

static void wait_some(int msec)
{
	nanosleep(&(struct timespec){ msec / 1000, msec % 1000 * 1000000L }, NULL);
}

static int read_there(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	struct remote_files *r = context;
	const char *address = arena_printf(a, "%s/%s", r->url, path);
	struct coming c;
	CURLcode code;
	long status = 0;

	for (int i = 0, wait = FIRST_WAIT_MSEC;; i++, wait *= 2) {
		c = (struct coming){ .arena = a, .limit = limit };
		prepare(r, address, &c);
		code = curl_easy_perform(r->curl);
		curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &status);
		if (c.too_large || i + 1 == TRIES || !may_pass(code, status) || process_interrupted())
			break;
		wait_some(wait);
	}
	if (c.too_large)
		return err_set(e, ERR_TOO_LARGE, "'%s' is larger than it may be", address);
	if (!code && (status == 404 || status == 410))
		return err_set(e, ERR_NO_FILE, "there is no '%s'", address);
	if (code || status != 200)
		return unreachable(r, code, status, e);
	*content = (struct bytes){ (uint8_t *)c.text.at, c.text.size };
	return MS_OK;
}

int remote_files_open(const char *url, struct arena *a, struct remote_files **out, struct storefiles *files, struct err *e)
{
	struct remote_files *r = *out = arena_new(a, struct remote_files);
	size_t size = strlen(url);

	while (size && url[size - 1] == '/')
		size--;
	r->url = arena_printf(a, "%.*s", (int)size, url);
	if (!curl_global_init(CURL_GLOBAL_DEFAULT))
		r->curl = curl_easy_init();
	*files = (struct storefiles){ .read = read_there, .context = r, .name = r->url };
	return r->curl ? MS_OK : err_set(e, ERR_STORE_UNREACHABLE, "libcurl does not start");
}

void remote_files_close(struct remote_files *r)
{
	if (r && r->curl)
		curl_easy_cleanup(r->curl);
}
