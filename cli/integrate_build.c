/* SPDX-License-Identifier: Apache-2.0 */
/* ms product build: the device image in three forms, the bills of materials, the evidence; the same bytes wherever it is built. */
#include "integrate.h"

#include <inttypes.h>
#include <string.h>

#include "archive.h"
#include "components.h"
#include "file.h"
#include "flash_elf.h"
#include "intel_hex.h"
#include "keyopen.h"
#include "locking.h"
#include "out.h"
#include "passphrase.h"
#include "product_trust.h"
#include "release.h"
#include "version.h"

static const char *key_file;

static const struct opt options[] = {
	OPT_TEXT('k', "key", "FILE", &key_file, OPT_FILE, "sign with this private key of the integrator, a file or pkcs11:URI"),
	PASSPHRASE_OPTION,
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product build", "signed by your own key as an integrator" },
	{ "ms product build --locked --key release.pem", "as a release: nothing but what product.lock says, by another key" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong" },
	{ 7, "a package is not to be believed, a request is neither granted nor denied, or the key is no integrator's" },
	{ 8, "a service does not run on this board, is granted what nobody has, or there is no room" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_build = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Writes out/product: the device image as NAME.bin, NAME.hex and NAME.elf, with the table signed by the integrator's key; what is in it as CycloneDX 1.6 and SPDX 2.3; the device tree as it holds for the product as NAME.dtb; "
		 "and evidence.json with its signature: what was asked for, what was granted, each difference, and the hash of each file. The same product, lock and key "
		 "give the same bytes. A key that signs services of the product cannot sign its table.",
	.examples = examples,
	.statuses = statuses,
	.files = "out/product.",
	.json = "An event \"written\" for each file: path, changed; result: name, board, services, kid.",
};

enum { FILE_COUNT = 8, SIGNED_COUNT = 6 };

/* A key signs one role's kinds: who decides what a device runs is nobody who signs services, neither here nor in this product. */
static int check_role(const struct product *p, const char **path, struct arena *a, struct key_public *out, struct err *e)
{
	struct trusted t;
	struct err none;
	bool known;

	int rc = *path ? MS_OK : trust_own(TRUST_INTEGRATOR, true, a, path, e);
	if (rc >= 0)
		rc = keyopen_public(*path, a, out, e);
	if (rc < 0)
		return rc;
	known = p->trust && trust_find_in(p->trust, out->kid, TRUST_DEVELOPER, NULL, a, &t, &none) >= 0;
	if (!known) {
		rc = trust_find(out->kid, TRUST_INTEGRATOR, NULL, a, &t, e);
		/* Of most keys nobody has said anything yet. */
		return rc == -MS_ESIGNATURE && !strcmp(e->id, "MS1507") ? MS_OK : rc;
	}
	err_set(e, ERR_KEY_ROLE, "the key %s signs services of '%s' in this product, and cannot sign its table, too", key_kid_text(out->kid, a), t.vendor);
	return err_fix(e, "sign with a key of the integrator: 'ms key new integrator' makes one");
}

/* All but the device itself, for which the plan stands. */
static int describe(const struct plan *p, struct bytes flash, const struct key_public *k, struct arena *a, struct release *out, struct err *e)
{
	struct release_service *services = arena_array(a, struct release_service, p->services.count);
	const char *header = sdk_path(&p->sdk, a, "targets/%s/mbedtls/include/mbedtls/build_info.h", target_name(p->board.target));

	*out = (struct release){ .product = p->product, .device = &p->device, .services = services, .flash = flash, .sdk_version = ms_version, .integrator = k };
	for (size_t i = 0; i < p->services.count; i++) {
		const struct plan_service *s = p->services.at[i];

		services[i] = (struct release_service){ &p->device.services[i], &p->product->services[i], s->sbom, s->target, s->package_sha256, s->parameters, s->source_sha256 };
	}
	int rc = components_macro(header, "MBEDTLS_VERSION_STRING", a, &out->mbedtls_version, e);
	return rc < 0 ? rc : archive_epoch(&out->epoch, e);
}

static int sign(struct bytes evidence, const char *key, struct arena *a, struct release_file *out, struct err *e)
{
	uint8_t *block = arena_take(a, COSE_BLOCK_SIZE);
	struct key *k;

	int rc = keyopen(key, a, &k, e);
	if (rc < 0)
		return rc;
	rc = key_sign(k, RELEASE_KIND, evidence, block, e);
	key_close(k);
	*out = (struct release_file){ RELEASE_SIGNATURE, { block, COSE_BLOCK_SIZE } };
	return rc;
}

static int make_files(const struct release *r, const char *key, struct arena *a, struct release_file files[FILE_COUNT], struct err *e)
{
	uint32_t base = r->device->board->flash.base;
	const char *name = r->product->name;
	struct bytes cyclonedx, spdx, tree;

	int rc = release_cyclonedx(r, a, &cyclonedx, e);
	if (rc >= 0)
		rc = release_spdx(r, cyclonedx, a, &spdx, e);
	if (rc >= 0)
		rc = devtree_write(r->device, a, &tree, e);
	if (rc < 0)
		return rc;
	files[0] = (struct release_file){ arena_printf(a, "%s.bin", name), r->flash };
	files[1] = (struct release_file){ arena_printf(a, "%s.hex", name), intel_hex_write(r->flash, base, a) };
	files[2] = (struct release_file){ arena_printf(a, "%s.elf", name), flash_elf_write(r->flash, base, a) };
	files[3] = (struct release_file){ RELEASE_CYCLONEDX, cyclonedx };
	files[4] = (struct release_file){ RELEASE_SPDX, spdx };
	files[5] = (struct release_file){ arena_printf(a, "%s.dtb", name), tree };
	files[SIGNED_COUNT] = (struct release_file){ RELEASE_EVIDENCE, release_evidence(r, files, SIGNED_COUNT, a) };
	return sign(files[SIGNED_COUNT].content, key, a, &files[SIGNED_COUNT + 1], e);
}

/* The evidence names the others' hashes and comes last: what was cut short does not fit to it. */
static int write_files(const struct plan *p, const struct release_file files[FILE_COUNT], struct arena *a, struct err *e)
{
	const char *folder = path_shown(a, path_join(a, p->root, "out/product"));
	int rc = file_make_folders(folder, a, e);

	for (int i = 0; rc >= 0 && i < FILE_COUNT; i++) {
		const char *path = path_join(a, folder, files[i].name);
		bool changed = false;

		rc = file_update(path, files[i].content, 0644, a, &changed, e);
		if (rc < 0)
			break;
		out_line("%s  %zu bytes%s", path, files[i].content.size, changed ? "" : ", as before");
		out_event("written", json_pack("{s:o, s:b}", "path", out_string(path), "changed", (int)changed));
	}
	return rc;
}

static int build(const char *folder, struct arena *a, struct err *e)
{
	const char *key = key_file;
	struct release_file files[FILE_COUNT];
	struct key_public k;
	struct release r;
	struct bytes flash;
	struct plan p;

	int rc = integrate_plan(folder, true, key_file, a, &p, e);
	if (rc >= 0)
		rc = check_role(p.product, &key, a, &k, e);
	if (rc >= 0)
		rc = plan_device(&p, a, &flash, e);
	if (rc >= 0)
		rc = describe(&p, flash, &k, a, &r, e);
	if (rc >= 0)
		rc = make_files(&r, key, a, files, e);
	if (rc >= 0)
		rc = write_files(&p, files, a, e);
	if (rc < 0)
		return rc;
	out_line("%s %s for %s: %u service%s, sequence %u, signed by key %s", p.product->name, p.product->version_text, p.board.name, p.device.service_count,
		 p.device.service_count == 1 ? "" : "s", p.product->sequence, key_kid_text(k.kid, a));
	out_field("name", out_string(p.product->name));
	out_field("board", out_string(p.board.name));
	out_field("services", json_integer(p.device.service_count));
	out_field("kid", json_string(key_kid_text(k.kid, a)));
	return MS_OK;
}

int integrate_build(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *folder = integrate_folder(argc, argv);
	struct integrate_edit hold;

	int rc = integrate_open(folder, a, &hold, e);
	if (rc >= 0)
		rc = build(folder, a, e);
	integrate_close(&hold);
	return rc;
}
