/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is standard input what --json promises?  Every line is an object with "v"
 * and "type", the last one and no other is the result.  Then print the values of the
 * result's members that are named as arguments, a line each; what the type
 * of an argument "type:member" names is looked for in all events of the type.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

static int fail(const char *line, const char *why)
{
	fprintf(stderr, "jsonl: %s: %s\n", why, line);
	return 1;
}

static void print_value(const json_t *value)
{
	char *text = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

	puts(text ? text : value ? json_string_value(value) : "(none)");
	free(text);
}

static void print_members(const json_t *object, const char *type, int argc, char **argv)
{
	size_t size = strlen(type);

	for (int i = 1; i < argc; i++) {
		if (strcmp(type, "result") == 0 && !strchr(argv[i], ':'))
			print_value(json_object_get(object, argv[i]));
		if (strncmp(argv[i], type, size) == 0 && argv[i][size] == ':')
			print_value(json_object_get(object, argv[i] + size + 1));
	}
}

int main(int argc, char **argv)
{
	static char line[1 << 20];
	bool ended = false;

	while (fgets(line, sizeof(line), stdin)) {
		json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
		const char *type = json_string_value(json_object_get(object, "type"));

		if (!object || !json_is_object(object) || !type)
			return fail(line, "no object with a type");
		if (json_integer_value(json_object_get(object, "v")) != 1)
			return fail(line, "not version 1");
		if (ended)
			return fail(line, "something follows the result");
		ended = strcmp(type, "result") == 0;
		print_members(object, type, argc, argv);
		json_decref(object);
	}

	return ended ? 0 : fail("", "no result");
}
