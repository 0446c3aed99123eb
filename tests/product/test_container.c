/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tricks of archives: headers that other tools understand and ours must not,
 * put into a sound package before its end.
 */
#include <stdio.h>

#include "package_fixture.h"

#include "forged.h"
#include "given.h"

static struct key *key;
static struct bytes sound;

/* A ustar header as any tool might write it. */
struct tar { const char *name; size_t name_size; char type; const char *size, *mode, *link, *prefix, *user; };

static void sum(uint8_t header[PACKAGE_BLOCK])
{
	unsigned total = 0;

	memset(header + 148, ' ', 8);
	for (int i = 0; i < PACKAGE_BLOCK; i++)
		total += header[i];
	snprintf((char *)header + 148, 8, "%06o", total);
	header[155] = ' ';
}

static void put_text(uint8_t *to, const char *text)
{
	if (text)
		memcpy(to, text, strlen(text));
}

static void make_header(const struct tar *t, uint8_t header[PACKAGE_BLOCK])
{
	/* Everything else is taken from a member that is all right. */
	memcpy(header, sound.at, PACKAGE_BLOCK);
	memset(header, 0, 100);
	memcpy(header, t->name, t->name_size ? t->name_size : strlen(t->name));
	put_text(header + 124, t->size ? t->size : "00000000001");
	header[156] = (uint8_t)(t->type ? t->type : '0');
	put_text(header + 100, t->mode);
	put_text(header + 157, t->link);
	put_text(header + 265, t->user);
	put_text(header + 345, t->prefix);
	sum(header);
}

/* Where the i-th member of the sound package begins, or where its end does. */
static size_t member_at(uint32_t i)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, sound);
	while (package_next(&it, &m))
		if (i-- == 0)
			return m.offset;
	return it.at;
}

static int verify(struct bytes package, struct err *e)
{
	struct belief b;
	struct believer trust = believing(&b, key);
	struct archive_report r;

	return archive_verify(package, "x.msp", &trust, &arena, &r, e);
}

static void refused(struct bytes package, const char *what)
{
	struct err e = { 0 };

	forged_keep(package.at, package.size, "");
	if (verify(package, &e) != -MS_ESIGNATURE)
		fail_msg("%s: %d %s", what, e.code, e.text);
}

/* With a block of header and one of content put in before the member at i. */
static struct bytes with_member(const struct tar *t, uint32_t i)
{
	uint8_t header[PACKAGE_BLOCK], content[PACKAGE_BLOCK] = "x";
	struct text out = { 0 };
	size_t at = member_at(i);

	make_header(t, header);
	text_add_bytes(&out, &arena, bytes_part(sound, 0, at));
	text_add_bytes(&out, &arena, BYTES_OF(header));
	if (!t->size || strcmp(t->size, "00000000000"))
		text_add_bytes(&out, &arena, BYTES_OF(content));
	text_add_bytes(&out, &arena, bytes_part(sound, at, sound.size));
	return (struct bytes){ (const uint8_t *)out.at, out.size };
}

/* 18: names and types that lead out of the archive. */
static void no_member_leads_anywhere_else(void **state)
{
	(void)state;
	static const struct tar tricks[] = {
		{ .name = "../x" }, { .name = "/x" }, { .name = "include//x.h" }, { .name = "include/./x.h" }, { .name = "include/../x.h" },
		{ .name = "include/x.h/" }, { .name = "" }, { .name = "include/x.h\0y", .name_size = 13 }, { .name = "include/\xd0\xb0.h" },
		{ .name = "include/HELLO.h" }, { .name = "include/hello.h" }, { .name = "x.h", .prefix = "include" },
		{ .name = "include/x.h", .type = '1', .link = "include/hello.h" }, { .name = "include/x.h", .type = '2', .link = "/etc/passwd" },
		{ .name = "include/x.h", .type = '3' }, { .name = "include/", .type = '5', .size = "00000000000" }, { .name = "include/x.h", .type = '6' },
		{ .name = "include/x.h", .type = '7' }, { .name = "include/x.h", .type = 'L' }, { .name = "include/x.h", .type = 'K' },
		{ .name = "include/x.h", .type = 'x' }, { .name = "include/x.h", .type = 'g' }, { .name = "include/x.h", .type = 'S' },
		{ .name = "include/x.h", .mode = "0000777" }, { .name = "include/x.h", .mode = "0004755" }, { .name = "include/x.h", .user = "root" },
		{ .name = "include/x.c" }, { .name = "src/x.h" }, { .name = "META/key.pem" }, { .name = "elf/v9.elf" }, { .name = "META/manifest.cbor" },
	};

	for (size_t i = 0; i < sizeof(tricks) / sizeof(tricks[0]); i++)
		for (uint32_t at = 0; at <= 6; at++)
			refused(with_member(&tricks[i], at), tricks[i].name);
}

/* The means of this test: without a trick the same way of putting together gives what is accepted. */
static void the_header_by_itself_is_no_reason(void **state)
{
	(void)state;
	uint8_t header[PACKAGE_BLOCK];
	struct tar t = { .name = "include/hello.h", .size = "00000000021" };
	struct err e = { 0 };
	size_t at = member_at(5);

	make_header(&t, header);
	assert_memory_equal(header, sound.at + at, PACKAGE_BLOCK);
	assert_int_equal(verify(sound, &e), MS_OK);
}

/* 19: sizes and counts that are not there. */
static void bombs_do_not_go_off(void **state)
{
	(void)state;
	static const struct tar bombs[] = {
		{ .name = "include/x.h", .size = "77777777777" }, { .name = "include/x.h", .size = "00004000001" }, { .name = "include/x.h", .size = "\x80\0\0\0\0\0\0\0\0\0\x01" },
		{ .name = "include/x.h", .size = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" }, { .name = "include/x.h", .size = "1          " },
		{ .name = "include/x.h", .size = "-0000000001" }, { .name = "include/x.h", .size = "00000000009" },
	};
	struct text many = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++)
		for (uint32_t at = 1; at <= 6; at++)
			refused(with_member(&bombs[i], at), bombs[i].size);

	/* As many signatures as fit into 4 MiB: nine are too many, and the tenth is not looked at. */
	text_add_bytes(&many, &arena, bytes_part(sound, 0, member_at(1)));
	for (int i = 0; many.size < 4 << 20; i++) {
		uint8_t header[PACKAGE_BLOCK], content[PACKAGE_BLOCK] = { 0 };
		struct tar t = { .name = arena_printf(&arena, "META/sig/%016x.cose", i), .size = "00000000140" };

		make_header(&t, header);
		cose_prefix(content, COSE_KIND_PACKAGE, (const uint8_t[8]){ 0, 0, 0, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i });
		content[32] = content[64] = 1;
		text_add_bytes(&many, &arena, BYTES_OF(header));
		text_add_bytes(&many, &arena, BYTES_OF(content));
	}
	assert_int_equal(verify((struct bytes){ (const uint8_t *)many.at, many.size }, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "too many members"));
}

/* 20: bytes behind the end. */
static void nothing_follows_the_end(void **state)
{
	(void)state;
	static const struct { const char *what; size_t size; uint8_t byte; } tails[] = {
		{ "a byte", 1, 'x' }, { "a zero", 1, 0 }, { "a block of zeros", PACKAGE_BLOCK, 0 }, { "a record of zeros", 8192, 0 },
	};
	struct text two = { 0 };

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		uint8_t *longer = arena_take(&arena, sound.size + tails[i].size);

		memcpy(longer, sound.at, sound.size);
		memset(longer + sound.size, tails[i].byte, tails[i].size);
		refused((struct bytes){ longer, sound.size + tails[i].size }, tails[i].what);
	}
	text_add_bytes(&two, &arena, sound);
	text_add_bytes(&two, &arena, sound);
	refused((struct bytes){ (const uint8_t *)two.at, two.size }, "two packages in one file");
	refused((struct bytes){ (const uint8_t *)two.at, two.size - 1024 }, "two packages in one file");
}

static void every_cut_is_refused(void **state)
{
	(void)state;
	for (size_t size = 0; size < sound.size; size += size % PACKAGE_BLOCK < 2 || size % PACKAGE_BLOCK > 509 ? 1 : 169)
		refused(bytes_part(sound, 0, size), "a cut");
}

static void what_is_no_archive_is_refused(void **state)
{
	(void)state;
	static const uint8_t zeros[4096];

	refused((struct bytes){ 0 }, "nothing");
	refused(BYTES_OF(zeros), "zeros");
	refused(BYTES_LITERAL("PK\x03\x04 this is another kind of archive"), "a zip file");
	refused(BYTES_LITERAL("\x1f\x8b\x08 compressed"), "a gzip file");
	refused(sample_file("hello.elf", &arena), "an ELF file");
}

static int start(void **state)
{
	(void)state;
	static struct arena lasting;

	key = sample_key(&lasting);
	sound = fixture_package("1.0.0", "hello.elf", key, &lasting);
	return 0;
}

static int end(void **state)
{
	(void)state;
	key_close(key);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(no_member_leads_anywhere_else, give_back),
		cmocka_unit_test_teardown(the_header_by_itself_is_no_reason, give_back),
		cmocka_unit_test_teardown(bombs_do_not_go_off, give_back),
		cmocka_unit_test_teardown(nothing_follows_the_end, give_back),
		cmocka_unit_test_teardown(every_cut_is_refused, give_back),
		cmocka_unit_test_teardown(what_is_no_archive_is_refused, give_back),
	};

	return cmocka_run_group_tests(tests, start, end);
}
