/* SPDX-License-Identifier: Apache-2.0 */
#include "ownresult.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

static int code_of_name(const char *name)
{
	static const struct { int code; const char *name; } errors[] = {
#define MS_ERROR(number, name, text) { -number, #name },
#include <ms/abi/errors.def>
#undef MS_ERROR
	};

	for (size_t i = 0; name && i < sizeof(errors) / sizeof(*errors); i++)
		if (!strcmp(errors[i].name, name))
			return errors[i].code;
	return -MS_EIO;
}

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool ownresult_failed(const char *line, struct err *e)
{
	json_t *result = json_loads(line, 0, NULL);
	json_t *error = json_object_get(result, "error");
	bool failed = json_is_object(error);

	if (failed) {
		err_set(e, code_of_name(text_of(error, "code")), "%s", text_of(error, "text"));
		snprintf(e->id, sizeof(e->id), "%s", text_of(error, "id"));
		if (*text_of(error, "fix"))
			err_fix(e, "%s", text_of(error, "fix"));
		if (*text_of(error, "file"))
			err_at(e, text_of(error, "file"), (int)json_integer_value(json_object_get(error, "line")),
			       (int)json_integer_value(json_object_get(error, "column")));
	}
	json_decref(result);
	return failed;
}
