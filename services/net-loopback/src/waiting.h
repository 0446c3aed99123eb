/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that are answered later: when a socket of theirs is ready, or their time is over. */
#ifndef WAITING_H
#define WAITING_H

#include "clients.h"

/* Keep a WAIT, with what it wants, which is read from the message; 0, or a negative errno. */
int waiting_begin(struct link *l, const psa_msg_t *m, uint64_t deadline_nsec);

/* Answer those whose time has come. */
void waiting_look(void);

/* When the next deadline is; UINT64_MAX: never. */
uint64_t waiting_next(void);

/* Its session ends: answer it, if it waits. */
void waiting_end(struct link *l);

#endif
