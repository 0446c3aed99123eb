/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdio.h>

#include "all.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int total;

static void *add(void *data)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&mutex);
		total += *(const int *)data;
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

int main(void)
{
	static int one = 1, ten = 10;
	pthread_t a, b;

	if (pthread_create(&a, NULL, add, &one) || pthread_create(&b, NULL, add, &ten))
		return 1;
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	printf("together %d\n", total);
	return 0;
}
