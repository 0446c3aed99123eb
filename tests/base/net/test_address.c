/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"
#include "scratch.h"

static void written(const char *url, const char *text, bool here)
{
	struct address at;
	struct err e;

	if (address_read(url, &scratch, &at, &e) < 0)
		fail_msg("%s", e.text);
	assert_string_equal(at.text, text);
	assert_int_equal(at.here, here);
	assert_int_equal(at.secure, !strncmp(text, "https:", 6));
}

static void one_address_is_written_in_one_way(void **state)
{
	(void)state;

	written("https://store.example.org", "https://store.example.org", false);
	written("https://Store.EXAMPLE.org.:443/", "https://store.example.org", false);
	written("https://store.example.org:8443//", "https://store.example.org:8443", false);
	written("https://store.example.org:80", "https://store.example.org:80", false);
	written("https://example.org/a/../Store/", "https://example.org/Store", false);
	written("http://127.0.0.1:80", "http://127.0.0.1", true);
	written("http://LOCALHOST:8080", "http://localhost:8080", true);
	written("http://127.9.9.9:1", "http://127.9.9.9:1", true);
	written("http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080", true);
	written("https://[2001:DB8:0::1]", "https://[2001:db8::1]", false);
}

/* An address that looks like another one's is not that one. */
static void what_differs_is_written_in_another_way(void **state)
{
	(void)state;

	written("http://store.example.org", "http://store.example.org", false);
	written("https://store.example.org.evil.example", "https://store.example.org.evil.example", false);
	written("https://example.org/store", "https://example.org/store", false);
	written("https://localhost.example", "https://localhost.example", false);
	written("http://128.0.0.1", "http://128.0.0.1", false);
}

static void what_is_no_address_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "store.example.org", "ftp://store.example.org", "https://", "https:///x", "https://a b", "https://me@store.example.org", "https://me:secret@store.example.org",
		"https://store.example.org/?x", "https://store.example.org/#x", "https://store.example.org:99999", "https://store.example.org:x", "https://st\nore", "https://st\xc3\xb6re.example",
		"https://[::1", "https://.", "unix:/run/store", "//store.example.org",
	};
	struct address at;
	struct err e;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (address_read(bad[i], &scratch, &at, &e) != -MS_EUSAGE)
			fail_msg("'%s' is '%s'", bad[i], at.text);
	char *longest = arena_printf(&scratch, "https://%0600d.example", 0);
	assert_int_equal(address_read(longest, &scratch, &at, &e), -MS_EUSAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(one_address_is_written_in_one_way),
		scratch_test(what_differs_is_written_in_another_way),
		scratch_test(what_is_no_address_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
