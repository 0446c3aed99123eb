/* SPDX-License-Identifier: Apache-2.0 */
/* Where core begins, and its entry for time.  The other entries are in syscall.c (traps), device.c (lines), fault.c and log.c (console). */
#include "clock.h"
#include "event.h"
#include "log.h"
#include "port.h"
#include "service.h"
#include "thread.h"

void core_init(void)
{
	clock_init();
	log_init();
	event_init();
	thread_init();
	service_init();
	log_start();
}

void core_alarm(void)
{
	event_alive();
	clock_alarm();
}
