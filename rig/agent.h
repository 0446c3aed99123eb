/* SPDX-License-Identifier: Apache-2.0 */
/* The agent: boards that it lends, doors by which it is reached, and the one loop that waits for all of them. */
#ifndef AGENT_H
#define AGENT_H

#include "door.h"
#include "pod.h"

enum { AGENT_DOOR_MAX = 2 };

struct agent {
	struct config config;
	struct pod *pods;
	uint32_t pod_count;
	struct web web;			/* what the doors lead to (rigweb.h) */
	struct door doors[AGENT_DOOR_MAX];
	uint32_t door_count;
	struct stream *streams;		/* logs that are being read (on_log.c) */
	uint64_t begun_nsec;
};

/* Open the boards and serve until the user wants to stop. */
int agent_run(struct agent *g, struct arena *a, struct err *e);

/* The board of that name, or NULL. */
struct pod *agent_pod(struct agent *g, const char *name);

/* Who shows that token: a name that lives as long as the agent, or NULL. */
const char *agent_user(const struct agent *g, const char *token);

/* Logs have grown, or `beat`: it is time to show that the line is alive. */
void streams_wake(struct agent *g, bool beat);

/* For the agent's end: nobody waits any more. */
void streams_end(struct agent *g);

#endif
