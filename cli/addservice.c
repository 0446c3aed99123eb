/* SPDX-License-Identifier: Apache-2.0 */
#include "addservice.h"

#include <string.h>

#include "archive.h"
#include "belief.h"
#include "file.h"
#include "identity.h"
#include "out.h"
#include "project.h"
#include "release.h"
#include "vendor.h"
#include "version.h"

static void push(struct list *files, const char *name, struct bytes content, struct arena *a)
{
	struct archive_file *f = arena_new(a, struct archive_file);

	*f = (struct archive_file){ name, content };
	list_push(files, a, f);
}

/* Its headers as they lie in a project, and the texts of its licence, each under a name that 'ms vendor' would take. */
static void take_members(struct bytes package, struct list *files, struct arena *a)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (package_next(&it, &m)) {
		const char *name = path_name(arena_string(a, m.name));

		if (m.kind == PACKAGE_IS_HEADER)
			push(files, path_join(a, "include", name), m.content, a);
		else if (m.kind == PACKAGE_IS_LICENSE)
			push(files, arena_printf(a, "LICENSE-%s", name), m.content, a);
	}
}

static bool has_header(const struct list *files, const char *path)
{
	for (size_t i = 0; i < files->count; i++)
		if (!strcmp(((const struct archive_file *)files->at[i])->name, path))
			return true;
	return false;
}

/* One that was made of a header is called by functions; another by its number. */
static void add_interface(struct text *t, const struct manifest_interface *i, const struct list *files, struct arena *a)
{
	const char *name = arena_string(a, i->name), *header = arena_printf(a, "include/%s.h", name);

	text_add(t, a, "  - { name: %s, sid: 0x%08x, version: %u, version-policy: %s, connections: %s", name, (unsigned)i->sid, (unsigned)i->version,
		 i->flags & MANIFEST_STRICT ? "strict" : "relaxed", i->flags & MANIFEST_CONNECTIONS ? "true" : "false");
	if (i->fingerprint.size && has_header(files, header))
		text_add(t, a, ", header: %s", header);
	text_add(t, a, " }\n");
}

/* As YAML in quotes: one line, whatever it was. */
static const char *quoted(struct bytes text, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < text.size; i++)
		text_add(&t, a, text.at[i] == '\'' ? "''" : "%c", text.at[i] < ' ' ? ' ' : text.at[i]);
	return arena_printf(a, "'%s'", t.size ? t.at : "");
}

static struct bytes project_text(const struct manifest *m, const char *sha256, const struct list *files, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "# What clients need of a package that came from a store (SHA-256 %s).\n", sha256);
	text_add(&t, a, "name: %s\nvendor: %s\nversion: %s\n", arena_string(a, identity_name(m)), arena_string(a, identity_vendor(m)), arena_string(a, m->version_text));
	text_add(&t, a, "license: %s\nprovides:\n", quoted(m->license, a));
	for (uint32_t i = 0; i < m->provide_count; i++)
		add_interface(&t, &m->provides[i], files, a);
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

/* Two vendors may have services of one name; their copies cannot. */
static int check_place(const char *folder, const char *vendor, struct arena *a, struct err *e)
{
	struct err ignored = { 0 };
	struct project there;

	if (!file_exists(folder) || project_open(folder, ms_version, a, &there, &ignored) < 0 || !strcmp(there.vendor, vendor))
		return MS_OK;
	err_set(e, ERR_VENDOR_NAME, "'%s' is of %s, and what is added is of %s", path_shown(a, folder), there.vendor, vendor);
	return err_fix(e, "a project takes one service of that name: remove the folder, if the other one is not needed any more");
}

/* Of two who add at once one waits, and finds what the other has put there. */
static int put_files(const char *folder, const char *vendor, const char *name, const struct list *files, struct project *made, struct arena *a, struct err *e)
{
	int lock = vendor_lock(".", e), rc = lock < 0 ? lock : check_place(folder, vendor, a, e);

	if (rc >= 0)
		rc = vendor_put(".", name, files, a, e);
	if (rc >= 0)
		rc = project_open(folder, ms_version, a, made, e);	/* as builds will */
	file_unlock(lock);
	return rc;
}

static int put(const struct manifest *m, struct bytes package, struct arena *a, struct err *e)
{
	const char *vendor = arena_string(a, identity_vendor(m)), *name = arena_string(a, identity_name(m)), *folder = path_join(a, VENDOR_FOLDER, name);
	struct list files = { 0 };
	struct project made;

	if (!m->provide_count) {
		err_set(e, ERR_NOT_INTERFACE, "%s/%s provides no interface that a service could call", vendor, name);
		return err_fix(e, "in a product it runs beside others: ms add, in the product's folder");
	}
	take_members(package, &files, a);
	push(&files, PROJECT_FILE, project_text(m, release_sha256(package, a), &files, a), a);
	int rc = put_files(folder, vendor, name, &files, &made, a, e);
	if (rc < 0)
		return rc;
	out_line("%s: the interfaces of %s/%s %s", folder, vendor, name, made.version_text);
	out_say("  in ms.yaml: requests: { ipc: [ %s/%s ] }, then: ms lock", vendor, name);
	out_field("folder", out_string(folder));
	return MS_OK;
}

int addservice_take(const char *package, const char *trust, bool *unknown, struct arena *a, struct err *e)
{
	struct archive_report *r = arena_new(a, struct archive_report);
	struct list keys = { 0 };
	struct belief belief;
	struct bytes content;

	if (trust)
		list_push(&keys, a, (void *)trust);
	int rc = file_read(package, PACKAGE_SIZE_MAX, a, &content, e);
	if (rc >= 0)
		rc = belief_init(&belief, &keys, a, e);
	if (rc < 0)
		return rc;
	struct believer by = belief_of(&belief);
	rc = archive_verify(content, package, &by, a, r, e);
	*unknown = rc == -MS_ESIGNATURE && r->signer_count && !r->signers[0].known && !r->signers[0].by.revoked;
	return rc < 0 ? rc : put(r->manifest, content, a, e);
}
