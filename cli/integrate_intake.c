/* SPDX-License-Identifier: Apache-2.0 */
#include "integrate_intake.h"

#include <string.h>

#include "belief.h"
#include "file.h"
#include "identity.h"
#include "out.h"
#include "plan_package.h"
#include "product_trust.h"
#include "rebuild.h"
#include "release.h"
#include "version.h"

#define PACKAGES_FOLDER "packages"

/* Until it is built, the report says who signed it, and what it promises. */
static int verify_source(struct intake *d, const char *path, const struct believer *by)
{
	d->source = arena_new(d->arena, struct source_report);
	int rc = source_verify(d->content, path, by, d->arena, d->source, d->e);

	memcpy(d->report.signers, d->source->signers, sizeof(d->report.signers));
	d->report.signer_count = d->source->signer_count;
	d->report.signer = d->source->signer;
	d->report.manifest = d->source->manifest;
	return rc;
}

static int verify(struct intake *d, const char *path, const struct list *keys, const char *folder)
{
	struct belief *belief = arena_new(d->arena, struct belief);

	int rc = belief_init(belief, keys, d->arena, d->e);
	if (rc < 0)
		return rc;
	belief->folder = folder;
	struct believer by = belief_of(belief);

	d->belief = belief;
	d->report = (struct archive_report){ 0 };
	return source_is(d->content) ? verify_source(d, path, &by) : archive_verify(d->content, path, &by, d->arena, &d->report, d->e);
}

/* By the key that is given, or by those of the product, or else by those that this person believes. */
static int verify_by_whom(struct intake *d, const char *path)
{
	const struct product *p = &d->edit->product;
	const char *none = path_join(d->arena, p->root, PRODUCT_TRUST_FOLDER);

	int rc = file_read(path, PACKAGE_SIZE_MAX, d->arena, &d->content, d->e);
	if (rc < 0)
		return rc;
	rc = verify(d, path, &d->trust_files, none);
	if (rc == -MS_ESIGNATURE && !d->trust_files.count && verify(d, path, &d->trust_files, NULL) >= 0)
		rc = MS_OK;
	if (rc == -MS_ESIGNATURE && d->report.signer_count && !d->report.signers[0].known && !d->report.signers[0].by.revoked)
		err_fix(d->e, d->trust_files.count ? "give the public key of its developer, from the developer: --trust KEY" : "if you have its developer's public key, from the developer: --trust KEY");
	return rc;
}

/* May its signer sign for its vendor here? */
static int check_signer(struct intake *d)
{
	const struct manifest *m = d->report.manifest;
	const char *said = d->vendor_name;

	d->vendor = arena_string(d->arena, identity_vendor(m));
	d->name = arena_string(d->arena, identity_name(m));
	if (said && strcmp(said, d->vendor))
		return err_set(d->e, ERR_KEY_ROLE, "the package is of '%s', and --vendor trusts its key for '%s'", d->vendor, said);
	return product_trust_check(&d->edit->product, &d->report.signer->by.key, d->vendor, d->trust_files.count == 1, said != NULL, &d->known, d->arena, d->e);
}

int intake_believe(struct intake *d, const char *path)
{
	int rc = verify_by_whom(d, path);

	return rc < 0 ? rc : check_signer(d);
}

int intake_check_board(const struct intake *d, const char *path)
{
	struct board board;
	struct sdk sdk;

	int rc = sdk_find(ms_version, d->arena, &sdk, d->e);
	if (rc >= 0)
		rc = plan_board(&sdk, &d->edit->product, d->arena, &board, d->e);
	return rc < 0 ? rc : plan_package_best(d->report.manifest, path, &board, d->e);
}

/* What differs, line by line; the failure says it in one sentence. */
static void say_findings(const struct findings *f)
{
	for (uint32_t i = 0; i < f->count; i++)
		if (f->at[i].code != MS_OK)
			out_say("  %s: %s", f->at[i].what, f->at[i].text);
}

/* One that keeps its promise may promise another package than the one that was asked for. */
static int check_promise(const struct intake *d, const char *path)
{
	const char *promised = release_hex(d->source->source->sha256, 32, d->arena);

	if (!d->wanted || !strcmp(d->wanted, promised))
		return MS_OK;
	err_set(d->e, ERR_NOT_REBUILT, "'%s' promises another %s/%s: SHA-256 %.16s..., and the log has %.16s...", path_shown(d->arena, path), d->vendor, d->name, promised, d->wanted);
	return err_fix(d->e, "take the package, without its source; or both from another store, and tell who runs this one");
}

int intake_build(struct intake *d, const char *path)
{
	struct believer by = belief_of(d->belief);
	struct bytes package;

	if (!d->source)
		return MS_OK;
	int rc = check_promise(d, path);
	if (rc < 0)
		return rc;
	out_say("building %s/%s from its source", d->vendor, d->name);
	rc = rebuild_package(d->source, path, &by, d->unwalled, d->arena, &package, &d->report, NULL, d->e);
	if (rc < 0) {
		say_findings(&d->source->findings);
		return rc;
	}
	d->source_content = d->content;
	d->content = package;
	return MS_OK;
}

/* Where product.yaml will find it, relative to the product's folder; `kind` is "" or "-source". */
static int copy(struct intake *d, const char *path, struct bytes content, const char *kind, const char **made, const char **relative)
{
	const struct product *p = &d->edit->product;
	const char *version = arena_string(d->arena, d->report.manifest->version_text);

	if (d->in_place && (!d->source || *kind)) {
		const char *from = path_real(d->arena, p->root), *at = path_real(d->arena, path);
		size_t size = strlen(from);

		*relative = !strncmp(at, from, size) && at[size] == '/' ? at + size + 1 : at;
		return MS_OK;
	}
	*relative = arena_printf(d->arena, PACKAGES_FOLDER "/%s-%s-%s%s.msp", d->vendor, d->name, version, kind);
	if (integrate_dry_run)
		return MS_OK;
	const char *to = path_join(d->arena, p->root, *relative);

	int rc = file_make_folders(path_folder(d->arena, to), d->arena, d->e);
	if (rc >= 0 && !file_exists(to))
		*made = to;
	return rc < 0 ? rc : file_update(to, content, 0644, d->arena, NULL, d->e);
}

static int trust(struct intake *d)
{
	const struct believed *by = &d->report.signer->by;

	if (d->known || integrate_dry_run)
		return MS_OK;
	return product_trust_add(&d->edit->product, &by->key, d->vendor, path_name(by->label), &d->key, d->arena, d->e);
}

int intake_keep(struct intake *d, const char *path)
{
	int rc = copy(d, path, d->content, "", &d->copy, &d->relative);

	if (rc >= 0 && d->source)
		rc = copy(d, path, d->source_content, "-source", &d->source_copy, &d->source_relative);
	return rc < 0 ? rc : trust(d);
}

void intake_take_back(const struct intake *d)
{
	struct err none;

	if (d->copy)
		file_remove(d->copy, &none);
	if (d->source_copy)
		file_remove(d->source_copy, &none);
	if (d->key)
		file_remove(d->key, &none);
}
