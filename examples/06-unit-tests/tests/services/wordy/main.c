/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake: an owner's name may be longer than the line it is written into. */
#include <stdio.h>
#include <string.h>

static char line[16];

static void tell(const char *owner, int money)
{
	strcpy(line, owner);
	strcat(line, ": ");
	printf("%s%d\n", line, money);
}

int main(void)
{
	tell("Ada", 100);
	tell("Augusta Ada King", 100);
	return 0;
}
