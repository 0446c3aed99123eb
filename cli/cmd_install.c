/* SPDX-License-Identifier: Apache-2.0 */
/* ms install: what product.lock names and is not there comes out of a store, by its hash alone. */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

#include "dependencies.h"
#include "file.h"
#include "lock.h"
#include "product.h"
#include "storesend.h"
#include "storewish.h"

static struct fetch_wish wish;
static bool dry_run, offline;

static const struct opt options[] = {
	OPT_FLAG('n', "dry-run", &dry_run, "say what would be fetched, and fetch nothing"),
	OPT_FLAG(0, "offline", &offline, "from a folder alone: --store or MS_STORE names a store's or a mirror's"),
	STORE_FROM_OPTIONS(&wish.at),
	OPT_END
};

static const struct opt handed_on[] = { FETCH_OPTIONS(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms install", "after a product was cloned: get its packages" },
	{ "ms install --store mirror --offline", "from a mirror's folder, without a network" },
	{ "ms install --dry-run", "which are missing?" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong" },
	{ 7, "what the store gives has not the hash that the lock names" },
	{ 9, "the store cannot be reached; do it again: what came already is not fetched twice" },
	{ 11, "a package that is there is not the one of product.lock" },
	{ 0, NULL }
};

const struct page page_install = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Gets the packages of a product, as product.lock names them, from a store, a mirror, or the folder of either: what a fresh clone lacks when packages/ is not under version control; also the source packages of those that were built from their source ('ms add --source'), if the store has them. Each must have the SHA-256 of the lock, so nobody "
		 "has to be believed, and nothing of product.yaml, product.lock or trust/ changes. A package that is there is left alone, and must be the one of the lock.\n\n"
		 "A version that was yanked since is still given, and it is said why it was, and what to take in its place: what was locked keeps building. One that was quarantined or removed is not given any more.\n\n"
		 "It installs nothing on this computer and nothing on a device: 'ms flash' does that.",
	.examples = examples,
	.statuses = statuses,
	.files = "reads product.yaml and product.lock, writes packages/.",
	.json = "An event 'installed' for each package and source package of the lock: vendor, name, version, kind (package or source), package (the file), fetched (or there already), state (as the store has it; null where it was not asked). Result: packages, sources (how many have one), fetched (of both).",
};

struct installing { struct product product; struct lock lock; uint32_t packages, sources, fetched; const char *warned; };	/* warned: of that package, with its source, it was said why it is not live */

/* A file of the product, as the lock has it; kind is "package" or "source". */
struct wanted { const char *kind, *file, *owner, *version, *hash; const struct lock_line *line; };

static int refuse_unlocked(const struct wanted *w, struct arena *a, struct err *e)
{
	err_set(e, ERR_LOCKED_PACKAGE, "'%s' is not in '%s', so nobody knows which bytes it has to have", path_shown(a, w->file), LOCK_PRODUCT_FILE);
	return err_fix(e, "ms add VENDOR/NAME, or ms product add PACKAGE");
}

/* The lock's line of a file: who owns it, version and hash. */
static int find(const struct installing *n, const char *kind, const char *file, struct arena *a, struct wanted *out, struct err *e)
{
	*out = (struct wanted){ .kind = kind, .file = file };
	for (size_t i = 0; i < n->lock.lines.count && !out->line; i++) {
		const struct lock_line *l = n->lock.lines.at[i];

		if (!strcmp(l->kind, kind) && !strcmp(l->name, path_name(file)))
			out->line = l;
	}
	if (!out->line)
		return refuse_unlocked(out, a, e);
	const char *value = out->line->value, *space = strchr(value, ' ');
	out->owner = out->line->owner;
	out->version = arena_printf(a, "%.*s", (int)(space ? (size_t)(space - value) : strlen(value)), value);
	out->hash = space ? space + 1 : "";
	return MS_OK;
}

static void say(const struct wanted *w, bool fetched, const char *state, struct arena *a)
{
	const char *slash = strchr(w->owner, '/');

	out_line("%s %s: %s%s", w->owner, w->version, path_shown(a, w->file), fetched ? "" : dry_run && !file_exists(w->file) ? " is missing" : " is there");
	out_event("installed", json_pack("{s:o, s:o, s:o, s:s, s:o, s:b, s:o}", "vendor", out_string(arena_printf(a, "%.*s", (int)(slash ? slash - w->owner : 0), w->owner)), "name", out_string(slash ? slash + 1 : w->owner),
					 "version", out_string(w->version), "kind", w->kind, "package", out_string(path_shown(a, w->file)), "fetched", (int)fetched, "state", state ? json_string(state) : json_null()));
}

/* `source` is that of the package, to be fetched in its place; or NULL. */
static int fetch(struct installing *n, const struct wanted *package, const struct wanted *source, struct arena *a, struct err *e)
{
	char *words[] = { (char *)"fetch", arena_printf(a, "%s@%s", package->owner, package->version), NULL };
	json_t *said = NULL;

	wish.sha256 = package->hash;
	wish.into = source ? NULL : package->file;
	wish.source = source != NULL;
	wish.source_sha256 = source ? source->hash : NULL;
	wish.source_into = source ? source->file : NULL;
	int rc = storesend_result(handed_on, 2, words, &said, a, e);
	if (rc < 0)
		return rc;
	const char *state = json_string_value(json_object_get(said, "state")), *why = json_string_value(json_object_get(said, "said"));

	if (state && strcmp(state, "live") && n->warned != package->file)
		out_warn("%s %s is %s", package->owner, package->version, why ? why : state);
	n->warned = package->file;
	say(source ? source : package, true, state, a);
	json_decref(said);
	n->fetched++;
	return MS_OK;
}

static int check_there(const struct wanted *w, struct arena *a, struct err *e)
{
	const char *has;
	int rc = dependency_hash(w->file, a, &has, e);

	if (rc < 0 || !strcmp(has, w->hash))
		return rc;
	err_set(e, ERR_LOCK_DIFFERS, "'%s' is %s, locked is %s", path_shown(a, w->file), has, w->hash);
	err_fix(e, "remove it, and install again; or, if that is wanted: ms product update PACKAGE");
	return err_at(e, LOCK_PRODUCT_FILE, w->line->line, 0);
}

/* The package; or, where `source` is not NULL, that. */
static int install_file(struct installing *n, const struct wanted *package, const struct wanted *source, struct arena *a, struct err *e)
{
	const struct wanted *w = source ? source : package;
	bool there = file_exists(w->file);

	if (!there && !dry_run)
		return fetch(n, package, source, a, e);
	int rc = there ? check_there(w, a, e) : MS_OK;
	if (rc >= 0)
		say(w, false, NULL, a);
	return rc;
}

/* One service's package, and its source package, if it was built from that. */
static int install(struct installing *n, const struct product_service *s, struct arena *a, struct err *e)
{
	struct wanted package, source;

	n->packages++;
	int rc = find(n, "package", s->package, a, &package, e);
	if (rc >= 0 && s->source)
		rc = find(n, "source", s->source, a, &source, e);
	if (rc >= 0)
		rc = install_file(n, &package, NULL, a, e);
	if (rc < 0 || !s->source)
		return rc;
	n->sources++;
	return install_file(n, &package, &source, a, e);
}

static int check_offline(struct err *e)
{
	const char *from = wish.at.url ? wish.at.url : getenv("MS_STORE");

	if (!offline || (from && *from && !strstr(from, "://")))
		return MS_OK;
	err_set(e, ERR_OPTIONS_DISAGREE, "--offline takes packages from a folder alone, and no folder is named");
	return err_fix(e, "--store DIR or MS_STORE=DIR, a store's or a mirror's");
}

int cmd_install(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *folder = argc > 1 ? argv[1] : ".";
	struct installing n = { 0 };

	int rc = check_offline(e);
	if (rc >= 0)
		rc = product_read(path_shown(a, path_join(a, folder, PRODUCT_FILE)), a, &n.product, e);
	if (rc >= 0)
		rc = lock_read(path_shown(a, path_join(a, n.product.root, LOCK_PRODUCT_FILE)), a, &n.lock, e);
	for (uint32_t i = 0; rc >= 0 && i < n.product.service_count; i++)
		if (n.product.services[i].package)
			rc = install(&n, &n.product.services[i], a, e);
	if (rc < 0)
		return rc;
	if (!n.packages)
		out_line("the product has no packages");
	out_field("packages", json_integer(n.packages));
	out_field("fetched", json_integer(n.fetched));
	out_field("sources", json_integer(n.sources));
	return MS_OK;
}
