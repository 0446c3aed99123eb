/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the commands that make a test program. */
#ifndef TESTFLAGS_H
#define TESTFLAGS_H

#include "testfile.h"

/* Compile a source of a service for the PC. */
int testflags_service(const struct testfile *t, struct arena *a, struct list *words, struct err *e);

/* Likewise one of the service under test, which may be counted. */
int testflags_own(const struct testfile *t, struct arena *a, struct list *words, struct err *e);

/* Compile a test; `sources` are the project's, whose folders it finds headers in. */
void testflags_test(const struct testfile *t, const struct list *sources, struct arena *a, struct list *words);

/* Close the service under test, or another one that stands beside it; what it is linked with comes in `files`, too. */
int testflags_prelink(const struct testfile *t, struct arena *a, struct list *words, struct list *files, struct err *e);

/* Link a program: what stands before its objects and services, and behind. */
void testflags_link(const struct testfile *t, struct arena *a, struct list *words);
void testflags_libraries(const struct testfile *t, struct arena *a, struct list *words);

#endif
