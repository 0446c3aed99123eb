/* SPDX-License-Identifier: Apache-2.0 */
/* Each run makes the next mistake, until there is none left. */
#include <stdlib.h>

#include "SysCall.h"

#include "mistakes.h"

int main(void)
{
	uint64_t run;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run > MISTAKE_COUNT) {
		LOG_INFO("run %u: no mistake left", (unsigned)run);
		return EXIT_SUCCESS;
	}

	const struct mistake *m = &mistakes[run - 1];

	LOG_INFO("run %u: %s", (unsigned)run, m->what);
	m->make();
	LOG_ERROR("still alive after: %s", m->what);
	return EXIT_FAILURE;
}
