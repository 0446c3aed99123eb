/* SPDX-License-Identifier: Apache-2.0 */
#include "believe.h"

int find_add(struct findings *f, const char *what, int code, const char *text)
{
	if (f->count < FINDING_MAX)
		f->at[f->count++] = (struct finding){ what, code, text };
	return code;
}
