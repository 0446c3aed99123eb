/* SPDX-License-Identifier: Apache-2.0 */
/* Before malloc and its like give memory on the PC, they ask by this gate number, which no device has, whether they may: `ms test --faults`. */
#ifndef ALLOCATES_H
#define ALLOCATES_H

#define SITE_ALLOCATES (UINT32_MAX - 4)		/* a status below 0: there is no memory */

#endif
