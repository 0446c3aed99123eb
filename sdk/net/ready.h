/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for several descriptors, below poll and select. */
#ifndef READY_H
#define READY_H

#include <stddef.h>
#include <stdint.h>

struct ready_entry {
	int fd;				/* negative: left out */
	uint32_t wanted;		/* MS_NETWORK_READ, MS_NETWORK_WRITE */
	uint32_t is;			/* what came of it: as the service says it of a socket */
};

/* Until one of at most DESCRIPTOR_MAX is ready: how many are; 0: none before `deadline_nsec`; or a negative errno, -EINTR whatever SA_RESTART says. */
int ms_ready_wait(struct ready_entry *entries, size_t count, uint64_t deadline_nsec);

#endif
