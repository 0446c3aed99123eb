/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Root parameters (docs/formats.md 9): ms.yaml asks for them by name, type and size; a build keeps room for them in the
 * service's text; a product's file gives their values, which go into that room of that one service.
 */
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include "arena.h"
#include "err.h"
#include "schema.h"

struct project;

/* What a service asks for. */
struct parameter_asked {
	const char *name;
	const char *type;		/* "bytes", "text" or "number" */
	uint32_t size;			/* bytes at most, 1..8192; of a number 4 */
	bool optional;
};

/* What a product gives. */
struct parameter_given {
	const char *name;
	const char *file, *value;	/* one of both: a file's content, relative to the product, or what is written */
};

/* The rows of 'requests: parameters' of ms.yaml, and of a service's 'parameters' of product.yaml. */
extern const struct schema parameter_requested[], parameter_given[];

/* Rules between the items: -MS_EPROJECT with the place. */
int parameters_check(const struct project *p, struct arena *a, struct err *e);

/* The source that keeps the room, relative to the project; write it into `folder` when the project asks for any. */
#define PARAMETERS_FILE "ms_parameters.c"
int parameters_source(const struct project *p, const char *folder, struct arena *a, struct err *e);

/* A service of a product, and where its parameters stand in the product's file. */
struct parameter_filling {
	const char *service, *root;	/* the product's folder */
	struct bytes elf;		/* whose symbols say where the room is */
	const struct parameter_given *given;
	uint32_t given_count;
	const struct schema_places *places;
	const char *entry;		/* "services[1]" */
	bool complete;			/* what it needs must be there */
};

/*
 * Put what is given into a copy of the service's image, *image; nothing is printed of it, and sentences name names and sizes only.
 * *room is where in the image the room is, 0 when it has none.  What is not asked for, missing, too large or of
 * another type is -MS_EINCOMPATIBLE with the place.
 */
int parameters_fill(const struct parameter_filling *f, struct arena *a, struct bytes *image, uint32_t *room, struct err *e);

/* Salt the room at this place of an image, so that hashes of what is in it tell nobody what it is. */
void parameters_salt(struct bytes image, uint32_t room, const uint8_t salt[32]);

#endif
