/* SPDX-License-Identifier: Apache-2.0 */
/* Believing a device image: what the runtime will check at boot, and whether we know who signed it. */
#ifndef DEVICE_BELIEVE_H
#define DEVICE_BELIEVE_H

#include "believe.h"
#include "board.h"
#include "provision.h"
#include "table.h"

struct device_report {
	struct findings findings;
	struct provision provision;	/* once it was read */
	struct table table;		/* of the bank that counts, once its signature was found good */
	enum board_part bank;
	uint8_t kid[COSE_KID_SIZE];	/* of the integrator's key */
	struct believed by;		/* when it is known */
};

/* Does the provisioning sector of these bytes say that they are for this board? */
bool device_is_for(struct bytes flash, const struct board *b);

/* The bytes of a part, as far as they are there. */
struct bytes device_part(struct bytes flash, const struct board *b, enum board_part part);

/* The bytes of an entry's image, as far as they are there. */
struct bytes device_image(struct bytes flash, const struct board *b, const struct table_entry *entry);

/*
 * Verify a whole device image.  MS_OK, -MS_ESIGNATURE or -MS_EINCOMPATIBLE;
 * *out is filled as far as was checked, and borrows from flash.
 */
int device_believe(struct bytes flash, const char *path, const struct board *b, const struct believer *by,
		   struct arena *a, struct device_report *out, struct err *e);

#endif
