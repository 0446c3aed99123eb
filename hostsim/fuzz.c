/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "child.h"
#include "panic.h"
#include "supervise.h"
#include "tell.h"

#define CRASH "crash-"

enum { TICK_USEC = 500000, TESTS_MAX = 1000, PATH_SIZE = 600, SHRINK_RUNS = 60 };

static struct {
	fuzz_target *target;
	const char *name;		/* "fuzz_frame" */
	char folder[PATH_SIZE];		/* tests/corpus/frame */
	const char *word;		/* of frames; NULL: nobody listens */
	uint64_t seconds, seed;
	struct fuzz_shared *shared;
} now;

/* cmocka's own name for it, which the linker leads to supervise.c. */
int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
			    CMFixtureFunction setup, CMFixtureFunction teardown);

static void run_path(const char *path)
{
	if (!fuzz_read(path, &now.shared->input))
		return;
	print_message("%s: %zu bytes\n", path, now.shared->input.size);
	fuzz_one(now.target, now.shared);
}

static void replay(void **state)
{
	run_path(*state);
}

static bool is_crash(const char *name)
{
	return !strncmp(name, CRASH, strlen(CRASH));
}

static int of_crashes(const struct dirent *d)
{
	return is_crash(d->d_name);
}

static int of_others(const struct dirent *d)
{
	return *d->d_name != '.' && !is_crash(d->d_name);
}

/* What a folder does not have is the empty input, which there always is. */
static void the_corpus(void **state)
{
	struct dirent **names;
	int count = scandir(now.folder, &names, of_others, alphasort);
	char path[PATH_SIZE + 256];

	(void)state;
	now.shared->input.size = 0;
	fuzz_one(now.target, now.shared);
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", now.folder, names[i]->d_name);
		free(names[i]);
		run_path(path);
	}
	if (count >= 0)
		free(names);
}

/* Names and paths live as long as the program. */
static size_t add_crashes(struct CMUnitTest *tests, size_t room)
{
	struct dirent **names;
	int found = scandir(now.folder, &names, of_crashes, alphasort);
	size_t count = 0;

	for (int i = 0; i < found && count < room; i++) {
		char *path;

		if (asprintf(&path, "%s/%s", now.folder, names[i]->d_name) < 0)
			panic("out of memory");
		tests[count++] = (struct CMUnitTest){ names[i]->d_name, replay, NULL, NULL, path };
	}
	return count;
}

static int run_inputs(void)
{
	__attribute__((section("ms_open"))) static struct CMUnitTest tests[TESTS_MAX + 1] = { { "corpus", the_corpus, NULL, NULL, NULL } };

	return _cmocka_run_group_tests(now.name, tests, 1 + add_crashes(tests + 1, TESTS_MAX), NULL, NULL);
}

static void loop(void **state)
{
	(void)state;
	fuzz_loop(now.target, now.folder, now.seconds, now.seed, now.shared);
}

static void once(void **state)
{
	(void)state;
	fuzz_one(now.target, now.shared);
}

/* Leave out pieces as long as it fails in the same way. */
static void shrink(struct supervise_attempt *a, enum test_verdict wanted)
{
	struct fuzz_input *in = &now.shared->input, best = *in;
	unsigned runs = 0;

	for (size_t size = best.size; size && runs < SHRINK_RUNS; size = size > 1 ? (size + 1) / 2 : 0) {
		for (size_t at = 0; at + size <= best.size && runs < SHRINK_RUNS; runs++) {
			in->size = best.size - size;
			memcpy(in->data, best.data, at);
			memcpy(in->data + at, best.data + at + size, best.size - at - size);
			if (supervise_attempt(a) == wanted)
				best = *in;
			else
				at += size;
		}
	}
	*in = best;
}

/* What was found has a file, by whose name plain `ms test` runs it.  What took too long does not do so again. */
static void tell_finding(const char *word, const struct supervise_attempt *found, enum test_verdict v)
{
	struct supervise_attempt a = *found;
	enum test_verdict last = v;
	uint64_t runs = now.shared->runs;
	char path[PATH_SIZE + 32];

	if (v != TEST_TIMED_OUT) {
		tell(word, "phase input %llu does not pass, and is made smaller", (unsigned long long)runs);
		a = (struct supervise_attempt){ .name = "once", .run = once };
		shrink(&a, v);
		last = supervise_attempt(&a);
	}
	fuzz_write(now.folder, CRASH, &now.shared->input, path, sizeof(path));
	a.name = strrchr(path, '/') + 1;
	supervise_tell(word, &a, last == v ? v : TEST_CRASHED, "input %llu, made smaller: %s, %zu bytes", (unsigned long long)runs, path, now.shared->input.size);
}

/* How far it has come, for who waits: the process that looks has no time for it. */
static void tick(void)
{
	static uint64_t begun, told;
	static bool looking;
	uint64_t usec = child_now_usec(), runs = now.shared->runs;

	begun = begun ? begun : usec;
	if (now.shared->looking && !looking) {
		looking = true;
		tell(now.word, "phase %llu files of %s have run, now new inputs for %llu s", (unsigned long long)now.shared->files, now.folder, (unsigned long long)now.seconds);
	}
	if (usec - told < TICK_USEC || usec == begun)
		return;
	told = usec;
	tell(now.word, "now %llu s of %llu, %llu inputs, %llu a second, %llu new, %llu places in the code", (unsigned long long)(usec - begun) / 1000000,
	     (unsigned long long)now.seconds, (unsigned long long)runs, (unsigned long long)(runs * 1000000 / (usec - begun)),
	     (unsigned long long)now.shared->kept, (unsigned long long)now.shared->blocks);
}

static int run_fuzzer(const char *word)
{
	struct supervise_attempt a = { .name = "fuzz", .run = loop, .tick = tick };
	enum test_verdict v;

	unsetenv(TESTFRAME_WORD);
	now.word = word;
	supervise_begin(word, now.name);
	v = supervise_attempt(&a);
	if (v == TEST_PASSED || v == TEST_SKIPPED)
		supervise_tell(word, &a, v, "%llu inputs, %llu a second; %llu new in %s; %llu places in the code", (unsigned long long)now.shared->runs,
			       (unsigned long long)(now.shared->runs / (now.seconds ? now.seconds : 1)), (unsigned long long)now.shared->kept, now.folder,
			       (unsigned long long)now.shared->blocks);
	else
		tell_finding(word, &a, v);
	supervise_end(word);
	return 0;
}

/* What a fuzzer's process and its parent both see.  Those that run files, several at once, have one each. */
static struct fuzz_shared *take(int visible)
{
	void *got = mmap(NULL, sizeof(struct fuzz_shared), PROT_READ | PROT_WRITE, visible | MAP_ANONYMOUS, -1, 0);

	if (got == MAP_FAILED)
		panic_errno("cannot take memory for inputs");
	return got;
}

static uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

int ms_fuzz(const char *program, fuzz_target *target)
{
	const char *slash = strrchr(program, '/'), *word = getenv(TESTFRAME_WORD);

	now.target = target;
	now.name = slash ? slash + 1 : program;
	now.seconds = number_of(TESTFRAME_FUZZ, 0);
	now.seed = number_of(TESTFRAME_SEED, 1);
	snprintf(now.folder, sizeof(now.folder), "tests/corpus/%s", now.name + strcspn(now.name, "_") + 1);
	bool looks = now.seconds && word;

	now.shared = take(looks ? MAP_SHARED : MAP_PRIVATE);
	return looks ? run_fuzzer(strdup(word)) : run_inputs();
}
