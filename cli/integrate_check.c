/* SPDX-License-Identifier: Apache-2.0 */
/* ms product check: all that a build would refuse, without a key and without writing anything. */
#include "integrate.h"

#include <string.h>

#include "identity.h"
#include "out.h"

static const char *joined(const struct texts *names, struct arena *a)
{
	struct text t = { 0 };

	for (uint32_t i = 0; i < names->count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", names->at[i]);
	return t.size ? t.at : "-";
}

static json_t *json_texts(const struct texts *names)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < names->count; i++)
		json_array_append_new(list, out_string(names->at[i]));
	return list;
}

static void say_service(const struct product_service *p, const struct device_service *s, struct arena *a)
{
	const char *vendor = arena_string(a, identity_vendor(s->manifest)), *version = arena_string(a, s->manifest->version_text);
	const char *kid = key_kid_text(s->signer, a);

	out_line("%s%s%s  %s %s, key %s", out_bold(), s->name, out_reset(), vendor, version, kid);
	out_line("  calls %s; devices %s; borrows %s", joined(&p->ipc, a), joined(&p->devices, a), joined(&p->shared, a));
	out_event("product_service", json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "service", out_string(s->name), "vendor", out_string(vendor),
					       "version", out_string(version), "kid", kid, "ipc", json_texts(&p->ipc), "devices", json_texts(&p->devices),
					       "shared", json_texts(&p->shared), "denies", json_texts(&p->denies)));
}

static void say_all(const struct plan *p, struct arena *a)
{
	const struct device *d = &p->device;

	for (uint32_t i = 0; i < d->service_count; i++)
		say_service(&p->product->services[i], &d->services[i], a);
	out_line("%s %s: good for %s, %u service%s", p->product->name, p->product->version_text, p->board.name, d->service_count, d->service_count == 1 ? "" : "s");
	out_field("name", out_string(p->product->name));
	out_field("board", out_string(p->board.name));
	out_field("services", json_integer(d->service_count));
}

int integrate_check(char *const words[], int count, struct arena *a, struct err *e)
{
	struct plan plan;

	int rc = integrate_plan(count ? words[0] : ".", true, a, &plan, e);
	if (rc >= 0)
		rc = plan_device(&plan, a, NULL, e);
	if (rc >= 0)
		say_all(&plan, a);
	return rc;
}
