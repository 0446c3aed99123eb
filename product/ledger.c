/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define S(name) (1u << LEAF_##name)

static const unsigned steps[] = {
	[LEAF_STAGED] = S(LIVE) | S(REJECTED) | S(HELD) | S(QUARANTINED),
	[LEAF_LIVE] = S(DEPRECATED) | S(YANKED) | S(HELD) | S(QUARANTINED),
	[LEAF_DEPRECATED] = S(LIVE) | S(YANKED) | S(HELD) | S(QUARANTINED),
	[LEAF_YANKED] = S(LIVE) | S(HELD) | S(QUARANTINED),
	[LEAF_HELD] = S(REJECTED) | S(QUARANTINED),
	[LEAF_QUARANTINED] = S(REMOVED),
	[LEAF_REJECTED] = 0,
	[LEAF_REMOVED] = 0,
};

static bool is_stopped(enum leaf_state state)
{
	return state == LEAF_HELD || state == LEAF_QUARANTINED;
}

bool ledger_may_become(enum leaf_state from, enum leaf_state before, enum leaf_state to)
{
	if ((size_t)from >= sizeof(steps) / sizeof(*steps))
		return false;
	if (is_stopped(from) && (to == before || (to == LEAF_LIVE && before != LEAF_STAGED)))
		return true;
	return steps[from] >> to & 1;
}

bool ledger_takes_source(enum leaf_state state)
{
	return state == LEAF_STAGED || state == LEAF_LIVE || state == LEAF_DEPRECATED || state == LEAF_YANKED;
}

enum leaf_state ledger_before(enum leaf_state from, enum leaf_state before, enum leaf_state to)
{
	if (!is_stopped(to))
		return 0;
	return is_stopped(from) ? before : from;
}

bool ledger_same_person(struct bytes first, struct bytes second)
{
	if (!first.size || second.size < first.size || memcmp(first.at, second.at, first.size))
		return first.size && !second.size;
	return second.size == first.size || second.at[first.size] == '/';
}

__attribute__((format(printf, 3, 4)))
static int refuse(const struct ledger *g, struct err *e, const char *format, ...)
{
	char why[600];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	err_set(e, ERR_LOG_FOLLOWS, "entry %llu of the log does not follow: %s", (unsigned long long)g->size, why);
	return err_fix(e, "use nothing that this store says from there on; ask who runs it");
}

const struct ledger_publisher *ledger_publisher(struct ledger *g, struct bytes name)
{
	void **at = bytemap_at(&g->publishers, name, NULL);
	return at ? *at : NULL;
}

const struct ledger_key *ledger_key(const struct ledger_publisher *p, const uint8_t kid[COSE_KID_SIZE])
{
	for (const struct ledger_key *k = p->keys; k; k = k->next)
		if (memcmp(k->key.kid, kid, COSE_KID_SIZE) == 0)
			return k;
	return NULL;
}

static int add_store(struct ledger *g, const struct leaf *l, struct err *e)
{
	if (g->store.name)
		return refuse(g, e, "it says once more whose log this is");
	note_key_init(&g->store, arena_string(&g->arena, l->origin), l->log_key.at);
	return MS_OK;
}

static int add_publisher(struct ledger *g, const struct leaf *l, struct err *e)
{
	if (ledger_publisher(g, l->publisher))
		return refuse(g, e, "'%.*s' has its name space already", (int)l->publisher.size, (const char *)l->publisher.at);
	struct ledger_publisher *p = arena_new(&g->arena, struct ledger_publisher);
	p->name = arena_string(&g->arena, l->publisher);
	*bytemap_at(&g->publishers, l->publisher, &g->arena) = p;
	return MS_OK;
}

static int add_key(struct ledger *g, struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	struct key_public key;

	key_public_from_point(&key, l->key.at);
	if (ledger_key(p, key.kid))
		return refuse(g, e, "'%s' has or had that key already", p->name);
	struct ledger_key *k = arena_new(&g->arena, struct ledger_key);
	*k = (struct ledger_key){ .key = key, .next = p->keys };
	p->keys = k;
	return MS_OK;
}

/* A key that may sign for the publisher now. */
static int usable_key(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l, struct ledger_key **out, struct err *e)
{
	struct ledger_key *k = (struct ledger_key *)ledger_key(p, l->kid.at);

	if (!k || k->revoked)
		return refuse(g, e, k ? "the key %s of '%s' was revoked before" : "there is no key %s of '%s'", key_kid_text(l->kid.at, &g->arena), p->name);
	*out = k;
	return MS_OK;
}

/* A key that was revoked may be quarantined, too: what it signed is there. */
static int add_key_state(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	struct ledger_key *k = (struct ledger_key *)ledger_key(p, l->kid.at);
	bool quarantined = l->state == LEAF_QUARANTINED;
	const char *kid = key_kid_text(l->kid.at, &g->arena);

	if (!k)
		return refuse(g, e, "there is no key %s of '%s'", kid, p->name);
	if ((!quarantined && l->state != LEAF_LIVE) || k->quarantined == quarantined)
		return refuse(g, e, "the key %s of '%s' cannot become %s", kid, p->name, leaf_state_name((enum leaf_state)l->state));
	k->quarantined = quarantined;
	return MS_OK;
}

static int add_approval(struct ledger *g, struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	if (p->approval == (l->change == LEAF_ADDED))
		return refuse(g, e, "it says again how '%s' approves", p->name);
	p->approval = l->change == LEAF_ADDED;
	return MS_OK;
}

static int add_revoke(struct ledger *g, struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	struct ledger_key *k;

	int rc = usable_key(g, p, l, &k, e);
	if (rc == MS_OK)
		k->revoked = true;
	return rc;
}

static struct bytes joined(struct arena *a, const struct leaf *l, bool with_version)
{
	struct text t = { 0 };

	text_add(&t, a, "%.*s/%.*s", (int)l->publisher.size, (const char *)l->publisher.at, (int)l->name.size, (const char *)l->name.at);
	if (with_version)
		text_add(&t, a, "/%.*s", (int)l->version.size, (const char *)l->version.at);
	return (struct bytes){ (uint8_t *)t.at, t.size };
}

static struct ledger_service *service_of(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l)
{
	struct arena scratch = { 0 };
	void **at = bytemap_at(&g->services, joined(&scratch, l, false), NULL);

	arena_done(&scratch);
	if (at)
		return *at;
	struct ledger_service *s = arena_new(&g->arena, struct ledger_service);
	*s = (struct ledger_service){ .publisher = p->name, .name = arena_string(&g->arena, l->name) };
	*bytemap_at(&g->services, joined(&g->arena, l, false), &g->arena) = s;
	*(g->last ? &g->last->next : &g->first) = s;
	g->last = s;
	return s;
}

static int add_publish(struct ledger *g, struct ledger_publisher *p, const struct leaf *l, struct bytes entry, struct err *e)
{
	struct bytes name = joined(&g->arena, l, true);
	struct ledger_key *k;

	int rc = usable_key(g, p, l, &k, e);
	if (rc < 0)
		return rc;
	if (bytemap_at(&g->versions, name, NULL))
		return refuse(g, e, "%.*s is published already", (int)name.size, (const char *)name.at);
	if (k->quarantined)
		return refuse(g, e, "%.*s is signed by a key that is quarantined", (int)name.size, (const char *)name.at);
	if (p->approval && l->state == LEAF_LIVE)
		return refuse(g, e, "%.*s is live and was approved by nobody", (int)name.size, (const char *)name.at);
	if (l->state != LEAF_LIVE && l->state != LEAF_STAGED)
		return refuse(g, e, "%.*s begins as %s", (int)name.size, (const char *)name.at, leaf_state_name((enum leaf_state)l->state));

	struct ledger_service *s = service_of(g, p, l);
	struct ledger_version *v = arena_new(&g->arena, struct ledger_version);
	*v = (struct ledger_version){ .publish = entry, .index = g->size, .changed = g->size, .state = (enum leaf_state)l->state };
	*bytemap_at(&g->versions, name, &g->arena) = v;
	*(s->last ? &s->last->next : &s->first) = v;
	s->last = v;
	return MS_OK;
}

/* Where somebody else has to: is it so? */
static bool may_approve(const struct ledger_publisher *p, const struct ledger_version *v, const struct leaf *l, struct arena *a)
{
	struct leaf publish;
	struct err why;

	if (!p->approval || v->state != LEAF_STAGED || l->state != LEAF_LIVE)
		return true;
	return leaf_read(v->publish, a, &publish, &why) == MS_OK && !ledger_same_person(publish.account, l->account);
}

static int add_state(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l, struct bytes entry, struct err *e)
{
	struct arena scratch = { 0 };
	struct bytes name = joined(&scratch, l, true);
	void **at = bytemap_at(&g->versions, name, NULL);
	struct ledger_version *v = at ? *at : NULL;
	int rc = MS_OK;

	if (!v)
		rc = refuse(g, e, "there is no %.*s", (int)name.size, (const char *)name.at);
	else if (!ledger_may_become(v->state, v->before, (enum leaf_state)l->state))
		rc = refuse(g, e, "%.*s is %s and cannot become %s", (int)name.size, (const char *)name.at, leaf_state_name(v->state),
			    leaf_state_name((enum leaf_state)l->state));
	else if (!may_approve(p, v, l, &scratch))
		rc = refuse(g, e, "%.*s is approved by who staged it", (int)name.size, (const char *)name.at);
	arena_done(&scratch);
	if (rc < 0)
		return rc;
	v->change = entry;
	v->changed = g->size;
	v->before = ledger_before(v->state, v->before, (enum leaf_state)l->state);
	v->state = (enum leaf_state)l->state;
	return MS_OK;
}

/* Is the source promised for the package that was published, by a key that may sign now? */
static int check_source(struct ledger *g, const struct ledger_publisher *p, const struct ledger_version *v, const struct leaf *l, struct bytes name, struct arena *a, struct err *e)
{
	struct ledger_key *k;
	struct leaf publish;

	int rc = usable_key(g, p, l, &k, e);
	if (rc == MS_OK)
		rc = leaf_read(v->publish, a, &publish, e);
	if (rc < 0)
		return rc;
	if (k->quarantined)
		return refuse(g, e, "the source of %.*s is signed by a key that is quarantined", (int)name.size, (const char *)name.at);
	if (!bytes_equal(l->package, publish.package))
		return refuse(g, e, "the source of %.*s is that of another package", (int)name.size, (const char *)name.at);
	return MS_OK;
}

static int add_source(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l, struct bytes entry, struct err *e)
{
	struct arena scratch = { 0 };
	struct bytes name = joined(&scratch, l, true);
	void **at = bytemap_at(&g->versions, name, NULL);
	struct ledger_version *v = at ? *at : NULL;
	int rc;

	if (!v)
		rc = refuse(g, e, "there is no %.*s", (int)name.size, (const char *)name.at);
	else if (v->source.size)
		rc = refuse(g, e, "%.*s has its source already", (int)name.size, (const char *)name.at);
	else if (!ledger_takes_source(v->state))
		rc = refuse(g, e, "%.*s is %s and gets no source any more", (int)name.size, (const char *)name.at, leaf_state_name(v->state));
	else
		rc = check_source(g, p, v, l, name, &scratch, e);
	arena_done(&scratch);
	if (rc < 0)
		return rc;
	v->source = entry;
	v->sourced = g->size;
	return MS_OK;
}

/* Of a kind that is about a publisher. */
static int add_of(struct ledger *g, const struct leaf *l, struct bytes entry, struct err *e)
{
	struct ledger_publisher *p = (struct ledger_publisher *)ledger_publisher(g, l->publisher);

	if (!p)
		return refuse(g, e, "nobody has the name space '%.*s'", (int)l->publisher.size, (const char *)l->publisher.at);
	switch (l->kind) {
	case LEAF_KEY:
		return add_key(g, p, l, e);
	case LEAF_REVOKE:
		return add_revoke(g, p, l, e);
	case LEAF_PUBLISH:
		return add_publish(g, p, l, entry, e);
	case LEAF_STATE:
		return add_state(g, p, l, entry, e);
	case LEAF_KEY_STATE:
		return add_key_state(g, p, l, e);
	case LEAF_APPROVAL:
		return add_approval(g, p, l, e);
	case LEAF_SOURCE:
		return add_source(g, p, l, entry, e);
	default:
		return MS_OK;	/* who acts for a publisher changes nothing that is shown */
	}
}

int ledger_add(struct ledger *g, struct bytes entry, struct err *e)
{
	struct arena scratch = { 0 };
	struct leaf l;

	int rc = leaf_read(entry, &scratch, &l, e);
	arena_done(&scratch);
	if (rc < 0)
		return rc;
	if (l.kind == LEAF_STORE)
		rc = add_store(g, &l, e);
	else if (!g->store.name)
		rc = refuse(g, e, "the first entry does not say whose log this is");
	else if (l.kind == LEAF_PUBLISHER)
		rc = add_publisher(g, &l, e);
	else
		rc = add_of(g, &l, entry, e);
	if (rc == MS_OK)
		g->size++;
	return rc;
}

void ledger_done(struct ledger *g)
{
	arena_done(&g->arena);
	*g = (struct ledger){ 0 };
}
