/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of partition.c: values of a partition manifest.  Each reader fails
 * with -MS_EPROJECT and the line where `near` stands for the first time.
 */
#ifndef PARTITION_JSON_H
#define PARTITION_JSON_H

#include <jansson.h>

#include "bytes.h"
#include "project.h"

struct partition {
	struct bytes text;
	const char *file;
	struct arena *arena;
	struct project *project;
	struct err *e;
};

/* Put place and fix on a failure that was set.  Returns -MS_EPROJECT. */
int partition_fail(const struct partition *t, const char *near, const char *fix);

/* Has the object no other keys than those, each between spaces? */
int partition_keys(const struct partition *t, const json_t *object, const char *what, const char *known);

/* A text that is there, or NULL after having failed. */
const char *partition_text(const struct partition *t, const json_t *object, const char *key, const char *near);

/* A text that is there and a name in C, or NULL after having failed. */
const char *partition_name(const struct partition *t, const json_t *object, const char *key, const char *near);

/* A number, as such or in a text such as "0x400". */
int partition_number(const struct partition *t, const json_t *object, const char *key, const char *near, uint32_t *out);

/* One of "A|B"; `standard` when it is not there. */
int partition_choice(const struct partition *t, const json_t *object, const char *key, const char *near, const char *choices,
		     const char *standard, const char **out);

int partition_flag(const struct partition *t, const json_t *object, const char *key, const char *near, bool standard, bool *out);

/* A list that may be left out; NULL and no failure then. */
int partition_list(const struct partition *t, const json_t *object, const char *key, uint32_t max, const json_t **out);

/* The devices of mmio_regions and irqs, added to those of ms.yaml (partition_device.c). */
int partition_devices(const struct partition *t, const json_t *root);

#endif
