/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client_line.h"

enum { TRIES = 4, FIRST_WAIT_MSEC = 250 };

/* What is secret is for the store alone. */
int client_keeps_secrets(const struct client *c, struct err *e)
{
	if (c->address.here || c->address.secure)
		return MS_OK;
	err_set(e, ERR_STORE_URL, "a token would go to '%s' for all to read on the way", c->url);
	return err_fix(e, "use its address with https://; http is for a store on this computer");
}

int client_show(struct client *c, const char *token, struct err *e)
{
	int rc = token ? client_keeps_secrets(c, e) : MS_OK;

	if (rc < 0)
		return rc;
	c->options.token = token ? arena_printf(&c->arena, "%s", token) : NULL;
	return MS_OK;
}

int client_open(const char *url, const struct client_options *o, struct arena *a, struct client **out, struct err *e)
{
	struct client *c = arena_new(a, struct client);
	size_t size = strlen(url);

	while (size && url[size - 1] == '/')
		size--;
	*c = (struct client){ .options = *o };
	if (curl_global_init(CURL_GLOBAL_DEFAULT) || !(c->curl = curl_easy_init()))
		return err_set(e, ERR_STORE_UNREACHABLE, "libcurl does not start");
	c->url = arena_printf(&c->arena, "%.*s", (int)size, url);
	c->options.tries = o->tries ? o->tries : TRIES;
	c->options.first_wait_msec = o->first_wait_msec ? o->first_wait_msec : FIRST_WAIT_MSEC;
	int rc = address_read(c->url, &c->arena, &c->address, e);
	if (rc >= 0 && o->ca && access(o->ca, R_OK))
		rc = err_errno(e, "cannot open '%s'", o->ca);
	if (rc >= 0)
		rc = client_show(c, o->token, e);
	if (rc < 0)
		client_close(c);
	else
		*out = c;
	return rc;
}

void client_close(struct client *c)
{
	if (!c)
		return;
	curl_easy_cleanup(c->curl);
	c->curl = NULL;
	arena_done(&c->arena);
}

const char *client_url(const struct client *c)
{
	return c->url;
}

const char *client_address(const struct client *c)
{
	return c->address.text;
}

const char *client_escape(const char *text, struct arena *a)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (; *text; text++)
		text_add(&t, a, strchr(plain, *text) ? "%c" : "%%%02X", (unsigned char)*text);
	return t.at;
}

const char *client_unescape(const char *text, struct arena *a)
{
	struct text t = { 0 };
	unsigned byte;
	int used;

	text_add(&t, a, "%s", "");
	for (; *text; text++) {
		used = 0;
		if (*text == '%' && sscanf(text + 1, "%2x%n", &byte, &used) == 1 && used == 2 && byte)
			text += 2;
		text_add(&t, a, "%c", used == 2 && byte ? (int)byte : *text);
	}
	return t.at;
}

/* Each try begins anew: nothing that came before, and the file from its start. */
static int prepare_answer(struct client_try *t, void *context, struct err *e)
{
	(void)context;
	t->answer = (struct text){ 0 };
	t->too_large = false;
	if (t->from && fseek(t->from, 0, SEEK_SET))
		return err_errno(e, "cannot read '%s'", t->request->file);
	return MS_OK;
}

int client_ask(struct client *c, const struct client_request *r, struct arena *a, struct client_answer *out, struct err *e)
{
	struct client_try t = { .client = c, .request = r, .arena = a, .to = -1, .limit = r->limit ? r->limit : CLIENT_ANSWER_MAX };

	if (r->file && !(t.from = fopen(r->file, "rbe")))
		return err_errno(e, "cannot open '%s'", r->file);
	int rc = client_insist(&t, prepare_answer, NULL, e);
	if (t.from)
		fclose(t.from);
	if (rc < 0)
		return rc;
	const char *etag = client_header(&t, "ETag");
	text_add(&t.answer, a, "%s", "");
	*out = (struct client_answer){ (unsigned)t.status, { (uint8_t *)t.answer.at, t.answer.size }, etag ? arena_printf(a, "%s", etag) : NULL };
	return MS_OK;
}
