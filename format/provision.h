/* SPDX-License-Identifier: Apache-2.0 */
/* The provisioning sector: whom a device believes (docs/formats.md 6). */
#ifndef PROVISION_H
#define PROVISION_H

#include "cose.h"
#include "writer.h"

enum { PROVISION_HEADER_SIZE = 32, PROVISION_KEY_SIZE = 80, PROVISION_KEY_MAX = 4, PROVISION_INTEGRATOR = 1, PROVISION_SIZE_MAX = 32 + 80 * PROVISION_KEY_MAX };
#define PROVISION_MAGIC UINT32_C(0x3150534d)

struct provision_key {
	const uint8_t *kid;	/* COSE_KID_SIZE bytes, borrowed */
	uint32_t roles;
	const uint8_t *point;	/* COSE_POINT_SIZE bytes, borrowed */
};

struct provision {
	uint16_t key_count, key_epoch;
	const uint8_t *class_id;	/* 16 bytes, borrowed */
	struct provision_key keys[PROVISION_KEY_MAX];
};

/* MS_OK or -MS_EFORMAT; *out borrows from `in`, which may be longer than the sector's content. */
int provision_decode(struct bytes in, struct provision *out);

void provision_encode(const struct provision *p, struct writer *w);

#endif
