/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The options of `ms test`, and which of them go together: what is not refused
 * here is tried, each with each other, by tests/hostsim/test_options.sh.
 */
#ifndef TESTOPTIONS_H
#define TESTOPTIONS_H

#include "opt.h"
#include "testrun.h"

struct test_options {
	struct testrun_options run;
	bool no_sanitize, until_fail, coverage, watching, debugging;
	const char *report, *shuffle;
	uint32_t repeat;		/* so many rounds; 0: not said */
	uint32_t wait_sec;		/* for a rig's board */
};

extern const struct opt test_option_table[];	/* sets: */
extern struct test_options test_options;

/* Refuse what does not go together or is no value, and choose what was not said. */
int testoptions_check(struct arena *a, struct err *e);

#endif
