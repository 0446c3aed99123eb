/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that a person takes for one another: acme.example and acrne.example, acme.example and ac-me.example.  Whoever believes one of
 * them has to say in full that the other is meant, too.
 */
#ifndef LOOKALIKE_H
#define LOOKALIKE_H

#include <stdbool.h>

/*
 * Do two different vendors look alike?  They do when they are the same once what looks the same is the same (0 and o, 1 and l and i, rn
 * and m, vv and w, cl and d; hyphens and doubled letters not seen), or when one label of four or more characters has one
 * too many, two swapped, or another one inside; at its ends a letter or digit tells names apart on purpose (door-1, door-2).
 */
bool lookalike(const char *one, const char *two);

#endif
