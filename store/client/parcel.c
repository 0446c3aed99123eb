/* SPDX-License-Identifier: Apache-2.0 */
#include "parcel.h"

#include <string.h>

#include "file.h"
#include "identity.h"
#include "key.h"
#include "out.h"
#include "package.h"
#include "release.h"
#include "source_manifest.h"

static int refuse(const char *file, const char *why, struct err *e)
{
	err_set(e, ERR_REFUSED, "'%s' cannot be published: %s", file, why);
	return err_fix(e, "publish what 'ms package' made");
}

static bool take_manifest(struct bytes manifest, struct parcel *p)
{
	sha256(manifest, p->manifest_sha256);
	return manifest_decode(manifest, p->manifest) >= 0;
}

static bool take_source(struct bytes raw, struct parcel *p, struct arena *a)
{
	struct source_manifest *m = arena_new(a, struct source_manifest);

	if (source_manifest_decode(raw, m) < 0)
		return false;
	p->gives = m->sha256;
	return take_manifest(m->package, p);
}

int parcel_read(const char *file, struct arena *a, struct parcel *out, struct err *e)
{
	struct parcel p = { .file = file, .manifest = arena_new(a, struct manifest) };
	struct package_iter it;
	struct package_member m;
	bool has = false;

	int rc = file_read(file, PACKAGE_SIZE_MAX, a, &p.content, e);
	if (rc < 0)
		return rc;
	package_iter_init(&it, p.content);
	while (package_next(&it, &m)) {
		if (m.kind == PACKAGE_IS_MANIFEST)
			has = take_manifest(m.content, &p);
		if (m.kind == PACKAGE_IS_SOURCE_MANIFEST)
			has = take_source(m.content, &p, a);
	}
	if (it.fault || !has)
		return refuse(file, it.fault ? package_fault_text(it.fault) : "its manifest cannot be read", e);
	p.vendor = arena_string(a, identity_vendor(p.manifest));
	p.name = arena_string(a, identity_name(p.manifest));
	p.version = arena_string(a, p.manifest->version_text);
	p.license = arena_string(a, p.manifest->license);
	p.sha256 = release_sha256(p.content, a);
	*out = p;
	return MS_OK;
}

void parcel_show(const struct parcel *p, struct arena *a)
{
	struct package_iter it;
	struct package_member m;

	out_line("%s%s/%s %s%s%s  %s  %zu bytes, sha256 %s", out_bold(), p->vendor, p->name, p->version, out_reset(), p->gives ? "  source" : "", p->license, p->content.size, p->sha256);
	if (p->gives)
		out_line("  these sources become public, for all to read, and for ever:");
	package_iter_init(&it, p->content);
	while (package_next(&it, &m)) {
		const char *name = arena_string(a, m.name);

		out_line("  %8zu  %s", m.content.size, name);
		out_event("public_file", json_pack("{s:o, s:I}", "file", out_string(name), "size", (json_int_t)m.content.size));
	}
}
