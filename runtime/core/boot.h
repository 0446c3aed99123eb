/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From flash to services: choose the newest table that verifies, check each of
 * its entries and the image it names, and add those that hold.  Fails closed: without a
 * valid table nothing runs, an image that is not what the table says does not
 * run, and the log says which and why.
 */
#ifndef BOOT_H
#define BOOT_H

void boot(void);

#endif
