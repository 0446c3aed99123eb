/* SPDX-License-Identifier: Apache-2.0 */
/* <ctype.h> in the locale "C": each function, as a macro and as a function, for EOF and for every byte. */
#include <ctype.h>
#include <stdio.h>

#include "library.h"

#define DIGITS "0123456789"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define MARKS "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
#define CONTROLS "\x01\x02\x03\x04\x05\x06\x07\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f"

static bool among(int c, const char *members)
{
	return c > 0 && strchr(members, c);
}

/* A class has its members, which may or may not be zero's byte, and nothing else. */
#define CLASS(name, members, zero) \
	static int name##_has_its_members(void) \
	{ \
		for (int c = EOF; c < 256; c++) { \
			bool is = c ? among(c, members) : zero; \
\
			MUST(!name(c) == !is && !(name)(c) == !is); \
		} \
		return 0; \
	}
CLASS(isalnum, DIGITS UPPER LOWER, false)
CLASS(isalpha, UPPER LOWER, false)
CLASS(isblank, " \t", false)
CLASS(iscntrl, CONTROLS, true)
CLASS(isdigit, DIGITS, false)
CLASS(isgraph, DIGITS UPPER LOWER MARKS, false)
CLASS(islower, LOWER, false)
CLASS(isprint, " " DIGITS UPPER LOWER MARKS, false)
CLASS(ispunct, MARKS, false)
CLASS(isspace, " \t\n\v\f\r", false)
CLASS(isupper, UPPER, false)
CLASS(isxdigit, DIGITS "ABCDEFabcdef", false)

static int letters_change_their_case(void)
{
	for (int c = EOF; c < 256; c++) {
		int up = among(c, LOWER) ? c - 'a' + 'A' : c, down = among(c, UPPER) ? c - 'A' + 'a' : c;

		MUST(toupper(c) == up && (toupper)(c) == up && tolower(c) == down && (tolower)(c) == down);
	}
	return 0;
}

const struct row character_rows[] = {
	ROW(isalnum, "success", isalnum_has_its_members),
	ROW(isalpha, "success", isalpha_has_its_members),
	ROW(isblank, "success", isblank_has_its_members),
	ROW(iscntrl, "success", iscntrl_has_its_members),
	ROW(isdigit, "success", isdigit_has_its_members),
	ROW(isgraph, "success", isgraph_has_its_members),
	ROW(islower, "success", islower_has_its_members),
	ROW(isprint, "success", isprint_has_its_members),
	ROW(ispunct, "success", ispunct_has_its_members),
	ROW(isspace, "success", isspace_has_its_members),
	ROW(isupper, "success", isupper_has_its_members),
	ROW(isxdigit, "success", isxdigit_has_its_members),
	ROW(tolower, "success", letters_change_their_case),
	ROW(toupper, "success", letters_change_their_case),
	ROWS_END
};
