/* SPDX-License-Identifier: Apache-2.0 */
#include "integrate.h"

#include <string.h>
#include <sys/stat.h>

#include "builder.h"
#include "dependencies.h"
#include "file.h"
#include "opt.h"
#include "plan_package.h"
#include "yaml_tree.h"

bool integrate_dry_run;

const char *integrate_folder(int argc, char **argv)
{
	return argc > 1 ? argv[1] : ".";
}

int integrate_open_unchecked(const char *folder, struct arena *a, struct integrate_edit *out, struct err *e)
{
	const char *file = path_shown(a, path_join(a, folder, PRODUCT_FILE));

	*out = (struct integrate_edit){ .lock = -1 };
	int rc = product_read(file, a, &out->product, e);
	if (rc < 0)
		return rc;
	out->lock = build_lock_folder(out->product.root, out->product.name, a, e);
	if (out->lock < 0)
		return out->lock;

	/* Again: whoever had the lock may have changed it. */
	rc = product_read(file, a, &out->product, e);
	if (rc >= 0)
		rc = file_read(file, YAML_SIZE_MAX, a, &out->text, e);
	if (rc < 0)
		integrate_close(out);
	return rc;
}

int integrate_open(const char *folder, struct arena *a, struct integrate_edit *out, struct err *e)
{
	int rc = integrate_open_unchecked(folder, a, out, e);

	if (rc < 0)
		return rc;
	rc = dependency_check_file(path_join(a, out->product.root, LOCK_PRODUCT_FILE), plan_package_lock, &out->product, a, e);
	if (rc < 0)
		integrate_close(out);
	return rc;
}

void integrate_close(struct integrate_edit *edit)
{
	if (edit->lock >= 0)
		file_unlock(edit->lock);
	edit->lock = -1;
}

/* It may be a link, and it may be nobody else's to read: who wrote it has decided that. */
static int write_product(const char *file, struct bytes text, struct arena *a, struct err *e)
{
	const char *real = path_real(a, file);
	struct stat st;

	if (!real || stat(real, &st))
		return err_errno(e, "cannot replace '%s'", file);
	return file_update(path_shown(a, real), text, st.st_mode & 0777, a, NULL, e);
}

int integrate_write(struct integrate_edit *edit, struct bytes text, struct arena *a, struct err *e)
{
	struct product now;
	struct lock lock = { 0 };

	int rc = product_decode(text, edit->product.file, a, &now, e);
	if (rc >= 0)
		rc = product_find_trust(&now, a, e);
	/* What is only tried is not in packages/ yet. */
	if (rc >= 0 && !integrate_dry_run)
		rc = plan_package_lock(&now, a, &lock, e);
	return rc < 0 ? rc : integrate_write_locked(edit, text, &lock, a, e);
}

/* The lock first: killed in between it says more than is used, which adding the same again mends. */
int integrate_write_locked(struct integrate_edit *edit, struct bytes text, struct lock *lock, struct arena *a, struct err *e)
{
	const char *path = path_shown(a, path_join(a, edit->product.root, LOCK_PRODUCT_FILE));
	int rc = MS_OK;

	if (integrate_dry_run)
		return MS_OK;
	if (lock)
		rc = file_update(path, lock_encode(lock, LOCK_PRODUCT_FILE, a), 0644, a, NULL, e);
	return rc < 0 ? rc : write_product(edit->product.file, text, a, e);
}

int integrate_plan(const char *folder, bool strict, const char *key, struct arena *a, struct plan *out, struct err *e)
{
	const struct plan_options o = { .strict = strict, .key = key };

	return plan_product(folder, &o, a, out, e);
}

int integrate_service(const struct plan *p, const char *name, struct arena *a, uint32_t *out, struct err *e)
{
	const char **names = arena_array(a, const char *, p->services.count + 1);

	for (size_t i = 0; i < p->services.count; i++)
		names[i] = ((const struct plan_service *)p->services.at[i])->device.name;
	return integrate_name(names, p->services.count, name, out, e);
}

int integrate_name(const char *const *names, size_t count, const char *name, uint32_t *out, struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(names[i], name)) {
			*out = (uint32_t)i;
			return MS_OK;
		}
	}
	const char *near = opt_nearest(name, names, count);

	err_set(e, ERR_NOT_IN_PRODUCT, "'%s' is no service of this product", name);
	return near ? err_fix(e, "did you mean '%s'?", near) : err_fix(e, "'ms product check' lists them");
}
