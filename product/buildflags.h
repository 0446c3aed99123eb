/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a build's commands.  Compiling: buildfile_flags in buildfile.h. */
#ifndef BUILDFLAGS_H
#define BUILDFLAGS_H

#include "buildfile.h"

/*
 * The compiler records the folder it runs in.  It takes $PWD for that folder
 * if that is true, and through this link it always is; so every project's
 * folder has the same name, and -ffile-prefix-map can make it ".".
 */
#define BUILD_FOLDER "/proc/self/cwd"

/* The libraries that the manifest names, in its order: struct sdk_library *.  `target` as for sdk_libraries. */
int buildflags_chosen(const struct buildfile *b, const char *target, struct arena *a, struct list *libraries, struct err *e);

/* Where a service's sources find headers: the project's, the SDK's, those libraries', the C library's, the compiler's own. */
void buildflags_headers(const struct buildfile *b, const char *target, bool for_clang, const struct list *libraries,
			struct arena *a, struct list *words);

/* What the manifest says about compiling. */
void buildflags_manifest(const struct buildfile *b, struct arena *a, struct list *words);

/* The flags of a target that the ABI wants: in fixed mode others. */
int buildflags_target(const struct buildfile *b, uint8_t target, struct arena *a, struct list *words, struct err *e);

/* What links a service for a target, before its files; in fixed mode to one object, which buildflags_fixed links by the linker itself. */
int buildflags_link(const struct buildfile *b, uint8_t target, struct arena *a, struct list *words, struct err *e);

void buildflags_fixed(const struct buildfile *b, struct arena *a, struct list *words);

/* What is linked beside the objects: the manifest's libraries, then what every service gets. */
int buildflags_libraries(const struct buildfile *b, uint8_t target, struct arena *a, struct list *files, struct err *e);

/* Is it C++?  Its name says so. */
bool buildflags_is_cxx(const char *source);

/* The same words for C++: C++17 in place of the C standard, without exceptions, RTTI and the C++ library. */
struct list buildflags_cxx(const struct list *words, struct arena *a);

#endif
