/* SPDX-License-Identifier: Apache-2.0 */
#include "integrate_request.h"

#include <string.h>

#include "opt.h"

static const char *provider(const struct plan *p, const struct manifest_interface *call)
{
	for (size_t i = 0; i < p->services.count; i++) {
		const struct device_service *s = &((const struct plan_service *)p->services.at[i])->device;

		for (uint32_t k = 0; k < s->manifest->provide_count; k++)
			if (s->manifest->provides[k].sid == call->sid)
				return s->name;
	}
	return NULL;
}

uint32_t request_list(const struct plan *p, const struct manifest *m, struct arena *a, struct request out[REQUEST_MAX])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < m->call_count; i++)
		out[count++] = (struct request){ "ipc", arena_string(a, m->calls[i].name), provider(p, &m->calls[i]), m->calls[i].flags & MANIFEST_WEAK };
	for (uint32_t i = 0; i < m->device_count; i++)
		out[count++] = (struct request){ "devices", arena_string(a, m->devices[i].name), NULL, false };
	for (uint32_t i = 0; i < m->shared_count; i++)
		if (!m->shared[i].number)
			out[count++] = (struct request){ "shared", arena_string(a, m->shared[i].name), NULL, false };
	return count;
}

bool request_has(const struct texts *names, const char *name)
{
	for (uint32_t i = 0; name && i < names->count; i++)
		if (!strcmp(names->at[i], name))
			return true;
	return false;
}

const char *request_granted(const struct product_service *s, const struct request *r)
{
	const struct texts *names = !strcmp(r->kind, "devices") ? &s->devices : !strcmp(r->kind, "shared") ? &s->shared : &s->ipc;

	if (request_has(names, r->name))
		return r->name;
	return !strcmp(r->kind, "ipc") && request_has(names, r->of) ? r->of : NULL;
}

const char *request_verb(const struct request *r)
{
	return !strcmp(r->kind, "ipc") ? "call" : !strcmp(r->kind, "devices") ? "use the device" : "borrow";
}

int request_refuse(const char *service, const char *name, const struct request *all, uint32_t count, struct err *e)
{
	const char *names[REQUEST_MAX];

	for (uint32_t i = 0; i < count; i++)
		names[i] = all[i].name;
	const char *near = opt_nearest(name, names, count);

	err_set(e, ERR_GRANT_UNASKED, "'%s' does not ask for '%s'", service, name);
	return near ? err_fix(e, "did you mean '%s'?", near) : err_fix(e, "'ms inspect' shows what its package asks for");
}
