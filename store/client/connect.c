/* SPDX-License-Identifier: Apache-2.0 */
#include "connect.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "out.h"
#include "printable.h"
#include "process.h"

enum { TRIES = 7, SAY_AFTER_NSEC = 1000000000 };	/* about a quarter of a minute of waits: a server that is started anew is there by then */

void connect_progress(void *context, uint64_t done, uint64_t of)
{
	static uint64_t begun, last;

	(void)context;
	if (done < last || !begun)
		begun = process_now_nsec();
	last = done;
	if (of && process_now_nsec() - begun > SAY_AFTER_NSEC)
		out_progress("%" PRIu64 " of %" PRIu64 " KiB", done / 1024, of / 1024);
}

/* The only one; to guess among several would send something to the wrong one. */
static int find_only(struct arena *a, const char **url, struct err *e)
{
	struct list urls = { 0 };
	struct text all = { 0 };

	int rc = known_urls(a, &urls, e);
	if (rc < 0)
		return rc;
	if (urls.count == 1) {
		*url = urls.at[0];
		return MS_OK;
	}
	for (size_t i = 0; i < urls.count; i++)
		text_add(&all, a, "%s%s", i ? ", " : "", (const char *)urls.at[i]);
	err_set(e, ERR_OPERANDS, "it is not said which store");
	return urls.count ? err_fix(e, "--store URL, or MS_STORE=URL; you are logged in to: %s", all.at) : err_fix(e, "--store URL, or log in to it: ms login URL");
}

static int choose(const struct store_at *at, struct arena *a, struct known *k, struct err *e)
{
	const char *url = at->url ? at->url : getenv("MS_STORE");
	int rc = MS_OK;

	if (!url || !*url)
		rc = find_only(a, &url, e);
	if (rc >= 0)
		rc = known_find(url, a, k, e);
	if (rc < 0)
		return rc;
	k->url = url;
	k->ca = at->ca ? path_absolute(a, at->ca) : k->ca;
	return at->token_file ? known_read_token(at->token_file, a, &k->token, e) : MS_OK;
}

int connect_store(const struct store_at *at, int needs_token, struct arena *a, struct connection *out, struct err *e)
{
	struct client_options o = { .tries = TRIES, .progress = connect_progress };
	struct known k = { 0 };

	process_catch_interrupt();
	int rc = choose(at, a, &k, e);
	if (rc < 0)
		return rc;
	if (needs_token && !k.token) {
		err_set(e, ERR_STORE_NOT_AUTHORISED, "no token for '%s' is known", k.url);
		return err_fix(e, "ms login %s, or with your developer key: ms login %s --claim VENDOR", k.url, k.url);
	}
	o.ca = k.ca;
	o.token = k.token;
	rc = client_open(k.url, &o, a, &out->client, e);
	out->as = k;
	return rc;
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
