/* SPDX-License-Identifier: Apache-2.0 */
/* What every test here includes. */
#ifndef HEAD_H
#define HEAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <ms/sim.h>

#define ON_DEVICE(f) cmocka_unit_test_setup_teardown(f, sim_setup, sim_teardown)

#endif
