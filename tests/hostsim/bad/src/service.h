/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdint.h>

/* What main does; a test sets it once the service has started and waits. */
enum service_deed { SERVICE_NOTHING, SERVICE_STACK, SERVICE_DATA, SERVICE_NUMBER, SERVICE_FAULT, SERVICE_LOOP, SERVICE_EMPTY_LOOP,
	SERVICE_HEAP, SERVICE_FREED, SERVICE_COPY, SERVICE_PRINT, SERVICE_GROW };
extern volatile enum service_deed service_deed;

void service_write(volatile int *to);
void service_exit(void);
void service_wait(void);

#endif
