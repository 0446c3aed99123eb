/* SPDX-License-Identifier: Apache-2.0 */
/* Who may call whom, and whose devices and blocks are, on the simulated device: all that its services' manifests request, as `ms run` grants it. */
#ifndef SIMRULES_H
#define SIMRULES_H

#include "pages.h"
#include "table.h"

/* Number all interfaces, devices and blocks of the program's services, and make the rules of each. */
void simrules_init(const struct area *areas, size_t count);

/* The number that a service is known by: what psa_manifest/pid.h says, or its place. */
uint32_t simrules_id(size_t i);

/* The rules of a service, by object. */
const struct table_rule *simrules_of(size_t i, uint32_t *count);

#endif
