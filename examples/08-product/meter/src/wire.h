/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WIRE_H
#define WIRE_H

#include <stddef.h>

#include <psa/error.h>

/* Give all of it to the UART's driver, and wait where that has no room.  PSA_SUCCESS, or what the driver answered. */
psa_status_t wire_send(const char *from, size_t size);

#endif
