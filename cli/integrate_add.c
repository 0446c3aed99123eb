/* SPDX-License-Identifier: Apache-2.0 */
/* ms product add: believe a package, or a statement about a key, or refuse it by name; then package, key, lock and product.yaml, in this order. */
#include "integrate_intake.h"

#include <string.h>

#include "file.h"
#include "keychange.h"
#include "out.h"
#include "plan_package.h"
#include "product_edit.h"

static const char *vendor_name;
static struct list trust_files;
static bool in_place, unwalled;

static const struct opt options[] = {
	OPT_LIST(0, "trust", "KEY", &trust_files, OPT_FILE, "believe this public key from now on, for its package's vendor alone; again for another package"),
	OPT_TEXT(0, "vendor", "VENDOR", &vendor_name, OPT_ANY, "the package's vendor, in full, where it looks like another"),
	OPT_FLAG(0, "in-place", &in_place, "take the package from where it is, and copy nothing"),
	OPT_FLAG(0, "unwalled", &unwalled, "build a source package without a wall around it, as if it were your own"),
	INTEGRATE_DRY_RUN,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product add aes-1.0.0.msp --trust aes.pem", "a package, and the key of its developer for its vendor alone" },
	{ "ms product add aes-1.0.0-source.msp", "build it from its source: it has to be what the developer signed" },
	{ "ms product add uart-1.0.0.msp shell-2.1.0.msp", "two by keys that the product believes" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command; or a source does not build" },
	{ 6, "of a source package: a tool is missing, or the kernel cannot wall the build off" },
	{ 7, "a package is not to be believed, is not what its source gives, or its vendor looks like another" },
	{ 8, "a package holds nothing that runs on the board" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_add = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Verifies packages, copies them into packages/, writes them into product.yaml and their SHA-256 into product.lock. The key that signed one must be trusted by the product "
		 "for the package's vendor; --trust KEY makes it so. A key signs for one vendor; a second key for a vendor needs a --trust that names it alone. A vendor that looks like another one (acme, acrne) is refused until it is "
		 "written in full. What is refused changes nothing.\n\n"
		 "A source package (ms package --source) is believed first by the same rules, then built behind a wall, without network, and what comes has to be the package that its developer signed, byte for byte. Then "
		 "that package goes into the product, with its source beside it; the lock has the hashes of both. If something else comes, it is said in which sections, symbols, flags and tools the two differ.\n\n"
		 "A statement about a key is taken likewise: a .rotation makes the product trust the key that follows one it trusts, "
		 "a .revocation makes it refuse all that the key has signed (ms help key).",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock (docs/lock.md), packages/, and trust/: a file for each key, with the vendor it may sign for.",
	.json = "An event \"product_added\" for each: name, vendor, version, package, source (or null), kid, newly_trusted; of a statement \"key_statement\": says, kid, by, date, reason, signed, path.",
};

static const char *hash_text(const uint8_t hash[32], struct arena *a)
{
	struct text t = { 0 };

	for (int i = 0; i < 32; i++)
		text_add(&t, a, "%02x", hash[i]);
	return t.at;
}

/* Is the very service there already? */
static int check_new(const struct intake *d)
{
	const struct product *p = &d->edit->product;
	struct archive_report *other = arena_new(d->arena, struct archive_report);

	for (uint32_t i = 0; i < p->service_count; i++) {
		const char *path = p->services[i].package ? plan_package_path(p, p->services[i].package, d->arena) : NULL;

		if (!path || plan_package_verify(path, p->trust, d->arena, NULL, other, d->e) < 0 || !bytes_equal(other->manifest->name, d->report.manifest->name))
			continue;
		err_set(d->e, ERR_IN_PRODUCT, "the product has %s/%s %.*s already", d->vendor, d->name, (int)other->manifest->version_text.size,
			(const char *)other->manifest->version_text.at);
		err_fix(d->e, "for another version: ms product update PACKAGE; for a second instance, write 'package' into '%s' once more", p->file);
		return product_err(p, arena_printf(d->arena, "services[%u]", i), d->e);
	}
	return MS_OK;
}

static void say(const struct intake *d)
{
	const char *kid = key_kid_text(d->report.signer->kid, d->arena), *version = arena_string(d->arena, d->report.manifest->version_text);

	out_line("%s/%s %s: signed by key %s, %s for %s", d->vendor, d->name, version, kid, d->known ? "trusted" : "from now on trusted", d->vendor);
	if (d->source)
		out_line("  built here from its source: the very package that was signed, SHA-256 %.16s...", hash_text(d->source->source->sha256, d->arena));
	out_event("product_added", json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:b}", "name", out_string(d->name), "vendor", out_string(d->vendor), "version",
					     out_string(version), "package", out_string(d->relative), "source", out_string(d->source_relative), "kid", kid, "newly_trusted", (int)!d->known));
}

int integrate_take(struct intake *d, const char *path)
{
	struct integrate_edit *edit = d->edit;
	struct arena *a = d->arena;
	struct err *e = d->e;
	struct bytes text;

	int rc = intake_believe(d, path);
	if (rc >= 0)
		rc = check_new(d);
	if (rc >= 0)
		rc = intake_check_board(d, path);
	if (rc >= 0)
		rc = intake_build(d, path);
	if (rc >= 0)
		rc = intake_keep(d, path);
	if (rc >= 0)
		rc = product_edit_add(edit->text, edit->product.file, d->relative, a, &text, e);
	if (rc >= 0 && d->source_relative)
		rc = product_edit_source(text, edit->product.file, edit->product.service_count, d->source_relative, a, &text, e);
	if (rc >= 0)
		rc = integrate_write(edit, text, a, e);
	if (rc < 0)
		intake_take_back(d);
	else
		say(d);
	return rc;
}

static int add(struct integrate_edit *edit, const char *path, struct arena *a, struct err *e)
{
	struct intake *d = arena_new(a, struct intake);

	*d = (struct intake){ .edit = edit, .arena = a, .e = e, .trust_files = trust_files, .vendor_name = vendor_name, .in_place = in_place, .unwalled = unwalled };
	return integrate_take(d, path);
}

static int add_statement(const struct product *p, const struct statement *said, struct arena *a, struct err *e)
{
	struct trusted t;

	const char *folder = path_join(a, p->root, PRODUCT_TRUST_FOLDER);

	int rc = integrate_dry_run ? trust_judge_in(folder, said, a, &t, e) : trust_take_in(folder, said, false, a, &t, e);
	if (rc == MS_OK)
		keychange_say(said, &t, a);
	return rc;
}

int integrate_add(int argc, char **argv, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	for (int i = 1; rc >= 0 && i < argc; i++) {
		struct integrate_edit edit;
		struct statement said;

		rc = integrate_open(".", a, &edit, e);
		bool is_said = rc >= 0 && keychange_is(argv[i], a, &said, &rc, e);
		if (rc >= 0)
			rc = is_said ? add_statement(&edit.product, &said, a, e) : add(&edit, argv[i], a, e);
		integrate_close(&edit);
	}
	return rc;
}
