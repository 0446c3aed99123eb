/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a request that failed: the server's own words where it has some. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "client_line.h"
#include "printable.h"
#include "process.h"

/* What a refusal is to us, by status and, where that says too little, by the problem's title; rows of one status: the last is for all others. */
static const struct { long status; const char *title; int what; const char *fix; } meanings[] = {
	{ 401, NULL, ERR_STORE_NOT_AUTHORISED, NULL },
	{ 403, "not-believed", ERR_REFUSED, NULL },
	{ 403, NULL, ERR_STORE_RIGHT, NULL },
	{ 404, NULL, ERR_NO_FILE, NULL },
	{ 409, "version-taken", ERR_EXISTS, NULL },
	{ 409, NULL, ERR_STORE_STATE, NULL },
	{ 410, NULL, ERR_NO_FILE, NULL },
	{ 413, NULL, ERR_TOO_LARGE, "the store takes no more than that" },
	{ 422, "not-compatible", ERR_INCOMPATIBLE, NULL },
	{ 422, NULL, ERR_STORE_STATE, NULL },
	{ 429, NULL, ERR_STORE_UNREACHABLE, NULL },
};

static char *shown(const struct client_try *t, const char *text)
{
	char *copy = arena_printf(t->arena, "%.400s", text);

	copy[printable(copy, strlen(copy))] = '\0';
	return copy;
}

static const char *word_of(const json_t *problem, const char *name, const struct client_try *t)
{
	const char *text = json_string_value(json_object_get(problem, name));

	return text && *text ? shown(t, text) : NULL;
}

static int refused(const struct client_try *t, struct err *e)
{
	json_t *o = json_loadb(t->answer.at ? t->answer.at : "", t->answer.size, 0, NULL);
	const char *title = word_of(o, "title", t), *detail = word_of(o, "detail", t), *fix = word_of(o, "fix", t);
	int what = t->status >= 500 ? ERR_STORE_UNREACHABLE : ERR_STORE_ANSWER;

	for (size_t i = sizeof(meanings) / sizeof(*meanings); i-- > 0;) {
		if (meanings[i].status != t->status || (meanings[i].title && (!title || strcmp(meanings[i].title, title))))
			continue;
		what = meanings[i].what;
		fix = fix ? fix : meanings[i].fix;
	}
	json_decref(o);
	if (what == ERR_NO_FILE && !detail)
		err_set(e, what, "there is no '%s/%s'", t->client->url, t->request->path);
	else
		err_set(e, what, "the store '%s' %s: %s", t->client->url, t->status >= 500 ? "has trouble" : "refuses", detail ? detail : shown(t, arena_printf(t->arena, "status %ld", t->status)));
	/* What the store tells any program goes behind what is known here of this one. */
	if (what == ERR_STORE_NOT_AUTHORISED)
		err_fix(e, "log in with a token that counts there: ms login %s", t->client->url);
	else if (t->retry_after_sec > RETRY_AFTER_MAX_SEC)
		err_fix(e, "it asks to wait %ld seconds: do it again then", t->retry_after_sec);
	else if (t->status == 429)	/* what it asks for was waited already, as often as is good */
		err_fix(e, "wait some minutes, and do it again");
	else if (fix)
		err_fix(e, "%s", fix);
	else if (what == ERR_STORE_UNREACHABLE)
		err_fix(e, "do it again later; if it stays so, tell who runs the store");
	return e->code;
}

static int moved(const struct client_try *t, struct err *e)
{
	const char *where = client_header(t, "Location");

	err_set(e, ERR_STORE_ANSWER, "'%s' sends on to another address, which is not followed", t->client->url);
	return where ? err_fix(e, "if you believe it, use the address to which it sends: '%s'", shown(t, where)) : e->code;
}

static int not_shown(const struct client_try *t, struct err *e)
{
	err_set(e, ERR_STORE_CERTIFICATE, "'%s' shows no certificate that is believed (%s)", t->client->url, *t->words ? shown(t, t->words) : curl_easy_strerror(t->code));
	return err_fix(e, "if the store has an authority of its own: --ca FILE, the PEM file that who runs it gives; if not, somebody stands between");
}

static int too_slow(const struct client_try *t, struct err *e)
{
	err_set(e, ERR_STORE_UNREACHABLE, "'%s/%s' comes so slowly that it is not waited for", t->client->url, t->request->path);
	return err_fix(e, "do it again over a better line; if it stays so, tell who runs the store");
}

static int unreachable(const struct client_try *t, struct err *e)
{
	const char *why = curl_easy_strerror(t->code);

	if (t->code == CURLE_COULDNT_CONNECT || t->code == CURLE_COULDNT_RESOLVE_HOST)
		err_set(e, ERR_STORE_UNREACHABLE, "the store '%s' cannot be reached (%s)", t->client->url, why);
	else
		err_set(e, ERR_STORE_UNREACHABLE, "the line to the store '%s' was cut (%s)", t->client->url, why);
	return err_fix(e, "see whether the address is right and the network leads there, and do it again: what was there before is as it was");
}

int client_failed(const struct client_try *t, struct err *e)
{
	bool of_tls = t->code == CURLE_PEER_FAILED_VERIFICATION || t->code == CURLE_SSL_CACERT_BADFILE;

	if (process_interrupted())
		return err_set(e, ERR_STOPPED, "interrupted");
	if (t->write_errno) {
		errno = t->write_errno;
		return err_errno(e, "cannot write what comes from '%s'", t->client->url);
	}
	if (t->too_slow)
		return too_slow(t, e);
	if (t->too_large)
		return err_set(e, ERR_TOO_LARGE, "'%s/%s' is larger than it may be", t->client->url, t->request->path);
	if (t->status >= 400)
		return refused(t, e);
	if (of_tls)
		return not_shown(t, e);
	if (t->code)
		return unreachable(t, e);
	if (t->status >= 300 && t->status != 304)
		return moved(t, e);
	err_set(e, ERR_STORE_ANSWER, "'%s' does not answer as a store does (status %ld)", t->client->url, t->status);
	return e->code;
}
