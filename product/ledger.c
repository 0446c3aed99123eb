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

static bool is_proof(const struct leaf *l)
{
	return !bytes_equal(l->proof, leaf_text(LEDGER_UNPROVEN));
}

static int add_publisher(struct ledger *g, const struct leaf *l, struct err *e)
{
	if (ledger_publisher(g, l->publisher))
		return refuse(g, e, "'%.*s' has its name space already", (int)l->publisher.size, (const char *)l->publisher.at);
	struct ledger_publisher *p = arena_new(&g->arena, struct ledger_publisher);
	p->name = arena_string(&g->arena, l->publisher);
	p->proven = is_proof(l);
	*bytemap_at(&g->publishers, leaf_text(p->name), &g->arena) = p;
	return MS_OK;
}

static int add_proof(struct ledger *g, struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	if (p->proven || !is_proof(l))
		return refuse(g, e, p->proven ? "'%s' is proven already" : "it proves nothing about '%s'", p->name);
	p->proven = true;
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

static const char *service_name(const void *item)
{
	return ((const struct ledger_service *)item)->name;
}

static const char *version_name(const void *item)
{
	return ((const struct ledger_version *)item)->name;
}

static struct ledger_service *find_service(const struct ledger *g, const struct ledger_publisher *p, const struct leaf *l)
{
	return ledger_map_find(&g->services, service_name, p->name, l->name);
}

static struct ledger_version *find_version(const struct ledger *g, const struct ledger_publisher *p, const struct leaf *l)
{
	const struct ledger_service *s = find_service(g, p, l);
	return s ? ledger_map_find(&g->versions, version_name, s, l->version) : NULL;
}

static struct ledger_service *service_of(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l)
{
	struct ledger_service *s = find_service(g, p, l);

	if (s)
		return s;
	s = arena_new(&g->arena, struct ledger_service);
	*s = (struct ledger_service){ .publisher = p->name, .name = arena_string(&g->arena, l->name) };
	ledger_map_add(&g->services, service_name, s);
	*(g->last ? &g->last->next : &g->first) = s;
	g->last = s;
	return s;
}

/* Who staged it is asked again when it is approved. */
static struct ledger_version *new_version(struct ledger *g, const struct ledger_service *s, const struct leaf *l)
{
	size_t account = l->state == LEAF_STAGED ? l->account.size : 0;
	struct ledger_version *v = arena_take(&g->arena, sizeof(*v) + l->version.size + account + 2);

	*v = (struct ledger_version){ .of = s, .index = g->size, .changed = g->size, .state = (uint8_t)l->state };
	memcpy(v->package, l->package.at, sizeof(v->package));
	memcpy(v->name, l->version.at, l->version.size);
	if (account)
		memcpy(v->name + l->version.size + 1, l->account.at, account);
	return v;
}

/* Of a version, in a refusal. */
#define NAMED "%.*s/%.*s/%.*s"
#define NAMES(l) (int)(l)->publisher.size, (const char *)(l)->publisher.at, (int)(l)->name.size, (const char *)(l)->name.at, (int)(l)->version.size, (const char *)(l)->version.at

static int add_publish(struct ledger *g, struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	struct ledger_key *k;

	int rc = usable_key(g, p, l, &k, e);
	if (rc < 0)
		return rc;
	if (find_version(g, p, l))
		return refuse(g, e, NAMED " is published already", NAMES(l));
	if (k->quarantined)
		return refuse(g, e, NAMED " is signed by a key that is quarantined", NAMES(l));
	if (p->approval && l->state == LEAF_LIVE)
		return refuse(g, e, NAMED " is live and was approved by nobody", NAMES(l));
	if (l->state != LEAF_LIVE && l->state != LEAF_STAGED)
		return refuse(g, e, NAMED " begins as %s", NAMES(l), leaf_state_name((enum leaf_state)l->state));

	struct ledger_service *s = service_of(g, p, l);
	struct ledger_version *v = new_version(g, s, l);
	ledger_map_add(&g->versions, version_name, v);
	*(s->last ? &s->last->next : &s->first) = v;
	s->last = v;
	return MS_OK;
}

/* Where somebody else has to: is it so? */
static bool may_approve(const struct ledger_publisher *p, const struct ledger_version *v, const struct leaf *l)
{
	if (!p->approval || v->state != LEAF_STAGED || l->state != LEAF_LIVE)
		return true;
	return !ledger_same_person(leaf_text(v->name + strlen(v->name) + 1), l->account);
}

static int add_state(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	struct ledger_version *v = find_version(g, p, l);

	if (!v)
		return refuse(g, e, "there is no " NAMED, NAMES(l));
	if (!ledger_may_become(v->state, v->before, (enum leaf_state)l->state))
		return refuse(g, e, NAMED " is %s and cannot become %s", NAMES(l), leaf_state_name(v->state), leaf_state_name((enum leaf_state)l->state));
	if (!may_approve(p, v, l))
		return refuse(g, e, NAMED " is approved by who staged it", NAMES(l));
	v->changed = g->size;
	v->before = (uint8_t)ledger_before(v->state, v->before, (enum leaf_state)l->state);
	v->state = (uint8_t)l->state;
	return MS_OK;
}

/* Is the source promised for the package that was published, by a key that may sign now? */
static int check_source(struct ledger *g, const struct ledger_publisher *p, const struct ledger_version *v, const struct leaf *l, struct err *e)
{
	struct ledger_key *k;

	int rc = usable_key(g, p, l, &k, e);
	if (rc < 0)
		return rc;
	if (k->quarantined)
		return refuse(g, e, "the source of " NAMED " is signed by a key that is quarantined", NAMES(l));
	if (memcmp(l->package.at, v->package, sizeof(v->package)) != 0)
		return refuse(g, e, "the source of " NAMED " is that of another package", NAMES(l));
	return MS_OK;
}

static int add_source(struct ledger *g, const struct ledger_publisher *p, const struct leaf *l, struct err *e)
{
	struct ledger_version *v = find_version(g, p, l);

	if (!v)
		return refuse(g, e, "there is no " NAMED, NAMES(l));
	if (v->sourced)
		return refuse(g, e, NAMED " has its source already", NAMES(l));
	if (!ledger_takes_source(v->state))
		return refuse(g, e, NAMED " is %s and gets no source any more", NAMES(l), leaf_state_name(v->state));
	int rc = check_source(g, p, v, l, e);
	if (rc == MS_OK)
		v->sourced = g->size;
	return rc;
}

/* Of a kind that is about a publisher. */
static int add_of(struct ledger *g, const struct leaf *l, struct err *e)
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
		return add_publish(g, p, l, e);
	case LEAF_STATE:
		return add_state(g, p, l, e);
	case LEAF_KEY_STATE:
		return add_key_state(g, p, l, e);
	case LEAF_PROOF:
		return add_proof(g, p, l, e);
	case LEAF_APPROVAL:
		return add_approval(g, p, l, e);
	case LEAF_SOURCE:
		return add_source(g, p, l, e);
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
		rc = add_of(g, &l, e);
	if (rc == MS_OK)
		g->size++;
	return rc;
}

int ledger_leaf(const struct ledger_entries *from, uint64_t index, struct arena *a, struct leaf *out, struct err *e)
{
	struct bytes entry;
	int rc = from->read(from->context, index, a, &entry, e);

	return rc < 0 ? rc : leaf_read(entry, a, out, e);
}

void ledger_done(struct ledger *g)
{
	ledger_map_done(&g->services);
	ledger_map_done(&g->versions);
	arena_done(&g->arena);
	*g = (struct ledger){ 0 };
}
