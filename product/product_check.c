/* SPDX-License-Identifier: Apache-2.0 */
#include "product_check.h"

#include <string.h>

#include "device.h"

/* Without a limit there are more restarts than with any. */
static uint32_t restarts(uint32_t limit)
{
	return limit ? limit : UINT32_MAX;
}

uint32_t product_changes(const struct product_service *s, struct arena *a, struct product_change out[PRODUCT_CHANGE_MAX])
{
	struct device_service d = { 0 };
	uint32_t count = 0;

	device_service_default(&d);
	const struct product_change all[] = {
		{ "priority", d.priority, s->priority, s->priority > d.priority, NULL, NULL },
		{ "ceiling", d.ceiling, s->ceiling, s->ceiling > d.ceiling, NULL, NULL },
		{ "quantum", d.quantum_msec, s->quantum_msec, s->quantum_msec > d.quantum_msec, NULL, NULL },
		{ "restart", 0, strcmp(s->restart, "failure"), !strcmp(s->restart, "reboot"), "failure", s->restart },
		{ "restart-limit", d.restart_limit, s->restart_limit, restarts(s->restart_limit) > d.restart_limit, NULL, NULL },
		{ "backoff", d.backoff_msec, s->backoff_msec, s->backoff_msec < d.backoff_msec, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		const char *unit = strcmp(all[i].field, "quantum") && strcmp(all[i].field, "backoff") ? "" : " ms";

		if (all[i].standard == all[i].given)
			continue;
		out[count] = all[i];
		if (!all[i].given_text) {
			out[count].standard_text = arena_printf(a, "%u%s", all[i].standard, unit);
			out[count].given_text = arena_printf(a, "%u%s", all[i].given, unit);
		}
		count++;
	}
	return count;
}

int product_check_services(const struct product *p, struct err *e)
{
	if (p->service_count)
		return MS_OK;
	err_set(e, ERR_SERVICE_COUNT, "the product has no services yet");
	err_fix(e, "add one: ms product add PACKAGE");
	return product_err(p, "services", e);
}

int product_check(const struct product *p, struct arena *a, struct err *e)
{
	struct product_change changes[PRODUCT_CHANGE_MAX];

	for (uint32_t i = 0; i < p->service_count; i++) {
		if (!p->services[i].path)
			continue;
		err_set(e, ERR_NOT_PACKAGED, "a project's folder is no part that can be pinned, signed for and built again elsewhere");
		err_fix(e, "make its package (ms package), and put that here: ms product add PACKAGE");
		return product_err(p, arena_printf(a, "services[%u].path", i), e);
	}
	for (uint32_t i = 0; i < p->service_count; i++) {
		uint32_t count = p->services[i].reason ? 0 : product_changes(&p->services[i], a, changes);

		for (uint32_t k = 0; k < count; k++) {
			if (!changes[k].raised)
				continue;
			err_set(e, ERR_NO_REASON, "'%s' is %s in place of %s, and no reason is given", changes[k].field, changes[k].given_text, changes[k].standard_text);
			err_fix(e, "say why: add 'reason: ...' to this service");
			return product_err(p, arena_printf(a, "services[%u].%s", i, changes[k].field), e);
		}
	}
	return MS_OK;
}
