/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own bugs: a crash or a failed assertion of ms writes a report into the
 * state folder, says where, and ends with status 70.  Nothing is sent.
 */
#ifndef BUG_H
#define BUG_H

enum { BUG_STATUS = 70 };

/* From now on.  argv is kept for the report and must outlive it. */
void bug_watch(int argc, char *const argv[]);

/* With --json: standard output ends on a result then, too.  `verb` is borrowed, NULL when it is not known. */
void bug_as_json(const char *verb);

#endif
