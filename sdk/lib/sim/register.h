/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of devices on the PC: gate numbers that no device has.  ms_read32 and ms_write32 (<ms/device.h>) ask the device's model by them. */
#ifndef REGISTER_H
#define REGISTER_H

#define REGISTER_READ (UINT32_MAX - 1)		/* a0: address; the value is what is read */
#define REGISTER_WRITE (UINT32_MAX - 2)		/* a0: address, a1: what is written */

#endif
