/* SPDX-License-Identifier: Apache-2.0 */
#include "testfile.h"

#include <string.h>

#include "buildflags.h"
#include "buildtree.h"
#include "file.h"
#include "identity.h"
#include "ninjafile.h"
#include "testflags.h"
#include "testinput.h"

/* What a service gets at least that stands beside the one under test: its whole manifest is its folder's name. */
enum { BESIDE_STACK = 4096, BESIDE_HEAP = 4096 };

/* Everything that is needed to write the file. */
struct writing {
	const struct testfile *file;
	struct arena *arena;
	struct text text;
	struct list sources;		/* of the service under test */
	struct testinput input;
	struct list libraries;		/* files that services are linked with */
};

const char *testfile_object(const char *source, struct arena *a)
{
	return arena_printf(a, "out/test/obj/%s.o", source);
}

static const char *object_of(const struct writing *w, const char *source)
{
	return testfile_object(source, w->arena);
}

static char *prelink_path(const struct writing *w)
{
	return sdk_path(w->file->build.sdk, w->arena, "hostsim/ms-prelink");
}

static void put_path(struct writing *w, const char *path)
{
	ninja_path(&w->text, w->arena, path);
}

static void put_words(struct writing *w, const char *name, const struct list *words)
{
	ninja_words(&w->text, w->arena, false, name, words);
}

static void put_rules(struct writing *w)
{
	static const char compile[] =
		"rule cc-%s\n"
		"  command = LC_ALL=C PWD=/proc/self/cwd %s $%s-flags -MD -MF $out.d -c $in -o $out%s\n"
		"  description = compile $in for the PC\n"
		"  depfile = $out.d\n"
		"  deps = gcc\n";
	const char *cc = w->file->build.compiler.name;

	text_add(&w->text, w->arena, compile, "service", cc, "service", "");
	text_add(&w->text, w->arena, compile, "own", cc, "own", "");
	text_add(&w->text, w->arena, compile, "client", cc, "own", " && objcopy --weaken $out");
	text_add(&w->text, w->arena, compile, "test", cc, "test", "");
	text_add(&w->text, w->arena,
		 "rule close\n"
		 "  command = LC_ALL=C $prelink $facts $names $close-flags -o $out $in\n"
		 "  description = close $out\n"
		 "rule link\n"
		 "  command = LC_ALL=C %s $link-flags $in $services $link-libraries -o $out\n"
		 "  description = link $out\n", cc);
}

static int put_common(struct writing *w, struct err *e)
{
	struct list service = { 0 }, own = { 0 }, test = { 0 }, close = { 0 }, link = { 0 }, libraries = { 0 }, prelink = { 0 };
	struct arena *a = w->arena;

	int rc = testflags_service(w->file, a, &service, e);
	if (rc >= 0)
		rc = testflags_own(w->file, a, &own, e);
	if (rc >= 0)
		rc = testflags_prelink(w->file, a, &close, &w->libraries, e);
	if (rc < 0)
		return rc;

	testflags_test(w->file, &w->sources, a, &test);
	testflags_link(w->file, a, &link);
	testflags_libraries(w->file, a, &libraries);
	list_push(&prelink, a, prelink_path(w));
	text_add(&w->text, a, "# Made by 'ms test' from ms.yaml and the files of tests/, and made again when those change.\n"
		 "ninja_required_version = 1.10\n"
		 "builddir = out/test\n");
	put_words(w, "prelink", &prelink);
	put_words(w, "service-flags", &service);
	put_words(w, "own-flags", &own);
	struct list service_cxx = buildflags_cxx(&service, a), own_cxx = buildflags_cxx(&own, a);
	put_words(w, "service-cxx", &service_cxx);
	put_words(w, "own-cxx", &own_cxx);
	put_words(w, "test-flags", &test);
	put_words(w, "close-flags", &close);
	put_words(w, "link-flags", &link);
	put_words(w, "link-libraries", &libraries);
	put_rules(w);
	return MS_OK;
}

static void put_objects(struct writing *w, const char *kind, const struct list *sources)
{
	for (size_t i = 0; i < sources->count; i++) {
		text_add(&w->text, w->arena, "build");
		put_path(w, object_of(w, sources->at[i]));
		text_add(&w->text, w->arena, ": cc-%s", interface_is_client(w->file->build.project, sources->at[i], w->arena) ? "client" : kind);
		put_path(w, sources->at[i]);
		text_add(&w->text, w->arena, " | out/test/compiler " BUILDTREE_PATH);
		put_path(w, sdk_path(w->file->build.sdk, w->arena, "targets/sim/local.h"));
		text_add(&w->text, w->arena, "\n");
		if (buildflags_is_cxx(sources->at[i]))
			text_add(&w->text, w->arena, "  %s-flags = $%s-cxx\n", kind, kind);
	}
}

static const char *beside_source_object(const struct writing *w, const struct beside *b, const char *source)
{
	return arena_printf(w->arena, "out/test/services/%s/%s.o", b->name, source);
}

/* One service, closed: `tests` are the objects whose names for it stay visible. */
static void put_service(struct writing *w, const char *object, const struct list *objects, const struct list *tests,
			const struct list *facts)
{
	struct list names = { 0 };

	text_add(&w->text, w->arena, "build");
	put_path(w, object);
	text_add(&w->text, w->arena, " |");
	put_path(w, arena_printf(w->arena, "%s.link", object));
	text_add(&w->text, w->arena, ": close");
	for (size_t i = 0; i < objects->count; i++)
		put_path(w, objects->at[i]);
	text_add(&w->text, w->arena, " |");
	put_path(w, prelink_path(w));
	for (size_t i = 0; i < tests->count; i++) {
		list_push(&names, w->arena, (void *)"--test");
		list_push(&names, w->arena, tests->at[i]);
		put_path(w, tests->at[i]);
	}
	for (size_t i = 0; i < w->libraries.count; i++)
		put_path(w, w->libraries.at[i]);
	text_add(&w->text, w->arena, "\n");
	ninja_words(&w->text, w->arena, true, "facts", facts);
	ninja_words(&w->text, w->arena, true, "names", &names);
}

static void push_number(struct writing *w, struct list *words, const char *option, uint32_t value)
{
	list_push(words, w->arena, (void *)option);
	list_push(words, w->arena, arena_printf(w->arena, "%u", value));
}

static void push_interfaces(struct writing *w, struct list *words, const char *option, const struct manifest_interface *list, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		list_push(words, w->arena, (void *)option);
		list_push(words, w->arena, arena_printf(w->arena, "0x%x,%u,%u", list[i].sid, list[i].version, list[i].flags));
	}
}

static void push_mapped(struct writing *w, struct list *words, const char *option, const struct manifest_mapped *list, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		list_push(words, w->arena, (void *)option);
		list_push(words, w->arena, arena_printf(w->arena, "%s,%u,%u", arena_string(w->arena, list[i].name), list[i].number, list[i].flags));
	}
}

/* What its manifest says of messages, devices and shared memory. */
static void push_manifest(struct writing *w, struct list *facts, const struct project *p)
{
	struct manifest *m = arena_new(w->arena, struct manifest);
	struct err ignored;

	interface_fill(p, m);
	push_mapped(w, facts, "--device", m->devices, m->device_count);
	push_mapped(w, facts, "--shared", m->shared, m->shared_count);
	if (!m->provide_count && !m->call_count)
		return;
	if (identity_set(m, p->vendor, p->name, p->version_text, w->arena, &ignored) >= 0)
		push_number(w, facts, "--id", interface_service_id(m->component));
	push_interfaces(w, facts, "--provides", m->provides, m->provide_count);
	push_interfaces(w, facts, "--calls", m->calls, m->call_count);
}

static struct list facts_of(struct writing *w, const char *name, uint32_t slot, uint32_t stack, uint32_t heap)
{
	struct list facts = { 0 };

	list_push(&facts, w->arena, (void *)"--name");
	list_push(&facts, w->arena, (void *)name);
	push_number(w, &facts, "--slot", slot);
	push_number(w, &facts, "--stack", stack);
	push_number(w, &facts, "--heap", heap);
	return facts;
}

/* The flags of a project beside, whose folders are seen from here. */
static int beside_flags(struct writing *w, const struct beside *b, struct list *words, struct err *e)
{
	struct testfile file = *w->file;
	struct project seen = *b->project;
	struct arena *a = w->arena;
	const char **folders = arena_array(a, const char *, seen.include_dirs.count + 1);

	for (uint32_t i = 0; i < seen.include_dirs.count; i++)
		folders[i] = path_join(a, b->folder, seen.include_dirs.at[i]);
	folders[seen.include_dirs.count] = testinput_generated(b, a);
	seen.include_dirs = (struct texts){ folders, seen.include_dirs.count + 1 };
	seen.provide_count = seen.call_count = seen.notifies.count = 0;
	seen.psa_manifest = NULL;
	file.build.project = &seen;
	return testflags_service(&file, a, words, e);
}

/* A source as seen from here; what ms made of its manifest lies in our own out/. */
static const char *source_beside(const struct writing *w, const struct beside *b, const char *source)
{
	if (!strncmp(source, INTERFACE_FOLDER "/", strlen(INTERFACE_FOLDER "/")))
		return path_join(w->arena, testinput_generated(b, w->arena), source + strlen(INTERFACE_FOLDER "/"));
	return path_join(w->arena, b->folder, source);
}

static int put_beside_project(struct writing *w, struct beside *b, struct err *e)
{
	struct list flags = { 0 };
	int rc = beside_flags(w, b, &flags, e);

	if (rc < 0)
		return rc;
	struct list cxx = buildflags_cxx(&flags, w->arena);
	for (size_t i = 0; i < b->sources.count; i++) {
		text_add(&w->text, w->arena, "build");
		put_path(w, beside_source_object(w, b, b->sources.at[i]));
		text_add(&w->text, w->arena, ": cc-service");
		put_path(w, source_beside(w, b, b->sources.at[i]));
		text_add(&w->text, w->arena, " | out/test/compiler " BUILDTREE_PATH);
		put_path(w, sdk_path(w->file->build.sdk, w->arena, "targets/sim/local.h"));
		text_add(&w->text, w->arena, "\n");
		ninja_words(&w->text, w->arena, true, "service-flags", buildflags_is_cxx(b->sources.at[i]) ? &cxx : &flags);
	}
	return MS_OK;
}

static const char *beside_object(const struct writing *w, const struct beside *b)
{
	return arena_printf(w->arena, "out/test/services/%s.o", b->name);
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Its own manifest's, or at least as much as the service under test has. */
static struct list beside_facts(struct writing *w, const struct beside *b, uint32_t slot)
{
	const struct project *own = b->project, *p = w->file->build.project;

	if (own)
		return facts_of(w, b->name, slot, own->stack_size, own->heap_size);
	return facts_of(w, b->name, slot, larger(BESIDE_STACK, p->stack_size), larger(BESIDE_HEAP, p->heap_size));
}

static int put_beside(struct writing *w, struct err *e)
{
	static const struct list no_tests;
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < w->input.beside.count; i++) {
		struct beside *b = w->input.beside.at[i];
		const struct project *p = b->project;
		struct list facts = beside_facts(w, b, (uint32_t)i + 1);
		struct list objects = { 0 };

		if (p)
			push_manifest(w, &facts, p);
		if (p)
			rc = put_beside_project(w, b, e);
		else
			put_objects(w, "service", &b->sources);
		for (size_t k = 0; k < b->sources.count; k++)
			list_push(&objects, w->arena, (void *)(p ? beside_source_object(w, b, b->sources.at[k]) : object_of(w, b->sources.at[k])));
		put_service(w, beside_object(w, b), &objects, &no_tests, &facts);
	}
	return rc;
}

static void add_service(struct writing *w, struct list *services, struct list *files, const char *object)
{
	list_push(services, w->arena, arena_printf(w->arena, "@%s.link", object));
	list_push(files, w->arena, (void *)object);
}

static void put_program(struct writing *w, const struct test_program *t)
{
	const struct project *p = w->file->build.project;
	const char *closed = arena_printf(w->arena, "%s.service.o", t->path);
	struct list facts = facts_of(w, p->name, 0, p->stack_size, p->heap_size);

	push_manifest(w, &facts, p);
	struct list objects = { 0 }, services = { 0 }, files = { 0 }, source = { 0 }, own = { 0 };

	list_push(&source, w->arena, (void *)t->source);
	put_objects(w, "test", &source);
	list_push(&objects, w->arena, (void *)object_of(w, t->source));
	for (size_t i = 0; i < w->input.helpers.count; i++)
		list_push(&objects, w->arena, (void *)object_of(w, w->input.helpers.at[i]));
	for (size_t i = 0; i < w->sources.count; i++)
		list_push(&own, w->arena, (void *)object_of(w, w->sources.at[i]));
	put_service(w, closed, &own, &objects, &facts);
	if (t->fuzzed)
		list_push(&objects, w->arena, sdk_path(w->file->build.sdk, w->arena, "hostsim/ms-fuzz.o"));

	add_service(w, &services, &files, closed);
	for (size_t i = 0; i < w->input.beside.count; i++)
		add_service(w, &services, &files, beside_object(w, w->input.beside.at[i]));
	text_add(&w->text, w->arena, "build");
	put_path(w, t->path);
	text_add(&w->text, w->arena, ": link");
	for (size_t i = 0; i < objects.count; i++)
		put_path(w, objects.at[i]);
	text_add(&w->text, w->arena, " |");
	for (size_t i = 0; i < files.count; i++)
		put_path(w, files.at[i]);
	put_path(w, sdk_path(w->file->build.sdk, w->arena, "hostsim/ms-sim.o"));
	text_add(&w->text, w->arena, "\n");
	ninja_words(&w->text, w->arena, true, "services", &services);
}

/* What is written for a device's processor does not run on this one; what is the tests' is not the service's. */
static int check_sources(const struct list *sources, struct err *e)
{
	for (size_t i = 0; i < sources->count; i++) {
		const char *source = sources->at[i], *dot = strrchr(source, '.');

		if (!strncmp(source, "tests/", 6) && !strchr(source + 6, '/')) {
			err_set(e, ERR_TEST_IN_SERVICE, "'%s' is a source of the service, but what lies in tests/ belongs to the tests", source);
			err_fix(e, "move it, and name its new place in 'sources' of ms.yaml");
			return err_at(e, source, 0, 0);
		}
		if (!strcmp(dot, ".c") || buildflags_is_cxx(source))
			continue;
		err_set(e, ERR_ASSEMBLY, "'%s' is assembly, which tests on this computer cannot run", source);
		err_fix(e, "test what is in C as a project of its own, or write this in C");
		return err_at(e, source, 0, 0);
	}
	return MS_OK;
}

int testfile_write(const struct testfile *t, const struct list *programs, struct arena *a, struct err *e)
{
	struct writing w = { .file = t, .arena = a };
	const char *path = path_join(a, t->build.project->root, TESTFILE_PATH);

	int rc = buildfile_sources(t->build.project, a, &w.sources, e);
	if (rc >= 0)
		rc = interface_headers(t->build.project, path_join(a, t->build.project->root, INTERFACE_FOLDER), a, e);
	if (rc >= 0)
		rc = check_sources(&w.sources, e);
	if (rc >= 0)
		rc = testinput_find(t->build.project, t->sdk_version, a, &w.input, e);
	if (rc >= 0)
		rc = put_common(&w, e);
	if (rc < 0)
		return rc;

	put_objects(&w, "own", &w.sources);
	put_objects(&w, "test", &w.input.helpers);
	rc = put_beside(&w, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < programs->count; i++)
		put_program(&w, programs->at[i]);
	return file_update(path, (struct bytes){ (const uint8_t *)w.text.at, w.text.size }, 0644, a, NULL, e);
}
