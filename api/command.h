/* SPDX-License-Identifier: Apache-2.0 */
/* ms-api: what `ms api` runs.  A command is a row of commands.def and a function here. */
#ifndef COMMAND_H
#define COMMAND_H

#include "out.h"
#include "rules.h"
#include "toolchain.h"

/* What was asked for. */
struct request {
	const char *const *operands;	/* as many as the command wants */
	const char *name;		/* of the interface; NULL: as the header */
	const char *output;		/* the folder or the file to write; NULL: what the command does by itself */
	const char *depfile;		/* for Ninja: what was read; NULL: nobody asks */
	bool client, server;		/* bind: one side only */
	bool mock, fake;		/* mock: one of them only; bind: both, too */
	bool html;			/* doc: HTML, not Markdown */
	bool copy;			/* bind: the header, too, and those beside it that it includes */
	const char *service, *vendor;	/* scaffold: of the project */
	const char *ipc, *fingerprint;	/* of a client of a package: what its ms.yaml requests, and which header that is */
	const char *from, *provider;	/* of a client: the provider as its ms.yaml names it, and its name */
	struct list folders;		/* const char *: where else headers are */
	struct sdk sdk;
};

typedef int command_fn(const struct request *r, struct arena *a, struct err *e);
#define COMMAND(name, operands, function) command_fn function;
#include "commands.def"
#undef COMMAND

/* Read a header for both targets and judge it.  What crosses is in *out, and why the rest does not. */
int command_read(const struct request *r, const char *header, struct arena *a, struct contract *out, struct err *e);

/* The same where nothing may be refused: the first that is, is the failure. */
int command_read_whole(const struct request *r, const char *header, struct arena *a, struct contract *out, struct err *e);

/* Print what was found, and fail if something is refused.  `remarks`: those, too. */
int command_report(const struct contract *k, bool remarks, struct arena *a, struct err *e);

/* Copy the header, and those of its own folder that it includes, to where files are written. */
int command_copy_headers(const struct request *r, const struct contract *k, struct arena *a, struct err *e);

/* Write a file if it changes, in the folder r->output (by default here), and name it. */
int command_write(const struct request *r, const char *file, const struct text *t, struct arena *a, struct err *e);

/* One of the files that are made of an interface, "adder_client.c" for "_client.c". */
int command_write_part(const struct request *r, const struct contract *k, const char *end, struct text t, struct arena *a, struct err *e);

/* The files of `ms api mock`: what tests have in the client's place. */
int command_write_doubles(const struct request *r, const struct contract *k, struct arena *a, struct err *e);

#endif
