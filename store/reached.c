/* SPDX-License-Identifier: Apache-2.0 */
#include "reached.h"

#include <string.h>

int reached_say(struct reached *r, const struct list *urls, struct arena *a, struct err *e)
{
	struct address at;

	for (size_t i = 0; i < urls->count; i++) {
		int rc = address_read(urls->at[i], a, &at, e);

		if (rc < 0)
			return rc;
		list_push(&r->at, a, (void *)at.text);
	}
	r->said = urls->count;
	return MS_OK;
}

static void push(struct reached *r, const struct address *at, const char *host, struct arena *a)
{
	list_push(&r->at, a, arena_printf(a, "http%s://%s%s", at->secure ? "s" : "", host, at->port));
}

/* Who listens on all addresses is reached on this computer's own, too; which others there are only who runs it knows. */
void reached_listen(struct reached *r, const char *url, struct arena *a)
{
	struct address at;
	struct err ignored;

	if (r->said)
		return;
	if (address_read(url, a, &at, &ignored) < 0) {
		list_push(&r->at, a, (void *)url);
		return;
	}
	bool all4 = !strcmp(at.host, "0.0.0.0"), all6 = !strcmp(at.host, "[::]");
	if (!all4 && !all6)
		push(r, &at, at.host, a);
	if (all4 || all6)
		push(r, &at, "127.0.0.1", a);
	if (all6)
		push(r, &at, "[::1]", a);
	if (all4 || all6 || at.here)
		push(r, &at, "localhost", a);
}

bool reached_has(const struct reached *r, const char *at, bool from_here, struct arena *a)
{
	struct address there = { 0 };
	struct err ignored;
	bool found = false;

	for (size_t i = 0; i < r->at.count; i++)
		found = found || !strcmp(r->at.at[i], at);
	if (!found || r->said)
		return found;
	return address_read(at, a, &there, &ignored) < 0 || !there.here || from_here;
}
