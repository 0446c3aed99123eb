/* SPDX-License-Identifier: Apache-2.0 */
/* The evidence of a release: only what was checked or computed here is stated; what nobody can compute is "manual". */
#include "release.h"

#include <string.h>

#include "identity.h"
#include "parameters_room.h"
#include "product_check.h"
#include "sbom_parts.h"

static bool has(const struct texts *names, const char *name)
{
	for (uint32_t i = 0; i < names->count; i++)
		if (!strcmp(names->at[i], name))
			return true;
	return false;
}

static const char *provider(const struct release *r, uint32_t sid)
{
	for (uint32_t i = 0; i < r->device->service_count; i++) {
		const struct manifest *m = r->device->services[i].manifest;

		for (uint32_t k = 0; k < m->provide_count; k++)
			if (m->provides[k].sid == sid)
				return r->device->services[i].name;
	}
	return NULL;
}

static void add_request(json_t *list, const char *kind, const char *name, const char *of, const struct texts *granted, const struct texts *denied)
{
	bool given = has(granted, name) || (of && has(granted, of));

	json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:s}", "kind", kind, "name", name, "provider", of, "decision",
					      given ? "granted" : has(denied, name) ? "denied" : "left open, and not given"));
}

static json_t *requests(const struct release *r, const struct release_service *s, struct arena *a)
{
	const struct manifest *m = s->device->manifest;
	const struct product_service *p = s->product;
	json_t *list = json_array();

	for (uint32_t i = 0; i < m->call_count; i++)
		add_request(list, "interface", arena_string(a, m->calls[i].name), provider(r, m->calls[i].sid), &p->ipc, &p->denies);
	for (uint32_t i = 0; i < m->device_count; i++)
		add_request(list, "device", arena_string(a, m->devices[i].name), NULL, &p->devices, &p->denies);
	for (uint32_t i = 0; i < m->shared_count; i++)
		if (!m->shared[i].number)
			add_request(list, "shared memory", arena_string(a, m->shared[i].name), NULL, &p->shared, &p->denies);
	return list;
}

static json_t *differences(const struct product_service *p, struct arena *a)
{
	struct product_change changes[PRODUCT_CHANGE_MAX];
	uint32_t count = product_changes(p, a, changes);
	json_t *list = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b, s:s?}", "field", changes[i].field, "standard", changes[i].standard_text, "given",
						      changes[i].given_text, "raised", (int)changes[i].raised, "reason", changes[i].raised ? p->reason : NULL));
	return list;
}

/* Names only: neither a value, nor a hash of one, nor how long it is. */
static json_t *parameters(const struct release *r, const struct release_service *s)
{
	const struct schema_items *given = &s->product->parameters;
	struct parameters_room room;
	json_t *list = json_array();

	parameters_room(s->device->image, s->parameters, &room);
	for (uint32_t i = 0; i < room.count; i++) {
		const struct ms_parameter *p = &room.record[i];
		const char *from = NULL;

		for (uint32_t k = 0; k < given->count; k++) {
			const struct parameter_given *g = &((const struct parameter_given *)given->at)[k];

			if (!strcmp(g->name, p->name))
				from = g->file ? "file" : "value";
		}
		json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:b, s:s?, s:s?}", "name", p->name, "type", parameter_type(p), "room", (int)p->room, "optional",
						      p->flags & MS_PARAMETER_OPTIONAL ? 1 : 0, "given_as", from, "given_by", from ? r->product->vendor : NULL));
	}
	return list;
}

static json_t *placement(const struct layout_item *at)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "flash_address", (json_int_t)at->flash.base, "flash_taken", (json_int_t)at->flash.size, "ram_address",
			 (json_int_t)at->ram.base, "ram_taken", (json_int_t)at->ram.size);
}

const char *release_linked(const struct device_service *s, struct arena *a)
{
	if (!s->linked.size)
		return NULL;
	return arena_printf(a, "fixed, linked at product time at 0x%08x from an object with SHA-256 %s", (unsigned)s->place.text, release_sha256(fixed_object(s->fixed), a));
}

/* The developer has signed the executable and the object in it; who answers for the image that came of it is the integrator. */
static json_t *linked(const struct device_service *s, struct arena *a)
{
	return json_pack("{s:s, s:I, s:I, s:s, s:s, s:s}", "mode", release_linked(s, a), "text_address", (json_int_t)s->place.text, "data_address", (json_int_t)s->place.data,
			 "object_sha256", release_sha256(fixed_object(s->fixed), a), "executable_sha256", release_sha256(s->fixed, a), "linker", FIXED_LINKER);
}

static json_t *service(const struct release *r, const struct release_service *s, struct arena *a)
{
	const struct manifest *m = s->device->manifest;
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s}", "service", s->device->name, "vendor", arena_string(a, identity_vendor(m)), "name",
			      arena_string(a, identity_name(m)), "version", arena_string(a, m->version_text), "security_counter", (json_int_t)m->security_counter,
			      "license", m->license.size ? arena_string(a, m->license) : "NOASSERTION");

	json_object_update_new(o, json_pack("{s:s, s:s, s:s}", "package_sha256", release_hex(s->package_sha256, 32, a), "image_sha256",
					    release_sha256(device_service_image(s->device), a), "signer", release_hex(s->device->signer, 32, a)));
	if (s->device->linked.size)
		json_object_set_new(o, "linked", linked(s->device, a));
	if (s->source_sha256)
		json_object_set_new(o, "source_sha256", json_string(release_hex(s->source_sha256, 32, a)));
	json_object_update_new(o, json_pack("{s:o, s:o, s:o, s:o}", "requests", requests(r, s, a), "parameters", parameters(r, s), "differences", differences(s->product, a), "placement",
					    placement(&s->device->at)));
	return o;
}

static json_t *file_list(const struct release_file *files, uint32_t count, struct arena *a)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:s, s:I, s:s}", "name", files[i].name, "size", (json_int_t)files[i].content.size, "sha256",
						      release_sha256(files[i].content, a)));
	return list;
}

static json_t *product(const struct release *r, struct arena *a)
{
	uint8_t vendor[UUID_SIZE], board[UUID_SIZE];

	uuid_of_vendor((struct bytes){ (const uint8_t *)r->product->vendor, strlen(r->product->vendor) }, vendor);
	uuid_of_board(r->device->board->name, board);
	return json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:s}", "vendor", r->product->vendor, "name", r->product->name, "version", r->product->version_text, "sequence",
			 (json_int_t)r->product->sequence, "board", r->device->board->name, "vendor_id", uuid_text(vendor, a), "class_id", uuid_text(board, a), "cpe",
			 release_cpe(r->product, a), "purl", release_purl(r->product, a));
}

/* What decides all rights on the device: its bytes as they are signed. */
static json_t *table(const struct device *d, struct arena *a)
{
	return json_pack("{s:I, s:I, s:s, s:I, s:I}", "flash_address", (json_int_t)d->board->part[BOARD_TABLE_A].base, "size", (json_int_t)d->table.size, "sha256", release_sha256(d->table, a),
			 "services", (json_int_t)d->service_count, "rules", (json_int_t)d->rule_count);
}

struct bytes release_evidence(const struct release *r, const struct release_file *files, uint32_t count, struct arena *a)
{
	const char *manual = "manual: the integrator states it";
	json_t *services = json_array();

	for (uint32_t i = 0; i < r->device->service_count; i++)
		json_array_append_new(services, service(r, &r->services[i], a));
	json_t *doc = json_pack("{s:s, s:o, s:{s:s, s:s, s:s, s:b}, s:o, s:o, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}, s:o}", "format", "ms.evidence 1", "product", product(r, a), "build",
				"sdk", r->sdk_version, "runtime_sha256", release_sha256(r->device->runtime, a), "source_time", sbom_time(r->epoch, a),
				"hardware_isolation", r->device->board->mpu != MPU_NONE, "table", table(r->device, a), "services", services, "signatures", "integrator",
				release_hex(r->integrator->thumbprint, 32, a), "algorithm", "ESP256", "table_kind", "ms/table1", "support", "end_of_support", manual,
				"disclosure_contact", manual, "update_channel", manual, "files", file_list(files, count, a));

	struct bytes text = sbom_text(doc, a);

	json_decref(doc);
	return text;
}
