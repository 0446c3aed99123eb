/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From one device image to the next while the device runs: what can take the place of what was there, and what only a new
 * start brings.
 */
#ifndef DEVICE_CHANGE_H
#define DEVICE_CHANGE_H

#include "device.h"

/*
 * Keep room beside a service whose image is given, so that a somewhat larger one can take its place: as much as `before`
 * had, when that is enough for it (NULL: there was none).  An image that is none gets none.
 */
void device_keep_room(struct device_service *s, const struct device_service *before);

/* A device as it was built: what device_build was given and has decided, and the image. */
struct device_state { const struct device *device; struct bytes flash; };

/*
 * NULL when all that differs are images in their places, and the sizes of what is in them: then changed[i] says whether
 * service i of both is another.  Else a clause that says what else has changed: "the rights of 'hello' have changed".
 */
const char *device_change(const struct device_state *from, const struct device_state *to, struct arena *a, bool changed[]);

#endif
