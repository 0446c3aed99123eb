/* SPDX-License-Identifier: Apache-2.0 */
#include "storeboards.h"

#include <string.h>

#include "out.h"
#include "toolchain.h"

void storeboards_read(struct storeboards *b, struct arena *a)
{
	struct list names = { 0 };
	struct err why;
	struct sdk sdk;

	*b = (struct storeboards){ 0 };
	if (sdk_find(MS_VERSION, a, &sdk, &why) < 0 || sdk_boards(&sdk, a, &names, &why) < 0) {
		out_detail("no boards are known, so nobody is told what fits: %s", why.text);
		return;
	}
	b->at = arena_array(a, struct board *, names.count + 1);
	for (size_t i = 0; i < names.count; i++) {
		b->at[b->count] = arena_new(a, struct board);
		if (sdk_board(&sdk, names.at[i], a, b->at[b->count], &why) >= 0)
			b->count++;
		else
			out_warn("the board '%s' is left out: %s", (const char *)names.at[i], why.text);
	}
}

const struct board *storeboards_find(void *boards, const char *name)
{
	const struct storeboards *b = boards;

	for (size_t i = 0; i < b->count; i++)
		if (!strcmp(b->at[i]->name, name))
			return b->at[i];
	return NULL;
}
