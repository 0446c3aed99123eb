/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Other people's code as a project of this SDK: which of its files are wanted,
 * what its manifest says, and what there is to know before it is built.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "err.h"
#include "importbuild.h"

enum import_remark_kind {
	REMARK_LEFT,		/* a file was left out, and why */
	REMARK_MISSING,		/* the device does not have it */
	REMARK_DIFFERS,		/* the device has it, but not as a PC */
};

/* One line about a place: what it names, and what to do about it. */
struct import_told {
	enum import_remark_kind kind;
	const char *file;	/* relative to the imported folder */
	int line, column;	/* 0: the whole file */
	const char *name, *text;
};

struct import {
	const char *folder;		/* as it was named */
	struct list files;		/* struct import_file: all that are there */
	struct import_build build;
	struct list folders;		/* texts: where headers are looked for */
	struct list told;		/* struct import_told, by kind, then file and line */
	const struct import_file *program;	/* the file whose main is the service's; NULL: there is none, and one is made */
	const struct import_file *licence_file;
	const char *licence;		/* an SPDX expression; NULL: not known */
	bool heap, network;		/* it calls what needs them */
	bool own_runtime;		/* it includes uService.h, which a header of the project stands in for */
	uint32_t taken, built;		/* files */
};

/* Read and judge the project in `folder`.  `headers`: folders of the SDK in which a header is found, NULL-terminated. */
int import_read(const char *folder, const char *const *headers, struct arena *a, struct import *out, struct err *e);

/* The word by which people and programs know a kind: "left", "missing", "differs". */
const char *import_kind_name(enum import_remark_kind kind);

#endif
