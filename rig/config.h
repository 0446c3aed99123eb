/* SPDX-License-Identifier: Apache-2.0 */
/* What a rig lends, to whom, and where it is reached: the file rig.yaml, or options alone. */
#ifndef CONFIG_H
#define CONFIG_H

#include "lease.h"
#include "schema.h"

enum { CONFIG_BOARD_MAX = 64, CONFIG_USER_MAX = 256, CONFIG_SAFE_MAX = 16 };

/* Addresses that may be written. */
struct safe_range { uint32_t at, size; };

struct lent {
	const char *name;		/* as clients call it */
	const char *board;		/* which kind it is: a board of the SDK */
	const char *way;		/* "qemu", "openocd", "command" */
	const char *probe;		/* of openocd: as for `ms flash --probe` */
	const char *console;		/* of openocd: a serial device, a socket, HOST:PORT; NULL: none */
	uint32_t speed;			/* of that device, baud */
	struct texts command;		/* of command */
	struct safe_range *safe;	/* none: all of the board's flash */
	uint32_t safe_count;
};

struct rig_user { const char *name, *token; };	/* the token's hash */

struct config {
	const char *listen;		/* "HOST:PORT", or NULL */
	const char *socket;		/* a path, or NULL */
	const char *certificate, *key;	/* PEM files, both or none */
	const char *state;		/* a folder, or NULL: the person's */
	uint32_t lease_msec, run_msec;	/* how long a lease lasts that is not renewed, and the longest run */
	struct rig_user *users;
	uint32_t user_count;
	struct lent *boards;
	uint32_t board_count;
	struct schema_places places;
	const char *file;		/* NULL: there is none */
};

/* What holds without a file. */
void config_init(struct config *c);

/* Read the file's bytes; paths are relative to it.  -MS_EPROJECT with place and fix. */
int config_decode(struct bytes text, const char *file, struct arena *a, struct config *out, struct err *e);
int config_read(const char *path, struct arena *a, struct config *out, struct err *e);

/* Add an emulated board of that kind, under the kind's name, or "NAME=KIND". */
int config_add_board(struct config *c, const char *board, struct arena *a, struct err *e);

/* What must hold of it as a whole, wherever it came from. */
int config_check(const struct config *c, struct err *e);

/* The keys, as Markdown. */
char *config_manual(struct arena *a);

#endif
