/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a product.yaml that keep all that a person wrote in it (yaml_edit.h).  What was changed has been read again. */
#ifndef PRODUCT_EDIT_H
#define PRODUCT_EDIT_H

#include "product.h"

/* A new one without services.  Its name and vendor must be sound (name.h). */
const char *product_edit_new(const char *name, const char *vendor, const char *board, struct arena *a);

/* Add a service from a package, `path` relative to the file.  -MS_EPROJECT when the file is none, or when the change would lose something. */
int product_edit_add(struct bytes text, const char *file, const char *path, struct arena *a, struct bytes *out, struct err *e);

/* Say of service number `service` from which source package its package was built; NULL: from none.  Failures as above. */
int product_edit_source(struct bytes text, const char *file, uint32_t service, const char *path, struct arena *a, struct bytes *out, struct err *e);

/* Grant service number `service` a name of a kind: "ipc", "devices" or "shared".  Failures as above. */
int product_edit_grant(struct bytes text, const char *file, uint32_t service, const char *kind, const char *name, struct arena *a, struct bytes *out, struct err *e);

/* Make service number `service` come from another package.  Failures as above. */
int product_edit_package(struct bytes text, const char *file, uint32_t service, const char *path, struct arena *a, struct bytes *out, struct err *e);

/* Take a name out of the grants of a kind, or out of what is denied ("denies"); it is there.  Failures as above. */
int product_edit_withdraw(struct bytes text, const char *file, uint32_t service, const char *kind, const char *name, struct arena *a, struct bytes *out, struct err *e);

/* Deny service number `service` a name.  Failures as above. */
int product_edit_deny(struct bytes text, const char *file, uint32_t service, const char *name, struct arena *a, struct bytes *out, struct err *e);

/*
 * Give service number `service` the file of this path as its parameter `name`, in place of another file, if it has one.  What stands there as 'value' is
 * left, and both are refused by whoever fills them in.  Remove: the name stands there.  Failures as above.
 */
int product_edit_parameter(struct bytes text, const char *file, uint32_t service, const char *name, const char *path, struct arena *a, struct bytes *out, struct err *e);
int product_edit_parameter_remove(struct bytes text, const char *file, uint32_t service, const char *name, struct arena *a, struct bytes *out, struct err *e);

/* Take a service out, with all that is said of it.  Failures as above. */
int product_edit_remove(struct bytes text, const char *file, uint32_t service, struct arena *a, struct bytes *out, struct err *e);

#endif
