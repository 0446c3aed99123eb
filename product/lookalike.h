/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that a person takes for one another: acme.example and acrne.example, acme.example and ac-me.example.  Whoever believes one of
 * them has to say in full that the other is meant, too.  In which ways is one list, lookalike.def.
 */
#ifndef LOOKALIKE_H
#define LOOKALIKE_H

enum lookalike {
	LOOKALIKE_NONE,
#define LOOKALIKE(NAME, one, other, words) LOOKALIKE_##NAME,
#include "lookalike.def"
#undef LOOKALIKE
	LOOKALIKE_COUNT
};

/* Do two vendors look alike, and in which way?  One is not like itself; which of the two comes first does not matter.  A name that is longer than any
 * may be (127 characters) is like all others. */
enum lookalike lookalike(const char *one, const char *two);

/* What happens to who reads, behind "who reads it"; of LOOKALIKE_NONE there is nothing to say, and it must not be asked.  Never freed. */
const char *lookalike_words(enum lookalike how);

#endif
