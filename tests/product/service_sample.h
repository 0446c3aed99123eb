/* SPDX-License-Identifier: Apache-2.0 */
/* The service that tests link, sign and pack: who it says it is. */
#ifndef SERVICE_SAMPLE_H
#define SERVICE_SAMPLE_H

#include "identity.h"

enum { SAMPLE_STACK = 1024, SAMPLE_HEAP = 512 };

static inline int sample_manifest(struct manifest *m, const char *version, struct arena *a, struct err *e)
{
	*m = (struct manifest){
		.targets = { MS_TARGET_V7EM }, .target_count = 1, .security_counter = 3,
		.stack_size = SAMPLE_STACK, .heap_size = SAMPLE_HEAP, .license = BYTES_LITERAL("Apache-2.0"),
	};
	return identity_set(m, "example.org", "hello", version, a, e);
}

#endif
