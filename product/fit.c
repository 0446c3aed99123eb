/* SPDX-License-Identifier: Apache-2.0 */
#include "fit.h"

#include <string.h>

#include "identity.h"
#include "target.h"
#include "uuid.h"

struct fitting {
	const struct device *beside;
	const struct storefacts *facts;
	struct arena *arena;
	struct fit *out;
	struct device_service *service;	/* that is looked at */
	struct texts *calls, *devices, *shared, *denied;
};

static struct texts *texts_for(uint32_t most, struct arena *a)
{
	struct texts *t = arena_new(a, struct texts);

	t->at = arena_array(a, const char *, most + 1);
	return t;
}

static void add(struct texts *t, const char *name)
{
	t->at[t->count++] = name;
}

static void deny(struct fitting *f, const char *kind, const char *name, bool weak)
{
	struct fit_need *n = arena_new(f->arena, struct fit_need);

	*n = (struct fit_need){ kind, name, weak };
	list_push(&f->out->needs, f->arena, n);
	add(f->denied, name);
}

static bool provides(const struct manifest *m, uint32_t sid)
{
	for (uint32_t i = 0; m && i < m->provide_count; i++)
		if (m->provides[i].sid == sid)
			return true;
	return false;
}

/* Is it the service that is looked at, in another version? */
static bool is_same(const struct fitting *f, const struct device_service *s)
{
	return s->manifest && !memcmp(s->manifest->component, f->facts->manifest.component, UUID_SIZE);
}

static bool somebody_provides(const struct fitting *f, uint32_t sid)
{
	for (uint32_t i = 0; i < f->beside->service_count; i++)
		if (!is_same(f, &f->beside->services[i]) && provides(f->beside->services[i].manifest, sid))
			return true;
	return provides(&f->facts->manifest, sid);
}

static bool has_block(const struct manifest *m, struct bytes name)
{
	for (uint32_t i = 0; m && i < m->shared_count; i++)
		if (m->shared[i].number && bytes_equal(m->shared[i].name, name))
			return true;
	return false;
}

static bool somebody_lends(const struct fitting *f, struct bytes name)
{
	for (uint32_t i = 0; i < f->beside->service_count; i++)
		if (!is_same(f, &f->beside->services[i]) && has_block(f->beside->services[i].manifest, name))
			return true;
	return false;
}

/* Each request: granted where somebody there has it. */
static void decide_requests(struct fitting *f)
{
	const struct manifest *m = &f->facts->manifest;
	struct arena *a = f->arena;

	for (uint32_t i = 0; i < m->call_count; i++) {
		const char *name = arena_string(a, m->calls[i].name);

		if (somebody_provides(f, m->calls[i].sid))
			add(f->calls, name);
		else
			deny(f, DEVICE_INTERFACE, name, m->calls[i].flags & MANIFEST_WEAK);
	}
	for (uint32_t i = 0; i < m->device_count; i++)
		add(f->devices, arena_string(a, m->devices[i].name));
	for (uint32_t i = 0; i < m->shared_count; i++) {
		if (m->shared[i].number)
			continue;
		if (somebody_lends(f, m->shared[i].name))
			add(f->shared, arena_string(a, m->shared[i].name));
		else
			deny(f, "shared memory", arena_string(a, m->shared[i].name), false);
	}
}

/* What its image will say: the sizes are what counts, and the static data is what the others leave of its RAM. */
static const struct image *describe(const struct storefacts *s, const struct storefacts_target *t, uint8_t target, struct arena *a)
{
	const struct manifest *m = &s->manifest;
	struct image *im = arena_new(a, struct image);

	*im = (struct image){
		.abi_major = (uint8_t)m->abi_major, .abi_minor = (uint8_t)m->abi_minor, .target = target, .flags = t->fpu ? IMAGE_FLAG_FPU : 0,
		.image_size = t->flash, .stack_size = m->stack_size, .heap_size = m->heap_size, .static_size = t->ram - m->stack_size - m->heap_size,
	};
	return im;
}

int fit_service(const struct storefacts *facts, const struct board *b, struct arena *a, struct device_service *s, struct err *e)
{
	const struct manifest *m = &facts->manifest;
	int best = target_best(m->targets, m->target_count, b->target);

	if (best < 0) {
		err_set(e, ERR_WRONG_TARGET, "it holds nothing that runs on %s", b->name);
		return err_fix(e, "take a version that its developer made for %s, too, or another board", target_name(b->target));
	}
	*s = (struct device_service){ 0 };
	device_service_default(s);
	s->name = arena_string(a, identity_name(m));
	s->manifest = m;
	s->version = m->version;
	s->security_counter = m->security_counter;
	s->flags |= facts->target[best].fpu ? TABLE_FPU : 0;
	s->described = describe(facts, &facts->target[best], m->targets[best], a);
	s->overlays = arena_array(a, struct overlay, ARCHIVE_OVERLAY_MAX);
	memcpy(s->overlays, facts->overlays, sizeof(facts->overlays));
	s->overlay_count = facts->overlay_count;
	return MS_OK;
}

/* Those that are there, and this one last or in the place of the one that it replaces. */
static int gather(struct fitting *f, struct device *d)
{
	d->services = arena_array(f->arena, struct device_service, d->service_count + 1);
	if (d->service_count)
		memcpy(d->services, f->beside->services, d->service_count * sizeof(*d->services));
	for (f->service = d->services; f->service < d->services + d->service_count && !is_same(f, f->service); f->service++)
		;
	if (f->service == d->services + d->service_count)
		d->service_count++;
	int rc = fit_service(f->facts, d->board, f->arena, f->service, &f->out->why);
	f->service->granted = f->calls;
	f->service->granted_devices = f->devices;
	f->service->granted_shared = f->shared;
	f->service->denied = f->denied;
	f->out->target = rc < 0 ? 0 : f->service->described->target;
	return rc;
}

void fit_look(const struct device *beside, const struct storefacts *facts, struct arena *a, struct fit *out)
{
	const struct manifest *m = &facts->manifest;
	struct fitting f = {
		.beside = beside, .facts = facts, .arena = a, .out = out, .calls = texts_for(m->call_count, a), .devices = texts_for(m->device_count, a),
		.shared = texts_for(m->shared_count, a), .denied = texts_for(m->call_count + m->shared_count, a),
	};
	struct device d = *beside;

	*out = (struct fit){ 0 };
	d.strict = false;
	d.talk = (struct device_talk){ 0 };
	decide_requests(&f);
	out->fits = gather(&f, &d) >= 0 && device_check(&d, a, &out->why) >= 0;
	if (out->fits) {
		out->flash = f.service->at.flash;
		out->ram = f.service->at.ram;
	}
}
