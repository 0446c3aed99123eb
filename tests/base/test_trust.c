/* SPDX-License-Identifier: Apache-2.0 */
#include "trust.h"

#include <sys/wait.h>

#include "captured.h"
#include "out.h"
#include "scratch.h"

static struct captured c;
static struct err e;

/* The user's folders are in the test's. */
static int make(void **state)
{
	umask(022);
	setenv("MS_HOME", "home", 1);
	return scratch_make(state);
}

/* A key of somebody else. */
static struct key_public other_key(const char *path)
{
	struct key_public k;

	assert_int_equal(key_create(path, &scratch, &e), MS_OK);
	assert_int_equal(key_open_public(path, &scratch, &k, &e), MS_OK);
	return k;
}

static const char *trust_path_of(const struct key_public *k)
{
	return arena_printf(&scratch, "home/config/trust/%s.pem", key_kid_text(k->kid, &scratch));
}

static int use_own(void *role)
{
	const char *path;

	return trust_own(*(enum trust_role *)role, true, &scratch, &path, &e) == MS_OK ? 0 : 1;
}

static void an_identity_is_made_when_first_needed_and_said_once(void **state)
{
	(void)state;
	enum trust_role role = TRUST_DEVELOPER;
	const char *path;
	struct stat st;

	assert_int_equal(trust_own(role, false, &scratch, &path, &e), -MS_ENOENT);
	assert_non_null(strstr(e.text, "there is no developer key yet"));
	assert_string_equal(e.fix, "make one: ms key new developer");
	assert_false(file_exists("home"));

	capture(use_own, &role, &c);
	assert_int_equal(c.status, 0);
	assert_non_null(strstr(c.err, "made a development key, which signs what you build: '"));
	assert_non_null(strstr(c.err, "home/config/keys/developer.pem'\n"));
	assert_non_null(strstr(c.err, "a key for production comes later"));
	assert_string_equal(c.out, "");
	assert_int_equal(stat("home/config/keys", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat("home/config/keys/developer.pem", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);

	const char *before = text_of("home/config/keys/developer.pem");
	capture(use_own, &role, &c);
	assert_int_equal(c.status, 0);
	assert_string_equal(c.err, "");
	assert_string_equal(text_of("home/config/keys/developer.pem"), before);
	assert_int_equal(trust_own(role, false, &scratch, &path, &e), MS_OK);
	assert_string_equal(path_name(path), "developer.pem");

	role = TRUST_INTEGRATOR;
	capture(use_own, &role, &c);
	assert_non_null(strstr(c.err, "integrator.pem"));
}

static int use_own_many_at_once(void *with)
{
	enum { MANY = 12 };
	enum trust_role role = TRUST_DEVELOPER;
	int status, failed = 0;
	(void)with;

	for (int i = 0; i < MANY; i++)
		if (fork() == 0)
			_exit(use_own(&role));
	for (int i = 0; i < MANY; i++)
		failed += wait(&status) < 0 || status != 0;
	return failed;
}

static void of_many_processes_one_makes_it_and_all_use_it(void **state)
{
	(void)state;
	struct list paths = { 0 };

	capture(use_own_many_at_once, NULL, &c);
	assert_int_equal(c.status, 0);
	const char *said = strstr(c.err, "made a development key");
	assert_non_null(said);
	assert_null(strstr(said + 1, "made a development key"));
	assert_int_equal(trust_own_list(&scratch, &paths, &e), MS_OK);
	assert_int_equal(paths.count, 1);
}

static int use_own_without_a_home(void *with)
{
	const char *path;
	(void)with;

	return trust_own(TRUST_DEVELOPER, true, &scratch, &path, &e) == -MS_ENOENT && strstr(e.text, "Not a directory") ? 0 : 1;
}

static void an_identity_that_cannot_be_made_is_a_failure(void **state)
{
	(void)state;

	write_text("home", "a file in the way");
	capture(use_own_without_a_home, NULL, &c);
	assert_int_equal(c.status, 0);
	assert_string_equal(c.err, "");
}

static void own_keys_are_trusted_in_their_role_only(void **state)
{
	(void)state;
	struct trusted own = { .role = TRUST_DEVELOPER }, t;

	assert_int_equal(trust_new("developer", &own, key_create, &scratch, &e), MS_OK);
	assert_int_equal(trust_find(own.key.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e), MS_OK);
	assert_true(t.own);
	assert_memory_equal(&t.key, &own.key, sizeof(t.key));
	assert_int_equal(trust_find(own.key.kid, TRUST_DEVELOPER, "example.org", &scratch, &t, &e), MS_OK);
	assert_int_equal(trust_find(own.key.kid, TRUST_INTEGRATOR, NULL, &scratch, &t, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "is trusted as developer, not as integrator"));
	assert_false(file_exists("home/config/trust"));
}

static void an_unknown_key_is_refused_with_the_way_to_trust_it(void **state)
{
	(void)state;
	struct key_public k = other_key("k.pem");
	struct trusted t;

	assert_int_equal(trust_find(k.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e), -MS_ESIGNATURE);
	assert_string_equal(e.text, arena_printf(&scratch, "the key %s is not trusted", key_kid_text(k.kid, &scratch)));
	assert_string_equal(e.fix, "if you believe its owner: ms key trust FILE --role developer");
	assert_int_equal(err_exit_status(&e), 7);
}

static void a_trusted_key_counts_for_its_role_and_vendor(void **state)
{
	(void)state;
	struct trusted anna = { .key = other_key("anna.pem"), .role = TRUST_DEVELOPER, .vendor = "example.org", .label = "Anna" };
	struct trusted t = { 0 };

	assert_int_equal(trust_add(&anna, &scratch, &e), MS_OK);
	assert_int_equal(trust_find(anna.key.kid, TRUST_DEVELOPER, "example.org", &scratch, &t, &e), MS_OK);
	assert_memory_equal(&t.key, &anna.key, sizeof(t.key));
	assert_string_equal(t.vendor, "example.org");
	assert_string_equal(t.label, "Anna");
	assert_false(t.own);
	assert_int_equal(trust_find(anna.key.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e), MS_OK);

	assert_int_equal(trust_find(anna.key.kid, TRUST_INTEGRATOR, NULL, &scratch, &t, &e), -MS_ESIGNATURE);
	static const char *const others[] = { "example.com", "example.org.evil.com", "EXAMPLE.ORG", "example.or", "" };
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_equal(trust_find(anna.key.kid, TRUST_DEVELOPER, others[i], &scratch, &t, &e), -MS_ESIGNATURE);
		assert_non_null(strstr(e.text, "may sign for 'example.org', not for '"));
	}

	/* Trusted anew, it is what was said last. */
	anna.role = TRUST_INTEGRATOR;
	anna.vendor = NULL;
	anna.label = "";
	assert_int_equal(trust_add(&anna, &scratch, &e), MS_OK);
	assert_int_equal(trust_find(anna.key.kid, TRUST_INTEGRATOR, "example.com", &scratch, &t, &e), MS_OK);
	assert_null(t.vendor);
	assert_string_equal(t.label, "");
	assert_int_equal(trust_find(anna.key.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e), -MS_ESIGNATURE);

	assert_int_equal(trust_remove(anna.key.kid, &scratch, &e), MS_OK);
	assert_int_equal(trust_find(anna.key.kid, TRUST_INTEGRATOR, NULL, &scratch, &t, &e), -MS_ESIGNATURE);
	assert_int_equal(trust_remove(anna.key.kid, &scratch, &e), -MS_ENOENT);
}

static void a_file_under_another_keys_name_is_refused(void **state)
{
	(void)state;
	struct trusted anna = { .key = other_key("anna.pem"), .role = TRUST_DEVELOPER, .label = "" };
	struct key_public eve = other_key("eve.pem");
	struct trusted t;

	assert_int_equal(trust_add(&anna, &scratch, &e), MS_OK);
	assert_int_equal(rename(trust_path_of(&anna.key), trust_path_of(&eve)), 0);
	assert_int_equal(trust_find(eve.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "is another than its name says"));
}

static void a_damaged_file_is_refused_with_its_line(void **state)
{
	(void)state;
	struct trusted anna = { .key = other_key("anna.pem"), .role = TRUST_DEVELOPER, .label = "" };
	struct trusted t;
	struct bytes good;
	static const struct { const char *head, *text; int line; } cases[] = {
		{ "", "the role is missing", 1 },
		{ "# label: x\n", "the role is missing", 1 },
		{ "# role: admin\n", "'admin' is no role: developer or integrator", 1 },
		{ "# role: developer\n# role: integrator\n", "the role is said twice", 2 },
		{ "# role: developer\n# vendor: a.org\n# vendor: b.org\n", "the vendor is said twice", 3 },
		{ "# role: developer\n# expires: tomorrow\n", "this line is not known in the file of a trusted key", 2 },
		{ "# role: developer\n# vendor:\n", "this line is not known in the file of a trusted key", 2 },
		{ "# role: developer\n# vendor: \n", "the vendor is empty or not printable", 2 },
		{ "# role: developer\n# vendor: a.org \n", "the vendor is empty or not printable", 2 },
		{ "# role: developer\n# label: \033[2J\n", "the label is empty or not printable", 2 },
		{ "# role: developer\r\n", "the role is empty or not printable", 1 },
		{ "#role: developer\n", "this line is not known in the file of a trusted key", 1 },
		{ "# A key that ms trusts (ms key trust).\n# role: developer\n# A key that ms trusts (ms key trust).\n",
		  "this line is not known in the file of a trusted key", 3 },
	};
	char *pem;

	assert_int_equal(key_public_pem(&anna.key, &scratch, &pem, &e), MS_OK);
	assert_int_equal(trust_add(&anna, &scratch, &e), MS_OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_text(trust_path_of(&anna.key), arena_printf(&scratch, "%s%s", cases[i].head, pem));
		assert_int_equal(trust_find(anna.key.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e), -MS_EFORMAT);
		assert_string_equal(e.text, cases[i].text);
		assert_int_equal(e.line, cases[i].line);
		assert_non_null(strstr(e.file, path_name(trust_path_of(&anna.key))));
	}

	/* Every beginning of a good file is refused, or says the same. */
	assert_int_equal(trust_file_write(&anna, &scratch, &good, &e), MS_OK);
	for (size_t size = 0; size < good.size; size++) {
		write_text(trust_path_of(&anna.key), arena_string(&scratch, bytes_part(good, 0, size)));
		if (trust_find(anna.key.kid, TRUST_DEVELOPER, NULL, &scratch, &t, &e) == MS_OK)
			assert_memory_equal(&t.key, &anna.key, sizeof(t.key));
		else
			assert_int_equal(e.code, -MS_EFORMAT);
	}
}

static void what_cannot_stand_on_a_line_is_no_vendor_and_no_label(void **state)
{
	(void)state;
	struct trusted t = { .key = other_key("k.pem"), .role = TRUST_DEVELOPER, .label = "" };
	char longest[255];
	memset(longest, 'x', 254);
	longest[254] = '\0';
	const char *const wrong[] = { "a\nb", "a\n# role: integrator", " a", "a ", "\033[1m", "\xff", "\xe2\x80\xae", longest };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		t.label = wrong[i];
		t.vendor = NULL;
		assert_int_equal(trust_add(&t, &scratch, &e), -MS_EINVAL);
		t.label = "";
		t.vendor = wrong[i];
		assert_int_equal(trust_add(&t, &scratch, &e), -MS_EINVAL);
	}
	t.vendor = "";
	assert_int_equal(trust_add(&t, &scratch, &e), -MS_EINVAL);
	assert_false(file_exists(trust_path_of(&t.key)));

	t.vendor = NULL;
	t.label = "Anna's key # \xc3\xa4: \"x\"";
	assert_int_equal(trust_add(&t, &scratch, &e), MS_OK);
	struct trusted back;
	assert_int_equal(trust_find(t.key.kid, TRUST_DEVELOPER, NULL, &scratch, &back, &e), MS_OK);
	assert_string_equal(back.label, t.label);
}

static int list_labels(void *with)
{
	struct list all = { 0 };
	(void)with;

	if (trust_list(&scratch, &all, &e) < 0)
		return 1;
	for (size_t i = 0; i < all.count; i++)
		out_line("%s", ((struct trusted *)all.at[i])->label);
	return 0;
}

static void own_keys_are_listed_first_and_damaged_ones_are_warned_of(void **state)
{
	(void)state;
	struct trusted own = { .role = TRUST_DEVELOPER }, release = { .role = TRUST_DEVELOPER, .label = "release" };

	capture(list_labels, NULL, &c);
	assert_string_equal(c.out, "");
	assert_string_equal(c.err, "");

	assert_int_equal(trust_new("developer", &own, key_create, &scratch, &e), MS_OK);
	assert_int_equal(trust_new("release", &release, key_create, &scratch, &e), MS_OK);
	write_text("home/config/trust/0000000000000000.pem", "# role: none\n");
	write_text("home/config/trust/README", "not a key");
	capture(list_labels, NULL, &c);
	assert_int_equal(c.status, 0);
	assert_string_equal(c.out, "your developer key\nrelease\n");
	assert_non_null(strstr(c.err, "0000000000000000.pem:1: 'none' is no role"));

	/* An own key that others may read is not used, and that is said. */
	assert_int_equal(chmod("home/config/keys/developer.pem", 0644), 0);
	capture(list_labels, NULL, &c);
	assert_string_equal(c.out, "release\n");
	assert_non_null(strstr(c.err, "may be used by others (mode 0644)"));
}

static void own_keys_have_plain_names(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", ".", "..", "../x", "a/b", ".x", "-x", "a b", "\xc3\xa4", "a\n",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct trusted t = { .role = TRUST_DEVELOPER, .label = "" };
	const char *path;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(trust_own_path(wrong[i], &scratch, &path, &e), -MS_EINVAL);
		assert_int_equal(trust_new(wrong[i], &t, key_create, &scratch, &e), -MS_EINVAL);
	}
	assert_int_equal(trust_own_path("My-key_2.b", &scratch, &path, &e), MS_OK);
	assert_string_equal(path_name(path), "My-key_2.b.pem");
	assert_false(file_exists("home"));
}

static void a_new_key_is_own_trusted_and_never_replaced(void **state)
{
	(void)state;
	struct trusted t = { .role = TRUST_DEVELOPER, .vendor = "example.org", .label = "release" }, found;

	assert_int_equal(trust_new("release", &t, key_create, &scratch, &e), MS_OK);
	assert_true(t.own);
	assert_string_equal(path_name(t.path), "release.pem");
	assert_int_equal(trust_find(t.key.kid, TRUST_DEVELOPER, "example.org", &scratch, &found, &e), MS_OK);
	assert_int_equal(trust_find(t.key.kid, TRUST_DEVELOPER, "example.com", &scratch, &found, &e), -MS_ESIGNATURE);

	const char *before = text_of("home/config/keys/release.pem");
	assert_int_equal(trust_new("release", &t, key_create, &scratch, &e), -MS_EEXIST);
	assert_non_null(strstr(e.fix, "ms key show release"));
	assert_string_equal(text_of("home/config/keys/release.pem"), before);
}

static void the_names_of_roles_belong_to_their_roles(void **state)
{
	(void)state;
	struct trusted t = { .role = TRUST_INTEGRATOR, .label = "" };

	assert_int_equal(trust_new("developer", &t, key_create, &scratch, &e), -MS_EINVAL);
	t = (struct trusted){ .role = TRUST_INTEGRATOR, .vendor = "example.org", .label = "" };
	assert_int_equal(trust_new("integrator", &t, key_create, &scratch, &e), -MS_EINVAL);
	t = (struct trusted){ .role = TRUST_INTEGRATOR, .label = "" };
	assert_int_equal(trust_new("integrator", &t, key_create, &scratch, &e), MS_OK);
	assert_string_equal(t.label, "your integrator key");
	assert_string_equal(trust_role_name(TRUST_INTEGRATOR), "integrator");
}

#define trust_test(f) cmocka_unit_test_setup_teardown(f, make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		trust_test(an_identity_is_made_when_first_needed_and_said_once),
		trust_test(of_many_processes_one_makes_it_and_all_use_it),
		trust_test(an_identity_that_cannot_be_made_is_a_failure),
		trust_test(own_keys_are_trusted_in_their_role_only),
		trust_test(an_unknown_key_is_refused_with_the_way_to_trust_it),
		trust_test(a_trusted_key_counts_for_its_role_and_vendor),
		trust_test(a_file_under_another_keys_name_is_refused),
		trust_test(a_damaged_file_is_refused_with_its_line),
		trust_test(what_cannot_stand_on_a_line_is_no_vendor_and_no_label),
		trust_test(own_keys_are_listed_first_and_damaged_ones_are_warned_of),
		trust_test(own_keys_have_plain_names),
		trust_test(a_new_key_is_own_trusted_and_never_replaced),
		trust_test(the_names_of_roles_belong_to_their_roles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
