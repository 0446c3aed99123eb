/* SPDX-License-Identifier: Apache-2.0 */
#include "devkey.h"

#include "file.h"
#include "folders.h"
#include "key.h"
#include "out.h"

static int need(const char *name, const char *what, struct arena *a, const char **path, struct err *e)
{
	const char *folder = path_join(a, folder_config(a), "keys");
	const char *file = path_join(a, folder, name);

	*path = file;
	if (file_exists(file))
		return MS_OK;
	int rc = file_make_folders(folder, a, e);
	if (rc >= 0)
		rc = key_create(file, a, e);
	if (rc >= 0)
		out_say("made %s for you: '%s'", what, file);
	return rc == -MS_EEXIST ? MS_OK : rc;
}

int devkey_developer(struct arena *a, const char **path, struct err *e)
{
	return need("developer.pem", "a key that signs what you build", a, path, e);
}

int devkey_integrator(struct arena *a, const char **path, struct err *e)
{
	return need("integrator.pem", "a key that signs what your emulated boards run", a, path, e);
}
