/* SPDX-License-Identifier: Apache-2.0 */
/* What must be true of a table's rules about devices and shared memory taken together (docs/formats.md 5.4). */
#ifndef TABLE_GRANTS_H
#define TABLE_GRANTS_H

#include "table.h"

/*
 * Each device has one owner; blocks are numbered without a gap, each has one owner and at most one borrower, lies
 * legally in the RAM window and overlaps no other and no service's RAM; local indices are a service's once for each class.
 * The entries have been checked.
 */
bool table_grants_ok(const struct table *t, enum mpu_kind kind);

#endif
