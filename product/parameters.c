/* SPDX-License-Identifier: Apache-2.0 */
#include "parameters.h"

#include <stddef.h>
#include <string.h>

#include <ms/abi/parameter.h>

#include "file.h"
#include "parameters_room.h"
#include "project.h"

static int check_name(const char *text, struct err *e)
{
	size_t size = strlen(text);

	if (size > 0 && size < MS_PARAMETER_NAME_SIZE && strspn(text, PARAMETER_NAME_CHARACTERS) == size)
		return MS_OK;
	err_set(e, ERR_NAME, "'%s' is no name of a parameter", text);
	return err_fix(e, "use 1 to %d of 'a' to 'z', '0' to '9' and '-'", MS_PARAMETER_NAME_SIZE - 1);
}

#define ASKED(member) offsetof(struct parameter_asked, member)

const struct schema parameter_requested[] = {
	{ SCHEMA_TEXT, "name", ASKED(name), .required = true, .check = check_name, .example = "key", .doc = "how service and product call it" },
	{ SCHEMA_TEXT, "type", ASKED(type), .choices = "bytes|text|number", .standard = "bytes", .example = "text", .doc = "what the product checks; a number is an `int32_t`" },
	{ SCHEMA_SIZE, "size", ASKED(size), .min = 1, .max = MS_PARAMETER_SIZE_MAX, .standard = "4", .example = "32", .doc = "bytes that it has at most; they take room in the image" },
	{ SCHEMA_FLAG, "optional", ASKED(optional), .standard = "false", .example = "true", .doc = "it can do without" },
	{ .type = SCHEMA_END }
};

#define GIVEN(member) offsetof(struct parameter_given, member)

const struct schema parameter_given[] = {
	{ SCHEMA_TEXT, "name", GIVEN(name), .required = true, .check = check_name, .example = "key", .doc = "the service's name for it" },
	{ SCHEMA_TEXT, "file", GIVEN(file), .max = 1024, .example = "secrets/key.bin", .doc = "its content, relative to this file: for what is secret, out of version control" },
	{ SCHEMA_TEXT, "value", GIVEN(value), .max = 1024, .example = "\"30\"", .doc = "what it is, for a text, a number and what is no secret; one of both" },
	{ .type = SCHEMA_END }
};

int parameters_check(const struct project *p, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < p->parameter_count; i++) {
		struct parameter_asked *n = &p->parameters[i];
		const char *key = arena_printf(a, "requests.parameters[%u]", i);

		if (!strcmp(n->type, "number") && n->size != sizeof(int32_t)) {
			err_set(e, ERR_PARAMETER_ASKED, "the number '%s' has %u bytes, and a number has 4", n->name, n->size);
			err_fix(e, "leave out 'size'");
			return project_err(p, key, e);
		}
		for (uint32_t k = 0; k < i; k++)
			if (!strcmp(p->parameters[k].name, n->name)) {
				err_set(e, ERR_PARAMETER_ASKED, "two parameters are named '%s'", n->name);
				err_fix(e, "remove one");
				return project_err(p, key, e);
			}
	}
	return MS_OK;
}

static int number_of_type(const char *type)
{
	return !strcmp(type, "number") ? MS_PARAMETER_NUMBER : !strcmp(type, "text") ? MS_PARAMETER_TEXT : MS_PARAMETER_BYTES;
}

int parameters_source(const struct project *p, const char *folder, struct arena *a, struct err *e)
{
	uint32_t offset = (uint32_t)(sizeof(struct ms_parameters) + p->parameter_count * sizeof(struct ms_parameter));
	struct text records = { 0 }, t = { 0 };

	if (!p->parameter_count)
		return MS_OK;
	for (uint32_t i = 0; i < p->parameter_count; i++) {
		const struct parameter_asked *n = &p->parameters[i];

		text_add(&records, a, "\t\t{ .name = \"%s\", .type = %d, .flags = %d, .room = %u, .offset = %u },\n", n->name, number_of_type(n->type),
			 n->optional ? MS_PARAMETER_OPTIONAL : 0, n->size, offset);
		offset += (n->size + 3) & ~3u;
	}
	if (offset > UINT16_MAX)
		return err_set(e, ERR_PARAMETER_ASKED, "the parameters of '%s' have %u bytes, and all together have at most %d", p->name, offset, UINT16_MAX);
	text_add(&t, a, "/* Made by ms from ms.yaml: room for what a product gives to this service. */\n#include <ms/abi/parameter.h>\n#include <ms/parameter.h>\n\n"
		 "const struct {\n\tstruct ms_parameters head;\n\tstruct ms_parameter at[%u];\n\tuint8_t values[%u];\n} ms_parameters __attribute__((aligned(4))) = {\n"
		 "\t{ .magic = MS_PARAMETERS_MAGIC, .count = %u, .size = %u },\n\t{\n%s\t},\n\t{ 0 },\n};\n\n"
		 "/* Weak: a test's own takes its place. */\n__attribute__((weak)) int ms_parameter_get(const char *name, void *buffer, size_t size)\n"
		 "{\n\treturn ms_parameter_read(&ms_parameters, name, buffer, size);\n}\n",
		 p->parameter_count, offset - (uint32_t)(sizeof(struct ms_parameters) + p->parameter_count * sizeof(struct ms_parameter)), p->parameter_count, offset, records.at);
	int rc = file_make_folders(folder, a, e);

	return rc < 0 ? rc : file_update(path_join(a, folder, PARAMETERS_FILE), (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, NULL, e);
}
