/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inputs that nobody thought of: a program from tests/fuzz_<name>.c defines
 *
 *	int fuzz(const uint8_t *data, size_t size)
 *
 * which gives its input to the service.  Plain `ms test` runs it with what lies in tests/corpus/<name>: each file
 * crash-* is a test, all others are one.  `ms test --fuzz` makes further inputs from these, keeps there what
 * reaches code that no other did, and the first one that fails.
 *
 * The inputs run one after the other in one process, with a new device for each.  It shares the present one with its parent,
 * who writes it to a file, makes it smaller and tells of it, however the process ended.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FUZZ_INPUT_MAX = 4096 };

typedef int fuzz_target(const uint8_t *data, size_t size);

struct fuzz_input {
	size_t size;
	uint8_t data[FUZZ_INPUT_MAX];
};

/* What two processes see. */
struct fuzz_shared {
	struct fuzz_input input;	/* the one that runs */
	uint64_t runs;
	uint64_t files;			/* of the folder, whose inputs run first */
	bool looking;			/* they have, and new ones are made */
	uint64_t kept, blocks;		/* inputs of the corpus; places in the code that they reach */
};

/* The program's main (fuzz_main.c): its exit status. */
int ms_fuzz(const char *program, fuzz_target *target);

/* In the process of the test: run inputs until the time is over, beginning with those of the folder (fuzz_loop.c). */
void fuzz_loop(fuzz_target *target, const char *folder, uint64_t seconds, uint64_t seed, struct fuzz_shared *shared);

/* Run one, with a time limit of its own. */
void fuzz_one(fuzz_target *target, struct fuzz_shared *shared);

/* A file's first bytes, as many as an input has.  False if there is none. */
bool fuzz_read(const char *path, struct fuzz_input *to);

/* Write an input to folder/<head><name made from what is in it>, which comes in `path`. */
void fuzz_write(const char *folder, const char *head, const struct fuzz_input *in, char *path, size_t size);

#endif
