/* SPDX-License-Identifier: Apache-2.0 */
/* What attempts with messages, devices and shared memory have in common: how to speak with vault and puppet. */
#ifndef TALK_H
#define TALK_H

#include <psa/service.h>

#include "asked.h"

/* In the manifest's order, whatever the board calls the device: signal 4 is bait's. */
enum { DEVICE = 0, DEVICE_SIGNAL = 1 << 5 };

/* The nth of FOREIGN_PLACES (attempts.h) places at which 8 bytes are not ours, or not all of them. */
uint32_t foreign_place(uint32_t n);

/* A time from now, in microseconds. */
uint64_t in_usec(uint32_t usec);

/* The puppet lets go of what it holds, if it lives. */
void free_puppet(void);

/* Call the puppet by its handle with one number; what it replies, or -MS_E..., -MS_ETIMEDOUT soon. */
int32_t ask_puppet(int32_t type, int32_t number);

/* The same of the vault, without a number. */
int32_t ask_vault(int32_t type);

/* Have the puppet call us, and get its message; it expects that status of us.  False: it did not come. */
bool get_from_puppet(int32_t type, int32_t expected, psa_msg_t *m);

#endif
