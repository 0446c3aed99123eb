/* SPDX-License-Identifier: Apache-2.0 */
#include "connect.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "moving.h"
#include "printable.h"
#include "process.h"

enum { TRIES = 7, WORTH_TELLING = 4096 };	/* about a quarter of a minute of waits: a server that is started anew is there by then */

void connect_progress(void *context, uint64_t done, uint64_t of)
{
	(void)context;
	if (done >= WORTH_TELLING || of >= WORTH_TELLING)
		moving_tell("KiB", done / 1024, of / 1024);
}

/* The only one; to guess among several would send something to the wrong one. */
static int find_only(struct arena *a, const char **url, struct err *e)
{
	struct list logins = { 0 };
	struct text all = { 0 };
	size_t count = 0;

	int rc = known_list(NULL, a, &logins, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < logins.count; i++) {
		const struct known *k = logins.at[i];

		if (i && !strcmp(k->url, *url))
			continue;
		*url = k->url;
		text_add(&all, a, "%s%s", count++ ? ", " : "", k->url);
	}
	if (count == 1)
		return MS_OK;
	err_set(e, ERR_OPERANDS, "it is not said which store");
	return count ? err_fix(e, "--store URL, or MS_STORE=URL; you are logged in to: %s", all.at) : err_fix(e, "--store URL, or log in to it: ms login URL");
}

static int choose(const struct store_at *at, const char *publisher, struct arena *a, struct known *k, struct err *e)
{
	const char *url = at->url ? at->url : getenv("MS_STORE");
	int rc = MS_OK;

	if (!url || !*url)
		rc = find_only(a, &url, e);
	if (rc >= 0)
		rc = known_find(url, publisher, a, k, e);
	if (rc < 0)
		return rc;
	k->url = url;
	k->ca = at->ca ? path_absolute(a, at->ca) : k->ca;
	if (!at->token_file)
		return MS_OK;
	k->publisher = publisher;
	return known_read_token(at->token_file, a, &k->token, e);
}

/* For whom there are tokens there. */
static const char *names_of(const struct list *logins, struct arena *a)
{
	struct text all = { 0 };

	for (size_t i = 0; i < logins->count; i++) {
		const struct known *k = logins->at[i];

		text_add(&all, a, "%s%s", i ? ", " : "", k->publisher ? k->publisher : "?");
	}
	return all.at;
}

static int refuse_without(const char *url, const char *publisher, struct arena *a, struct err *e)
{
	const char *who = publisher ? publisher : "VENDOR";
	struct list logins = { 0 };

	int rc = known_list(url, a, &logins, e);
	if (rc < 0)
		return rc;
	if (logins.count && !publisher) {
		err_set(e, ERR_STORE_NOT_AUTHORISED, "you have tokens of several name spaces in '%s': %s", url, names_of(&logins, a));
		return err_fix(e, "say which: --publisher VENDOR");
	}
	if (logins.count)
		err_set(e, ERR_STORE_NOT_AUTHORISED, "no token of '%s' for '%s' is known, only of: %s", who, url, names_of(&logins, a));
	else
		err_set(e, ERR_STORE_NOT_AUTHORISED, "no token for '%s' is known", url);
	return err_fix(e, "ms login %s, or with your developer key: ms login %s --claim %s", url, url, who);
}

int connect_store(const struct store_at *at, const char *publisher, int needs_token, struct arena *a, struct connection *out, struct err *e)
{
	struct client_options o = { .tries = TRIES, .progress = connect_progress };
	struct known k = { 0 };

	process_catch_interrupt();
	int rc = choose(at, publisher, a, &k, e);
	if (rc < 0)
		return rc;
	o.ca = k.ca;
	o.token = k.token;
	rc = client_open(k.url, &o, a, &out->client, e);	/* first: an address that is none may hold a password, and is not to be shown */
	out->as = k;
	return rc < 0 || !needs_token || k.token ? rc : refuse_without(k.url, publisher, a, e);
}

int connect_strange(const struct client *c, struct err *e)
{
	err_set(e, ERR_STORE_ANSWER, "'%s' does not answer as a store does", client_url(c));
	return err_fix(e, "see that the address is that of a store ('ms store serve'), of the same version as this ms");
}

int connect_json(struct client *c, const struct client_request *r, struct arena *a, json_t **out, unsigned *status, struct err *e)
{
	struct client_answer answer;

	int rc = client_ask(c, r, a, &answer, e);
	if (rc < 0)
		return rc;
	json_t *o = json_loadb((const char *)answer.body.at, answer.body.size, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(o)) {
		json_decref(o);
		return connect_strange(c, e);
	}
	*out = o;
	if (status)
		*status = answer.status;
	return MS_OK;
}

int connect_post(struct client *c, const char *path, json_t *body, bool repeatable, struct arena *a, json_t **out, struct err *e)
{
	char *text = json_dumps(body, JSON_COMPACT);
	struct client_request r = { .method = "POST", .path = path, .body = { (uint8_t *)text, strlen(text) }, .repeatable = repeatable };

	json_decref(body);
	int rc = connect_json(c, &r, a, out, NULL, e);
	free(text);
	return rc;
}

const char *connect_text(const json_t *o, const char *name, struct arena *a)
{
	const char *text = json_string_value(json_object_get(o, name));
	char *copy = arena_printf(a, "%s", text ? text : "");

	copy[printable(copy, strlen(copy))] = '\0';
	return copy;
}
