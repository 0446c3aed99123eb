/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKS_H
#define ATTACKS_H

#include <stdbool.h>
#include <stdint.h>

/* One kind of attempt.  attempt(n), n < count, does not come back when it is stopped, gives false when it was refused or has no meaning here, true when it succeeded. */
struct attack {
	const char *name;
	uint32_t count;
	bool (*attempt)(uint32_t n);
};

/* Ends with a name of NULL. */
extern const struct attack attacks[];

#endif
