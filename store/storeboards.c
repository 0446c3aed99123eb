/* SPDX-License-Identifier: Apache-2.0 */
#include "storeboards.h"

#include <string.h>

#include "file.h"
#include "out.h"
#include "toolchain.h"

enum { FRAME_MAX = 4 << 20 };

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

int storeboards_frame(struct storeboards *b, const char *file, struct arena *a, struct device *out, struct err *e)
{
	struct bytes content;

	int rc = file_read(file, FRAME_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	storeboards_read(b, a);
	json_t *o = json_loadb((const char *)content.at, content.size, 0, NULL);
	rc = fitframe_read(o, storeboards_find, b, a, out, e);
	json_decref(o);
	return rc;
}
