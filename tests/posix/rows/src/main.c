/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

static const struct row *const tables[] = { thread_rows, once_rows, attribute_rows, cancel_rows, mutex_rows, cond_rows, semaphore_rows, signal_rows, timer_rows, system_rows, extra_rows, file_rows, stream_rows, standard_rows, lock_rows, never_rows, device_error_rows, memory_rows, object_rows, older_rows };

int main(void)
{
	unsigned count = 0, wrong = 0;

	files_prepare();
	held_prepare();
	objects_prepare();
	for (unsigned i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct row *r = tables[i]; r->function; r++, count++) {
			int line = r->shown_by();

			if (line)
				printf("row %s %s: wrong at %d %s\n", r->function, r->what, line, r->name);
			else
				printf("row %s %s: ok %s\n", r->function, r->what, r->name);
			wrong += line != 0;
		}
	printf("%u rows, %u wrong\n", count, wrong);
	sleep(1);	/* what the log has left for this service grows again, and the runtime has a line to say, too */
	return 0;
}
