/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls made by a service's functions that the test calls itself, on
 * the test's own stack, while no service runs: what can be done without a
 * thread of the device is done, the rest fails the test.
 */
#ifndef DIRECT_H
#define DIRECT_H

#include "simdevice.h"

struct trap_result direct_call(const struct core_call *call, const struct area *a);

#endif
