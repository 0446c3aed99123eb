/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"
#include "scratch.h"

static const struct route rows[] = {
	{ .method = "GET", .path = "/livez" },
	{ .method = "GET", .path = "/v1/services/{vendor}/{name}" },
	{ .method = "POST", .path = "/v1/services/{vendor}/{name}/{version}/state" },
	{ .method = "GET", .path = "/log/tile/{path*}" },
	{ .method = "DELETE", .path = "/v1/services/{vendor}/{name}" },
};
static const struct routes routes = { rows, 5 };

static struct route_parts parts;

static int found(const char *method, const char *path)
{
	size_t at;

	return route_find(&routes, method, path, &at, &parts) == ROUTE_FOUND ? (int)at : -1;
}

static void a_path_is_found_with_its_parts(void **state)
{
	(void)state;
	assert_int_equal(found("GET", "/livez"), 0);
	assert_int_equal(found("HEAD", "/livez"), 0);
	assert_int_equal(found("GET", "/v1/services/acme.example/hello"), 1);
	assert_string_equal(parts.at[0], "acme.example");
	assert_string_equal(parts.at[1], "hello");
	assert_string_equal(parts.at[2], "");
	assert_int_equal(found("POST", "/v1/services/a.b/c/1.0.0+7/state"), 2);
	assert_string_equal(parts.at[2], "1.0.0+7");
	assert_int_equal(found("GET", "/log/tile/entries/x001/067.p/3"), 3);
	assert_string_equal(parts.at[0], "entries/x001/067.p/3");
}

static void nothing_else_is_found(void **state)
{
	(void)state;
	static const char *const paths[] = {
		"", "/", "/livez/", "/livezz", "livez", "/v1/services/a", "/v1/services/a/", "/v1/services//b", "/v1/services/a/b/", "/v1/services/../b", "/v1/services/.a/b",
		"/v1/services/a b/c", "/v1/services/a%2f/c", "/v1/services/a\\b/c", "/log/tile/", "/log/tile/../x", "/log/tile/a//b", "/log/tile/a/..", "/log/tile/a/", "/log/tile/a/.b",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		assert_int_equal(found("GET", paths[i]), -1);
		assert_string_equal(parts.at[0], "");
	}
}

static void a_path_says_what_can_be_asked_of_it(void **state)
{
	(void)state;
	struct arena a = { 0 };

	assert_string_equal(route_methods(&routes, "/livez", &a), "GET, HEAD");
	assert_string_equal(route_methods(&routes, "/v1/services/a.b/c", &a), "GET, HEAD, DELETE");
	assert_string_equal(route_methods(&routes, "/v1/services/a.b/c/1/state", &a), "POST");
	assert_string_equal(route_methods(&routes, "/nothing", &a), "");
	arena_done(&a);
}

static void a_part_that_is_too_long_is_none(void **state)
{
	(void)state;
	char path[400] = "/log/tile/";

	memset(path + 10, 'x', ROUTE_PART_MAX);
	assert_int_equal(found("GET", path), 3);
	path[10 + ROUTE_PART_MAX] = 'x';
	assert_int_equal(found("GET", path), -1);
}

static void what_cannot_be_done_is_told_from_what_is_not_there(void **state)
{
	(void)state;
	size_t at;

	assert_int_equal(route_find(&routes, "DELETE", "/livez", &at, &parts), ROUTE_NO_METHOD);
	assert_int_equal(route_find(&routes, "GET", "/nothing", &at, &parts), ROUTE_NO_PATH);
	assert_int_equal(route_find(&routes, "HEAD", "/v1/services/a.b/c/1.0.0/state", &at, &parts), ROUTE_NO_METHOD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_found_with_its_parts),
		cmocka_unit_test(nothing_else_is_found),
		cmocka_unit_test(a_path_says_what_can_be_asked_of_it),
		cmocka_unit_test(a_part_that_is_too_long_is_none),
		cmocka_unit_test(what_cannot_be_done_is_told_from_what_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
