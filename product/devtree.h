/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The device tree of a product: the board's, with what drivers' packages and the product say in overlays, and with an owner for each
 * device that is in use.
 *
 * The board's tree says how the hardware is, and the runtime was compiled from it.  So an overlay chooses among what is there (`status`,
 * `current-speed`), and everything else that it would change is refused by name.
 */
#ifndef DEVTREE_H
#define DEVTREE_H

#include "board.h"
#include "overlay.h"

struct device;
struct device_service;
struct rulebook;

/* What came of one device of the board. */
struct devtree_device {
	const struct device_service *owner;	/* NULL: a service's it is not */
	enum { DEVTREE_UNSAID, DEVTREE_ON, DEVTREE_OFF } said;	/* by an overlay; else the board decides */
	const struct overlay *said_by, *speed_by;	/* which; NULL: none */
	uint32_t speed;				/* its current-speed; 0: nothing is said */
};

struct devtree {
	const void *fdt;	/* merged, without owners; NULL: the board has no tree (in tests) */
	struct devtree_device devices[BOARD_DEVICE_MAX];
};

/*
 * Merge the board's tree with the overlays of services that were granted what these are about, then with those of the product, in
 * their order; the rules say who owns what.  -MS_EINCOMPATIBLE (-MS_ESIGNATURE where a package reaches for what its service does not ask
 * for) naming overlay, node and place: a granted device that is disabled, an enabled one without owner, hardware that is not there, a value that
 * cannot be, and everything that is the kernel's or a fact.
 */
int devtree_merge(const struct device *d, const struct rulebook *rules, struct arena *a, struct devtree *out, struct err *e);

/* What a service must know of its devices goes into its rules. */
void devtree_tell(const struct devtree *t, struct rulebook *rules);

/*
 * The tree as it holds for this device: each device of the board that is in use has its owner (`ms,owner`), each other one is
 * disabled, and /reserved-memory has the blocks of shared memory where they were placed.
 */
int devtree_write(const struct device *d, struct arena *a, struct bytes *blob, struct err *e);

#endif
