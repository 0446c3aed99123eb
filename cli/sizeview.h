/* SPDX-License-Identifier: Apache-2.0 */
/* What `ms size` prints: tables for people, events for --json (docs/json.md). */
#ifndef SIZEVIEW_H
#define SIZEVIEW_H

#include "plan.h"
#include "sizes.h"
#include "stackuse.h"

struct size_service {
	const char *name;
	const struct plan_service *of;
	struct list rows;	/* struct size_row *, of each symbol */
	struct list stacks;	/* struct stack_use *, the main thread's first */
};

/* Read what each service of a plan consists of: a list of struct size_service *. */
int size_services(const struct plan *p, struct arena *a, struct list *out, struct err *e);

/* One service's rows, put together; at most `top` of them (0: all). */
void sizeview_rows(const struct size_service *s, enum size_by by, uint32_t top, struct arena *a);

/* How deep its stacks can get; with `paths` by which functions, and what is not certain.  `measured`: what a run printed, or empty. */
void sizeview_stacks(const struct size_service *s, bool paths, struct bytes measured, struct arena *a);

/* What services, shared memory and the runtime take of the board, rounded as the memory protection covers it. */
int sizeview_board(const struct plan *p, const struct list *services, struct arena *a, struct err *e);

#endif
