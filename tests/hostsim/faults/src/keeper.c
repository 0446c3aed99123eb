/* SPDX-License-Identifier: Apache-2.0 */
#include "keeper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

volatile enum deed deed;
static size_t count;

bool keep_careful(const char *text)
{
	char *copy = malloc(strlen(text) + 1);

	if (!copy)
		return false;
	strcpy(copy, text);
	count++;
	free(copy);
	return true;
}

void keep_careless(const char *text)
{
	char *copy = malloc(strlen(text) + 1);

	copy[0] = text[0];
	count++;
	free(copy);
}

bool keep_leaky(const char *text)
{
	char *first = malloc(strlen(text) + 1), *second;

	if (!first)
		return false;
	second = calloc(2, strlen(text) + 1);
	if (!second)
		return false;
	free(second);
	free(first);
	return true;
}

void keep_stubborn(const char *text)
{
	static volatile bool never;
	char *copy = malloc(strlen(text) + 1);

	while (!copy && !never)
		;
	free(copy);
}

void keep_wild(const char *text)
{
	char small[4], *copy = malloc(strlen(text) + 1);
	volatile char *to = copy ? copy : small;

	for (size_t i = 0; text[i]; i++)
		to[i] = text[i];
	free(copy);
}

size_t kept(void)
{
	return count;
}

int main(void)
{
	if (deed == WELL)
		printf("%s\n", keep_careful("a line") ? "kept" : "no memory");
	else
		keep_careless("a line");
	return 0;
}
