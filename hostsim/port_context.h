/* SPDX-License-Identifier: Apache-2.0 */
/* The PC's part of a thread and of a service (port.h). */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

struct carrier;
struct area;

struct port_context { struct carrier *carrier; };
struct port_protection { struct area *area; };

#endif
