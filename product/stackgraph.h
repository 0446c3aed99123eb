/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of product: the functions of a service and who calls whom, for stackuse.c. */
#ifndef STACKGRAPH_H
#define STACKGRAPH_H

#include "elf.h"
#include "err.h"
#include "stackwalk.h"

struct stack_function {
	const char *name;
	uint32_t start, end;
	bool is_own;		/* not of the SDK's or the compiler's libraries, as far as the map says */
	bool is_walked;
	bool is_handed_by_sdk, is_handed_by_own;	/* its address is in data, or loaded by code, of the SDK or of the service, and not for one of `callers` alone */
	struct list callers;	/* const char *: functions of the SDK that get its address to call it */
	bool is_handed_to_sdk;	/* the service's own, and an argument of a call of the SDK */
	enum { BEGINS_NONE, BEGINS_BARE, BEGINS_POSIX } begins_thread;	/* by ms_thread_create, pthread_create */
	const char *type;	/* "vp": void f(void *); NULL: not known (stacktypes.c) */
	struct stack_walk walk;
	/* of stackuse.c */
	uint32_t need, order, low;
	struct stack_group *group;
	bool is_waiting;
	const struct stack_call *deepest_call;	/* the one that makes it need so much, and whom that calls; NULL: none */
	struct stack_function *deepest;
};

struct stack_graph {
	struct arena *arena;
	struct code code;
	struct list functions;	/* struct stack_function * */
	uint32_t entry;
};

/* Read and walk all functions. */
int stack_graph(struct bytes elf, const char *path, struct bytes map, struct arena *a, struct stack_graph *out, struct err *e);

/* Fill in types, as far as there is debug information. */
int stack_types(struct stack_graph *g, struct bytes elf, const char *path, struct err *e);

/* The function that begins at an address; NULL: none does. */
struct stack_function *stack_function_at(const struct stack_graph *g, uint32_t address);

#endif
