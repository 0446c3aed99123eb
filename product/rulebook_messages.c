/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "rulebook.h"

enum { SIGNAL_FIRST = 4 };

/* One interface of the product. */
struct endpoint { const struct device_service *owner; const struct manifest_interface *interface; };

struct granting {
	const struct device *device;
	struct rulebook *book;
	struct arena *arena;
	struct device_talk *talk;
	struct err *e;
	struct endpoint *endpoints;
	uint32_t count;
};

static const char *text(const struct granting *g, struct bytes b)
{
	return arena_string(g->arena, b);
}

static const struct endpoint *by_sid(const struct granting *g, uint32_t sid)
{
	for (uint32_t i = 0; i < g->count; i++)
		if (g->endpoints[i].interface->sid == sid)
			return &g->endpoints[i];
	return NULL;
}

static int add_endpoint(struct granting *g, const struct device_service *s, uint32_t i)
{
	const struct manifest_interface *n = &s->manifest->provides[i];
	const struct endpoint *other = by_sid(g, n->sid);
	struct table_rule r = { s->id, table_object(TABLE_ENDPOINT, g->count), TABLE_ENDPOINT_RECEIVE, n->sid };

	if (other) {
		err_set(g->e, ERR_SID_TWICE, "'%s' of '%s' and '%s' of '%s' have the same sid 0x%08x", text(g, n->name), s->name,
			text(g, other->interface->name), other->owner->name, (unsigned)n->sid);
		err_fix(g->e, "leave out one of the services: a sid is one interface's in all products");
		return rulebook_err_in(s, NULL, g->arena, g->e);
	}
	if (g->count == g->device->board->limit[BOARD_LIMIT_ENDPOINT_MAX]) {
		err_set(g->e, ERR_TABLE_FULL, "the services of this product provide more than the %u interfaces that %s has room for",
			(unsigned)g->count, g->device->board->name);
		return err_fix(g->e, "leave out a service, or raise 'endpoints' in the board's device tree");
	}
	r.operations |= (SIGNAL_FIRST + i) << 8 | (uint32_t)n->version << 16;
	r.operations |= n->flags & MANIFEST_CONNECTIONS ? TABLE_ENDPOINT_CONNECTIONS : 0;
	r.operations |= n->flags & MANIFEST_STRICT ? TABLE_ENDPOINT_STRICT : 0;
	g->endpoints[g->count++] = (struct endpoint){ s, n };
	return rulebook_add(g->book, &r, g->e);
}

static bool has(const struct texts *names, const char *name)
{
	for (uint32_t i = 0; i < names->count; i++)
		if (!strcmp(names->at[i], name))
			return true;
	return false;
}

static bool is_granted(const struct granting *g, const struct device_service *s, const struct manifest_interface *call)
{
	const struct endpoint *p = by_sid(g, call->sid);

	return !s->granted || has(s->granted, text(g, call->name)) ||
	       (p && (has(s->granted, p->owner->name) || has(s->granted, text(g, p->interface->name))));
}

/* Why a call would not come about, or NULL. */
static const char *misfit(const struct granting *g, const struct endpoint *p, const struct manifest_interface *call)
{
	bool connects = p->interface->flags & MANIFEST_CONNECTIONS;
	uint16_t has_version = p->interface->version;

	if (!bytes_equal(call->name, p->interface->name))
		return arena_printf(g->arena, "by the sid 0x%08x, which is that of '%s' of '%s'", (unsigned)call->sid, text(g, p->interface->name), p->owner->name);
	if (connects != !!(call->flags & MANIFEST_CONNECTIONS))
		return arena_printf(g->arena, "%s, and '%s' provides it %s", connects ? "without connections" : "by connections",
				    p->owner->name, connects ? "by connections" : "without");
	if (call->version == has_version && call->fingerprint.size && p->interface->fingerprint.size && !bytes_equal(call->fingerprint, p->interface->fingerprint))
		return arena_printf(g->arena, "by another header than '%s' has, and both say version %u", p->owner->name, has_version);
	if (p->interface->flags & MANIFEST_STRICT ? call->version == has_version : call->version <= has_version)
		return NULL;
	return arena_printf(g->arena, "in version %u, and '%s' provides %s %u", call->version, p->owner->name,
			    p->interface->flags & MANIFEST_STRICT ? "version" : "versions up to", has_version);
}

static int refuse_missing(const struct granting *g, const struct device_service *s, const struct manifest_interface *call)
{
	err_set(g->e, ERR_NOT_PROVIDED, "'%s' asks for '%s' (sid 0x%08x), which no service here provides", s->name, text(g, call->name),
		(unsigned)call->sid);
	err_fix(g->e, "add the service that provides it%s", s->granted ? "" : ", as in 'ms run CLIENT SERVER'");
	return rulebook_err_in(s, "grants.ipc", g->arena, g->e);
}

static int refuse_misfit(const struct granting *g, const struct device_service *s, const struct manifest_interface *call, const char *why)
{
	err_set(g->e, ERR_PROVIDER_VERSION, "'%s' asks for '%s' %s", s->name, text(g, call->name), why);
	err_fix(g->e, strstr(why, "header") ? "a changed header is a new 'version' of its interface: raise it in the provider, then build the client with that header" :
		strstr(why, "the sid") ? "its ms.yaml has to call the interface what its provider calls it: a grant by another name would say nothing" :
		"use versions of both services that fit each other");
	return rulebook_err_in(s, "grants.ipc", g->arena, g->e);
}

static int add_call(struct granting *g, const struct device_service *s, uint32_t i)
{
	const struct manifest_interface *call = &s->manifest->calls[i];
	const struct endpoint *p = by_sid(g, call->sid);
	bool weak = call->flags & MANIFEST_WEAK;

	if (!is_granted(g, s, call)) {
		rulebook_open(&(struct device_request){ s, DEVICE_INTERFACE, text(g, call->name) }, "grants.ipc", weak, g->arena, g->talk);
		return MS_OK;
	}
	if (!p)
		return weak ? MS_OK : refuse_missing(g, s, call);
	const char *why = misfit(g, p, call);
	if (why && !weak)
		return refuse_misfit(g, s, call, why);
	if (why) {
		rulebook_warn(s, "grants.ipc", g->arena, g->talk, "'%s' asks for '%s' %s: it has to do without", s->name, text(g, call->name), why);
		return MS_OK;
	}
	if (!s->granted)
		list_push(&g->talk->granted, g->arena, arena_printf(g->arena, "%s may call %s of %s", s->name, text(g, call->name), p->owner->name));
	return rulebook_add(g->book, &(struct table_rule){ s->id, table_object(TABLE_ENDPOINT, (uint32_t)(p - g->endpoints)),
							   TABLE_ENDPOINT_CALL, i }, g->e);
}

/* A grant that its service has not asked for is a mistake of the product. */
static int check_grants(const struct granting *g, const struct device_service *s)
{
	for (uint32_t i = 0; s->granted && i < s->granted->count; i++) {
		const struct texts one = { &s->granted->at[i], 1 };
		struct device_service only = *s;
		bool used = false;

		only.granted = &one;
		for (uint32_t k = 0; s->manifest && k < s->manifest->call_count; k++)
			used |= is_granted(g, &only, &s->manifest->calls[k]);
		if (used)
			continue;
		err_set(g->e, ERR_GRANT_UNASKED, "'%s' is granted '%s', which it does not ask for", s->name, s->granted->at[i]);
		err_fix(g->e, "take it out of 'grants', or let the service request it in its ms.yaml");
		return rulebook_err_in(s, arena_printf(g->arena, "grants.ipc[%u]", i), g->arena, g->e);
	}
	return MS_OK;
}

int rulebook_messages(const struct device *d, struct rulebook *b, struct arena *a, struct device_talk *out, struct err *e)
{
	struct granting g = { d, b, a, out, e, arena_array(a, struct endpoint, d->service_count * MANIFEST_PROVIDE_MAX + 1), 0 };
	int rc = MS_OK;

	for (uint32_t i = 0; i < d->service_count; i++)
		for (uint32_t k = 0; rc >= 0 && d->services[i].manifest && k < d->services[i].manifest->provide_count; k++)
			rc = add_endpoint(&g, &d->services[i], k);
	for (uint32_t i = 0; rc >= 0 && i < d->service_count; i++) {
		const struct device_service *s = &d->services[i];

		rc = check_grants(&g, s);
		for (uint32_t k = 0; rc >= 0 && s->manifest && k < s->manifest->call_count; k++)
			rc = add_call(&g, s, k);
	}
	return rc;
}
