/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of ms-store: the options of all commands of `ms store`, and one function for each. */
#ifndef STORECOMMAND_H
#define STORECOMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"
#include "opt.h"

struct store_request {
	const char *dir, *name, *listen, *socket, *certificate, *key, *ca, *certificate_key;
	const char *reason, *words, *url, *token_file;
	struct list urls;
	uint32_t rate_per_sec, idle_sec, admins;
	bool closed, proven, renew, no_pages, dry_run;
	const char *const *operands;	/* also of a verb; NULL ends them */
};

typedef int store_command_fn(const struct store_request *r, struct arena *a, struct err *e);
#define COMMAND(name, least, most, function) store_command_fn function;
#define VERB(name, least, most) store_command_fn command_##name; extern const struct opt name##_options[];
#include "commands.def"
#undef COMMAND
#undef VERB

#endif
