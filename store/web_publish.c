/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing, and what becomes of a version afterwards. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "key.h"
#include "source_archive.h"
#include "storeweb.h"

static const char *digest_of(struct call *c, struct arena *a)
{
	uint8_t digest[32];
	char text[65];

	sha256_end(c->hash, digest);
	for (int i = 0; i < 32; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	return arena_printf(a, "%s", text);
}

/* Its first member's name tells which it is. */
static bool is_source(const char *path)
{
	uint8_t head[PACKAGE_BLOCK];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : pread(fd, head, sizeof(head), 0);

	if (fd >= 0)
		close(fd);
	return n > 0 && source_is((struct bytes){ head, (size_t)n });
}

enum MHD_Result post_publish(struct call *c)
{
	const char *publisher = call_argument(c, "publisher");
	struct order *o;

	if (asked_of(c)->order)
		return storeweb_result(c);
	if (!c->size)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "the body is to be a package (.msp), or the source package of one that is published");
	if (!publisher && !c->user)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "who shows no token says for which name space it would be: ?dry-run=1&publisher=NAME");
	o = storeweb_order(c, is_source(c->path) ? ORDER_SOURCE : ORDER_PUBLISH);
	o->of = publisher ? arena_printf(&o->arena, "%s", publisher) : o->publisher;
	o->file = arena_printf(&o->arena, "%s", c->path);
	*(o->kind == ORDER_SOURCE ? &o->source : &o->package) = digest_of(c, &o->arena);
	o->size = c->size;
	o->stage = storeweb_is_set(c, "stage");
	o->dry_run = storeweb_is_set(c, "dry-run");
	return storeweb_hand_over(c, o);
}

static const char *text_in(json_t *wish, const char *name, struct arena *a)
{
	const char *text = json_string_value(json_object_get(wish, name));

	return text ? arena_printf(a, "%s", text) : NULL;
}

enum MHD_Result post_state(struct call *c)
{
	struct order *o;
	json_t *wish;

	if (asked_of(c)->order)
		return storeweb_result(c);
	o = storeweb_order(c, ORDER_STATE);
	wish = call_object(c);
	const char *state = json_string_value(json_object_get(wish, "state"));
	o->state = state ? leaf_state_named(state) : 0;
	o->reason = text_in(wish, "reason", &o->arena);
	o->words = text_in(wish, "words", &o->arena);
	o->replacement = text_in(wish, "replacement", &o->arena);
	o->of = arena_printf(&o->arena, "%s", c->parts.at[0]);
	o->name = arena_printf(&o->arena, "%s", c->parts.at[1]);
	o->version = arena_printf(&o->arena, "%s", c->parts.at[2]);
	json_decref(wish);
	if (o->state)
		return storeweb_hand_over(c, o);
	order_end(o);
	return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "the body is to be {\"state\": \"live\", \"deprecated\", \"yanked\" or \"quarantined\", ..., \"reason\": WORD, \"words\": TEXT, \"replacement\": VERSION}");
}
