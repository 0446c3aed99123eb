/* SPDX-License-Identifier: Apache-2.0 */
/* What a failure names and `ms test` takes back: is a text one of these?  Test programs read it for good (hostsim/). */
#ifndef TESTLISTS_H
#define TESTLISTS_H

#include <stdbool.h>

bool testlist_is_order(const char *list);	/* of threads: "12:1,40:2" */
bool testlist_is_strategy(const char *text);	/* to choose such orders: "pct:3" */
bool testlist_is_sites(const char *list);	/* that fail: "12,40" */
bool testlist_is_cut(const char *text);		/* of the power: "17.2" */

#endif
