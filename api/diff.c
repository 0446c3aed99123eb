/* SPDX-License-Identifier: Apache-2.0 */
/* ms api diff: may clients that were built with the old header call a service that has the new one? */
#include "command.h"

#include <string.h>

#include "canon.h"

static const struct call *find(const struct contract *k, const char *name)
{
	for (uint32_t i = 0; i < k->count; i++)
		if (!strcmp(k->calls[i].function->name, name))
			return &k->calls[i];
	return NULL;
}

static void tell(const char *change, const struct contract *k, const struct call *c, bool breaks)
{
	json_t *event = json_object();

	out_line("%s:%d: %s %s%s", k->header->path, c->function->place.line, c->function->name, change, breaks ? ": old clients cannot call it" : "");
	json_object_set_new(event, "function", out_string(c->function->name));
	json_object_set_new(event, "change", out_string(change));
	json_object_set_new(event, "breaks", json_boolean(breaks));
	out_event("function_change", event);
}

/* What became of a function that was there; true if old clients cannot call it any more. */
static bool is_broken(const struct contract *old, const struct call *was, const struct contract *new, struct arena *a)
{
	const struct call *is = find(new, was->function->name);

	if (!is)
		tell("is gone", old, was, true);
	else if (is->number != was->number)
		tell(arena_printf(a, "stands at place %u, and stood at %u", is->number, was->number), new, is, true);
	else if (strcmp(canon_function(is, a), canon_function(was, a)))
		tell("takes or gives something else", new, is, true);
	else
		return false;
	return true;
}

int command_diff(const struct request *r, struct arena *a, struct err *e)
{
	struct contract old, new;
	uint32_t broken = 0, added = 0;

	int rc = command_read_whole(r, r->operands[0], a, &old, e);
	if (rc >= 0)
		rc = command_read_whole(r, r->operands[1], a, &new, e);
	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < old.count; i++)
		broken += is_broken(&old, &old.calls[i], &new, a);
	for (uint32_t i = 0; i < new.count; i++)
		if (!find(&old, new.calls[i].function->name)) {
			tell("is new", &new, &new.calls[i], false);
			added++;
		}
	out_field("compatible", json_boolean(!broken));
	if (broken) {
		err_set(e, ERR_PROVIDER_VERSION, "%u function%s of '%s' cannot be called by clients of '%s'", broken, broken == 1 ? "" : "s", r->operands[1], r->operands[0]);
		return err_fix(e, "keep what is there and add functions at the end, or raise 'version' with 'version-policy: strict'");
	}
	out_line(added ? "compatible: raise 'version', and say 'version-policy: relaxed' to serve old clients" : "compatible: the messages are the same");
	return MS_OK;
}
