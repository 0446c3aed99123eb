/* SPDX-License-Identifier: Apache-2.0 */
/* Tests that take a service's part (<ms/sim.h>, "Standing in"). */
#ifndef STANDIN_H
#define STANDIN_H

#include "simdevice.h"

/* Its stand-in asks something: called between its steps.  True when the device shall stop, since what the test wanted is done. */
bool standin_asked(struct life *l);

/* Does a test take the part of this service? */
bool standin_is(const struct area *a);

/* No service is stood in for. */
void standin_reset(void);

#endif
