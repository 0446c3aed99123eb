/* SPDX-License-Identifier: Apache-2.0 */
#include "storeline.h"

#include <string.h>

#include "identity.h"
#include "name.h"
#include "printable.h"
#include "storeindex.h"

enum { HASH_DIGITS = 64, KID_DIGITS = 16 };

static const char *text(const json_t *o, const char *key, struct arena *a)
{
	const json_t *t = json_object_get(o, key);
	char *copy = arena_printf(a, "%s", json_is_string(t) ? json_string_value(t) : "");

	copy[printable(copy, strlen(copy))] = '\0';
	return copy;
}

/* Decimal and not too large, or *ok becomes false. */
static uint64_t number(const json_t *o, const char *key, bool *ok)
{
	const json_t *n = json_object_get(o, key);

	*ok &= json_is_integer(n) && json_integer_value(n) >= 0;
	return json_is_integer(n) ? (uint64_t)json_integer_value(n) : 0;
}

static const char *digits(const json_t *o, const char *key, size_t count, struct arena *a, bool *ok)
{
	const char *hex = text(o, key, a);

	*ok &= strlen(hex) == count && strspn(hex, "0123456789abcdef") == count;
	return hex;
}

static int refuse(const char *vendor, const char *name, struct err *e)
{
	err_set(e, ERR_STORE_DIFFERS, "the index has a line for '%s/%s' that cannot be one", vendor, name);
	return err_fix(e, "use another mirror, and tell who runs this store; 'ms audit' names what is wrong in it");
}

static bool read_identity(const json_t *o, const char *vendor, const char *name, struct arena *a, struct storeline *l)
{
	struct table_version v;
	struct err why;
	bool ok = true;

	*l = (struct storeline){
		.vendor = vendor, .name = name, .version = text(o, "version", a), .package = digits(o, "package", HASH_DIGITS, a, &ok),
		.manifest = digits(o, "manifest", HASH_DIGITS, a, &ok), .kid = digits(o, "kid", KID_DIGITS, a, &ok), .size = number(o, "size", &ok), .entry = number(o, "entry", &ok),
		.published = number(o, "published", &ok), .changed = number(o, "changed", &ok), .state = leaf_state_named(text(o, "state", a)), .reason = text(o, "reason", a),
		.words = text(o, "words", a), .replacement = text(o, "replacement", a),
	};
	return ok && !strcmp(text(o, "name", a), arena_printf(a, "%s/%s", vendor, name)) && identity_version(l->version, &v, &why) == MS_OK && l->state && storeindex_shows(l->state) && l->size &&
	       l->size <= PACKAGE_SIZE_MAX;
}

/* Its source package: all of it or nothing is said, and nothing of what cannot be taken. */
static bool read_source(const json_t *o, struct arena *a, struct storeline *l)
{
	bool ok = true, said = json_object_get(o, "source") != NULL;

	l->source = l->source_kid = "";
	if (!said)
		return !json_object_get(o, "source_size") && !json_object_get(o, "source_entry") && !json_object_get(o, "source_kid");
	l->source = digits(o, "source", HASH_DIGITS, a, &ok);
	l->source_kid = digits(o, "source_kid", KID_DIGITS, a, &ok);
	l->source_size = number(o, "source_size", &ok);
	l->source_entry = number(o, "source_entry", &ok);
	return ok && storeindex_offers(l->state) && l->source_size && l->source_size <= PACKAGE_SIZE_MAX;
}

int storeline_read(struct bytes line, const char *vendor, const char *name, struct arena *a, struct storeline *out, struct err *e)
{
	json_t *o = json_loadb((const char *)line.at, line.size, JSON_REJECT_DUPLICATES, NULL);
	bool good = json_is_object(o) && read_identity(o, vendor, name, a, out) && read_source(o, a, out);

	json_decref(o);
	if (!good)
		return refuse(vendor, name, e);
	out->line = line;
	out->offered = storeindex_offers(out->state);
	if (!out->offered)
		return MS_OK;
	struct arena own = { 0 };
	int rc = storeline_facts(out, &own, arena_new(&own, struct storefacts), e);
	arena_done(&own);
	return rc;
}

int storeline_facts(const struct storeline *l, struct arena *a, struct storefacts *out, struct err *e)
{
	json_t *o = json_loadb((const char *)l->line.at, l->line.size, JSON_REJECT_DUPLICATES, NULL);
	int rc = storefacts_read(o, l->vendor, l->name, l->version, a, out, e);

	json_decref(o);
	return rc;
}

int storeline_file(struct bytes file, const char *vendor, const char *name, struct arena *a, struct list *out, struct err *e)
{
	int rc = MS_OK;

	while (rc >= 0 && file.size) {
		const uint8_t *end = memchr(file.at, '\n', file.size);
		struct storeline *l = arena_new(a, struct storeline);
		size_t size = end ? (size_t)(end - file.at) : 0;

		rc = end ? storeline_read((struct bytes){ file.at, size }, vendor, name, a, l, e) : refuse(vendor, name, e);
		list_push(out, a, l);
		file = bytes_part(file, size + 1, file.size);
	}
	return rc;
}

static uint64_t rank(const struct storeline *l)
{
	struct table_version v = { 0 };
	struct err ignored;

	identity_version(l->version, &v, &ignored);
	return (uint64_t)v.major << 56 | (uint64_t)v.minor << 48 | (uint64_t)v.patch << 32 | v.build;
}

const char *storeline_state(const struct storeline *l, struct arena *a)
{
	return arena_printf(a, "%s%s%s%s%s%s%s%s", leaf_state_name(l->state), *l->reason ? " (" : "", l->reason, *l->reason ? ")" : "", *l->words ? ": " : "", l->words,
			    *l->replacement ? "; take " : "", l->replacement);
}

/* Those that may be taken, for people; what was yanked is none of them. */
static const char *others(const struct list *lines, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < lines->count; i++) {
		const struct storeline *l = lines->at[i];

		if (l->state == LEAF_LIVE || l->state == LEAF_DEPRECATED)
			text_add(&t, a, "%s%s", t.size ? ", " : "", l->version);
	}
	return t.size ? arena_printf(a, "take one of %s", t.at) : "there is no other version that can be taken";
}

static int refuse_version(const struct list *lines, const struct storeline *asked, const char *version, struct arena *a, struct err *e)
{
	const struct storeline *any = lines->count ? lines->at[0] : NULL;
	const char *what = any ? arena_printf(a, "%s/%s", any->vendor, any->name) : "the service";

	if (asked)
		err_set(e, ERR_STORE_VERSION, "%s %s is %s", what, version, storeline_state(asked, a));
	else if (version)
		err_set(e, ERR_STORE_VERSION, "there is no version %s of %s", version, what);
	else
		err_set(e, ERR_STORE_VERSION, "no version of %s can be taken: all were taken back", what);
	return err_fix(e, "%s", others(lines, a));
}

int storeline_choose(const struct list *lines, const char *version, struct arena *a, const struct storeline **out, struct err *e)
{
	const struct storeline *best = NULL, *asked = NULL;

	for (size_t i = 0; i < lines->count; i++) {
		const struct storeline *l = lines->at[i];
		bool may = l->state == LEAF_LIVE || l->state == LEAF_DEPRECATED;

		if (version && !strcmp(version, l->version))
			asked = l;
		if (!may || (version && asked != l))
			continue;
		/* States count up: live, then deprecated. */
		if (!best || l->state < best->state || (l->state == best->state && rank(l) > rank(best)))
			best = l;
	}
	if (!best)
		return refuse_version(lines, asked, version, a, e);
	*out = best;
	return MS_OK;
}

int storeline_word(const char *word, struct arena *a, struct storeline_word *out, struct err *e)
{
	const char *slash = strchr(word, '/'), *at = slash ? strchr(slash, '@') : NULL;
	struct table_version v;
	struct err why = { 0 };

	if (!slash) {
		err_set(e, ERR_SERVICE_WORD, "'%s' names no service of a store", word);
		return err_fix(e, "write VENDOR/NAME or VENDOR/NAME@VERSION, as in example.org/hello; 'ms search %s' finds it", word);
	}
	*out = (struct storeline_word){
		arena_printf(a, "%.*s", (int)(slash - word), word), arena_printf(a, "%.*s", (int)(at ? (size_t)(at - slash - 1) : strlen(slash + 1)), slash + 1),
		at ? arena_printf(a, "%s", at + 1) : NULL,
	};
	if (name_check_vendor(out->vendor, &why) == MS_OK && name_check(out->name, &why) == MS_OK && (!at || identity_version(out->version, &v, &why) == MS_OK))
		return MS_OK;
	err_set(e, ERR_SERVICE_WORD, "'%s' names no service of a store: %s", word, why.text);
	return err_fix(e, "write VENDOR/NAME or VENDOR/NAME@VERSION, as in example.org/hello@1.0.0");
}
