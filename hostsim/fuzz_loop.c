/* SPDX-License-Identifier: Apache-2.0 */
/* The loop of the fuzzer: an input is kept when it reaches what none did before; a finding is what ends a run. */
#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "blocks.h"
#include "mutate.h"
#include "panic.h"
#include "seeded.h"
#include "simdevice.h"
#include "watchdog.h"

#define NSEC_PER_SEC UINT64_C(1000000000)

enum { KEPT_MAX = 20000, PATIENCE_SEC = 10, LOOKS = 256, COMPARISONS = 4 };

/* Large. */
__attribute__((section("ms_open")))
static struct {
	struct fuzz_input *input[KEPT_MAX];
	size_t count;
} corpus;

static uint64_t now_nsec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * NSEC_PER_SEC + (uint64_t)t.tv_nsec;
}

bool fuzz_read(const char *path, struct fuzz_input *to)
{
	struct stat s;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 && !fstat(fd, &s) && S_ISREG(s.st_mode) ? read(fd, to->data, sizeof(to->data)) : -1;

	if (fd >= 0)
		close(fd);
	to->size = size > 0 ? (size_t)size : 0;
	return size >= 0;
}

static void make_folders(const char *path)
{
	char part[512];

	for (const char *end = strchr(path, '/'); end; end = strchr(end + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(end - path), path);
		mkdir(part, 0777);
	}
	mkdir(path, 0777);
}

void fuzz_write(const char *folder, const char *head, const struct fuzz_input *in, char *path, size_t size)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < in->size; i++)
		hash = (hash ^ in->data[i]) * UINT64_C(0x100000001b3);
	make_folders(folder);
	snprintf(path, size, "%s/%s%016llx", folder, head, (unsigned long long)hash);

	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0 || write(fd, in->data, in->size) != (ssize_t)in->size)
		panic_errno("cannot write an input");
	close(fd);
}

void fuzz_one(fuzz_target *target, struct fuzz_shared *shared)
{
	static bool watched;

	/* An input that takes long is ended like a test that does. */
	if (!watched)
		watchdog_begin(PATIENCE_SEC, SIGTERM);
	watched = true;
	watchdog_feed();
	shared->runs++;
	target(shared->input.data, shared->input.size);
	device_fresh();
}

static void keep(const struct fuzz_input *in)
{
	size_t size = sizeof(*in) - FUZZ_INPUT_MAX + in->size;

	if (corpus.count == KEPT_MAX)
		return;
	corpus.input[corpus.count] = malloc(size);
	if (!corpus.input[corpus.count])
		panic("out of memory");
	memcpy(corpus.input[corpus.count++], in, size);
}

static void run_file(fuzz_target *target, const char *path, struct fuzz_shared *shared)
{
	if (!fuzz_read(path, &shared->input))
		return;
	shared->files++;
	fuzz_one(target, shared);
	if (blocks_new(&shared->blocks))
		keep(&shared->input);
}

static void run_files(fuzz_target *target, const char *folder, struct fuzz_shared *shared)
{
	struct dirent **names;
	int count = scandir(folder, &names, NULL, alphasort);
	char path[600];

	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
		if (*names[i]->d_name != '.')
			run_file(target, path, shared);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
}

/* Half of the time one of the newest, which have been tried least. */
static const struct fuzz_input *choose(uint64_t *random)
{
	size_t newest = corpus.count < 8 ? corpus.count : corpus.count / 4;

	if (seeded_below(random, 2))
		return corpus.input[corpus.count - 1 - seeded_below(random, newest)];
	return corpus.input[seeded_below(random, corpus.count)];
}

static void copy(struct fuzz_input *to, const struct fuzz_input *from)
{
	to->size = from->size;
	memcpy(to->data, from->data, from->size);
}

static void try_input(fuzz_target *target, const char *folder, struct fuzz_shared *shared)
{
	char path[600];

	fuzz_one(target, shared);
	if (!blocks_new(&shared->blocks))
		return;
	keep(&shared->input);
	shared->kept++;
	watchdog_feed();	/* a disk that others keep busy takes long: that is not the input's time */
	fuzz_write(folder, "", &shared->input, path, sizeof(path));
}

/*
 * A number of it was compared with another: what becomes of it if it is that one?  And of what came of it, so that what is
 * behind a length and a checksum is reached.  The comparisons must be its own.
 */
static void try_comparisons(fuzz_target *target, const char *folder, uint64_t *random, struct fuzz_shared *shared)
{
	copy(&shared->input, choose(random));
	for (int i = 0; i < COMPARISONS; i++) {
		blocks_compare_anew();
		try_input(target, folder, shared);
		mutate_compared(&shared->input, random);
	}
}

void fuzz_loop(fuzz_target *target, const char *folder, uint64_t seconds, uint64_t seed, struct fuzz_shared *shared)
{
	uint64_t end = now_nsec() + seconds * NSEC_PER_SEC, random = seed;

	blocks_begin();
	shared->input.size = 0;
	fuzz_one(target, shared);
	blocks_new(&shared->blocks);
	keep(&shared->input);
	run_files(target, folder, shared);
	shared->looking = true;
	for (uint64_t n = 1; n % LOOKS || now_nsec() < end; n++) {
		if (n % COMPARISONS == 0)
			try_comparisons(target, folder, &random, shared);
		copy(&shared->input, choose(&random));
		mutate(&shared->input, choose(&random), &random);
		try_input(target, folder, shared);
	}
}
