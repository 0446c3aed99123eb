/* SPDX-License-Identifier: Apache-2.0 */
#include "link.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <string.h>

#include "frame.h"
#include "key.h"
#include "out.h"
#include "printable.h"
#include "process.h"

enum { ANSWER_MAX = 1 << 20, CONNECT_SEC = 10, ASK_SEC = 30, SEND_SEC = 180, SILENCE_SEC = 10 };

/* What comes back. */
struct coming {
	struct link *l;
	struct text text;	/* an answer, or a problem in a log's place */
	struct frame_reader *reader;
	void (*take)(void *context, const struct frame *f);
	bool (*stop)(void *context);
	void *context;
	bool too_large, no_log;
};

int link_open(struct link *l, const struct remote *r, struct arena *a, struct err *e)
{
	*l = (struct link){ .remote = *r, .arena = a };
	if (!curl_global_init(CURL_GLOBAL_DEFAULT))
		l->curl = curl_easy_init();
	if (l->curl)
		return MS_OK;
	err_set(e, ERR_RIG_UNREACHABLE, "libcurl does not start");
	return err_fix(e, "'ms doctor' looks at what is installed");
}

void link_close(struct link *l)
{
	if (l->curl)
		curl_easy_cleanup(l->curl);
	l->curl = NULL;
}

static bool is_unix(const struct link *l)
{
	return !strncmp(l->remote.url, "unix:", 5);
}

static size_t take_answer(char *at, size_t one, size_t size, void *context)
{
	struct coming *c = context;

	if (c->text.size + size > ANSWER_MAX) {
		c->too_large = true;
		return 0;
	}
	text_add_bytes(&c->text, c->l->arena, (struct bytes){ (const uint8_t *)at, size });
	return one * size;
}

static size_t take_log(char *at, size_t one, size_t size, void *context)
{
	struct coming *c = context;
	long status = 0;

	curl_easy_getinfo(c->l->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return take_answer(at, one, size, context);
	c->no_log = frame_reader_take(c->reader, at, size, c->take, c->context) < 0;
	return c->no_log || c->stop(c->context) ? 0 : size;
}

static int look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t d, curl_off_t f)
{
	struct coming *c = context;

	(void)a, (void)b, (void)d, (void)f;
	return (process_interrupted() && !c->l->leaving) || (c->stop && c->stop(c->context));
}

/* What every request has in common.  No redirects, no other protocols, no proxy's password, nothing secret in the URL. */
static void prepare(struct link *l, const char *method, const char *path, struct coming *c)
{
	CURL *curl = l->curl;

	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(l->arena, "%s%s", is_unix(l) ? "http://rig" : l->remote.url, path));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_unix(l) ? "http" : "https");
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SEC);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, c->reader ? take_log : take_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, c);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, c);
	if (is_unix(l)) {
		curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, l->remote.url + 5);
		curl_easy_setopt(curl, CURLOPT_PROXY, "");
	} else if (l->remote.pin) {
		curl_easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, l->remote.pin);
		curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);	/* the pin says more than an authority would */
		curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (!is_unix(l))
		curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
}

static struct curl_slist *headers(const struct link *l, const char *digest)
{
	struct curl_slist *h = curl_slist_append(NULL, "Expect:");

	if (l->remote.token)
		h = curl_slist_append(h, arena_printf(l->arena, "Authorization: Bearer %s", l->remote.token));
	if (l->epoch)
		h = curl_slist_append(h, arena_printf(l->arena, "Rig-Epoch: %" PRIu64, l->epoch));
	if (digest)
		h = curl_slist_append(h, arena_printf(l->arena, "Rig-Digest: %s", digest));
	return h;
}

static int unreachable(const struct link *l, CURLcode code, const struct coming *c, struct err *e)
{
	if (process_interrupted() && !l->leaving)
		return err_set(e, ERR_STOPPED, "interrupted");
	if (c->too_large || c->no_log) {
		err_set(e, ERR_RIG_ANSWER, "the rig '%s' answers something else than rig/1", l->remote.name);
		return err_fix(e, "see that the address is that of 'ms rig serve', of the same version as this ms");
	}
	if (code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_PEER_FAILED_VERIFICATION) {
		err_set(e, ERR_RIG_NOT_AUTHORISED, "the rig '%s' does not show the certificate that it should", l->remote.name);
		return err_fix(e, l->remote.pin ? "if the rig has a new one, ask who runs it for the pin, and log in again; if not, somebody stands between"
			       : "name its pin: ms rig login NAME URL --pin sha256//...");
	}
	if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST)
		err_set(e, ERR_RIG_UNREACHABLE, "the rig '%s' cannot be reached (%s)", l->remote.name, curl_easy_strerror(code));
	else
		err_set(e, ERR_RIG_UNREACHABLE, "the line to the rig '%s' was cut (%s)", l->remote.name, curl_easy_strerror(code));
	return err_fix(e, "see whether the rig runs and the network leads there, and do it again: nothing was concluded");
}

/* What the rig says is wrong. */
static int refused(const struct link *l, long status, const char *text, struct err *e)
{
	json_t *o = json_loads(text ? text : "", 0, NULL);
	const char *title = json_string_value(json_object_get(o, "title")), *detail = json_string_value(json_object_get(o, "detail")), *fix = json_string_value(json_object_get(o, "fix"));
	char shown[512];

	snprintf(shown, sizeof(shown), "%s", detail ? detail : "it gives no reason");
	shown[printable(shown, strlen(shown))] = '\0';
	int what = status == 401 ? ERR_RIG_NOT_AUTHORISED : title && !strcmp(title, "lease-lost") ? ERR_RIG_LEASE_LOST : title && !strcmp(title, "no-such-board") ? ERR_RIG_UNKNOWN : ERR_RIG_REFUSED;
	err_set(e, what, "the rig '%s' refuses: %s", l->remote.name, shown);
	if (status == 401)
		err_fix(e, "log in with the token that who runs the rig has made for you: ms rig login NAME URL");
	else if (what == ERR_RIG_LEASE_LOST)
		err_fix(e, "the rig did not hear from here for too long, or was started anew: do it again");
	else if (what == ERR_RIG_UNKNOWN)
		err_fix(e, "'ms rig list' lists what the rigs have");
	else
		err_fix(e, "%s", fix && *fix ? fix : "ask who runs the rig: its log says more");
	json_decref(o);
	return e->code;
}

static int perform(struct link *l, struct coming *c, const char *digest, long *status, struct err *e)
{
	struct curl_slist *h = headers(l, digest);

	curl_easy_setopt(l->curl, CURLOPT_HTTPHEADER, h);
	CURLcode code = curl_easy_perform(l->curl);
	curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, status);
	curl_slist_free_all(h);
	if (c->stop && c->stop(c->context))
		return MS_OK;
	if (code && !(c->reader && *status >= 400))
		return unreachable(l, code, c, e);
	return *status >= 400 ? refused(l, *status, c->text.at, e) : MS_OK;
}

int link_ask(struct link *l, const char *method, const char *path, json_t *body, json_t **answer, struct err *e)
{
	struct coming c = { .l = l };
	char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
	long status = 0;

	json_decref(body);
	if (answer)
		*answer = NULL;
	prepare(l, method, path, &c);
	curl_easy_setopt(l->curl, CURLOPT_TIMEOUT, (long)ASK_SEC);
	if (text || strcmp(method, "GET"))
		curl_easy_setopt(l->curl, CURLOPT_COPYPOSTFIELDS, text ? text : "");
	free(text);
	curl_easy_setopt(l->curl, CURLOPT_CUSTOMREQUEST, method);
	int rc = perform(l, &c, NULL, &status, e);
	if (rc < 0 || !answer)
		return rc < 0 ? rc : (int)status;
	*answer = json_loadb(c.text.at ? c.text.at : "", c.text.size, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(*answer))
		return (int)status;
	json_decref(*answer);
	*answer = NULL;
	c.no_log = true;
	return unreachable(l, CURLE_OK, &c, e);
}

int link_send(struct link *l, const char *path, struct bytes content, struct err *e)
{
	struct coming c = { .l = l };
	uint8_t digest[32];
	char text[65];
	long status = 0;

	sha256(content, digest);
	for (int i = 0; i < 32; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	prepare(l, "PUT", path, &c);
	curl_easy_setopt(l->curl, CURLOPT_TIMEOUT, (long)SEND_SEC);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)content.size);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDS, content.at);
	curl_easy_setopt(l->curl, CURLOPT_CUSTOMREQUEST, "PUT");
	int rc = perform(l, &c, text, &status, e);
	return rc < 0 ? rc : MS_OK;
}

int link_follow(struct link *l, const char *path, void (*take)(void *context, const struct frame *f), bool (*stop)(void *context), void *context, struct err *e)
{
	struct frame_reader *r = arena_new(l->arena, struct frame_reader);
	struct coming c = { .l = l, .reader = r, .take = take, .stop = stop, .context = context };
	long status = 0;

	frame_reader_init(r, l->arena);
	prepare(l, "GET", path, &c);
	curl_easy_setopt(l->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(l->curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_SEC);
	int rc = perform(l, &c, NULL, &status, e);
	if (rc < 0 || r->whole || stop(context))
		return rc;
	c.no_log = r->next || r->used;
	return c.no_log ? unreachable(l, CURLE_PARTIAL_FILE, &(struct coming){ 0 }, e) : unreachable(l, CURLE_GOT_NOTHING, &c, e);
}
