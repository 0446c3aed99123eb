/* SPDX-License-Identifier: Apache-2.0 */
/* ms api check: what of a header can cross, and why the rest cannot. */
#include "command.h"

int command_check(const struct request *r, struct arena *a, struct err *e)
{
	json_t *names = json_array();
	struct contract k;

	int rc = command_read(r, r->operands[0], a, &k, e);
	for (uint32_t i = 0; rc >= 0 && i < k.count; i++)
		json_array_append_new(names, out_string(k.calls[i].function->name));
	if (rc >= 0)
		rc = command_report(&k, true, a, e);
	out_field("functions", names);
	if (rc < 0)
		return rc;
	out_line("%s: %s can cross", k.header->path, k.count == 1 ? "its function" : arena_printf(a, "all %u functions", k.count));
	out_field("interface", out_string(k.name));
	return MS_OK;
}
