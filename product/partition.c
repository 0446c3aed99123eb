/* SPDX-License-Identifier: Apache-2.0 */
#include "partition.h"

#include <string.h>

#include <jansson.h>

#include "file.h"
#include "image.h"
#include "quantity.h"

enum { FILE_SIZE_MAX = 64 << 10, LINE_UNKNOWN = 0 };

struct partition {
	struct bytes text;
	const char *file;
	struct arena *arena;
	struct project *project;
	struct err *e;
};

/* The line on which a text stands for the first time: JSON readers keep no places. */
static int line_of(const struct partition *t, const char *text)
{
	const char *quoted = arena_printf(t->arena, "\"%s\"", text);
	const uint8_t *at = memmem(t->text.at, t->text.size, quoted, strlen(quoted));
	int line = 1;

	if (!at)
		return LINE_UNKNOWN;
	for (const uint8_t *c = t->text.at; c < at; c++)
		line += *c == '\n';
	return line;
}

static int fail(const struct partition *t, const char *near, const char *fix)
{
	t->e->code = -MS_EPROJECT;
	err_fix(t->e, "%s", fix);
	return err_at(t->e, t->file, line_of(t, near), 0);
}

/* Keys that are not the standard's are mistakes, or belong to another implementation: what they ask for would not happen. */
static int check_keys(const struct partition *t, const json_t *object, const char *what, const char *known)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		const char *word = arena_printf(t->arena, " %s ", key);

		if (strstr(known, word))
			continue;
		err_set(t->e, -MS_EPROJECT, "'%.60s' is no key of %s", key, what);
		return fail(t, key, arena_printf(t->arena, "its keys are:%s", known));
	}
	return MS_OK;
}

/* A text that is there, or NULL after having failed. */
static const char *text_at(const struct partition *t, const json_t *object, const char *key, const char *near)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_string(value) && json_string_length(value) && json_string_length(value) < SCHEMA_TEXT_MAX)
		return arena_printf(t->arena, "%s", json_string_value(value));
	err_set(t->e, -MS_EPROJECT, value ? "'%s' of '%s' is no text" : "'%s' is missing in '%s'", key, near);
	fail(t, near, arena_printf(t->arena, "write '\"%s\": \"...\"'", key));
	return NULL;
}

/* A number, as such or in a text such as "0x400". */
static int number_at(const struct partition *t, const json_t *object, const char *key, const char *near, uint32_t *out)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= UINT32_MAX) {
		*out = (uint32_t)json_integer_value(value);
		return MS_OK;
	}
	if (json_is_string(value) && quantity_number(json_string_value(value), out, t->e) >= 0)
		return MS_OK;
	err_set(t->e, -MS_EPROJECT, "'%s' of '%s' is no number", key, near);
	return fail(t, near, arena_printf(t->arena, "write '\"%s\": \"0x400\"'", key));
}

/* One of "A|B"; `standard` when it is not there. */
static int choice_at(const struct partition *t, const json_t *object, const char *key, const char *near, const char *choices,
		     const char *standard, const char **out)
{
	const json_t *value = json_object_get(object, key);
	const char *text = value ? json_string_value(value) : standard;

	*out = text;
	if (text && strstr(arena_printf(t->arena, "|%s|", choices), arena_printf(t->arena, "|%s|", text)))
		return MS_OK;
	err_set(t->e, -MS_EPROJECT, "'%s' of '%s' is '%.40s', expected one of %s", key, near, text ? text : "", choices);
	return fail(t, text ? text : near, "correct it");
}

static int flag_at(const struct partition *t, const json_t *object, const char *key, const char *near, bool standard, bool *out)
{
	const json_t *value = json_object_get(object, key);

	*out = value ? json_is_true(value) : standard;
	if (!value || json_is_boolean(value))
		return MS_OK;
	err_set(t->e, -MS_EPROJECT, "'%s' of '%s' is neither true nor false", key, near);
	return fail(t, near, "write true or false, without quotes");
}

/* A list that may be left out; NULL and no failure then. */
static int list_at(const struct partition *t, const json_t *object, const char *key, uint32_t max, const json_t **out)
{
	const json_t *value = json_object_get(object, key);

	*out = value;
	if (!value || (json_is_array(value) && json_array_size(value) <= max))
		return MS_OK;
	err_set(t->e, -MS_EPROJECT, "'%s' is no list of at most %u", key, max);
	return fail(t, key, "correct it");
}

#define SERVICE_KEYS " name description sid non_secure_clients connection_based stateless_handle version version_policy " \
	"minor_version minor_policy mm_iovec "

/* What the handle of a stateless service shall be has no meaning here: our index is in our own header. */
static int read_service(const struct partition *t, const json_t *object, struct interface *out)
{
	const char *policy, *iovec;

	int rc = check_keys(t, object, "a service of a partition manifest", SERVICE_KEYS);
	if (rc < 0)
		return rc;
	*out = (struct interface){ .name = text_at(t, object, "name", "services"), .version = 1 };
	if (!out->name)
		return -MS_EPROJECT;
	if (!manifest_interface_name_ok((struct bytes){ (const uint8_t *)out->name, strlen(out->name) })) {
		err_set(t->e, -MS_EPROJECT, "'%.60s' cannot be the name of a service", out->name);
		return fail(t, out->name, "use capital letters, digits and '_', at most 40");
	}
	const char *version = json_object_get(object, "minor_version") ? "minor_version" : "version";

	rc = number_at(t, object, "sid", out->name, &out->sid);
	if (rc >= 0 && json_object_get(object, version))
		rc = number_at(t, object, version, out->name, &out->version);
	if (rc >= 0)
		rc = choice_at(t, object, json_object_get(object, "minor_policy") ? "minor_policy" : "version_policy", out->name,
			       "STRICT|RELAXED", "STRICT", &policy);
	if (rc >= 0)
		rc = flag_at(t, object, "connection_based", out->name, true, &out->connections);
	if (rc >= 0)
		rc = choice_at(t, object, "mm_iovec", out->name, "enable|disable", "disable", &iovec);
	if (rc < 0)
		return rc;
	out->policy = strcmp(policy, "STRICT") ? "relaxed" : "strict";
	if (out->sid && out->version && out->version <= UINT16_MAX && strcmp(iovec, "enable"))
		return MS_OK;

	err_set(t->e, -MS_EPROJECT, !out->sid ? "'%s' has the sid 0" : strcmp(iovec, "enable") ? "the version of '%s' is not 1 to 65535" :
		"'%s' wants MM-IOVEC, which this implementation does not offer", out->name);
	return fail(t, out->name, strcmp(iovec, "enable") ? "correct it" : "use psa_read and psa_write, and leave 'mm_iovec' out");
}

static int read_services(const struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	const json_t *list;

	int rc = list_at(t, root, "services", MANIFEST_PROVIDE_MAX, &list);
	if (rc < 0 || !list)
		return rc;
	p->provides = arena_array(t->arena, struct interface, json_array_size(list) + 1);
	for (size_t i = 0; i < json_array_size(list) && rc >= 0; i++)
		rc = read_service(t, json_array_get(list, i), &p->provides[p->provide_count++]);
	return rc;
}

/* Names only: who provides them says the rest (neighbour.h). */
static int read_dependencies(const struct partition *t, const json_t *root, const char *key, bool weak)
{
	struct project *p = t->project;
	const json_t *list;

	int rc = list_at(t, root, key, MANIFEST_CALL_MAX - p->call_count, &list);
	for (size_t i = 0; i < json_array_size(list) && rc >= 0; i++) {
		const json_t *name = json_array_get(list, i);

		if (!json_is_string(name) || !json_string_length(name)) {
			err_set(t->e, -MS_EPROJECT, "'%s' holds something that is no name", key);
			return fail(t, key, "write the names of services");
		}
		p->calls[p->call_count++] = (struct interface){ .name = arena_printf(t->arena, "%s", json_string_value(name)), .weak = weak };
	}
	return rc;
}

/* What stands in ms.yaml itself is for this SDK, and counts. */
static bool says(const struct project *p, const char *key)
{
	for (uint32_t i = 0; i < p->places.count; i++)
		if (!strcmp(p->places.at[i].key, key))
			return true;
	return false;
}

static int read_memory(const struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	uint32_t stack = 0, heap = 0;

	int rc = number_at(t, root, "stack_size", "stack_size", &stack);
	if (rc >= 0 && json_object_get(root, "heap_size"))
		rc = number_at(t, root, "heap_size", "heap_size", &heap);
	if (rc < 0)
		return rc;
	if (stack > IMAGE_STACK_MAX || heap > IMAGE_HEAP_MAX) {
		err_set(t->e, -MS_EPROJECT, "stack or heap is more than a service can have");
		return fail(t, stack > IMAGE_STACK_MAX ? "stack_size" : "heap_size", "make it smaller");
	}

	if (!says(p, "memory.stack"))
		p->stack_size = stack < IMAGE_STACK_MIN ? IMAGE_STACK_MIN : (stack + 31) / 32 * 32;
	if (!says(p, "memory.heap"))
		p->heap_size = (heap + 7) / 8 * 8;
	return MS_OK;
}

/* What a partition may ask for and this version cannot give it. */
static int check_offered(const struct partition *t, const json_t *root)
{
	const char *model, *priority, *type, *iovec;

	int rc = choice_at(t, root, "model", "model", "IPC|SFN", "IPC", &model);
	if (rc >= 0)
		rc = choice_at(t, root, "type", "type", "APPLICATION-ROT|PSA-ROT", NULL, &type);
	if (rc >= 0)
		rc = choice_at(t, root, "priority", "priority", "LOW|NORMAL|HIGH", NULL, &priority);
	if (rc >= 0)
		rc = choice_at(t, root, "mm_iovec", "mm_iovec", "enable|disable", "disable", &iovec);
	if (rc < 0)
		return rc;
	if (!strcmp(model, "SFN")) {
		err_set(t->e, -MS_EPROJECT, "the partition is of the model SFN, and here all are of the model IPC");
		return fail(t, "model", "write '\"model\": \"IPC\"', and an entry point that waits for messages");
	}
	static const char *const devices[] = { "mmio_regions", "irqs" };

	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (json_array_size(json_object_get(root, devices[i]))) {
			err_set(t->e, -MS_EPROJECT, "'%s' names what only a board can: here devices are requested by their names", devices[i]);
			return fail(t, devices[i], "leave it out, and name the device in ms.yaml under 'requests: devices'");
		}
	return MS_OK;
}

static int check_entry(const struct partition *t, const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	if (strspn(name, letters) == strlen(name) && (name[0] < '0' || name[0] > '9'))
		return MS_OK;
	err_set(t->e, -MS_EPROJECT, "the entry point '%.60s' is no name of a C function", name);
	return fail(t, name, "correct it");
}

#define PARTITION_KEYS " psa_framework_version name description type priority model entry_point stack_size heap_size " \
	"services dependencies weak_dependencies mmio_regions irqs mm_iovec "

static int read_root(struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	const json_t *version = json_object_get(root, "psa_framework_version");

	int rc = check_keys(t, root, "a partition manifest", PARTITION_KEYS);
	if (rc < 0)
		return rc;
	double v = json_number_value(version);

	if (!json_is_number(version) || (v != 1.0 && v != 1.1)) {
		err_set(t->e, -MS_EPROJECT, "'psa_framework_version' is neither 1.0 nor 1.1");
		return fail(t, "psa_framework_version", "write '\"psa_framework_version\": 1.1'");
	}
	p->partition = text_at(t, root, "name", "the manifest");
	p->entry_point = p->partition ? text_at(t, root, "entry_point", p->partition) : NULL;
	if (!p->entry_point)
		return -MS_EPROJECT;
	p->calls = arena_array(t->arena, struct interface, MANIFEST_CALL_MAX);
	rc = check_entry(t, p->entry_point);
	if (rc >= 0)
		rc = check_offered(t, root);
	if (rc >= 0)
		rc = read_memory(t, root);
	if (rc >= 0)
		rc = read_services(t, root);
	if (rc >= 0)
		rc = read_dependencies(t, root, "dependencies", false);
	return rc < 0 ? rc : read_dependencies(t, root, "weak_dependencies", true);
}

int partition_decode(struct bytes text, const char *file, struct arena *a, struct project *p, struct err *e)
{
	struct partition t = { text, file, a, p, e };
	json_error_t why;

	if (p->provide_count || p->call_count) {
		err_set(e, -MS_EPROJECT, "'psa-manifest' and ms.yaml both say what the service %s", p->provide_count ? "provides" : "calls");
		err_fix(e, "say it in '%s' alone", p->psa_manifest);
		return project_err(p, p->provide_count ? "provides" : "requests.ipc", e);
	}
	p->psa_manifest = file;
	json_t *root = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, &why);

	if (!json_is_object(root)) {
		err_set(e, -MS_EPROJECT, "this is no JSON object: %s", root ? "it is a list" : why.text);
		err_fix(e, "write a partition manifest as the PSA Firmware Framework describes it");
		json_decref(root);
		return err_at(e, file, root ? 1 : why.line, root ? 1 : why.column);
	}
	int rc = read_root(&t, root);

	json_decref(root);
	return rc < 0 ? rc : interface_check(p, a, e);
}

int partition_read(const char *folder, struct arena *a, struct project *p, struct err *e)
{
	const char *file = strcmp(folder, ".") == 0 ? p->psa_manifest : path_join(a, folder, p->psa_manifest);
	struct bytes text;

	int rc = file_read(file, FILE_SIZE_MAX, a, &text, e);
	if (rc < 0) {
		err_fix(e, "'psa-manifest' names it: correct the name, or write the file");
		e->code = -MS_EPROJECT;
		return project_err(p, "psa-manifest", e);
	}
	return partition_decode(text, file, a, p, e);
}
