/* SPDX-License-Identifier: Apache-2.0 */
/* What a service and a thread have besides on Armv7-M. */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include "mainline_context.h"

/* The lowest part of a thread's stack, closed: it goes before the service's regions in force. */
struct port_guard { struct mpu_region region; };

#include "thread_context.h"

#endif
