/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUN_H
#define RUN_H

#include <stdint.h>

/* The test that is running may take so much more of the board's time than its limit: it waits on purpose. */
void run_allow(uint64_t nsec);

#endif
