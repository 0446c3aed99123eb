/* SPDX-License-Identifier: Apache-2.0 */
/* ms publish of a source package: of a version that the store has, once and for ever. */
#include <string.h>

#include "out.h"
#include "publish_parts.h"
#include "release.h"

static int refuse_without(const struct publishing *p, struct err *e)
{
	const struct parcel *l = &p->parcel;

	err_set(e, ERR_STORE_VERSION, "%s/%s %s is not in the store, or this token may not see it; a source is given to a version that is there", l->vendor, l->name, l->version);
	return err_fix(e, "publish the package first, or both at once: ms publish --source, in the project");
}

static int refuse_package(const struct publishing *p, const char *has, struct err *e)
{
	const struct parcel *l = &p->parcel;

	err_set(e, ERR_EXISTS, "'%s' promises another package than the %s/%s %s that the store has (SHA-256 %.16s...)", l->file, l->vendor, l->name, l->version, has);
	return err_fix(e, "make the source package from what the version was made of, by the same SDK and compiler (ms package --source); or raise 'version' in ms.yaml");
}

static int refuse_other(const struct publishing *p, const char *has, struct err *e)
{
	const struct parcel *l = &p->parcel;

	err_set(e, ERR_EXISTS, "%s/%s %s has another source in the store already (SHA-256 %.16s...)", l->vendor, l->name, l->version, has);
	return err_fix(e, "a source is given once, as a version is: raise 'version' in ms.yaml, and publish both again");
}

/* What the store has of the version: it is of this package, and has this source or none. */
static int judge(struct publishing *p, const json_t *there, struct err *e)
{
	const char *package = connect_text(there, "package", p->arena), *source = connect_text(there, "source", p->arena);

	p->there = connect_text(there, "state", p->arena);
	if (strcmp(package, release_hex(p->parcel.gives, 32, p->arena)))
		return refuse_package(p, package, e);
	if (*source && strcmp(source, p->parcel.sha256))
		return refuse_other(p, source, e);
	p->repeated = *source;
	return MS_OK;
}

static void tell(const struct publishing *p, bool along, bool looked)
{
	const struct parcel *l = &p->parcel;
	const char *shown = !p->dry_run ? p->repeated ? "already there" : "published" : looked ? "would be there" : "not looked at by the store, which has no such version yet";

	out_line("%s/%s %s: its source: %s", l->vendor, l->name, l->version, shown);
	out_field("source", json_string(l->sha256));
	out_field("source_size", json_integer((json_int_t)l->content.size));
	out_field("source_repeated", json_boolean(p->repeated));
	if (along)
		return;
	out_field("store", out_string(client_url(p->to)));
	out_field("name", out_string(arena_printf(p->arena, "%s/%s", l->vendor, l->name)));
	out_field("version", out_string(l->version));
	out_field("sha256", json_string(release_hex(l->gives, 32, p->arena)));
	out_field("state", out_string(p->there));
	out_field("dry_run", json_boolean(p->dry_run));
}

static int keep_proof(const struct publishing *p, struct err *e)
{
	const char *file;
	bool checked;

	int rc = publish_keep_proof(p, publish_path(p, "/proof?of=source"), &file, &checked, e);
	if (rc < 0)
		return rc;
	out_field("source_proof", out_string(file));
	out_field("source_checked", json_boolean(checked));
	return MS_OK;
}

int publish_source(struct publishing *p, bool along, struct err *e)
{
	json_t *there;

	int rc = publish_look(p, &there, e);
	bool looked = rc >= 0 && there;
	if (rc >= 0 && there)
		rc = judge(p, there, e);
	else if (rc >= 0 && !(along && p->dry_run))
		rc = refuse_without(p, e);
	json_decref(there);
	if (rc >= 0 && looked && !p->repeated)
		rc = publish_send(p, NULL, e);
	if (rc < 0)
		return rc;
	tell(p, along, looked);
	return p->dry_run ? MS_OK : keep_proof(p, e);
}
