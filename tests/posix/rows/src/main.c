/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

static const struct row *const tables[] = { thread_rows, once_rows, attribute_rows, cancel_rows, mutex_rows, cond_rows, semaphore_rows, signal_rows, timer_rows, system_rows, extra_rows, file_rows, stream_rows, standard_rows, lock_rows, never_rows, device_error_rows, memory_rows, object_rows, older_rows, queue_rows };

int main(void)
{
	files_prepare();
	held_prepare();
	objects_prepare();
	tell_rows(tables, sizeof(tables) / sizeof(*tables));
	return 0;
}
