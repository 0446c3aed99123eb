/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source packages: each change is refused before anything is unpacked, whether the attacker
 * has no key, another key, or the developer's; and what is built elsewhere becomes the developer's package.
 */
#include "package_fixture.h"

#include <sys/stat.h>

#include "archive_restore.h"
#include "forged.h"
#include "ignore.h"
#include "outline.h"
#include "source_archive.h"
#include "two_keys.h"

static struct arena arena;

static void add_file(struct list *files, const char *path, const char *text)
{
	struct source_tree_file *f = arena_new(&arena, struct source_tree_file);

	*f = (struct source_tree_file){ path, { (const uint8_t *)text, strlen(text) } };
	list_push(files, &arena, f);
}

static struct bytes package_of(const struct key *k, const char *elf)
{
	return fixture_package("1.0.0", elf, k, &arena);
}

static struct bytes source_of(struct bytes package, const struct key *k)
{
	struct list files = { 0 };
	struct bytes out;
	struct err e = { 0 };

	add_file(&files, "ms.yaml", "name: hello\n");
	add_file(&files, "src/main.c", "int main(void) { return 0; }\n");
	if (source_build(package, &files, k, &arena, &out, &e) < 0)
		fail_msg("%s", e.text);
	return out;
}

static int verified(struct bytes source, const struct key *by, struct source_report *r, struct err *e)
{
	struct belief b;
	struct believer trust = believing(&b, by);

	memset(e, 0, sizeof(*e));
	return source_verify(source, "x.msp", &trust, &arena, r, e);
}

static void no_source(struct bytes source, const char *sentence)
{
	struct source_report r;
	struct err e;

	int rc = verified(source, key, &r, &e);
	if (rc != -MS_ESIGNATURE || !strstr(e.text, sentence))
		fail_msg("expected '%s', got %d: %s", sentence, rc, e.text);
	assert_null(r.signer);
	assert_string_equal(e.id, "MS1617");
}

static void refused(struct bytes source, const char *sentence)
{
	forged_keep(source.at, source.size, sentence);
	no_source(source, sentence);
}

static void what_was_made_is_believed(void **state)
{
	(void)state;
	struct bytes package = package_of(key, "hello.elf"), source = source_of(package, key);
	struct source_report r;
	struct err e;
	uint8_t hash[32];

	if (verified(source, key, &r, &e) < 0)
		fail_msg("%s", e.text);
	sha256(package, hash);
	assert_memory_equal(hash, r.source->sha256, 32);
	assert_int_equal(r.files.count, 2);
	assert_string_equal(((struct source_tree_file *)r.files.at[1])->path, "src/main.c");
	assert_true(source_is(source) && !source_is(package));
}

/* By no byte can it be another: not one bit of it may be flipped, and it cannot be cut. */
static void each_change_of_a_source_package_is_refused(void **state)
{
	(void)state;
	struct bytes source = source_of(package_of(key, "hello.elf"), key);
	struct arena trial = { 0 };
	struct belief b;
	struct believer trust = believing(&b, key);
	uint8_t *copy = sample_copy(source, &arena);

	for (size_t i = 0; i < source.size; i += 3) {
		struct source_report *r = arena_new(&trial, struct source_report);
		struct err e = { 0 };

		copy[i] ^= (uint8_t)(1u << i % 8);
		int rc = source_verify((struct bytes){ copy, source.size }, "x.msp", &trust, &trial, r, &e);
		if (rc != -MS_ESIGNATURE)
			fail_msg("byte %zu: %d %s", i, rc, e.text);
		copy[i] = source.at[i];
		arena_done(&trial);
	}
	for (size_t size = 0; size < source.size; size += 101) {
		struct source_report *r = arena_new(&trial, struct source_report);
		struct err e = { 0 };

		assert_int_equal(source_verify(bytes_part(source, 0, size), "x.msp", &trust, &trial, r, &e), -MS_ESIGNATURE);
		arena_done(&trial);
	}
}

static void another_key_signs_nothing(void **state)
{
	(void)state;
	refused(source_of(package_of(other, "hello.elf"), other), "no key that signed it is trusted here");
}

/* A source package taken apart, so that it can be signed again by who holds the developer's key. */
struct forged { struct source_manifest m; struct list files; uint64_t epoch; };

static void open_forged(struct forged *f, struct bytes source)
{
	struct source_report r;
	struct err e;

	if (verified(source, key, &r, &e) < 0)
		fail_msg("%s", e.text);
	*f = (struct forged){ *r.source, r.files, r.manifest->source_epoch };
}

static struct bytes name_of(const char *name)
{
	return (struct bytes){ (const uint8_t *)name, strlen(name) };
}

static struct bytes close_forged(struct forged *f, const struct key *k)
{
	struct writer manifest = { .at = arena_take(&arena, 1 << 20), .size = 1 << 20 }, w = { .at = arena_take(&arena, 1 << 20), .size = 1 << 20 };
	uint8_t block[COSE_BLOCK_SIZE];
	struct err e = { 0 };

	source_manifest_encode(&f->m, &manifest);
	assert_int_equal(key_sign(k, COSE_KIND_SOURCE, writer_bytes(&manifest), block, &e), MS_OK);
	package_put(&w, name_of(PACKAGE_SOURCE_MANIFEST), writer_bytes(&manifest), f->epoch);
	package_put(&w, name_of(arena_printf(&arena, "META/sig/%s.cose", key_kid_text(key_public_of(k)->kid, &arena))), BYTES_OF(block), f->epoch);
	for (size_t i = 0; i < f->files.count; i++) {
		const struct source_tree_file *one = f->files.at[i];

		package_put(&w, name_of(arena_printf(&arena, "source/%s", one->path)), one->content, f->epoch);
	}
	package_end(&w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

static struct forged fresh(void)
{
	struct forged *f = arena_new(&arena, struct forged);

	open_forged(f, source_of(package_of(key, "hello.elf"), key));
	return *f;
}

/* Signed by the developer's key, and about a package that somebody else signed, or about none. */
static void a_promise_of_anothers_package_is_refused(void **state)
{
	(void)state;
	static uint8_t zeros[COSE_BLOCK_SIZE];
	struct forged f = fresh(), *stranger = arena_new(&arena, struct forged);
	struct source_report r;
	struct err e;
	struct bytes theirs = source_of(package_of(other, "hello.elf"), other);
	struct belief b;
	struct believer trust = believing(&b, other);

	assert_int_equal(source_verify(theirs, "x.msp", &trust, &arena, &r, &e), MS_OK);
	*stranger = (struct forged){ *r.source, r.files, r.manifest->source_epoch };
	refused(close_forged(stranger, key), "was not signed by the key that signed the sources");
	f.m.signatures[0] = zeros;
	refused(close_forged(&f, key), "was not signed by the key that signed the sources");
	f = fresh();
	f.m.image_signature[0] = zeros;
	refused(close_forged(&f, key), "a signature for an executable is none");
	f = fresh();
	f.m.package = BYTES_LITERAL("\xa1\x01\x01");
	refused(close_forged(&f, key), "the manifest of the package that it gives is not what");
	f = fresh();
	f.m.target_count = 2;
	f.m.image_signature[1] = f.m.image_signature[0];
	f.m.outline_end[1] = f.m.outline_end[0];
	refused(close_forged(&f, key), "it has signatures for other targets");
	f = fresh();
	f.epoch++;
	refused(close_forged(&f, key), "of different times");
}

static void files_are_those_of_its_manifest(void **state)
{
	(void)state;
	struct forged f = fresh();

	f.files.count--;
	refused(close_forged(&f, key), "are missing");
	f = fresh();
	add_file(&f.files, "src/more.c", "int more;\n");
	refused(close_forged(&f, key), "is not what its manifest lists there");
	f = fresh();
	((struct source_tree_file *)f.files.at[1])->content = BYTES_LITERAL("int main(void) { return 1; }\n");
	refused(close_forged(&f, key), "was changed");
	f = fresh();
	((struct source_tree_file *)f.files.at[1])->content = BYTES_LITERAL("int main(void) { return 1; }");
	refused(close_forged(&f, key), "was changed");
	f = fresh();
	f.m.files[1].path = BYTES_LITERAL("source/../../etc/passwd");
	refused(close_forged(&f, key), "its manifest is not what docs/formats.md says");
}

static void a_key_of_one_vendor_gives_no_source_of_another(void **state)
{
	(void)state;
	struct belief b = { .keys = { key }, .vendor = { "beta.example" }, .count = 1 };
	struct believer trust = { belief_find, &b };
	struct source_report r;
	struct err e = { 0 };

	assert_int_equal(source_verify(source_of(package_of(key, "hello.elf"), key), "x.msp", &trust, &arena, &r, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "trusted for services of 'beta.example' only"));
}

/* Where a package is read, a source package is none, and the other way round. */
static void none_is_taken_for_the_other(void **state)
{
	(void)state;
	struct bytes package = package_of(key, "hello.elf"), source = source_of(package, key);
	struct archive_report *report = arena_new(&arena, struct archive_report);
	struct belief b;
	struct believer trust = believing(&b, key);
	struct err e = { 0 };

	assert_int_equal(archive_verify(source, "x.msp", &trust, &arena, report, &e), -MS_EUSAGE);
	assert_string_equal(e.id, "MS1618");
	no_source(package, "it is a package, not a source package");
}

static uint32_t restored(struct bytes source, struct bytes rebuilt, struct bytes *package, struct list *differences)
{
	struct source_report r;
	struct err e;

	*differences = (struct list){ 0 };
	if (verified(source, key, &r, &e) < 0 || archive_restore(r.source, r.manifest, rebuilt, &arena, package, differences, &e) < 0)
		fail_msg("%s", e.text);
	return (uint32_t)differences->count;
}

/* Another person's build, by their key; the signatures come from the source package. */
static void anothers_build_becomes_the_developers_package(void **state)
{
	(void)state;
	struct bytes package = package_of(key, "hello.elf"), source = source_of(package, key), theirs = package_of(other, "hello.elf"), out;
	struct list differences;

	assert_false(bytes_equal(package, theirs));
	assert_int_equal(restored(source, theirs, &out, &differences), 0);
	assert_true(bytes_equal(package, out));
}

static void another_build_is_told_by_its_members(void **state)
{
	(void)state;
	struct bytes source = source_of(package_of(key, "hello.elf"), key), out;
	struct package_parts p;
	struct list differences;
	struct bytes theirs;
	struct err e = { 0 };

	fixture_parts(&p, "1.0.0", "hello.elf", other, &arena);
	p.header.content = BYTES_LITERAL("int hullo(void);\n");
	assert_int_equal(archive_build(&p.in, other, &arena, &theirs, &e), MS_OK);
	assert_int_equal(restored(source, theirs, &out, &differences), 1);
	assert_string_equal(differences.at[0], "include/hello.h: others of the same number of bytes");
	fixture_parts(&p, "1.0.0", "hello.elf", other, &arena);
	p.in.license_count = 0;
	assert_int_equal(archive_build(&p.in, other, &arena, &theirs, &e), MS_OK);
	assert_int_equal(restored(source, theirs, &out, &differences), 1);
	assert_string_equal(differences.at[0], "META/licenses/LICENSE: the package has it, what was rebuilt has not");
}

static void outlines_name_what_differs(void **state)
{
	(void)state;
	struct bytes elf = sample_file("hello.elf", &arena), plain;
	struct source_outline *one = arena_array(&arena, struct source_outline, SOURCE_OUTLINE_MAX), *two = arena_array(&arena, struct source_outline, SOURCE_OUTLINE_MAX);
	uint32_t one_count = 0, two_count = 0;
	struct list same = { 0 }, other_list = { 0 };
	struct err e = { 0 };

	assert_int_equal(archive_unsigned(elf, "hello.elf", &arena, &plain, &e), MS_OK);
	outline_make(plain, one, &one_count, SOURCE_OUTLINE_MAX, &arena);
	outline_make(plain, two, &two_count, SOURCE_OUTLINE_MAX, &arena);
	assert_true(one_count > 3 && one[0].is_section);
	outline_compare(one, one_count, two, two_count, &arena, &same);
	assert_int_equal(same.count, 0);
	uint32_t symbol = 0;

	while (two[symbol].is_section)
		symbol++;
	static const uint8_t digest[SOURCE_DIGEST_SIZE] = { 1 };
	two[symbol].digest = digest;
	two[symbol - 1].digest = digest;
	outline_compare(one, one_count, two, two_count, &arena, &other_list);
	assert_int_equal(other_list.count, 1);
	assert_non_null(strstr(other_list.at[0], arena_string(&arena, one[symbol].name)));
	assert_non_null(strstr(other_list.at[0], arena_string(&arena, one[symbol - 1].name)));
}

/* A folder that is the current one meanwhile. */
static char folder[] = "/tmp/ms-source.XXXXXX";

static int enter(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/ms-source.XXXXXX");
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static char *start;

static int leave(void **state)
{
	struct err e;

	(void)state;
	return chdir(start) || file_remove_tree(folder, &e) < 0 ? -1 : 0;
}

static void put(const char *path, const char *text)
{
	struct err e = { 0 };

	assert_int_equal(file_make_folders(path_folder(&arena, path), &arena, &e), MS_OK);
	assert_int_equal(file_replace(path, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, &arena, &e), MS_OK);
}

static const char *listed(void)
{
	struct list files = { 0 };
	struct text t = { 0 };
	struct err e = { 0 };

	if (source_tree_read(".", &arena, &files, &e) < 0)
		return arena_printf(&arena, "%s: %s", e.id, e.text);
	for (size_t i = 0; i < files.count; i++)
		text_add(&t, &arena, "%s%s", i ? " " : "", ((struct source_tree_file *)files.at[i])->path);
	return t.at ? t.at : "";
}

static void what_is_hidden_built_or_ignored_stays_out(void **state)
{
	(void)state;
	put("ms.yaml", "x");
	put("src/main.c", "x");
	put("src/out/kept.c", "x");
	put("out/v7em/hello.elf", "x");
	put(".git/config", "x");
	put("src/.swp", "x");
	put("deep/a/b/gen.c", "x");
	put("deep/gen.h", "x");
	put("logs/one.log", "x");
	put("logs/keep.log", "x");
	put("build/x.c", "x");
	put("tools/build", "x");
	put(".gitignore", "# what is made\n*.log\n!keep.log\n/build/\ndeep/**/gen.c\n\\#odd\n   \n");
	put("src/.gitignore", "old-*\n");
	put("src/old-main.c", "x");
	put("old-stays.c", "x");
	assert_string_equal(listed(), "deep/gen.h logs/keep.log ms.yaml old-stays.c src/main.c src/out/kept.c tools/build");
}

static void links_keys_and_odd_names_are_refused_by_name(void **state)
{
	(void)state;
	put("src/main.c", "x");
	assert_int_equal(symlink("main.c", "src/same.c"), 0);
	assert_string_equal(listed(), "src/main.c src/same.c");
	static const char *const to[] = { "/etc/passwd", "../../etc/hostname", "nowhere", ".." };

	for (size_t i = 0; i < sizeof(to) / sizeof(*to); i++) {
		assert_int_equal(symlink(to[i], "src/other.c"), 0);
		assert_int_equal(strncmp(listed(), "MS1614: 'src/other.c' is a link ", 32), 0);
		assert_int_equal(unlink("src/other.c"), 0);
	}
	put("src/key.c", "int x;\n-----BEGIN EC PRIVATE KEY-----\nabc\n");
	assert_string_equal(listed(), "MS1615: 'src/key.c' holds a private key, which would go to all who get the source");
	put("src/key.c", "const char *s = \"-----BEGIN EC PRIVATE KEY-----\";\n-----BEGIN PUBLIC KEY-----\n");
	assert_string_equal(listed(), "src/key.c src/main.c src/same.c");
	put("src/a b.c", "x");
	assert_int_equal(strncmp(listed(), "MS1616: a source package cannot hold 'src/a b.c'", 48), 0);
	put(".gitignore", "*\\ b.c\n");
	assert_string_equal(listed(), "src/key.c src/main.c src/same.c");
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(strncmp(listed(), "MS1616: a source package cannot hold 'pipe': it is no file", 58), 0);
}

static int begin(void **state)
{
	start = getcwd(NULL, 0);
	return make_keys(state);
}

static int end(void **state)
{
	free(start);
	arena_done(&arena);
	return close_keys(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_made_is_believed),
		cmocka_unit_test(each_change_of_a_source_package_is_refused),
		cmocka_unit_test(another_key_signs_nothing),
		cmocka_unit_test(a_promise_of_anothers_package_is_refused),
		cmocka_unit_test(files_are_those_of_its_manifest),
		cmocka_unit_test(a_key_of_one_vendor_gives_no_source_of_another),
		cmocka_unit_test(none_is_taken_for_the_other),
		cmocka_unit_test(anothers_build_becomes_the_developers_package),
		cmocka_unit_test(another_build_is_told_by_its_members),
		cmocka_unit_test(outlines_name_what_differs),
		cmocka_unit_test_setup_teardown(what_is_hidden_built_or_ignored_stays_out, enter, leave),
		cmocka_unit_test_setup_teardown(links_keys_and_odd_names_are_refused_by_name, enter, leave),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
