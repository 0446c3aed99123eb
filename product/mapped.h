/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service maps besides its RAM, as its ms.yaml says it: devices, blocks
 * of shared memory of its own, and those of others that it borrows.
 */
#ifndef MAPPED_H
#define MAPPED_H

#include "arena.h"
#include "err.h"
#include "manifest.h"
#include "schema.h"

struct project;

struct mapped {
	const char *name;
	uint32_t interrupts;	/* of a device: how many of its interrupts it takes */
	uint32_t size;		/* of a block of its own; 0: borrowed */
	bool write;		/* of a borrowed block: it wants to write there */
	bool region;		/* of a device, in a partition: it is open from the start */
	const char **signals;	/* of a device, in a partition: what each interrupt's is called; NULL: after the device */
};

/* The rows of 'requests: devices', of 'requests: shared' and of 'shared', each for a struct mapped. */
extern const struct schema mapped_device[], mapped_borrowed[], mapped_own[];

/* Both lists of struct mapped as one. */
struct mapped *mapped_join(const struct schema_items *own, const struct schema_items *borrowed, struct arena *a);

/* Rules between the items; the first `own` blocks are its own.  -MS_EPROJECT with the place. */
int mapped_check(const struct project *p, uint32_t own, struct arena *a, struct err *e);

/* Are there signals for all interfaces and interrupts?  -MS_EPROJECT without the place. */
int mapped_signals(const struct project *p, struct err *e);

/* Where C sources find the registers of a region: a variable that the generated entry sets. */
#define MAPPED_BASE "psa_region_%s"

/* Their lines of psa_manifest/<service>.h; the first interrupt has this signal. */
void mapped_header(const struct project *p, uint32_t signal, struct arena *a, struct text *out);

void mapped_fill(const struct project *p, struct manifest *m);

#endif
