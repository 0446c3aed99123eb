/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A test program as a service of its own, for a board: the service's sources,
 * the program's, the helpers of tests/, and the library that stands there for
 * cmocka and the simulation (sdk/test).
 *
 *	out/board/<program>/	what `ms build` has in out/, of this service
 */
#ifndef TESTBOARD_H
#define TESTBOARD_H

#include "testfile.h"

/* Its project, to be built as any other; `beside` gets the projects of test-with: struct project *. */
int testboard_project(const struct project *p, const struct test_program *t, const char *sdk_version, struct arena *a,
		      struct project *out, struct list *beside, struct err *e);

#endif
