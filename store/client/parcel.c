/* SPDX-License-Identifier: Apache-2.0 */
#include "parcel.h"

#include <string.h>

#include "file.h"
#include "identity.h"
#include "key.h"
#include "out.h"
#include "package.h"
#include "release.h"

static int refuse(const char *file, const char *why, struct err *e)
{
	err_set(e, ERR_REFUSED, "'%s' cannot be published: %s", file, why);
	return err_fix(e, "publish what 'ms package' made");
}

static int refuse_source(const char *file, struct err *e)
{
	err_set(e, ERR_NOT_OURS, "'%s' is a source package; a store keeps packages of executables alone", file);
	return err_fix(e, "publish the package that it gives: out/NAME-VERSION.msp; sources go another way, such as a repository");
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
		if (m.kind == PACKAGE_IS_SOURCE_MANIFEST)
			return refuse_source(file, e);
		if (m.kind != PACKAGE_IS_MANIFEST)
			continue;
		sha256(m.content, p.manifest_sha256);
		has = manifest_decode(m.content, p.manifest) >= 0;
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

	out_line("%s%s/%s %s%s  %s  %zu bytes, sha256 %s", out_bold(), p->vendor, p->name, p->version, out_reset(), p->license, p->content.size, p->sha256);
	package_iter_init(&it, p->content);
	while (package_next(&it, &m)) {
		const char *name = arena_string(a, m.name);

		out_line("  %8zu  %s", m.content.size, name);
		out_event("public_file", json_pack("{s:o, s:I}", "file", out_string(name), "size", (json_int_t)m.content.size));
	}
}
