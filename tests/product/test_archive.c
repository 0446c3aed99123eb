/* SPDX-License-Identifier: Apache-2.0 */
/* Making packages: the same from the same, complete, and only of what fits together. */
#include "package_fixture.h"

#include "elf_fixture.h"
#include "given.h"
#include "two_keys.h"


static int verify(struct bytes package, const struct key *k, struct archive_report *r, struct err *e)
{
	struct belief b;
	struct believer trust = believing(&b, k);

	return archive_verify(package, "x.msp", &trust, &arena, r, e);
}

static void a_package_says_who_signed_it_and_what_is_in_it(void **state)
{
	(void)state;
	struct archive_report r;
	struct err e = { 0 };
	struct bytes package = fixture_package("1.0.0", "hello.elf", key, &arena);

	if (verify(package, key, &r, &e) != MS_OK)
		fail_msg("%s", e.text);
	assert_non_null(r.signer);
	assert_memory_equal(r.signer->kid, key_public_of(key)->kid, COSE_KID_SIZE);
	assert_int_equal(r.signer_count, 1);
	assert_int_equal(r.manifest->member_count, 4);
	assert_int_equal(r.manifest->security_counter, 3);
	assert_true(bytes_equal(r.elf[0], fixture_elf("hello.elf", key, &arena)));
	assert_true(r.findings.count >= 5);
	for (uint32_t i = 0; i < r.findings.count; i++)
		assert_int_equal(r.findings.at[i].code, MS_OK);
}

static void the_same_parts_give_the_same_bytes(void **state)
{
	(void)state;
	struct bytes one = fixture_package("1.0.0", "hello.elf", key, &arena);
	struct package_parts p;
	struct bytes again;
	struct err e = { 0 };

	/* The order in which files are given does not matter. */
	struct archive_file files[2] = { { "b.h", BYTES_LITERAL("b") }, { "a.h", BYTES_LITERAL("a") } };
	struct archive_file swapped[2] = { files[1], files[0] };
	struct bytes forth, back;

	assert_true(bytes_equal(one, fixture_package("1.0.0", "hello.elf", key, &arena)));
	fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
	assert_int_equal(archive_build(&p.in, key, &arena, &again, &e), MS_OK);
	assert_true(bytes_equal(one, again));
	p.in.headers = files;
	p.in.header_count = 2;
	assert_int_equal(archive_build(&p.in, key, &arena, &forth, &e), MS_OK);
	p.in.headers = swapped;
	assert_int_equal(archive_build(&p.in, key, &arena, &back, &e), MS_OK);
	assert_true(bytes_equal(forth, back));
	assert_false(bytes_equal(forth, one));
}

static void refuses(const struct package_parts *p, int code, const char *sentence)
{
	struct bytes package = { 0 };
	struct err e = { 0 };

	assert_int_equal(archive_build(&p->in, key, &arena, &package, &e), code);
	if (!strstr(e.text, sentence))
		fail_msg("'%s' does not say '%s'", e.text, sentence);
	assert_null(package.at);
}

static void what_does_not_fit_together_is_not_packed(void **state)
{
	(void)state;
	struct package_parts p;

	fixture_parts(&p, "1.0.0", "hello.elf", other, &arena);
	refuses(&p, -MS_ESIGNATURE, "not signed by the key that is to sign the package");
	fixture_parts(&p, "1.0.1", "hello.elf", key, &arena);
	refuses(&p, -MS_EFORMAT, "another version than the manifest");
	fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
	p.service.security_counter++;
	refuses(&p, -MS_EFORMAT, "another security counter");
	fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
	p.service.stack_size += 32;
	refuses(&p, -MS_EFORMAT, "another memory");
	fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
	p.service.request_count = 1;
	p.service.requests[0] = (struct manifest_request){ 1 << 24 | 7, 1, 0 };
	refuses(&p, -MS_EFORMAT, "another list of requests");
	fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
	p.service.targets[0] = MS_TARGET_V7EM_FP;
	refuses(&p, -MS_EFORMAT, "says that it is for v7em");
	fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
	p.in.elf[0] = bytes_part(p.in.elf[0], 0, 1000);
	refuses(&p, -MS_EFORMAT, "elf/v7em.elf");
}

static void names_that_a_package_cannot_hold_are_refused_with_the_rule(void **state)
{
	(void)state;
	static const char *const names[] = { "my file.h", "../x.h", "a/b.h", "x.c", "\xc3\xa4.h", "", ".h/", "x.H" };
	struct package_parts p;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		fixture_parts(&p, "1.0.0", "hello.elf", key, &arena);
		p.header.name = names[i];
		refuses(&p, -MS_EINVAL, "cannot hold a file named 'include/");
	}
	struct archive_file twice[2] = { { "a.h", BYTES_LITERAL("a") }, { "a.h", BYTES_LITERAL("b") } };
	p.in.headers = twice;
	p.in.header_count = 2;
	refuses(&p, -MS_EINVAL, "two files of the package have the name 'include/a.h'");
}

static void the_time_is_the_given_one_or_none(void **state)
{
	(void)state;
	static const char *const wrong[] = { "yesterday", "-1", "1.5", " 1", "0x10", "8589934592", "99999999999999999999" };
	uint64_t epoch = 7;
	struct err e = { 0 };

	unsetenv("SOURCE_DATE_EPOCH");
	assert_int_equal(archive_epoch(&epoch, &e), MS_OK);
	assert_int_equal(epoch, 0);
	setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
	assert_int_equal(archive_epoch(&epoch, &e), MS_OK);
	assert_int_equal(epoch, 1700000000);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		setenv("SOURCE_DATE_EPOCH", wrong[i], 1);
		assert_int_equal(archive_epoch(&epoch, &e), -MS_EINVAL);
		assert_int_equal(epoch, 1700000000);
	}
	unsetenv("SOURCE_DATE_EPOCH");
}

static struct bytes sign(struct bytes package, const struct key *trusted, const struct key *k, bool anew)
{
	struct belief b;
	struct believer trust = believing(&b, trusted);
	struct bytes out;
	struct err e = { 0 };

	if (archive_sign(package, "x.msp", &trust, k, anew, &arena, &out, &e) < 0)
		fail_msg("%s", e.text);
	return out;
}

static void a_second_signature_stands_beside_the_first(void **state)
{
	(void)state;
	struct bytes package = fixture_package("1.0.0", "hello.elf", key, &arena);
	struct bytes twice = sign(package, key, other, false);
	struct archive_report r;
	struct err e = { 0 };

	assert_int_equal(verify(twice, key, &r, &e), MS_OK);
	assert_int_equal(r.signer_count, 2);
	assert_memory_equal(r.signer->kid, key_public_of(key)->kid, COSE_KID_SIZE);
	assert_true(bytes_equal(sign(twice, key, other, false), twice));
	assert_true(bytes_equal(sign(twice, key, key, false), twice));

	/* The second alone does not do: it did not sign the ELF file. */
	assert_int_equal(verify(twice, other, &r, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "not signed by the key that signed the package"));
	assert_null(r.signer);
}

static void a_release_key_takes_over_all_of_a_package(void **state)
{
	(void)state;
	struct bytes package = fixture_package("1.0.0", "hello.elf", key, &arena);
	struct bytes released = sign(package, key, other, true);
	struct archive_report r;
	struct err e = { 0 };

	assert_int_equal(verify(released, other, &r, &e), MS_OK);
	assert_int_equal(r.signer_count, 1);
	assert_true(bytes_equal(r.elf[0], fixture_elf("hello.elf", other, &arena)));
	assert_int_equal(verify(released, key, &r, &e), -MS_ESIGNATURE);
	assert_true(bytes_equal(released, fixture_package("1.0.0", "hello.elf", other, &arena)));
}

static void nobody_signs_a_package_that_is_not_believed(void **state)
{
	(void)state;
	struct bytes package = fixture_package("1.0.0", "hello.elf", key, &arena), out = { 0 };
	struct belief b;
	struct believer trust = believing(&b, other);
	struct err e = { 0 };

	assert_int_equal(archive_sign(package, "x.msp", &trust, other, true, &arena, &out, &e), -MS_ESIGNATURE);
	assert_null(out.at);
}

static void eight_signatures_are_the_most(void **state)
{
	(void)state;
	struct bytes package = fixture_package("1.0.0", "hello.elf", key, &arena), out = { 0 };
	struct belief b;
	struct believer trust = believing(&b, key);
	struct key *more[8];
	struct err e = { 0 };

	for (int i = 0; i < 8; i++)
		more[i] = sample_key(&arena);
	for (int i = 0; i < 7; i++)
		package = sign(package, key, more[i], false);
	assert_int_equal(archive_sign(package, "x.msp", &trust, more[7], false, &arena, &out, &e), -MS_EINVAL);
	assert_non_null(strstr(e.text, "8 signatures already"));
	assert_true(bytes_equal(sign(package, key, more[3], false), package));
	for (int i = 0; i < 8; i++)
		key_close(more[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_package_says_who_signed_it_and_what_is_in_it, give_back),
		cmocka_unit_test_teardown(the_same_parts_give_the_same_bytes, give_back),
		cmocka_unit_test_teardown(what_does_not_fit_together_is_not_packed, give_back),
		cmocka_unit_test_teardown(names_that_a_package_cannot_hold_are_refused_with_the_rule, give_back),
		cmocka_unit_test_teardown(the_time_is_the_given_one_or_none, give_back),
		cmocka_unit_test_teardown(a_second_signature_stands_beside_the_first, give_back),
		cmocka_unit_test_teardown(a_release_key_takes_over_all_of_a_package, give_back),
		cmocka_unit_test_teardown(nobody_signs_a_package_that_is_not_believed, give_back),
		cmocka_unit_test_teardown(eight_signatures_are_the_most, give_back),
	};

	return cmocka_run_group_tests(tests, make_keys, close_keys);
}
