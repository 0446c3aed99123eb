/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of manifests that mean something: names, paths, flags.  Each check gives -MS_EINVAL with the sentence and the fix. */
#ifndef NAME_H
#define NAME_H

#include <stdbool.h>

#include "err.h"

/* A service's or product's: a to z, 0 to 9 and '-', a letter first, 2 to 40 bytes, not reserved. */
int name_check(const char *text, struct err *e);

/* A vendor: a DNS name of at least two labels in lower case, at most 100 bytes. */
int name_check_vendor(const char *text, struct err *e);

/* A path below the project's folder: relative, no "..", no empty part. */
int name_check_path(const char *text, struct err *e);

/* A path pattern of C or assembly sources: likewise, "*" and "?" allowed. */
int name_check_sources(const char *text, struct err *e);

/* "NAME" or "NAME=value" for the preprocessor. */
int name_check_define(const char *text, struct err *e);

/* A compiler flag that does not break the ABI or reach outside the project. */
int name_check_flag(const char *text, struct err *e);

/* Is it a file of the project, rather than a library of the SDK? */
bool name_is_library_file(const char *text);

/* A library of the SDK: letters, digits, '-', '_', '+'; or the path of an object or a library, with "@target" for the target's name. */
int name_check_library(const char *text, struct err *e);

#endif
