/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "signals.h"

struct notice { void (*function)(union sigval); union sigval value; };

static void *notify(void *at)
{
	struct notice n = *(struct notice *)at;

	free(at);
	n.function(n.value);
	return NULL;
}

void event_thread(const struct sigevent *e)
{
	struct notice *n = malloc(sizeof(*n));
	pthread_attr_t standard, *a = e->sigev_notify_attributes;
	pthread_t thread;

	if (!n)
		return;
	*n = (struct notice){ e->sigev_notify_function, e->sigev_value };
	if (!a) {
		pthread_attr_init(&standard);
		a = &standard;
	}
	if (pthread_create(&thread, a, notify, n))
		free(n);
	else
		pthread_detach(thread);
}
