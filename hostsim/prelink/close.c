/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agree.h"
#include "file.h"
#include "object.h"
#include "process.h"
#include "simlayout.h"

static bool starts_with(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* What a service may leave undefined: the gate, and what the compiler's instrumentation calls. */
static bool is_open(const char *name)
{
	static const char *const instrumentation[] = {
		"__asan_", "__ubsan_", "__sanitizer_", "__lsan_", "__tsan_", "__gcov_", "__llvm_profile_",
	};

	if (!strcmp(name, "ms_gate") || !strcmp(name, "_GLOBAL_OFFSET_TABLE_"))
		return true;
	for (size_t i = 0; i < sizeof(instrumentation) / sizeof(*instrumentation); i++)
		if (starts_with(name, instrumentation[i]))
			return true;
	return false;
}

static int read_all(const struct list *paths, struct arena *a, struct list *symbols, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; i < paths->count && rc == MS_OK; i++)
		rc = object_symbols(paths->at[i], a, symbols, e);
	return rc;
}

/* In the program a name that the tests use is the service's for everybody: it must not be one that the simulation takes from the host. */
static int check_kept(const struct job *j, struct arena *a, struct err *e)
{
	struct list needed = { 0 };
	int rc = j->simulation ? object_symbols(j->simulation, a, &needed, e) : MS_OK;

	for (size_t i = 0; rc == MS_OK && i < needed.count; i++) {
		const struct object_symbol *s = needed.at[i];

		for (size_t k = 0; k < j->kept.count && rc == MS_OK && !s->defined; k++)
			if (!strcmp(s->name, j->kept.at[k]))
				rc = err_set(e, ERR_NAME_OF_HOST, "error: a test names '%s' of the service, which is a function of the host, too; rename it", s->name);
	}
	return rc;
}

/* A name of the library's, which the PC has as well: tests say which they mean (hostsim/agree). */
static const char device_prefix[] = "ms_lent_";

/*
 * What the tests leave undefined and the author's objects define, and what both define where the author's is weak: the test's
 * takes its place, as a mock does.  main is each program's own.
 */
static int choose_kept(struct job *j, struct arena *a, struct err *e)
{
	struct list service = { 0 }, tests = { 0 };
	int rc = read_all(&j->objects, a, &service, e);

	if (rc == MS_OK)
		rc = read_all(&j->tests, a, &tests, e);
	for (size_t i = 0; rc == MS_OK && i < tests.count; i++) {
		struct object_symbol *s = tests.at[i];

		if (s->defined ? s->weak || !object_weakly(&service, s->name) : !strcmp(s->name, "main"))
			continue;
		if (starts_with(s->name, device_prefix))
			list_push(&j->lent, a, (void *)(s->name + strlen(device_prefix)));
		else if (object_defines(&service, s->name))
			list_push(&j->kept, a, (void *)s->name);
	}
	return rc == MS_OK ? check_kept(j, a, e) : rc;
}

/* Run a tool; its words go to stderr when it fails. */
static int run(const struct list *words, struct arena *a, struct err *e)
{
	struct process_result r;
	int rc = process_run((const char *const *)words->at, NULL, a, &r, e);

	if (rc < 0)
		return rc;
	if (r.status == 0)
		return MS_OK;
	fwrite(r.out.at, 1, r.out.size, stderr);
	fwrite(r.err.at, 1, r.err.size, stderr);
	return err_set(e, ERR_CANNOT_MAKE, "%s failed", (const char *)words->at[0]);
}

static void push(struct list *words, struct arena *a, const char *word)
{
	list_push(words, a, (void *)word);
}

static void push_all(struct list *words, struct arena *a, const struct list *more)
{
	for (size_t i = 0; i < more->count; i++)
		list_push(words, a, more->at[i]);
}

static void push_wraps(struct list *words, struct arena *a)
{
#define WRAPPED(name) push(words, a, "-Wl,--wrap=" #name);
#include "wrapped_heap.def"
#include "wrapped_string.def"
#undef WRAPPED
}

static int link_together(const struct job *j, struct arena *a, struct err *e)
{
	const char *script = arena_printf(a, "%s.ld", j->out);
	const char *text = script_text(&j->script, a);
	struct list words = { 0 };
	int rc = file_replace(script, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0666, a, e);

	if (rc < 0)
		return rc;
	push(&words, a, "gcc");		/* it knows where its libgcc is, whose functions a device has, too */
	push(&words, a, "-r");
	push(&words, a, "-nostdlib");
	push(&words, a, "-T");
	push(&words, a, script);
	push_wraps(&words, a);
	for (size_t i = 0; i < j->lent.count; i++)
		push(&words, a, arena_printf(a, "-Wl,--undefined=%s", (const char *)j->lent.at[i]));
	push(&words, a, "-o");
	push(&words, a, j->out);
	push_all(&words, a, &j->objects);
	push(&words, a, "-Wl,--whole-archive");
	push_all(&words, a, &j->whole);
	push(&words, a, "-Wl,--no-whole-archive");
	push(&words, a, "-Wl,--start-group");
	push_all(&words, a, &j->libraries);
	push(&words, a, "-lgcc");
	push(&words, a, "-Wl,--end-group");
	push(&words, a, NULL);
	return run(&words, a, e);
}

/* In the words of a linker: for an author it is the same failure as in `ms build`. */
static void say_undefined(const struct job *j, const char *name, struct arena *a)
{
	struct object_reference r;

	object_reference(j->out, name, a, &r);
	if (r.file && !file_exists(r.file))	/* a library's: no place that an author could mend */
		r = (struct object_reference){ 0 };
	if (r.function)
		fprintf(stderr, "%s: in function `%s':\n", j->script.name, r.function);
	if (r.file)
		fprintf(stderr, "%s:%d: ", r.file, r.line);
	fprintf(stderr, "undefined reference to `%s'\n", name);
}

/* Each symbol that is undefined, against the rule above.  A weak one must not find a host's by chance: *absent gets it. */
static int check_closed(const struct job *j, struct list *absent, struct arena *a, struct err *e)
{
	struct list symbols = { 0 };
	int rc = object_symbols(j->out, a, &symbols, e);
	uint32_t wrong = 0;

	for (size_t i = 0; rc == MS_OK && i < symbols.count; i++) {
		struct object_symbol *s = symbols.at[i];

		if (s->thread_local_data) {
			fprintf(stderr, "error: '%s' is thread-local data of the host's kind; was its object compiled by 'ms test'?\n", s->name);
			wrong++;
		} else if (!s->defined && !is_open(s->name)) {
			if (s->weak)
				list_push(absent, a, (void *)s->name);
			else
				say_undefined(j, s->name, a), wrong++;
		}
	}
	if (rc == MS_OK && wrong)
		rc = err_set(e, ERR_NOT_ON_DEVICE, "'%s' uses what no device has", j->script.name);
	return rc;
}

static void push_renamed(struct list *words, struct arena *a, const char *name, const char *prefix)
{
	push(words, a, arena_printf(a, "--redefine-sym=%s=%s%s", name, prefix, name));
}

static int close_symbols(const struct job *j, const struct list *absent, struct arena *a, struct err *e)
{
	const char *path = arena_printf(a, "%s.keep", j->out);
	struct list words = { 0 };
	struct text keep = { 0 };

	text_add(&keep, a, "ms_no_such_symbol\n");	/* objcopy takes an empty list for all */
	for (size_t i = 0; i < j->kept.count; i++)
		text_add(&keep, a, "%s\n", (const char *)j->kept.at[i]);
	for (size_t i = 0; i < j->lent.count; i++)
		text_add(&keep, a, "%s%s\n", device_prefix, (const char *)j->lent.at[i]);

	int rc = file_replace(path, (struct bytes){ (const uint8_t *)keep.at, keep.size }, 0666, a, e);

	if (rc < 0)
		return rc;
	push(&words, a, "objcopy");
	push(&words, a, arena_printf(a, "--keep-global-symbols=%s", path));
	for (size_t i = 0; i < absent->count; i++)
		push_renamed(&words, a, absent->at[i], "__ms_absent_");
	for (size_t i = 0; i < j->lent.count; i++)
		push_renamed(&words, a, j->lent.at[i], device_prefix);
	push(&words, a, j->out);
	push(&words, a, NULL);
	return run(&words, a, e);
}

/* What the program's link needs to be told: the object, and where its memory and the kernel's lie. */
static int write_link_words(const struct job *j, struct arena *a, struct err *e)
{
	unsigned data = LAYOUT_FIRST + j->slot * LAYOUT_SLOT + LAYOUT_DATA;
	const char *text = arena_printf(a, "\"%s\"\n-Wl,--section-start=ms_ram_%s=0x%x,--section-start=ms_kernel=0x%x\n",
					j->out, j->script.tag, data, LAYOUT_KERNEL);

	return file_replace(arena_printf(a, "%s.link", j->out), (struct bytes){ (const uint8_t *)text, strlen(text) }, 0666, a, e);
}

int close_service(struct job *j, struct arena *a, struct err *e)
{
	struct list absent = { 0 };
	int rc = agree_check(&j->objects, &j->tests, a, e);

	if (rc == MS_OK)
		rc = choose_kept(j, a, e);
	if (rc == MS_OK)
		rc = link_together(j, a, e);
	if (rc == MS_OK)
		rc = check_closed(j, &absent, a, e);
	if (rc == MS_OK)
		rc = close_symbols(j, &absent, a, e);
	if (rc == MS_OK)
		rc = write_link_words(j, a, e);
	if (rc < 0)
		unlink(j->out);
	return rc;
}
