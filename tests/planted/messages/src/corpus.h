/* SPDX-License-Identifier: Apache-2.0 */
/* What mistakes with messages have to themselves. */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdint.h>

#include <psa/client.h>

#include "desk.h"
#include "psa_manifest/sid.h"

#define PARTNER "partner"	/* another service that has to run */

/* A connection to the partner, which must be possible. */
psa_handle_t desk(void);

/* A request without a number, with one, and for one. */
psa_status_t ask(psa_handle_t h, int32_t type);
psa_status_t ask_with(psa_handle_t h, int32_t type, uint32_t number);
uint32_t ask_for(psa_handle_t h, int32_t type);

/* Some time after all that was asked for has been done, on a quiet device. */
void later(void);

#endif
