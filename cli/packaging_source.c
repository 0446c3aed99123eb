/* SPDX-License-Identifier: Apache-2.0 */
/* A project's source package, and the package that it gives. */
#include "packaging.h"

#include "cleanroom.h"
#include "dependencies.h"
#include "source_archive.h"
#include "version.h"

static int seal(struct packaging *w, const struct list *files, const char *key, struct arena *a, struct err *e)
{
	struct key *k;

	int rc = packaging_key(key, a, &k, e);
	if (rc < 0)
		return rc;
	rc = source_build(w->package, files, k, a, &w->source, e);
	key_close(k);
	w->source_count = files->count;
	return rc;
}

int packaging_make_source(const char *folder, const struct build_options *o, const char *key, struct arena *a, struct packaging *out, struct err *e)
{
	struct list files = { 0 };
	struct cleanroom room;
	struct project here;

	int rc = project_open(folder, ms_version, a, &here, e);
	if (rc >= 0)
		rc = source_tree_read(here.root, a, &files, e);
	if (rc >= 0)
		rc = cleanroom_open(&room, here.name, &files, a, e);
	if (rc < 0)
		return rc;
	dependency_policy.offline = true;
	rc = packaging_make(room.folder, o, key, a, out, e);
	cleanroom_close(&room);
	if (rc >= 0)
		rc = seal(out, &files, key, a, e);
	out->project.root = here.root;
	return rc;
}
