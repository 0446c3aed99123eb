/* SPDX-License-Identifier: Apache-2.0 */
/* Ways to do with memory that is not there, and one place for each that is not well. */
#ifndef KEEPER_H
#define KEEPER_H

#include <stdbool.h>
#include <stddef.h>

bool keep_careful(const char *text);	/* false: there is no memory */
void keep_careless(const char *text);	/* does not look */
bool keep_leaky(const char *text);	/* forgets the first piece when there is no second */
void keep_stubborn(const char *text);	/* tries again for ever, where trying again does not help */
void keep_wild(const char *text);	/* writes beside what it has, when it has little */
size_t kept(void);

enum deed { WELL, BADLY };
extern volatile enum deed deed;

#endif
