/* SPDX-License-Identifier: Apache-2.0 */
/* Two keys for all tests of a file: the one that signs, and one that nobody expects. */
#ifndef TWO_KEYS_H
#define TWO_KEYS_H

#include "sample_files.h"

static struct key *key, *other;

static inline int make_keys(void **state)
{
	(void)state;
	static struct arena keys;

	key = sample_key(&keys);
	other = sample_key(&keys);
	return 0;
}

static inline int close_keys(void **state)
{
	(void)state;
	key_close(key);
	key_close(other);
	return 0;
}

#endif
