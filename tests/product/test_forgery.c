/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attacks on packages.  Each is refused with its own sentence, whether the
 * attacker has no key, another key, or the developer's.
 */
#include "forge.h"

#include "elf_fixture.h"
#include "forged.h"
#include "given.h"
#include "two_keys.h"

static struct forge forge;

static int start(void **state)
{
	(void)state;
	forge_open(&forge, fixture_package("1.0.0", "hello.elf", key, &arena), &arena);
	return 0;
}

static void refused_as(struct bytes package, int code, const char *sentence)
{
	struct belief b;
	struct believer trust = believing(&b, key);
	struct archive_report r;
	struct err e = { 0 };

	forged_keep(package.at, package.size, sentence);
	int rc = archive_verify(package, "x.msp", &trust, &arena, &r, &e);
	if (rc != code)
		fail_msg("expected '%s' (%d), got %d: %s", sentence, code, rc, e.text);
	if (!strstr(e.text, sentence))
		fail_msg("'%s' does not say '%s'", e.text, sentence);
	assert_null(r.signer);
	assert_int_equal(r.findings.at[r.findings.count - 1].code, code);
	assert_int_equal(err_exit_status(&e), code == -MS_EINCOMPATIBLE ? 8 : 7);
}

static void refused(struct bytes package, const char *sentence)
{
	refused_as(package, -MS_ESIGNATURE, sentence);
}

/* As the developer would have signed it. */
static struct bytes resigned(void)
{
	forge_sign(&forge, key);
	return forge_close(&forge);
}

static void untouched_it_is_accepted(void **state)
{
	(void)state;
	struct belief b;
	struct believer trust = believing(&b, key);
	struct archive_report r;
	struct err e = { 0 };

	assert_int_equal(archive_verify(forge_close(&forge), "x.msp", &trust, &arena, &r, &e), MS_OK);
}

/* 5: signature stripping. */
static void a_signature_cannot_be_left_out(void **state)
{
	(void)state;
	struct bytes elf = forge.parts.content[forge_part(&forge, "elf/v7em.elf")];
	uint8_t *unsigned_elf = sample_copy(elf, &arena);
	struct elf_file f;

	memset(forge.sigs[0].block, 0, COSE_BLOCK_SIZE);
	refused(forge_close(&forge), "is not a signature of a package");
	start(NULL);
	forge.sig_count = 0;
	refused(forge_close(&forge), "missing");

	start(NULL);
	assert_int_equal(elf_open(elf, &f), ELF_RULE_OK);
	memset(unsigned_elf + f.signature_offset, 0, COSE_BLOCK_SIZE);
	forge.parts.content[forge_part(&forge, "elf/v7em.elf")].at = unsigned_elf;
	refused(forge_close(&forge), "'elf/v7em.elf' was changed");
	forge_replace(&forge, "elf/v7em.elf", (struct bytes){ unsigned_elf, elf.size });
	forge.manifest.size = 0;
	refused(resigned(), "'elf/v7em.elf' is not signed by the key that signed the package");

	start(NULL);
	forge_replace(&forge, "elf/v7em.elf", sample_file("no_notes.debug", &arena));
	refused(resigned(), "note");
}

/* 6: kind confusion. */
static void a_signature_of_another_kind_does_not_count(void **state)
{
	(void)state;
	static const char *const kinds[] = { COSE_KIND_IMAGE, COSE_KIND_TABLE };
	struct err e = { 0 };

	for (size_t i = 0; i < 2; i++) {
		struct bytes manifest;
		start(NULL);
		forge_sign(&forge, key);
		manifest = forge.manifest;
		assert_int_equal(key_sign(key, kinds[i], manifest, forge.sigs[0].block, &e), MS_OK);
		refused(forge_close(&forge), "is not a signature of a package");
	}

	/* The same block with only its kind renamed. */
	start(NULL);
	forge_sign(&forge, key);
	assert_int_equal(key_sign(key, COSE_KIND_IMAGE, forge.manifest, forge.sigs[0].block, &e), MS_OK);
	memcpy(forge.sigs[0].block + 19, COSE_KIND_PACKAGE, COSE_KIND_SIZE);
	refused(forge_close(&forge), "is wrong: the package was changed");
}

/* 7: key confusion. */
static void a_signature_by_another_key_does_not_count(void **state)
{
	(void)state;
	forge_sign(&forge, other);
	refused(forge_close(&forge), "no key that signed it is trusted here");

	/* Named after the trusted key, in the archive, in the block, in both. */
	memcpy(forge.sigs[0].kid, key_public_of(key)->kid, COSE_KID_SIZE);
	refused(forge_close(&forge), "holds the signature of another key");
	memcpy(forge.sigs[0].block + 9, key_public_of(key)->kid, COSE_KID_SIZE);
	refused(forge_close(&forge), "is wrong: the package was changed");

	/* The package by one key, the executable by another. */
	start(NULL);
	forge_replace(&forge, "elf/v7em.elf", fixture_elf("hello.elf", other, &arena));
	refused(resigned(), "is not signed by the key that signed the package");
}

static void a_wrong_signature_by_a_trusted_key_is_not_outweighed(void **state)
{
	(void)state;
	struct belief b = { .keys = { key, other }, .count = 2 };
	struct believer trust = { belief_find, &b };
	struct archive_report r;
	struct err e = { 0 };
	struct bytes twice;

	assert_int_equal(archive_sign(forge_close(&forge), "x", &trust, other, false, &arena, &twice, &e), MS_OK);
	assert_int_equal(archive_verify(twice, "x", &trust, &arena, &r, &e), MS_OK);
	forge_open(&forge, twice, &arena);
	for (uint32_t i = 0; i < 2; i++)
		if (!memcmp(forge.sigs[i].kid, key_public_of(other)->kid, COSE_KID_SIZE))
			forge.sigs[i].block[95] ^= 1;
	assert_int_equal(archive_verify(forge_close(&forge), "x", &trust, &arena, &r, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "is wrong"));
}

static void a_key_of_one_vendor_does_not_speak_for_another(void **state)
{
	(void)state;
	struct belief b = { .keys = { key }, .vendor = { "acme.example" }, .count = 1 };
	struct believer trust = { belief_find, &b };
	struct archive_report r;
	struct err e = { 0 };

	assert_int_equal(archive_verify(forge_close(&forge), "x", &trust, &arena, &r, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "trusted for services of 'acme.example' only, not of 'example.org'"));
	b.vendor[0] = "example.org";
	assert_int_equal(archive_verify(forge_close(&forge), "x", &trust, &arena, &r, &e), MS_OK);
	b.vendor[0] = "example.or";
	assert_int_equal(archive_verify(forge_close(&forge), "x", &trust, &arena, &r, &e), -MS_ESIGNATURE);
}

/* 8: algorithm games.  The form has no room for any: each is another form. */
static void no_other_form_of_a_signature_is_accepted(void **state)
{
	(void)state;
	static const struct { size_t at; uint8_t byte; } games[] = {
		{ 6, 0x26 }, { 6, 0x27 }, { 6, 0x00 }, { 6, 0x38 }, { 2, 0x40 }, { 28, 0xa1 }, { 29, 0x58 }, { 31, 0x3f }, { 0, 0x84 },
	};

	for (size_t i = 0; i < sizeof(games) / sizeof(games[0]); i++) {
		start(NULL);
		forge.sigs[0].block[games[i].at] = games[i].byte;
		refused(forge_close(&forge), "is not a signature of a package");
	}
}

/* The order of P-256's group, and subtraction from it. */
static void minus(uint8_t s[32])
{
	static const uint8_t n[32] = {
		0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
	};
	int borrow = 0;

	for (int i = 31; i >= 0; i--) {
		int v = n[i] - s[i] - borrow;

		borrow = v < 0;
		s[i] = (uint8_t)v;
	}
}

/* 9: the twin (r, n - s) of a signature is good too, and it is the same package. */
static void a_twin_signature_is_no_other_package(void **state)
{
	(void)state;
	struct belief b;
	struct believer trust = believing(&b, key);
	struct archive_report one, twin;
	struct err e = { 0 };

	assert_int_equal(archive_verify(forge_close(&forge), "x", &trust, &arena, &one, &e), MS_OK);
	minus(forge.sigs[0].block + 64);
	assert_int_equal(archive_verify(forge_close(&forge), "x", &trust, &arena, &twin, &e), MS_OK);
	assert_memory_equal(one.manifest_sha256, twin.manifest_sha256, 32);

	memset(forge.sigs[0].block + 32, 0, 32);
	refused(forge_close(&forge), "is not a signature of a package");
	start(NULL);
	memset(forge.sigs[0].block + 64, 0, 32);
	refused(forge_close(&forge), "is not a signature of a package");
	start(NULL);
	memset(forge.sigs[0].block + 32, 0xff, 32);
	refused(forge_close(&forge), "is not a signature of a package");
}

/* Replace the executable by one with a few bytes changed, all signed by the developer. */
static struct bytes with_elf(size_t at, const void *bytes, size_t size)
{
	struct bytes raw = sample_file("hello.elf", &arena);
	uint8_t *copy = sample_copy(raw, &arena);
	struct elf_file f;

	start(NULL);
	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	memcpy(copy + at, bytes, size);
	forge_replace(&forge, "elf/v7em.elf", forge_elf(copy, raw.size, &f, key, &arena));
	return resigned();
}

static struct bytes with_elf_u32(size_t at, uint32_t v)
{
	return with_elf(at, (uint8_t[]){ (uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24) }, 4);
}

/* Where the note of a section of ours begins in the file. */
static size_t note_at(const char *owner, uint32_t type)
{
	struct bytes raw = sample_file("hello.elf", &arena);
	uint8_t wanted[8] = { (uint8_t)type, (uint8_t)(type >> 8), (uint8_t)(type >> 16), (uint8_t)(type >> 24) };

	memcpy(wanted + 4, owner, 4);
	const uint8_t *at = memmem(raw.at, raw.size, wanted, 8);
	assert_non_null(at);
	return (size_t)(at - raw.at) - 8;
}

/* 10, 11: notes that are cut, doubled or malformed. */
static void malformed_notes_are_refused(void **state)
{
	(void)state;
	const char meta[4] = "MS\0";
	size_t package = note_at("FDO", 0xcafe1a7e), mine = note_at(meta, ELF_NOTE_META), sig = note_at(meta, ELF_NOTE_SIGNATURE);

	refused(with_elf_u32(mine, 0xffffffff), "note");
	refused(with_elf_u32(mine, 2), "note");
	refused(with_elf_u32(mine + 4, 0x7fffffff), "note");
	refused(with_elf_u32(mine + 4, 8), "note");
	refused(with_elf_u32(mine + 8, ELF_NOTE_SIGNATURE), "note");
	refused(with_elf_u32(mine + 8, 0x4d530003), "critical note");
	refused(with_elf_u32(package + 8, ELF_NOTE_META), "note");
	refused(with_elf_u32(sig + 4, 95), "note");
	refused(with_elf(mine + 12 + 3, "x", 1), "note");		/* padding of the owner */
}

/* 28: ELF files that lie about themselves. */
static void malformed_executables_are_refused(void **state)
{
	(void)state;
	enum { HEADERS = 52, TEXT = HEADERS + 32, DATA = HEADERS + 64, TLS = HEADERS + 96, ADDRESS = 8, FILE_SIZE = 16, MEMORY_SIZE = 20, FLAGS = 24 };

	refused(with_elf_u32(TEXT + ADDRESS, MS_LINK_DATA), "overlap");
	refused(with_elf_u32(DATA + FILE_SIZE, 0x1000), "larger in the file than in memory");
	refused(with_elf_u32(DATA + MEMORY_SIZE, 0xffffffff), "outside the file");
	refused(with_elf_u32(DATA + FLAGS, 7), "writable and executable");
	refused(with_elf_u32(TEXT + FLAGS, 7), "writable and executable");
	refused(with_elf_u32(24, MS_LINK_TEXT + 0x100001), "entry point");
	refused(with_elf_u32(24, MS_LINK_TEXT), "entry point");
	refused(with_elf_u32(24, MS_LINK_DATA + 1), "entry point");
	refused(with_elf_u32(TLS, 3), "program interpreter");
	refused(with_elf(44, "\xff\xff", 2), "program headers");
	refused(with_elf(16, "\x02\x00", 2), "position independent");
	refused(with_elf(18, "\x3e\x00", 2), "not for Arm");
	refused(with_elf(4, "\x02", 1), "not a 32-bit");
}

static void a_relocation_outside_data_is_refused(void **state)
{
	(void)state;
	struct elf_file f;
	struct bytes raw = sample_file("hello.elf", &arena);

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	size_t at = (size_t)(f.relocations.at - raw.at);
	refused(with_elf_u32(at, MS_LINK_TEXT), "relocations in text");
	refused(with_elf_u32(at, MS_LINK_DATA + f.data.file_size + 0x1000), "relocation");
	refused(with_elf_u32(at, MS_LINK_DATA + 2), "relocation");
	refused(with_elf_u32(at + 4, 2), "relocation");
}

/* 12: two places that say different things. */
static void what_disagrees_is_refused(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct elf_file f;
	struct manifest next;
	struct err e = { 0 };

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	uint8_t *json = fixture_replace(raw, "\"version\":\"1.0.0\"", "\"version\":\"1.0.1\"", &arena);
	forge_replace(&forge, "elf/v7em.elf", forge_elf(json, raw.size, &f, key, &arena));
	refused(resigned(), "the package note has another 'version' than the meta note");

	start(NULL);
	forge_replace(&forge, "elf/v7em.elf", fixture_elf("hello2.elf", key, &arena));
	refused(resigned(), "another version than the manifest");

	start(NULL);
	forge.m.security_counter = 9;
	refused(resigned(), "another security counter");

	start(NULL);
	forge.m.version.patch = 7;
	refused(resigned(), "its manifest contradicts itself");

	start(NULL);
	forge.m.component = forge.m.vendor;
	refused(resigned(), "its manifest contradicts itself");

	start(NULL);
	assert_int_equal(sample_manifest(&next, "1.0.1", &arena, &e), MS_OK);
	forge_replace(&forge, PACKAGE_SBOM, fixture_sbom(&next, &arena));
	refused(resigned(), "its bill of materials is of something else");

	start(NULL);
	forge.m.license = BYTES_LITERAL("MIT");
	refused(resigned(), "its bill of materials names another licence");

	start(NULL);
	forge_replace(&forge, PACKAGE_SBOM, BYTES_LITERAL("{\"bomFormat\":\"CycloneDX\",\"bomFormat\":\"CycloneDX\"}"));
	refused(resigned(), "not JSON");

	start(NULL);
	forge.m.source_epoch++;
	refused(resigned(), "different times");

	start(NULL);
	forge.m.build_id[0] = forge.m.image_sha256[0];
	refused(resigned(), "another build-id");

	start(NULL);
	forge.m.image_sha256[0] = forge.parts.row[0].sha256;
	refused(resigned(), "another SHA-256 than the manifest says");

	start(NULL);
	forge.m.targets[0] = MS_TARGET_V7EM_FP;
	refused(resigned(), "a target that its manifest does not name");

	start(NULL);
	forge.m.targets[1] = MS_TARGET_V7EM_FP;
	forge.m.target_count = 2;
	forge.m.build_id[1] = forge.m.build_id[0];
	forge.m.image_sha256[1] = forge.m.image_sha256[0];
	refused(resigned(), "'elf/v7em-fp.elf' is missing");
}

/* Members that the manifest lists otherwise, or not at all. */
static void members_are_those_of_the_manifest(void **state)
{
	(void)state;
	struct archive_parts all = forge.parts;

	forge_sign(&forge, key);
	forge.parts.count--;
	refused(forge_close(&forge), "missing");
	forge.parts = all;
	forge.parts.row[forge.parts.count] = (struct manifest_member){ .path = forge_name("include/more.h") };
	forge.parts.content[forge.parts.count++] = BYTES_LITERAL("x");
	refused(forge_close(&forge), "'include/more.h' is not what its manifest lists there");
	forge.parts = all;
	forge.parts.row[forge_part(&forge, "include/hello.h")].path = forge_name("include/hallo.h");
	refused(forge_close(&forge), "'include/hallo.h' is not what its manifest lists there");
	forge.parts = all;
	forge.parts.content[forge_part(&forge, "include/hello.h")] = BYTES_LITERAL("int hell0(void);\n");
	refused(forge_close(&forge), "'include/hello.h' was changed");
	forge.parts = all;
	forge.parts.content[forge_part(&forge, "include/hello.h")] = BYTES_LITERAL("");
	refused(forge_close(&forge), "'include/hello.h' was changed");
}

/* 14: CBOR that has a second form, or none.  All of it signed by the developer. */
static void a_manifest_has_one_form(void **state)
{
	(void)state;
	uint8_t deep[64];
	struct bytes sound;

	forge_sign(&forge, key);
	sound = forge.manifest;
	memset(deep, 0x81, sizeof(deep));
	const struct { struct bytes cbor; } forms[] = {
		{ BYTES_LITERAL("\xa0") }, { BYTES_LITERAL("\xbf\xff") }, { BYTES_LITERAL("\xb8\x10\x01\x01") },
		{ BYTES_LITERAL("\xbb\xff\xff\xff\xff\xff\xff\xff\xff") }, { BYTES_LITERAL("\x9b\xff\xff\xff\xff\xff\xff\xff\xff") },
		{ BYTES_OF(deep) }, { bytes_part(sound, 0, sound.size - 1) },
		{ arena_copy(&arena, (struct bytes){ sound.at, sound.size + 1 }) },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		start(NULL);
		forge.manifest = forms[i].cbor;
		refused(resigned(), "its manifest is not what docs/formats.md says");
	}
}

/* JSON that needs a hundred times its size to be read. */
static struct bytes json_bomb(const char *begin, const char *more, const char *end, size_t size)
{
	char *text = arena_take(&arena, strlen(begin) + size + strlen(more) + strlen(end) + 1), *to = stpcpy(text, begin);

	while ((size_t)(to - text) < size)
		to = stpcpy(to, more);
	to = stpcpy(to, end);
	return (struct bytes){ (const uint8_t *)text, (size_t)(to - text) };
}

static void json_that_unpacks_to_much_is_refused(void **state)
{
	(void)state;
	enum { LARGE = (4 << 20) - 64, LARGER = 4 << 20 };

	forge_replace(&forge, PACKAGE_SBOM, json_bomb("{\"bomFormat\":", "[", "", LARGE));
	refused(resigned(), "not JSON");
	start(NULL);
	forge_replace(&forge, PACKAGE_SBOM, json_bomb("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[", "{},", "{}]}", LARGE));
	refused(resigned(), "'META/sbom.cdx.json'");
	start(NULL);
	forge_replace(&forge, PACKAGE_SBOM, json_bomb("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[", "[],", "[]]}", LARGE));
	refused(resigned(), "'META/sbom.cdx.json'");
	start(NULL);
	forge_replace(&forge, PACKAGE_SBOM, json_bomb("[", "[],", "[]]", LARGER));
	refused(resigned(), "larger");
}

/* 22: made for something else. */
static void another_format_or_abi_is_incompatible(void **state)
{
	(void)state;
	uint8_t *copy;

	forge_sign(&forge, key);
	copy = sample_copy(forge.manifest, &arena);
	assert_int_equal(copy[1], 1);
	assert_int_equal(copy[2], 1);
	copy[2] = 2;
	forge.manifest.at = copy;
	refused_as(resigned(), -MS_EINCOMPATIBLE, "another package format or ABI");

	start(NULL);
	forge.m.abi_major = 2;
	refused_as(resigned(), -MS_EINCOMPATIBLE, "another package format or ABI");
	start(NULL);
	forge.m.abi_minor = 7;
	refused(resigned(), "another ABI than the manifest");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(untouched_it_is_accepted, start, give_back),
		cmocka_unit_test_setup_teardown(a_signature_cannot_be_left_out, start, give_back),
		cmocka_unit_test_setup_teardown(a_signature_of_another_kind_does_not_count, start, give_back),
		cmocka_unit_test_setup_teardown(a_signature_by_another_key_does_not_count, start, give_back),
		cmocka_unit_test_setup_teardown(a_wrong_signature_by_a_trusted_key_is_not_outweighed, start, give_back),
		cmocka_unit_test_setup_teardown(a_key_of_one_vendor_does_not_speak_for_another, start, give_back),
		cmocka_unit_test_setup_teardown(no_other_form_of_a_signature_is_accepted, start, give_back),
		cmocka_unit_test_setup_teardown(a_twin_signature_is_no_other_package, start, give_back),
		cmocka_unit_test_setup_teardown(malformed_notes_are_refused, start, give_back),
		cmocka_unit_test_setup_teardown(malformed_executables_are_refused, start, give_back),
		cmocka_unit_test_setup_teardown(a_relocation_outside_data_is_refused, start, give_back),
		cmocka_unit_test_setup_teardown(what_disagrees_is_refused, start, give_back),
		cmocka_unit_test_setup_teardown(members_are_those_of_the_manifest, start, give_back),
		cmocka_unit_test_setup_teardown(a_manifest_has_one_form, start, give_back),
		cmocka_unit_test_setup_teardown(json_that_unpacks_to_much_is_refused, start, give_back),
		cmocka_unit_test_setup_teardown(another_format_or_abi_is_incompatible, start, give_back),
	};

	return cmocka_run_group_tests(tests, make_keys, close_keys);
}
