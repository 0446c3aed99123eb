/* SPDX-License-Identifier: Apache-2.0 */
/* Four mistakes that C programs really have; making one ends the service. */
#ifndef MISTAKES_H
#define MISTAKES_H

enum { MISTAKE_COUNT = 4 };

struct mistake {
	const char *what;
	void (*make)(void);
};

extern const struct mistake mistakes[MISTAKE_COUNT];

#endif
