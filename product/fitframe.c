/* SPDX-License-Identifier: Apache-2.0 */
#include "fitframe.h"

#include <string.h>

#include "base64.h"
#include "identity.h"
#include "name.h"
#include "release.h"

enum { NAMES_MAX = 128, NAME_SIZE_MAX = 64 };

static json_t *names_json(const struct texts *names)
{
	json_t *all = json_array();

	for (uint32_t i = 0; names && i < names->count; i++)
		json_array_append_new(all, json_string(names->at[i]));
	return all;
}

static json_t *overlays_json(const struct overlay *at, uint32_t count, struct arena *a)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(all, json_string(base64_write(at[i].blob, a)));
	return all;
}

/* Of its targets the one that it runs as. */
static json_t *facts_json(const struct device_service *s, struct arena *a)
{
	struct storefacts *f = arena_new(a, struct storefacts);
	struct image header = { 0 };

	if (s->described)
		header = *s->described;
	else
		image_decode(s->image, &header);
	f->manifest = *s->manifest;
	f->manifest.targets[0] = header.target;
	f->manifest.target_count = 1;
	f->target[0] = (struct storefacts_target){ "", header.image_size, image_ram_size(&header), header.flags & IMAGE_FLAG_FPU };
	f->overlay_count = s->overlay_count < ARCHIVE_OVERLAY_MAX ? s->overlay_count : ARCHIVE_OVERLAY_MAX;
	memcpy(f->overlays, s->overlays, f->overlay_count * sizeof(*s->overlays));
	return storefacts_json(f, a);
}

static json_t *service_json(const struct device_service *s, struct arena *a)
{
	const char *vendor = arena_string(a, identity_vendor(s->manifest)), *name = arena_string(a, identity_name(s->manifest));
	json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "vendor", vendor, "name", name, "version", arena_string(a, s->manifest->version_text), "as", s->name), *facts = facts_json(s, a);

	json_object_update(o, facts);
	json_decref(facts);
	json_object_set_new(o, "grants", json_pack("{s:o, s:o, s:o}", "ipc", names_json(s->granted), "devices", names_json(s->granted_devices), "shared", names_json(s->granted_shared)));
	json_object_set_new(o, "denies", names_json(s->denied));
	return o;
}

json_t *fitframe_needs(const struct fit *fit)
{
	json_t *all = json_array();

	for (size_t i = 0; i < fit->needs.count; i++) {
		const struct fit_need *n = fit->needs.at[i];

		json_array_append_new(all, json_pack("{s:s, s:s, s:b}", "kind", n->kind, "name", n->name, "weak", (int)n->weak));
	}
	return all;
}

json_t *fitframe_json(const struct device *d, struct arena *a)
{
	json_t *o = json_pack("{s:s}", "board", d->board->name), *all = json_array();

	if (d->console)
		json_object_set_new(o, "console", json_string(d->console));
	if (d->overlay_count)
		json_object_set_new(o, "overlays", overlays_json(d->overlays, d->overlay_count, a));
	for (uint32_t i = 0; i < d->service_count; i++)
		json_array_append_new(all, service_json(&d->services[i], a));
	json_object_set_new(o, "services", all);
	return o;
}

static int refuse(const char *what, struct err *e)
{
	err_set(e, ERR_FIT_FRAME, "the frame is not one of a product: '%s'", what);
	return err_fix(e, "send what 'ms product frame' prints");
}

/* A name that can be shown, in memory of the arena, or NULL. */
static const char *name_of(const json_t *t, struct arena *a)
{
	const char *name = json_string_value(t);

	for (size_t i = 0; name && i < json_string_length(t); i++)
		if (name[i] <= ' ' || name[i] > '~' || i >= NAME_SIZE_MAX)
			return NULL;
	return name && *name ? arena_printf(a, "%s", name) : NULL;
}

static int read_names(const json_t *all, const char *what, struct arena *a, const struct texts **out, struct err *e)
{
	struct texts *t = arena_new(a, struct texts);

	*out = t;
	if (!json_is_array(all) || json_array_size(all) > NAMES_MAX)
		return refuse(what, e);
	t->at = arena_array(a, const char *, json_array_size(all) + 1);
	for (size_t i = 0; i < json_array_size(all); i++) {
		t->at[t->count] = name_of(json_array_get(all, i), a);
		if (!t->at[t->count++])
			return refuse(what, e);
	}
	return MS_OK;
}

static int read_overlays(const json_t *all, struct arena *a, struct overlay **out, uint32_t *count, struct err *e)
{
	struct bytes blob;
	struct err why;

	*out = arena_array(a, struct overlay, ARCHIVE_OVERLAY_MAX);
	if (all && (!json_is_array(all) || json_array_size(all) > ARCHIVE_OVERLAY_MAX))
		return refuse("overlays", e);
	for (*count = 0; *count < json_array_size(all); ++*count) {
		const json_t *one = json_array_get(all, *count);
		struct bytes coded = { (const uint8_t *)json_string_value(one), json_string_length(one) };

		if (!json_is_string(one) || base64_read(coded, a, &blob) < 0 || overlay_read(blob, "the product's overlay", a, &(*out)[*count], &why) < 0)
			return refuse("overlays", e);
	}
	return MS_OK;
}

static int read_grants(const json_t *o, struct arena *a, struct device_service *s, struct err *e)
{
	const json_t *grants = json_object_get(o, "grants");

	int rc = read_names(json_object_get(grants, "ipc"), "ipc", a, &s->granted, e);
	if (rc >= 0)
		rc = read_names(json_object_get(grants, "devices"), "devices", a, &s->granted_devices, e);
	if (rc >= 0)
		rc = read_names(json_object_get(grants, "shared"), "shared", a, &s->granted_shared, e);
	if (rc >= 0)
		rc = read_names(json_object_get(o, "denies"), "denies", a, &s->denied, e);
	return rc;
}

static int read_service(const json_t *o, const struct board *b, struct arena *a, struct device_service *s, struct err *e)
{
	const char *vendor = name_of(json_object_get(o, "vendor"), a), *name = name_of(json_object_get(o, "name"), a), *version = name_of(json_object_get(o, "version"), a);
	const char *as = name_of(json_object_get(o, "as"), a);
	struct storefacts *f = arena_new(a, struct storefacts);
	struct err why;

	if (!vendor || !name || !version || !as)
		return refuse("vendor, name, version, as", e);
	if (storefacts_read(o, vendor, name, version, a, f, &why) < 0)
		return refuse(arena_printf(a, "%s: %s", name, why.text), e);
	if (fit_service(f, b, a, s, &why) < 0)
		return refuse(arena_printf(a, "%s: %s", name, why.text), e);
	s->name = as;
	return read_grants(o, a, s, e);
}

int fitframe_read(const json_t *o, fitframe_board *board, void *context, struct arena *a, struct device *out, struct err *e)
{
	const char *name = name_of(json_object_get(o, "board"), a);
	const json_t *services = json_object_get(o, "services"), *console = json_object_get(o, "console");
	int rc = MS_OK;

	*out = (struct device){ .vendor = "example.org", .sequence = 1, .board = name ? board(context, name) : NULL, .console = console ? name_of(console, a) : NULL };
	if (!out->board || (console && !out->console))
		return refuse("board, console", e);
	if (!json_is_array(services) || json_array_size(services) > TABLE_ENTRY_MAX)
		return refuse("services", e);
	out->services = arena_array(a, struct device_service, json_array_size(services) + 1);
	for (; rc >= 0 && out->service_count < json_array_size(services); out->service_count++)
		rc = read_service(json_array_get(services, out->service_count), out->board, a, &out->services[out->service_count], e);
	return rc < 0 ? rc : read_overlays(json_object_get(o, "overlays"), a, &out->overlays, &out->overlay_count, e);
}
