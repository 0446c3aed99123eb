/* SPDX-License-Identifier: Apache-2.0 */
#include "packaging.h"

#include <string.h>

#include "belief.h"
#include "buildfacts.h"
#include "buildfile.h"
#include "components.h"
#include "executable.h"
#include "file.h"
#include "identity.h"
#include "keyopen.h"
#include "out.h"
#include "trust.h"
#include "version.h"

enum { TEXT_FILE_MAX = 1 << 20, MAP_SIZE_MAX = 64 << 20 };

/* Everything that is packed. */
struct work {
	const struct build_options *options;
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
	if (rc >= 0 && build_by_clang(p, w->options))
		rc = compiler_find(COMPILER_CLANG, path_join(a, p->root, BUILDFILE_CLANG), a, &clang, e);
	for (uint32_t i = 0; rc >= 0 && i < w->built.count; i++)
		rc = file_read(path_join(a, p->root, buildfile_product(p, w->built.at[i].target, "map", a)), MAP_SIZE_MAX, a, &maps[i], e);
	if (rc < 0)
		return rc;

	struct buildfile b = { .project = p, .sdk = &sdk, .compiler = compiler, .release = w->options->release, .target_count = w->service.target_count };
	if (build_by_clang(p, w->options))
		b.clang = clang;
	memcpy(b.targets, w->service.targets, sizeof(b.targets));
	rc = buildfacts_find(&b, ms_version, a, &w->service.build, e);
	if (rc < 0)
		return rc;

	struct components c = {
		.project = p, .sdk = &sdk, .compiler = &compiler, .clang = build_by_clang(p, w->options) ? &clang : NULL, .sdk_version = ms_version,
		.targets = w->service.targets, .maps = maps, .target_count = w->service.target_count,
	};
	w->sbom = (struct sbom_input){ .service = &w->service, .tool_version = ms_version, .source_epoch = w->service.source_epoch, .summary = p->summary,
		.categories = p->categories.at, .category_count = p->categories.count };
	rc = components_find(&c, a, &w->sbom, e);
	return rc < 0 ? rc : sbom_make(&w->sbom, a, &w->in.sbom, e);
}

int packaging_key(const char *key, struct arena *a, struct key **out, struct err *e)
{
	const char *path = key;

	int rc = key ? MS_OK : trust_own(TRUST_DEVELOPER, true, a, &path, e);
	return rc < 0 ? rc : keyopen(path, a, out, e);
}

/* The executables were signed by the developer's key when they were built; another key takes over the whole package. */
static int take_over(struct bytes *package, const struct key *own, const char *key, struct arena *a, const char **kid, struct err *e)
{
	const struct list none = { 0 };
	struct belief belief;
	struct key *k;

	int rc = belief_init(&belief, &none, a, e);
	if (rc < 0)
		return rc;
	belief_add(&belief, key_public_of(own), "own");
	rc = keyopen(key, a, &k, e);
	if (rc < 0)
		return rc;
	struct believer by = belief_of(&belief);
	*kid = key_kid_text(key_public_of(k)->kid, a);
	rc = archive_sign(*package, "the package", &by, k, true, a, package, e);
	key_close(k);
	return rc;
}

static int seal(const struct work *w, const char *key, struct arena *a, struct bytes *package, const char **kid, struct err *e)
{
	struct key *own;

	int rc = packaging_key(NULL, a, &own, e);
	if (rc < 0)
		return rc;
	*kid = key_kid_text(key_public_of(own)->kid, a);
	rc = archive_build(&w->in, own, a, package, e);
	if (rc == -MS_EINVAL)
		rc = e->code = -MS_EPROJECT;	/* a file of the project cannot be packed */
	if (rc == MS_OK && key)
		rc = take_over(package, own, key, a, kid, e);
	key_close(own);
	return rc;
}

static int gather(const char *folder, struct work *w, struct arena *a, struct err *e)
{
	int rc = project_read(folder, ms_version, a, &w->project, e);
	if (rc >= 0)
		rc = build_project(&w->project, w->options, a, &w->built, e);
	if (rc >= 0)
		rc = fill_service(w, a, e);
	if (rc >= 0)
		rc = read_texts(w, a, e);
	if (rc >= 0)
		rc = compile_overlays(w, a, e);
	return rc < 0 ? rc : make_sbom(w, a, e);
}

int packaging_make(const char *folder, const struct build_options *o, const char *key, struct arena *a, struct packaging *out, struct err *e)
{
	struct work *w = arena_new(a, struct work);

	w->options = o;
	int rc = gather(folder, w, a, e);
	if (rc >= 0)
		rc = seal(w, key, a, &out->package, &out->kid, e);
	out->project = w->project;
	return rc;
}
