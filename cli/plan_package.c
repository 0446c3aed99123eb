/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_package.h"

#include <string.h>

#include "archive.h"
#include "belief.h"
#include "dependencies.h"
#include "executable.h"
#include "file.h"
#include "identity.h"
#include "image.h"
#include "source_archive.h"
#include "version.h"

int plan_package_verify(const char *path, const char *trust, struct arena *a, struct bytes *package, struct archive_report *out, struct err *e)
{
	struct belief *belief = arena_new(a, struct belief);
	struct list none = { 0 };
	struct bytes content;

	if (!package)
		package = &content;
	int rc = belief_init(belief, &none, a, e);
	belief->folder = trust;
	if (rc >= 0)
		rc = file_read(path, PACKAGE_SIZE_MAX, a, package, e);
	if (rc < 0)
		return rc;

	struct believer by = belief_of(belief);
	return archive_verify(*package, path, &by, a, out, e);
}

int plan_package_best(const struct manifest *m, const char *path, const struct board *b, struct err *e)
{
	int best = target_best(m->targets, m->target_count, b->target);

	if (best >= 0)
		return best;
	err_set(e, ERR_WRONG_TARGET, "'%s' holds nothing that runs on %s", path, b->name);
	return err_fix(e, "take a package that its developer made for %s, too, or another board", target_name(b->target));
}

int plan_package_open(const char *path, const char *trust, const struct board *b, struct arena *a, struct plan_package *out, struct err *e)
{
	struct archive_report *r = arena_new(a, struct archive_report);
	struct image header;
	struct bytes content;

	int rc = plan_package_verify(path, trust, a, &content, r, e);
	if (rc < 0)
		return rc;
	const struct manifest *m = r->manifest;
	int best = plan_package_best(m, path, b, e);
	if (best < 0)
		return best;

	*out = (struct plan_package){
		.name = arena_string(a, identity_name(m)),
		.version = m->version,
		.manifest = m,
		.security_counter = m->security_counter,
		.signer = r->signer->by.key.thumbprint,
	};
	out->elf = r->elf[best];
	out->target = m->targets[best];
	out->sbom = r->sbom;
	out->overlays = r->overlays;
	out->overlay_count = r->overlay_count;
	sha256(content, out->sha256);
	rc = executable_image(r->elf[best], path, a, &out->image, &header, e);
	out->fpu = rc >= 0 && header.flags & IMAGE_FLAG_FPU;
	return rc;
}

const char *plan_package_path(const struct product *p, const char *package, struct arena *a)
{
	const char *copy = path_join(a, p->root, path_join(a, VENDOR_FOLDER, path_name(package)));
	bool is_there = file_exists(copy);

	if (dependency_policy.fresh)
		return file_exists(package) || !is_there ? package : copy;
	return is_there || dependency_policy.offline ? copy : package;
}

int plan_package_refused(const struct product *p, uint32_t i, struct arena *a, struct err *e)
{
	bool is_revoked = !strcmp(e->id, "MS1511");

	if (e->code == -MS_ENOENT)
		err_fix(e, "'ms install' gets it from a store, where product.lock has its hash; or put the package there, or take these lines out");
	else if (!e->fix[0])
		err_fix(e, "put the package back as it was added (product.lock has its SHA-256)");
	else if (e->code == -MS_ESIGNATURE && p->trust && !is_revoked)
		err_fix(e, "put the public key of its developer back into '%s', as version control has it", path_shown(a, p->trust));
	return e->file[0] ? e->code : product_err(p, arena_printf(a, "services[%u].package", i), e);
}

int plan_board(const struct sdk *s, const struct product *p, struct arena *a, struct board *out, struct err *e)
{
	char fix[sizeof(e->fix)];

	int rc = sdk_board(s, p->board, a, out, e);
	if (rc != -MS_EUSAGE)
		return rc;
	memcpy(fix, e->fix, sizeof(fix));
	err_set(e, ERR_VALUE_CHOICE, "%s", e->text);
	err_fix(e, "%s", fix);
	return product_err(p, "board", e);
}

int plan_package_source(const struct product *p, const struct product_service *s, const uint8_t package[32], struct arena *a, const uint8_t **hash, struct err *e)
{
	const char *path = plan_package_path(p, s->source, a);
	struct source_report *report = arena_new(a, struct source_report);
	struct belief *belief = arena_new(a, struct belief);
	const struct list none = { 0 };
	uint8_t *own = arena_take(a, 32);
	struct bytes content;

	int rc = belief_init(belief, &none, a, e);
	belief->folder = p->trust;
	if (rc >= 0)
		rc = file_read(path, PACKAGE_SIZE_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	struct believer by = belief_of(belief);

	rc = source_verify(content, path, &by, a, report, e);
	if (rc < 0)
		return rc;
	if (memcmp(report->source->sha256, package, 32)) {
		err_set(e, ERR_NOT_REBUILT, "'%s' promises another package than '%s'", path, s->package);
		return err_fix(e, "build it again: ms product update %s", path);
	}
	sha256(content, own);
	*hash = own;
	return MS_OK;
}

static const char *hex(const uint8_t hash[32], struct arena *a)
{
	struct text t = { 0 };

	for (int i = 0; i < 32; i++)
		text_add(&t, a, "%02x", hash[i]);
	return t.at;
}

static int lock_package(const struct product *p, const struct product_service *s, struct arena *a, struct lock *out, struct err *e)
{
	struct archive_report *r = arena_new(a, struct archive_report);
	struct bytes content;
	const uint8_t *source;
	uint8_t hash[32];

	int rc = plan_package_verify(plan_package_path(p, s->package, a), p->trust, a, &content, r, e);
	if (rc < 0)
		return rc;
	const char *name = arena_string(a, r->manifest->name), *version = arena_string(a, r->manifest->version_text);

	sha256(content, hash);
	lock_add(out, "package", name, path_name(s->package), arena_printf(a, "%s %s", version, hex(hash, a)), a);
	rc = s->source ? plan_package_source(p, s, hash, a, &source, e) : MS_OK;
	if (rc >= 0 && s->source)
		lock_add(out, "source", name, path_name(s->source), arena_printf(a, "%s %s", version, hex(source, a)), a);
	return rc;
}

/* The runtime of its board goes into the device, too, and changes with the SDK. */
static int lock_runtime(const struct product *p, struct arena *a, struct lock *out, struct err *e)
{
	const char *hash;
	struct board board;
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = plan_board(&sdk, p, a, &board, e);
	if (rc >= 0)
		rc = dependency_hash(sdk_path(&sdk, a, "boards/%s/runtime.elf", p->board), a, &hash, e);
	if (rc >= 0)
		lock_add(out, "runtime", arena_printf(a, "board/%s", p->board), "runtime.elf", arena_printf(a, "%s %s", ms_version, hash), a);
	return rc;
}

int plan_package_lock(const void *product, struct arena *a, struct lock *out, struct err *e)
{
	const struct product *p = product;
	int rc = MS_OK;

	*out = (struct lock){ 0 };
	for (uint32_t i = 0; rc >= 0 && i < p->service_count; i++)
		if (p->services[i].package && (rc = lock_package(p, &p->services[i], a, out, e)) < 0)
			rc = plan_package_refused(p, i, a, e);
	return rc < 0 ? rc : lock_runtime(p, a, out, e);
}
