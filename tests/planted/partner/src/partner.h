/* SPDX-License-Identifier: Apache-2.0 */
/* The other service: some mistakes are its own, each in a file of its name. */
#ifndef PARTNER_H
#define PARTNER_H

#include <stdint.h>

#include <psa/client.h>
#include <psa/service.h>

#include "psa_manifest/partner.h"
#include "psa_manifest/pid.h"
#include "psa_manifest/sid.h"

psa_status_t answer_number(const psa_msg_t *m, uint32_t number);

void events_begin(const psa_msg_t *m);
psa_status_t events_take(const psa_msg_t *m);
void waiting_add(const psa_msg_t *m);
void waiting_wake(const psa_msg_t *m);
void waiting_mend(const psa_msg_t *m);
void leave_soon(const psa_msg_t *m);

#endif
