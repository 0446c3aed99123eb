/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of a header can cross to another service, and how; docs/interfaces.md tells it to authors.
 *
 * A function crosses when every parameter has a role: a value, an item that a pointer leads to, data whose size another
 * parameter says, a text.  What has none gets a finding with place, reason and remedy.  Nothing is guessed: where two readings
 * are possible, the author is asked to say which.
 */
#ifndef RULES_H
#define RULES_H

#include "header.h"
#include "library.h"

enum role {
	ROLE_NONE,
	ROLE_IN,	/* a value, or what a pointer to const leads to */
	ROLE_OUT,	/* what a pointer leads to */
	ROLE_INOUT,
	ROLE_DATA_IN,	/* as many elements as another parameter says */
	ROLE_DATA_OUT,	/* likewise, to be written */
	ROLE_TEXT,	/* const char *, up to its NUL */
	ROLE_SIZE,	/* how much data there is, or how much room for it */
	ROLE_USED,	/* a pointer: how much was written */
};

enum { NO_PARAMETER = UINT32_MAX, DATA_MAX_STANDARD = 256, DATA_MAX = 32768, VECTOR_MAX = 4, CALL_MAX = INT16_MAX };

struct crossing {
	const struct parameter *parameter;
	const char *name;		/* in generated code */
	enum role role;
	const struct type *item;	/* what crosses: of data, an element; bytes of void */
	bool by_pointer;		/* of items, and of a size that says how much was written, too */
	uint32_t size, used;		/* of data: the parameters' places; NO_PARAMETER: none */
	uint32_t data;			/* of a size: its data's place */
	uint32_t max;			/* of data and text: elements at most */
};

struct call {
	const struct function *function;
	const char *word;		/* "ADD" of adder_add */
	uint32_t number;		/* the type of its message, from 1 */
	struct crossing *at;		/* as many as it has parameters */
	bool status;			/* it returns psa_status_t */
	uint32_t in_items, out_items;	/* values and items; the result among the latter, unless it is a status */
	uint32_t in_data, out_data;	/* data and texts: a vector each */
};

struct finding {
	struct place place;
	bool refused;			/* otherwise a remark */
	const char *function;		/* NULL: none in particular */
	const char *text, *fix;
};

struct contract {
	const char *name, *word;	/* "adder", "ADDER" */
	const char *file;		/* "adder.h" */
	const struct header *header;
	struct call *calls;		/* those that cross, as they stand there */
	uint32_t count, refused, total;	/* functions that cross, do not, and both */
	struct list findings;		/* struct finding *, by place */
};

/*
 * Judge a header that was read for the PC and for a board.  `name` of the interface, or NULL: as the file.  -MS_EPROJECT when that
 * can be no name of an interface; that functions do not cross is no failure but findings.  `library`: names that services have already.
 */
int rules_apply(const struct header *pc, const struct header *board, const char *name, const struct list *library, struct arena *a, struct contract *out, struct err *e);

/* The interface's name as part of a function's: "door_lock" for "door-lock". */
const char *rules_function_name(const struct contract *k, struct arena *a);

/* Is it size_t, which has the device's 32 bits on the way? */
bool rules_is_size(const struct type *t);

/* The bytes that an item has on the way: enums 4, size_t 4, all others what they have. */
uint64_t rules_item_size(const struct type *t);

/* Are all numbers from the first to the last constants of this enum?  Then nothing else is let in. */
bool rules_enum_range(const struct type *t, int64_t *first, int64_t *last);

#endif
