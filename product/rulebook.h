/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of a device in the making (docs/formats.md 5.3, 5.4): from what
 * services ask for in their manifests and what the product grants them.
 */
#ifndef RULEBOOK_H
#define RULEBOOK_H

#include "device.h"

struct rulebook {
	struct table_rule *at;		/* TABLE_RULE_MAX */
	uint32_t count;
};

/* Add a rule.  -MS_EINCOMPATIBLE when a table has no room for more. */
int rulebook_add(struct rulebook *b, const struct table_rule *r, struct err *e);

/* As a table has them: by service, then object. */
void rulebook_sort(struct rulebook *b);

/*
 * Who may call whom: numbers the endpoints of all services and adds a rule
 * for each that is provided and for each that is granted.  Refused by name
 * (-MS_EINCOMPATIBLE): two providers of one SID, a grant of what was not
 * requested, and a granted request that nobody provides, or in another version
 * or manner, unless it is weak.  What is requested and not granted becomes a
 * warning; where nothing was said about grants, all that fits is granted and told.
 */
int rulebook_messages(const struct device *d, struct rulebook *b, struct arena *a, struct device_talk *out, struct err *e);

#endif
