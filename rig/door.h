/* SPDX-License-Identifier: Apache-2.0 */
/* By what a rig is reached: a Unix socket of its owner's, or HTTPS. */
#ifndef DOOR_H
#define DOOR_H

#include "agent.h"

/* A path, mode 0600.  What is left of an agent that was killed is replaced; one that answers is not. */
int door_open_socket(struct door *d, struct agent *g, const char *path, struct arena *a, struct err *e);

/* The configuration's address, with its certificate, or the one that lies in the folder, where it is made if there is none.  Says URL and pin. */
int door_open_network(struct door *d, struct agent *g, const char *folder, struct arena *a, struct err *e);

void door_close(struct door *d);

#endif
