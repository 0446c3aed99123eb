/* SPDX-License-Identifier: Apache-2.0 */
/* The linker script that makes one relocatable object of a service (sdk/lib/sim/gate.h has what it defines). */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "arena.h"

struct script {
	const char *name;		/* of the service */
	const char *tag;		/* the same as part of a C identifier */
	uint32_t stack_size, heap_size, priority;
	uint32_t id;			/* in psa_manifest/pid.h; 0: none */
	struct list provides, calls;	/* interfaces: "SID,VERSION,FLAGS", numbers */
	struct list devices, shared;	/* "NAME,NUMBER,FLAGS", as a manifest has them */
	const struct list *objects;	/* its author's, paths */
};

char *script_text(const struct script *s, struct arena *a);

#endif
