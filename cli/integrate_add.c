/* SPDX-License-Identifier: Apache-2.0 */
/* ms product add: believe a package, or refuse it by name; then package, key, lock and product.yaml, in this order. */
#include "integrate.h"

#include <string.h>

#include "archive.h"
#include "belief.h"
#include "file.h"
#include "identity.h"
#include "out.h"
#include "plan_package.h"
#include "product_edit.h"
#include "product_trust.h"
#include "version.h"

#define PACKAGES_FOLDER "packages"

static const char *vendor_name;
static struct list trust_files;
static bool in_place;

static const struct opt options[] = {
	OPT_LIST(0, "trust", "KEY", &trust_files, OPT_FILE, "believe this public key from now on, for its package's vendor alone; again for another package"),
	OPT_TEXT(0, "vendor", "VENDOR", &vendor_name, OPT_ANY, "the package's vendor, in full, where it looks like another"),
	OPT_FLAG(0, "in-place", &in_place, "take the package from where it is, and copy nothing"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms product add aes-1.0.0.msp --trust aes.pem", "a package, and the key of its developer for its vendor alone" },
	{ "ms product add uart-1.0.0.msp shell-2.1.0.msp", "two by keys that the product believes" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command" },
	{ 7, "a package is not to be believed, or its vendor looks like another" },
	{ 8, "a package holds nothing that runs on the board" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_add = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Verifies packages, copies them into packages/, writes them into product.yaml and their SHA-256 into product.lock. The key that signed one must be trusted by the product "
		 "for the package's vendor; --trust KEY makes it so. A key signs for one vendor; a second key for a vendor needs a --trust that names it alone. A vendor that looks like another one (acme, acrne) is refused until it is "
		 "written in full. What is refused changes nothing.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock (docs/lock.md), packages/, and trust/: a file for each key, with the vendor it may sign for.",
	.json = "An event \"product_added\" for each: name, vendor, version, package, kid, newly_trusted.",
};

struct adding {
	struct integrate_edit *edit;
	struct arena *arena;
	struct err *e;
	struct bytes content;
	struct archive_report report;
	const char *vendor, *name;	/* of the package */
	bool known;			/* its key is trusted by the product already */
	const char *copy, *key;		/* files that were made, to be taken back on failure */
};

static int verify(struct adding *d, const char *path, const struct list *keys, const char *folder)
{
	struct belief *belief = arena_new(d->arena, struct belief);

	int rc = belief_init(belief, keys, d->arena, d->e);
	if (rc < 0)
		return rc;
	belief->folder = folder;
	struct believer by = belief_of(belief);

	d->report = (struct archive_report){ 0 };
	return archive_verify(d->content, path, &by, d->arena, &d->report, d->e);
}

/* By the key that is given, or by those of the product, or else by those that this person believes. */
static int believe(struct adding *d, const char *path)
{
	const struct product *p = &d->edit->product;
	const char *none = path_join(d->arena, p->root, PRODUCT_TRUST_FOLDER);

	int rc = file_read(path, PACKAGE_SIZE_MAX, d->arena, &d->content, d->e);
	if (rc < 0)
		return rc;
	rc = verify(d, path, &trust_files, none);
	if (rc == -MS_ESIGNATURE && !trust_files.count && verify(d, path, &trust_files, NULL) >= 0)
		rc = MS_OK;
	if (rc == -MS_ESIGNATURE && d->report.signer_count && !d->report.signers[0].known)
		err_fix(d->e, trust_files.count ? "give the public key of its developer, from the developer: --trust KEY" : "if you have its developer's public key, from the developer: --trust KEY");
	return rc;
}

/* May its signer sign for its vendor here? */
static int check_signer(struct adding *d)
{
	const struct manifest *m = d->report.manifest;
	const char *said = vendor_name;

	d->vendor = arena_string(d->arena, identity_vendor(m));
	d->name = arena_string(d->arena, identity_name(m));
	if (said && strcmp(said, d->vendor))
		return err_set(d->e, ERR_KEY_ROLE, "the package is of '%s', and --vendor trusts its key for '%s'", d->vendor, said);
	return product_trust_check(&d->edit->product, &d->report.signer->by.key, d->vendor, trust_files.count == 1, said != NULL, &d->known, d->arena, d->e);
}

/* Is the very service there already? */
static int check_new(const struct adding *d)
{
	const struct product *p = &d->edit->product;
	struct archive_report *other = arena_new(d->arena, struct archive_report);

	for (uint32_t i = 0; i < p->service_count; i++) {
		const char *path = p->services[i].package ? plan_package_path(p, p->services[i].package, d->arena) : NULL;

		if (!path || plan_package_verify(path, p->trust, d->arena, NULL, other, d->e) < 0 || !bytes_equal(other->manifest->name, d->report.manifest->name))
			continue;
		err_set(d->e, ERR_IN_PRODUCT, "the product has %s/%s %.*s already", d->vendor, d->name, (int)other->manifest->version_text.size,
			(const char *)other->manifest->version_text.at);
		err_fix(d->e, "for another version, or a second instance, change 'package' in '%s'", p->file);
		return product_err(p, arena_printf(d->arena, "services[%u]", i), d->e);
	}
	return MS_OK;
}

/* Is there something in it for this board? */
static int check_board(const struct adding *d, const char *path)
{
	const struct manifest *m = d->report.manifest;
	struct board board;
	struct sdk sdk;

	int rc = sdk_find(ms_version, d->arena, &sdk, d->e);
	if (rc >= 0)
		rc = sdk_board(&sdk, d->edit->product.board, d->arena, &board, d->e);
	if (rc >= 0 && target_best(m->targets, m->target_count, board.target) < 0)
		rc = err_set(d->e, ERR_WRONG_TARGET, "'%s' holds nothing that runs on %s", path, board.name);
	return rc;
}

/* Where product.yaml will find it, relative to the product's folder. */
static int keep(struct adding *d, const char *path, const char **relative)
{
	const struct product *p = &d->edit->product;
	const char *version = arena_string(d->arena, d->report.manifest->version_text);

	if (in_place) {
		const char *from = path_real(d->arena, p->root), *at = path_real(d->arena, path);
		size_t size = strlen(from);

		*relative = !strncmp(at, from, size) && at[size] == '/' ? at + size + 1 : at;
		return MS_OK;
	}
	*relative = arena_printf(d->arena, PACKAGES_FOLDER "/%s-%s-%s.msp", d->vendor, d->name, version);
	const char *copy = path_join(d->arena, p->root, *relative);

	int rc = file_make_folders(path_folder(d->arena, copy), d->arena, d->e);
	if (rc >= 0 && !file_exists(copy))
		d->copy = copy;
	return rc < 0 ? rc : file_update(copy, d->content, 0644, d->arena, NULL, d->e);
}

static int trust(struct adding *d)
{
	const struct believed *by = &d->report.signer->by;

	if (d->known)
		return MS_OK;
	return product_trust_add(&d->edit->product, &by->key, d->vendor, path_name(by->label), &d->key, d->arena, d->e);
}

static void take_back(const struct adding *d)
{
	struct err none;

	if (d->copy)
		file_remove(d->copy, &none);
	if (d->key)
		file_remove(d->key, &none);
}

static void say(const struct adding *d, const char *relative)
{
	const char *kid = key_kid_text(d->report.signer->kid, d->arena), *version = arena_string(d->arena, d->report.manifest->version_text);

	out_line("%s/%s %s: signed by key %s, %s for %s", d->vendor, d->name, version, kid, d->known ? "trusted" : "from now on trusted", d->vendor);
	out_event("product_added", json_pack("{s:o, s:o, s:o, s:o, s:s, s:b}", "name", out_string(d->name), "vendor", out_string(d->vendor), "version",
					     out_string(version), "package", out_string(relative), "kid", kid, "newly_trusted", (int)!d->known));
}

static int add(struct integrate_edit *edit, const char *path, struct arena *a, struct err *e)
{
	struct adding *d = arena_new(a, struct adding);
	struct bytes text;
	const char *relative;

	*d = (struct adding){ .edit = edit, .arena = a, .e = e };
	int rc = believe(d, path);
	if (rc >= 0)
		rc = check_signer(d);
	if (rc >= 0)
		rc = check_new(d);
	if (rc >= 0)
		rc = check_board(d, path);
	if (rc >= 0)
		rc = keep(d, path, &relative);
	if (rc >= 0)
		rc = trust(d);
	if (rc >= 0)
		rc = product_edit_add(edit->text, edit->product.file, relative, a, &text, e);
	if (rc >= 0)
		rc = integrate_write(edit, text, a, e);
	if (rc < 0)
		take_back(d);
	else
		say(d, relative);
	return rc;
}

int integrate_add(int argc, char **argv, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	for (int i = 1; rc >= 0 && i < argc; i++) {
		struct integrate_edit edit;

		rc = integrate_open(".", a, &edit, e);
		if (rc >= 0)
			rc = add(&edit, argv[i], a, e);
		integrate_close(&edit);
	}
	return rc;
}
