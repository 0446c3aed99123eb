/* SPDX-License-Identifier: Apache-2.0 */
/* What rebuild.c, which builds, and rebuild_compare.c, which holds against each other, share. */
#ifndef REBUILD_PARTS_H
#define REBUILD_PARTS_H

#include "archive.h"

/* What came out of the clean folder: a package that nobody has to believe. */
struct rebuilt {
	struct bytes content;
	struct manifest *manifest;
	struct bytes elf[MANIFEST_TARGET_MAX];	/* of each target of its manifest */
};

struct rebuilding {
	struct findings *findings;
	const char *path;		/* of the package */
	const struct manifest *wanted;
	struct rebuilt now;
	struct arena *a;
	struct err *e;
};

/* A finding; texts are borrowed. */
void rebuild_say(const struct rebuilding *r, bool ok, const char *what, const char *text);

/* Who built it then and now, and how: the first reasons for other bytes. */
void rebuild_say_facts(const struct rebuilding *r, uint8_t target);

/* The executable for that target of what was rebuilt; empty: there is none. */
struct bytes rebuild_elf(const struct rebuilding *r, uint8_t target);

/* -MS_ESIGNATURE: the package is not what the source gives. */
int rebuild_refuse(const struct rebuilding *r, const char *source, const char *why);

/* Hold a package, whose content that is, against what was rebuilt: MS_OK when all of it is the same but for signatures; else findings, and the refusal. */
int rebuild_judge(const struct rebuilding *r, const struct archive_report *package, struct bytes content, const char *source);

#endif
