/* SPDX-License-Identifier: Apache-2.0 */
/* What open finds below /dev: the library's devices, and those that the program added. */
#ifndef DEVICES_H
#define DEVICES_H

#include <ms/file.h>

#include "descriptor.h"

/* A descriptor of a device: its handle is which, its epoch which open it was. */
extern const struct descriptor_kind ms_device_kind;

/* Which device has this name of `size` characters: at least 0, or -1. */
int ms_device_find(const char *name, size_t size);

const struct ms_file *ms_device_at(uint32_t which);

/* Another number each time: what opened it. */
uint32_t ms_device_epoch(void);

#endif
