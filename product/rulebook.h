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

/*
 * Whose the board's devices are, as rulebook_messages says of interfaces.  Refused by name: a device that the board has not, one
 * that has an owner already, and one with another number of interrupts than the service takes.
 */
int rulebook_devices(const struct device *d, struct rulebook *b, struct arena *a, struct device_talk *out, struct err *e);

/*
 * What the product says of the console, checked: RULEBOOK_LOG, or a service here that asks for the board's.  -MS_EINCOMPATIBLE at its
 * key.  rulebook_devices heeds it: the service gets the device without another grant, and no other does.
 */
#define RULEBOOK_LOG "log"
int rulebook_console(const struct device *d, struct arena *a, struct err *e);
bool rulebook_console_is(const struct device *d, const char *whose);

/*
 * Which blocks of shared memory there are and who may borrow them: d->blocks.  Refused by name: a granted block that no
 * service has, or two have, or two want to borrow.  When they have been placed, rulebook_shared adds their rules.
 */
int rulebook_blocks(struct device *d, struct arena *a, struct device_talk *out, struct err *e);
int rulebook_shared(const struct device *d, struct rulebook *b, struct err *e);

/*
 * What a service asks for of one kind, and what it is granted under this key of its entry ("grants.devices"); the first `own` are not asked for, but its
 * own.  What is granted was asked for: -MS_EINCOMPATIBLE naming the first that was not, and the nearest.
 */
struct rulebook_asked { const struct texts *granted; const char *key; const struct manifest_mapped *at; uint32_t count, own; };
int rulebook_used(const struct device_service *s, const struct rulebook_asked *asked, struct arena *a, struct err *e);

/* Was it granted, by name ("device", "uart1")?  What was not is told as a warning, and what was without a word, too. */
bool rulebook_granted(const struct device_service *s, const struct rulebook_asked *asked, const char *kind, const char *name, struct arena *a, struct device_talk *out);

/* A request that is not granted: a word about it, unless the product says that it shall not be; `weak`: it can do without. */
void rulebook_open(const struct device_request *r, const char *key, bool weak, struct arena *a, struct device_talk *out);

/* A warning about what a service does not get, with the place where the product says what it gets of this kind ("grants.ipc"). */
void rulebook_warn(const struct device_service *s, const char *key, struct arena *a, struct device_talk *out, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Was each name that is denied asked for, and is none of them granted, too?  -MS_EINCOMPATIBLE at its place. */
int rulebook_denied(const struct device_service *s, struct arena *a, struct err *e);

/*
 * Put on a failure the place where a name was granted (grants.devices of its entry), or else where it was asked for (item i, in
 * requests.devices), as far as there are files.  Returns e->code.
 */
int rulebook_err(const struct device_service *s, const struct rulebook_asked *asked, uint32_t i, struct arena *a, struct err *e);

/* The place of one key of its entry in the product ("grants.ipc"; NULL: the entry itself), if there is a product.  Returns e->code. */
int rulebook_err_in(const struct device_service *s, const char *key, struct arena *a, struct err *e);

#endif
