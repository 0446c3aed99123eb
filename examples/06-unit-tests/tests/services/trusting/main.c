/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake: memory is taken for granted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *owner_of(const char *name, const char *house)
{
	char *owner = malloc(strlen(name) + strlen(house) + 5);

	strcpy(owner, name);
	strcat(owner, " of ");
	return strcat(owner, house);
}

int main(void)
{
	char *owner = owner_of("Ada", "Lovelace");

	printf("%s: %d\n", owner, 100);
	free(owner);
	return 0;
}
