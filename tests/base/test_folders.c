/* SPDX-License-Identifier: Apache-2.0 */
#include "folders.h"

#include "scratch.h"

/* Only these are set; NULL is not. */
static void environment(const char *ms_home, const char *xdg, const char *home)
{
	const struct { const char *name, *value; } all[] = {
		{ "MS_HOME", ms_home }, { "XDG_CONFIG_HOME", xdg }, { "XDG_CACHE_HOME", xdg }, { "XDG_STATE_HOME", xdg },
		{ "HOME", home },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i].value)
			setenv(all[i].name, all[i].value, 1);
		else
			unsetenv(all[i].name);
	}
}

static void folders_are_xdgs(void **state)
{
	(void)state;

	environment(NULL, NULL, "/home/anna");
	assert_string_equal(folder_config(&scratch), "/home/anna/.config/ms");
	assert_string_equal(folder_cache(&scratch), "/home/anna/.cache/ms");
	assert_string_equal(folder_state(&scratch), "/home/anna/.local/state/ms");
	environment(NULL, "/xdg", "/home/anna");
	assert_string_equal(folder_config(&scratch), "/xdg/ms");
	assert_string_equal(folder_cache(&scratch), "/xdg/ms");
	assert_string_equal(folder_state(&scratch), "/xdg/ms");
}

static void ms_home_has_all_of_them(void **state)
{
	(void)state;

	environment("/elsewhere", "/xdg", "/home/anna");
	assert_string_equal(folder_config(&scratch), "/elsewhere/config");
	assert_string_equal(folder_cache(&scratch), "/elsewhere/cache");
	assert_string_equal(folder_state(&scratch), "/elsewhere/state");
	environment("here", NULL, "/home/anna");
	assert_string_equal(folder_config(&scratch), path_absolute(&scratch, "here/config"));
	environment("", NULL, "/home/anna");
	assert_string_equal(folder_config(&scratch), "/home/anna/.config/ms");
}

static void what_is_not_absolute_counts_as_not_set(void **state)
{
	(void)state;

	environment(NULL, "xdg", "/home/anna");
	assert_string_equal(folder_config(&scratch), "/home/anna/.config/ms");
	environment(NULL, "", "home");
	assert_int_equal(folder_config(&scratch)[0], '/');	/* what the system says */
	environment(NULL, NULL, NULL);
	assert_int_equal(folder_config(&scratch)[0], '/');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(folders_are_xdgs),
		scratch_test(ms_home_has_all_of_them),
		scratch_test(what_is_not_absolute_counts_as_not_set),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
