/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of ms-rig: the options of all its commands, and one function for each. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"
#include "opt.h"

struct request {
	const char *config, *socket, *listen, *certificate, *key, *state, *pin, *kind, *probe;
	struct list boards;
	uint32_t lease_sec, wait_sec, limit_sec, speed;
	bool fast;
	const char *const *operands;	/* NULL ends them */
};

typedef int command_fn(const struct request *r, struct arena *a, struct err *e);
#define COMMAND(name, least, most, function) command_fn function;
#include "commands.def"
#undef COMMAND

#endif
