/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "archive.h"
#include "belief.h"
#include "buildfile.h"
#include "builder.h"
#include "cmd.h"
#include "components.h"
#include "executable.h"
#include "file.h"
#include "identity.h"
#include "keyopen.h"
#include "locking.h"
#include "passphrase.h"
#include "version.h"

enum { TEXT_FILE_MAX = 1 << 20, MAP_SIZE_MAX = 64 << 20 };

static struct build_options build = { .all = true };
static const char *key_path, *output;

static const struct opt options[] = {
	OPT_CHOOSE(0, "cc", &build.cc, "gcc|clang", "compile with it (default: as ms.yaml says, or gcc)"),
	OPT_FLAG('r', "release", &build.release, "leave assertions out (-DNDEBUG)"),
	LOCKING_OPTIONS,
	OPT_TEXT('k', "key", "FILE", &key_path, OPT_FILE, "sign with this private key, a file or pkcs11:URI (default: your developer key)"),
	PASSPHRASE_OPTION,
	OPT_TEXT('o', "output", "FILE", &output, OPT_FILE, "write the package there"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms package", "out/NAME-VERSION.msp of the project in this folder" },
	{ "ms package --release --key release.pem hello", "what is given to others" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "the sources do not compile or link, or ms.yaml is wrong" },
	{ 6, "the compiler, ninja or the SDK is missing" },
	{ 0, NULL }
};

const struct page page_package = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Builds the service of the project in DIR (default: here) for all its targets and packs it with everything that others need to "
		 "judge and use it: the signed executables, a bill of materials (CycloneDX 1.6) of what was really linked, the headers in include/, "
		 "the licence texts (LICENSE*, COPYING*, NOTICE*), the overlays of ms.yaml, compiled by dtc (docs/devices.md), and a signed manifest of it all. The package is read back and verified before it is written.\n\n"
		 "The same sources give the same bytes with the same key. Times in it are SOURCE_DATE_EPOCH if that is set, else zero.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads what 'ms build' reads. Writes out/NAME-VERSION.msp.",
	.json = "The result has file, size, sha256 (of the file), kid, name and version.",
};

/* Everything that is packed. */
struct work {
	struct project project;
	struct build_result built;
	struct manifest service;
	struct archive_input in;
	struct sbom_input sbom;
};

/* Read files of the project that match a pattern, under their last name. */
static int add_files(const struct work *w, const char *pattern, struct arena *a, struct list *files, struct err *e)
{
	struct list paths = { 0 };

	int rc = file_glob(w->project.root, pattern, a, &paths, e);
	for (size_t i = 0; rc >= 0 && i < paths.count; i++) {
		const char *path = path_join(a, w->project.root, paths.at[i]);
		struct archive_file *f = arena_new(a, struct archive_file);

		if (file_is_folder(path))
			continue;
		f->name = path_name(path);
		rc = file_read(path, TEXT_FILE_MAX, a, &f->content, e);
		list_push(files, a, f);
	}
	return rc < 0 ? rc : MS_OK;
}

static const struct archive_file *as_array(const struct list *files, struct arena *a)
{
	struct archive_file *all = arena_array(a, struct archive_file, files->count);

	for (size_t i = 0; i < files->count; i++)
		all[i] = *(const struct archive_file *)files->at[i];
	return all;
}

static int read_texts(struct work *w, struct arena *a, struct err *e)
{
	static const char *const patterns[] = { "LICENSE*", "LICENCE*", "COPYING*", "NOTICE*" };
	struct list headers = { 0 }, licenses = { 0 };

	int rc = add_files(w, "include/*.h", a, &headers, e);
	for (size_t i = 0; rc == MS_OK && i < sizeof(patterns) / sizeof(patterns[0]); i++)
		rc = add_files(w, patterns[i], a, &licenses, e);
	if (rc < 0)
		return rc;
	if (!licenses.count)
		out_warn("there is no LICENSE file: the package names its licence (%s), but does not hold the text", w->project.license);

	w->in.headers = as_array(&headers, a);
	w->in.header_count = (uint32_t)headers.count;
	w->in.licenses = as_array(&licenses, a);
	w->in.license_count = (uint32_t)licenses.count;
	return MS_OK;
}

/* "dts/uart.dtso" goes as "uart.dtbo". */
static int compile_overlays(struct work *w, struct arena *a, struct err *e)
{
	const struct texts *files = &w->project.overlays;
	struct archive_file *all = arena_array(a, struct archive_file, files->count + 1);
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && i < files->count; i++) {
		const char *name = path_name(files->at[i]), *dot = strrchr(name, '.');
		struct overlay o;

		rc = overlay_compile(path_shown(a, path_join(a, w->project.root, files->at[i])), a, &o, e);
		all[i] = (struct archive_file){ arena_printf(a, "%.*s.dtbo", (int)(dot ? dot - name : (ptrdiff_t)strlen(name)), name), o.blob };
	}
	w->in.overlays = all;
	w->in.overlay_count = files->count;
	return rc;
}

static int fill_service(struct work *w, struct arena *a, struct err *e)
{
	const struct project *p = &w->project;
	struct manifest *m = &w->service;

	*m = (struct manifest){
		.security_counter = p->security_counter, .stack_size = p->stack_size, .heap_size = p->heap_size, .fixed = !p->pie,
		.license = { (const uint8_t *)p->license, strlen(p->license) },
	};
	int rc = identity_set(m, p->vendor, p->name, p->version_text, a, e);
	interface_fill(p, m);
	if (rc == MS_OK)
		rc = archive_epoch(&m->source_epoch, e);
	for (uint32_t i = 0; rc == MS_OK && i < w->built.count; i++) {
		m->targets[m->target_count++] = w->built.at[i].target;
		rc = file_read(w->built.at[i].elf, EXECUTABLE_SIZE_MAX, a, &w->in.elf[i], e);
	}
	w->in.service = m;
	return rc;
}

static int make_sbom(struct work *w, struct arena *a, struct err *e)
{
	const struct project *p = &w->project;
	struct bytes maps[MANIFEST_TARGET_MAX];
	struct compiler compiler, clang;
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = compiler_find(COMPILER_OF_TARGETS, path_join(a, p->root, "out/compiler"), a, &compiler, e);
	if (rc >= 0 && build_by_clang(p, &build))
		rc = compiler_find(COMPILER_CLANG, path_join(a, p->root, BUILDFILE_CLANG), a, &clang, e);
	for (uint32_t i = 0; rc >= 0 && i < w->built.count; i++)
		rc = file_read(path_join(a, p->root, buildfile_product(p, w->built.at[i].target, "map", a)), MAP_SIZE_MAX, a, &maps[i], e);
	if (rc < 0)
		return rc;

	struct components c = {
		.project = p, .sdk = &sdk, .compiler = &compiler, .clang = build_by_clang(p, &build) ? &clang : NULL, .sdk_version = ms_version,
		.targets = w->service.targets, .maps = maps, .target_count = w->service.target_count,
	};
	w->sbom = (struct sbom_input){ .service = &w->service, .tool_version = ms_version, .source_epoch = w->service.source_epoch };
	rc = components_find(&c, a, &w->sbom, e);
	return rc < 0 ? rc : sbom_make(&w->sbom, a, &w->in.sbom, e);
}

/* The executables were signed by the developer's key when they were built; another key takes over the whole package. */
static int seal(const struct work *w, struct arena *a, struct bytes *package, const char **kid, struct err *e)
{
	const struct list none = { 0 };
	const char *own_path;
	struct key *own, *k;
	struct belief belief;

	int rc = trust_own(TRUST_DEVELOPER, true, a, &own_path, e);
	if (rc >= 0)
		rc = keyopen(own_path, a, &own, e);
	if (rc < 0)
		return rc;
	*kid = key_kid_text(key_public_of(own)->kid, a);
	rc = archive_build(&w->in, own, a, package, e);
	if (rc == -MS_EINVAL)
		rc = e->code = -MS_EPROJECT;	/* a file of the project cannot be packed */
	if (rc == MS_OK)
		rc = belief_init(&belief, &none, a, e);
	if (rc == MS_OK)
		belief_add(&belief, key_public_of(own), "own");
	key_close(own);
	if (rc < 0 || !key_path)
		return rc;

	rc = keyopen(key_path, a, &k, e);
	if (rc < 0)
		return rc;
	struct believer by = belief_of(&belief);
	*kid = key_kid_text(key_public_of(k)->kid, a);
	rc = archive_sign(*package, "the package", &by, k, true, a, package, e);
	key_close(k);
	return rc;
}

static int gather(const char *folder, struct work *w, struct arena *a, struct err *e)
{
	int rc = project_read(folder, ms_version, a, &w->project, e);
	if (rc >= 0)
		rc = build_project(&w->project, &build, a, &w->built, e);
	if (rc >= 0)
		rc = fill_service(w, a, e);
	if (rc >= 0)
		rc = read_texts(w, a, e);
	if (rc >= 0)
		rc = compile_overlays(w, a, e);
	return rc < 0 ? rc : make_sbom(w, a, e);
}

static void print_package(const struct work *w, const char *path, struct bytes package, const char *kid, struct arena *a)
{
	struct text hex = { 0 };
	uint8_t hash[32];

	sha256(package, hash);
	for (int i = 0; i < 32; i++)
		text_add(&hex, a, "%02x", hash[i]);
	out_line("%s  %zu bytes, signed by key %s", path_shown(a, path), package.size, kid);
	out_field("file", out_string(path));
	out_field("size", json_integer((json_int_t)package.size));
	out_field("sha256", json_string(hex.at));
	out_field("kid", json_string(kid));
	out_field("name", out_string(arena_string(a, w->service.name)));
	out_field("version", out_string(w->project.version_text));
}

int cmd_package(int argc, char **argv, struct arena *a, struct err *e)
{
	struct work *w = arena_new(a, struct work);
	struct bytes package;
	const char *kid;

	int rc = gather(argc > 1 ? argv[1] : ".", w, a, e);
	if (rc >= 0)
		rc = seal(w, a, &package, &kid, e);
	if (rc < 0)
		return rc;

	const char *path = output ? output : path_join(a, w->project.root, arena_printf(a, "out/%s-%s.msp", w->project.name, w->project.version_text));
	rc = file_replace(path, package, 0644, a, e);
	if (rc < 0)
		return rc;
	print_package(w, path, package, kid, a);
	return MS_OK;
}
