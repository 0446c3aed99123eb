/* SPDX-License-Identifier: Apache-2.0 */
/* What needs memory says so when the heap has none left. */
#include <fcntl.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "held.h"
#include "rows.h"

static void *taken;

/* All of the heap, in smaller and smaller blocks; each begins with where the one before is. */
static void take_all(void)
{
	for (size_t size = 4096; size >= sizeof(void *); size /= 2)
		for (void **block; (block = malloc(size)); taken = block)
			*block = taken;
}

static void give_all_back(void)
{
	while (taken) {
		void *next = *(void **)taken;

		free(taken);
		taken = next;
	}
}

/* errno of each, while there is no memory. */
struct outcome { int key, value, semaphore, environment, object, mapping; };

static struct outcome without_memory(pthread_key_t known, int fd)
{
	struct outcome o;
	pthread_key_t key;

	take_all();
	o.key = pthread_key_create(&key, NULL);
	o.value = pthread_setspecific(known, &o);
	errno = 0;
	o.semaphore = sem_open("/more", O_CREAT, 0600, 1u) == SEM_FAILED ? errno : 0;
	errno = 0;
	o.environment = setenv("NO_ROOM_FOR_THIS", "a value that is longer than any other here", 1) ? errno : 0;
	errno = 0;
	o.object = shm_open("/more", O_RDWR | O_CREAT, 0600) == -1 ? errno : 0;
	errno = 0;
	o.mapping = mmap(NULL, 32, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ? errno : 0;
	give_all_back();
	return o;
}

static int what_finds_no_memory_says_so(void)
{
	pthread_key_t key;

	int fd = shm_open("/object", O_RDWR | O_CREAT, 0600);

	MUST(ftruncate(fd, 32) == 0 && pthread_key_create(&key, NULL) == 0);
	struct outcome o = without_memory(key, fd);

	MUST(o.key == ENOMEM && o.value == ENOMEM && o.semaphore == ENOMEM && o.environment == ENOMEM && o.object == ENOSPC && o.mapping == ENOMEM);
	MUST(close(fd) == 0 && shm_unlink("/object") == 0);
	MUST(pthread_setspecific(key, &o) == 0 && pthread_key_delete(key) == 0);
	FAILS(sem_open("/more", 0) == SEM_FAILED, ENOENT);
	MUST(getenv("NO_ROOM_FOR_THIS") == NULL);
	return 0;
}

const struct row memory_rows[] = {
	ROW(pthread_key_create, "ENOMEM", what_finds_no_memory_says_so),
	ROW(pthread_setspecific, "ENOMEM", what_finds_no_memory_says_so),
	ROW(sem_open, "ENOMEM", what_finds_no_memory_says_so),
	ROW(shm_open, "ENOSPC", what_finds_no_memory_says_so),
	ROW(mmap, "ENOMEM", what_finds_no_memory_says_so),
	ROW(setenv, "ENOMEM", what_finds_no_memory_says_so),
	ROWS_END
};
