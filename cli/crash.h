/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fault records, turned into function, file and line by the debug file of the
 * service, or by the runtime's ELF.  Symbols are believed only for the very
 * image that the record names.
 */
#ifndef CRASH_H
#define CRASH_H

#include "arena.h"
#include "console.h"
#include "err.h"

/* A service whose symbols are at hand. */
struct crash_service {
	const char *name;
	const char *debug;		/* the linked file, not stripped */
	const char *folder;		/* of its project: recorded file names are relative to it */
	uint8_t image[8];		/* first bytes of its image's SHA-256 */
	const char *build_id;		/* of the debug file that belongs to it, as text */
	uint32_t ram, stack_size;	/* where its memory, and in it the main thread's stack, lies on the board; 0: not known */
};

struct crash_sources {
	struct list services;		/* struct crash_service * */
	const char *runtime;		/* ELF of the runtime, or NULL */
};

/* Where a fault was; texts from the arena, NULL for what is not known. */
struct crash_place {
	const char *function, *file;
	int line;
	const char *inlined_into;	/* the function whose code it is, if the compiler put it there */
	const char *caller;		/* "main at src/main.c:12": where the link register points, when that says more */
	struct crash_call { const char *text; const char *function, *file; int line; bool sure; } stack[CONSOLE_CALLS_MAX];	/* who called: #1, #2, ... */
	size_t stack_count;
	const char *why_not;		/* when the function is not known: why, for people */
	bool main_stack, other_stack;	/* whose stack is used up, when that was the fault */
	uint32_t stack_size;		/* of the main thread's */
};

/* Add a service with its flash image, by whose hash records name it.  The debug file is that image's now, and may be another one's later. */
/* ram: where its memory lies on the board, 0: not known. */
void crash_add_service(struct crash_sources *s, const char *name, const char *debug, struct bytes image,
		       const char *folder, uint32_t ram, struct arena *a);

/* The service of a record, with symbols that belong to it; NULL: `why_not` says why. */
const struct crash_service *crash_service_of(const struct crash_sources *s, const struct console_line *l, struct arena *a, const char **why_not);

void crash_locate(const struct crash_sources *s, const struct console_line *fault, struct arena *a, struct crash_place *out);

/* "in poke at src/main.c:17, called from main at src/main.c:33", or why it is not known. */
const char *crash_place_text(const struct crash_place *p, struct arena *a);

/* "its stack of 1024 bytes is full; ...", with what to do; NULL when the fault was another. */
const char *crash_advice(const struct crash_place *p, struct arena *a);

/* The stack as lines, "#0 poke at src/main.c:17"; none when crash_place_text says it all. */
void crash_stack_lines(const struct crash_place *p, struct arena *a, void (*line)(const char *text));

/*
 * The sources of a run, kept in its folder so that `ms crash` finds them later:
 * out/run/symbols, a line each: image, build-id, name, debug file, folder, address of its memory, size of its stack.
 */
int crash_sources_write(const struct crash_sources *s, const char *path, struct arena *a, struct err *e);
int crash_sources_read(const char *path, struct arena *a, struct crash_sources *out, struct err *e);

#endif
