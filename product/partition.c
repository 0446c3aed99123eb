/* SPDX-License-Identifier: Apache-2.0 */
#include "partition.h"

#include <string.h>

#include "file.h"
#include "image.h"
#include "partition_json.h"

enum { FILE_SIZE_MAX = 64 << 10, HANDLE_MAX = 32, HEAP_NOTE = 24 };

#define SERVICE_KEYS " name description sid non_secure_clients connection_based stateless_handle version version_policy " \
	"minor_version minor_policy mm_iovec "

/* Which handle it shall have is checked and no more: clients know it by its name, SERVICE_HANDLE. */
static int check_handle(const struct partition *t, const json_t *object, const struct interface *n)
{
	const json_t *value = json_object_get(object, "stateless_handle");
	const char *text = json_string_value(value);
	uint32_t number = 1;

	if (!value || (text && !strcmp(text, "auto")))
		return MS_OK;
	int rc = partition_number(t, object, "stateless_handle", n->name, &number);
	if (rc < 0)
		return rc;
	if (!n->connections && number && number <= HANDLE_MAX)
		return MS_OK;
	err_set(t->e, ERR_PSA_VALUE, n->connections ? "'%s' has connections, and so no stateless handle" : "the stateless handle of '%s' is not 1 to 32", n->name);
	return partition_fail(t, n->name, "write '\"stateless_handle\": \"auto\"', or leave it out");
}

static int read_service(const struct partition *t, const json_t *object, struct interface *out)
{
	const char *policy, *iovec;
	bool outside;

	int rc = partition_keys(t, object, "a service of a partition manifest", SERVICE_KEYS);
	if (rc < 0)
		return rc;
	*out = (struct interface){ .name = partition_text(t, object, "name", "services"), .version = 1 };
	if (!out->name)
		return -MS_EPROJECT;
	if (!manifest_interface_name_ok((struct bytes){ (const uint8_t *)out->name, strlen(out->name) })) {
		err_set(t->e, ERR_PSA_NAME, "'%.60s' cannot be the name of a service", out->name);
		return partition_fail(t, out->name, "use capital letters, digits and '_', at most 40");
	}
	const char *version = json_object_get(object, "minor_version") ? "minor_version" : "version";

	rc = partition_number(t, object, "sid", out->name, &out->sid);
	if (rc >= 0 && json_object_get(object, version))
		rc = partition_number(t, object, version, out->name, &out->version);
	if (rc >= 0)
		rc = partition_choice(t, object, json_object_get(object, "minor_policy") ? "minor_policy" : "version_policy", out->name,
			       "STRICT|RELAXED", "STRICT", &policy);
	if (rc >= 0)
		rc = partition_flag(t, object, "connection_based", out->name, true, &out->connections);
	if (rc >= 0)
		rc = partition_flag(t, object, "non_secure_clients", out->name, false, &outside);
	if (rc >= 0)
		rc = check_handle(t, object, out);
	if (rc >= 0)
		rc = partition_choice(t, object, "mm_iovec", out->name, "enable|disable", "disable", &iovec);
	if (rc < 0)
		return rc;
	out->policy = strcmp(policy, "STRICT") ? "relaxed" : "strict";
	if (out->sid && out->version && out->version <= UINT16_MAX && strcmp(iovec, "enable"))
		return MS_OK;

	err_set(t->e, ERR_PSA_VALUE, !out->sid ? "'%s' has the sid 0" : strcmp(iovec, "enable") ? "the version of '%s' is not 1 to 65535" :
		"'%s' wants MM-IOVEC, which this implementation does not offer", out->name);
	return partition_fail(t, out->name, strcmp(iovec, "enable") ? "correct it" : "use psa_read and psa_write, and leave 'mm_iovec' out");
}

static int read_services(const struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	const json_t *list;

	int rc = partition_list(t, root, "services", MANIFEST_PROVIDE_MAX, &list);
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

	int rc = partition_list(t, root, key, MANIFEST_CALL_MAX - p->call_count, &list);
	for (size_t i = 0; i < json_array_size(list) && rc >= 0; i++) {
		const json_t *name = json_array_get(list, i);

		if (!json_is_string(name) || !json_string_length(name)) {
			err_set(t->e, ERR_PSA_NAME, "'%s' holds something that is no name", key);
			return partition_fail(t, key, "write the names of services");
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

	int rc = partition_number(t, root, "stack_size", "stack_size", &stack);
	if (rc >= 0 && json_object_get(root, "heap_size"))
		rc = partition_number(t, root, "heap_size", "heap_size", &heap);
	if (rc < 0)
		return rc;
	if (stack > IMAGE_STACK_MAX || heap > IMAGE_HEAP_MAX - HEAP_NOTE) {
		err_set(t->e, ERR_PSA_VALUE, "stack or heap is more than a service can have");
		return partition_fail(t, stack > IMAGE_STACK_MAX ? "stack_size" : "heap_size", "make it smaller");
	}

	if (!says(p, "memory.stack"))
		p->stack_size = stack < IMAGE_STACK_MIN ? IMAGE_STACK_MIN : (stack + 31) / 32 * 32;
	if (heap && !says(p, "memory.heap"))	/* one piece can be as large, beside what malloc notes of it */
		p->heap_size = (heap + 7) / 8 * 8 + HEAP_NOTE;
	return MS_OK;
}

/* What a partition may ask for and this version cannot give it. */
static int check_offered(const struct partition *t, const json_t *root)
{
	const char *model, *priority, *type, *iovec;

	int rc = partition_choice(t, root, "model", "model", "IPC|SFN", "IPC", &model);
	if (rc >= 0)
		rc = partition_choice(t, root, "type", "type", "APPLICATION-ROT|PSA-ROT", NULL, &type);
	if (rc >= 0)
		rc = partition_choice(t, root, "priority", "priority", "LOW|NORMAL|HIGH", NULL, &priority);
	if (rc >= 0)
		rc = partition_choice(t, root, "mm_iovec", "mm_iovec", "enable|disable", "disable", &iovec);
	if (rc < 0)
		return rc;
	t->project->sfn = !strcmp(model, "SFN");
	return MS_OK;
}

/* The function that runs: of the model IPC always, of the model SFN before the first message, if there is one. */
static int read_entry(const struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	const char *key = p->sfn ? "entry_init" : "entry_point", *other = p->sfn ? "entry_point" : "entry_init";

	if (json_object_get(root, other)) {
		err_set(t->e, ERR_PSA_MODEL, "a partition of the model %s has no '%s'", p->sfn ? "SFN" : "IPC", other);
		return partition_fail(t, other, arena_printf(t->arena, "leave it out; here it is '%s'", key));
	}
	if (p->sfn && !json_object_get(root, key))
		return MS_OK;
	p->entry_point = partition_name(t, root, key, p->partition);
	return p->entry_point ? MS_OK : -MS_EPROJECT;
}

/* What the two models cannot have, once all is known. */
static int check_model(const struct partition *t, const json_t *root)
{
	const struct project *p = t->project;

	if (p->sfn && !p->provide_count) {
		err_set(t->e, ERR_PSA_MODEL, "a partition of the model SFN does only what its services do, and it has none");
		return partition_fail(t, "model", "write 'services', or an entry point and '\"model\": \"IPC\"'");
	}
	if (p->sfn && json_array_size(json_object_get(root, "irqs"))) {
		err_set(t->e, ERR_PSA_MODEL, "a partition of the model SFN cannot wait for an interrupt");
		return partition_fail(t, "irqs", "use the model IPC, and handle the signal after psa_wait");
	}
	if (!p->entry_point || strcmp(p->entry_point, "main") || (!p->sfn && !json_array_size(json_object_get(root, "mmio_regions"))))
		return MS_OK;
	err_set(t->e, ERR_PSA_NAME, "'main' is what %s", p->sfn ? "waits for messages in the model SFN" : "opens the regions and calls the entry point");
	return partition_fail(t, "main", "name the function otherwise");
}

#define PARTITION_KEYS " psa_framework_version name description type priority model entry_point entry_init stack_size heap_size " \
	"services dependencies weak_dependencies mmio_regions irqs mm_iovec "

static int read_root(struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	const json_t *version = json_object_get(root, "psa_framework_version");

	int rc = partition_keys(t, root, "a partition manifest", PARTITION_KEYS);
	if (rc < 0)
		return rc;
	double v = json_number_value(version);

	if (!json_is_number(version) || (v != 1.0 && v != 1.1)) {
		err_set(t->e, ERR_PSA_VALUE, "'psa_framework_version' is neither 1.0 nor 1.1");
		return partition_fail(t, "psa_framework_version", "write '\"psa_framework_version\": 1.1'");
	}
	p->partition = partition_name(t, root, "name", "the manifest");
	if (!p->partition)
		return -MS_EPROJECT;
	p->calls = arena_array(t->arena, struct interface, MANIFEST_CALL_MAX);
	rc = check_offered(t, root);
	if (rc >= 0)
		rc = read_entry(t, root);
	if (rc >= 0)
		rc = read_memory(t, root);
	if (rc >= 0)
		rc = read_services(t, root);
	if (rc >= 0)
		rc = partition_devices(t, root);
	if (rc >= 0)
		rc = check_model(t, root);
	if (rc >= 0)
		rc = read_dependencies(t, root, "dependencies", false);
	return rc < 0 ? rc : read_dependencies(t, root, "weak_dependencies", true);
}

int partition_decode(struct bytes text, const char *file, struct arena *a, struct project *p, struct err *e)
{
	struct partition t = { text, file, a, p, e };
	json_error_t why;

	if (p->provide_count || p->call_count) {
		err_set(e, ERR_PSA_BOTH, "'psa-manifest' and ms.yaml both say what the service %s", p->provide_count ? "provides" : "calls");
		err_fix(e, "say it in '%s' alone", p->psa_manifest);
		return project_err(p, p->provide_count ? "provides" : "requests.ipc", e);
	}
	p->psa_manifest = file;
	json_t *root = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, &why);

	if (!json_is_object(root)) {
		err_set(e, ERR_PSA_JSON, "this is no JSON object: %s", root ? "it is a list" : why.text);
		err_fix(e, "write a partition manifest as the PSA Firmware Framework describes it");
		json_decref(root);
		return err_at(e, file, root ? 1 : why.line, root ? 1 : why.column);
	}
	int rc = read_root(&t, root);

	json_decref(root);
	if (rc >= 0)
		rc = interface_check(p, a, e);
	return rc < 0 ? rc : mapped_check(p, 0, a, e);
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
