/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assertions for tests that run on a board (`ms test --on`): the names and
 * meanings of cmocka 1.1, so that one source is a test on the PC, with cmocka,
 * and on a board, with this.  Mocks (will_return, mock, expect_value, check_expected) hold at most 32 values at a time;
 * expect_memory compares with what is there when the mock asks. Checks by function, calls in an order, test_malloc and the old interface (unit_test) are not here.
 *
 * An assertion that fails ends its test. It must be made by the test's own thread.
 */
#ifndef CMOCKA_H
#define CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The program's own main is called by the one that starts tests. */
#define main ms_boardtest_main
int ms_boardtest_main(void);

typedef uintmax_t LargestIntegralType;
typedef void (*CMUnitTestFunction)(void **state);
typedef int (*CMFixtureFunction)(void **state);

struct CMUnitTest {
	const char *name;
	CMUnitTestFunction test_func;
	CMFixtureFunction setup_func, teardown_func;
	void *initial_state;
};

#define cmocka_unit_test(f) { #f, f, NULL, NULL, NULL }
#define cmocka_unit_test_setup(f, setup) { #f, f, setup, NULL, NULL }
#define cmocka_unit_test_teardown(f, teardown) { #f, f, NULL, teardown, NULL }
#define cmocka_unit_test_setup_teardown(f, setup, teardown) { #f, f, setup, teardown, NULL }
#define cmocka_unit_test_prestate(f, state) { #f, f, NULL, NULL, state }
#define cmocka_unit_test_prestate_setup_teardown(f, setup, teardown, state) { #f, f, setup, teardown, state }

#define cmocka_run_group_tests(tests, setup, teardown) cmocka_run_group_tests_name(#tests, tests, setup, teardown)
#define cmocka_run_group_tests_name(name, tests, setup, teardown) \
	_cmocka_run_group_tests(name, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)
int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
			    CMFixtureFunction setup, CMFixtureFunction teardown);

/* End the test: as failed, with a formatted reason, or as skipped. */
_Noreturn void ms_boardtest_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void ms_boardtest_skip(const char *format, ...) __attribute__((format(printf, 1, 2)));

#define fail() ms_boardtest_fail(__FILE__, __LINE__, "fail()")
#define fail_msg(...) ms_boardtest_fail(__FILE__, __LINE__, __VA_ARGS__)
#define skip() ms_boardtest_skip("skip()")

void print_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
void print_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What assertions come to; each takes where it stands. */
void ms_assert(bool holds, const char *text, const char *file, int line);
void ms_assert_number(bool wanted_equal, uintmax_t a, uintmax_t b, const char *file, int line);
void ms_assert_float(bool wanted_equal, float a, float b, float epsilon, const char *file, int line);
void ms_assert_string(bool wanted_equal, const char *a, const char *b, const char *file, int line);
void ms_assert_memory(bool wanted_equal, const void *a, const void *b, size_t size, const char *file, int line);
void ms_assert_range(bool wanted_in, uintmax_t v, uintmax_t low, uintmax_t high, const char *file, int line);
void ms_assert_set(bool wanted_in, uintmax_t v, const uintmax_t *set, size_t count, const char *file, int line);

#define assert_true(c) ms_assert(!!(c), #c, __FILE__, __LINE__)
#define assert_false(c) ms_assert(!(c), "!(" #c ")", __FILE__, __LINE__)
#define assert_non_null(p) ms_assert((p) != NULL, #p " != NULL", __FILE__, __LINE__)
#define assert_null(p) ms_assert((p) == NULL, #p " == NULL", __FILE__, __LINE__)
#define assert_return_code(rc, error) ms_assert((rc) >= 0, #rc " >= 0", __FILE__, __LINE__)
#define assert_int_equal(a, b) ms_assert_number(true, (uintmax_t)(a), (uintmax_t)(b), __FILE__, __LINE__)
#define assert_int_not_equal(a, b) ms_assert_number(false, (uintmax_t)(a), (uintmax_t)(b), __FILE__, __LINE__)
#define assert_ptr_equal(a, b) ms_assert_number(true, (uintptr_t)(a), (uintptr_t)(b), __FILE__, __LINE__)
#define assert_ptr_not_equal(a, b) ms_assert_number(false, (uintptr_t)(a), (uintptr_t)(b), __FILE__, __LINE__)
#define assert_float_equal(a, b, epsilon) ms_assert_float(true, a, b, epsilon, __FILE__, __LINE__)
#define assert_float_not_equal(a, b, epsilon) ms_assert_float(false, a, b, epsilon, __FILE__, __LINE__)
#define assert_string_equal(a, b) ms_assert_string(true, a, b, __FILE__, __LINE__)
#define assert_string_not_equal(a, b) ms_assert_string(false, a, b, __FILE__, __LINE__)
#define assert_memory_equal(a, b, size) ms_assert_memory(true, a, b, size, __FILE__, __LINE__)
#define assert_memory_not_equal(a, b, size) ms_assert_memory(false, a, b, size, __FILE__, __LINE__)
#define assert_in_range(v, low, high) ms_assert_range(true, (uintmax_t)(v), (uintmax_t)(low), (uintmax_t)(high), __FILE__, __LINE__)
#define assert_not_in_range(v, low, high) ms_assert_range(false, (uintmax_t)(v), (uintmax_t)(low), (uintmax_t)(high), __FILE__, __LINE__)
#define assert_in_set(v, set, count) ms_assert_set(true, (uintmax_t)(v), set, count, __FILE__, __LINE__)
#define assert_not_in_set(v, set, count) ms_assert_set(false, (uintmax_t)(v), set, count, __FILE__, __LINE__)

/* Values that a mock finds, in the order in which they were put there for its name; what is left at the end of a test fails it. */
enum ms_mock_kind { MS_MOCK_RETURN, MS_MOCK_VALUE, MS_MOCK_STRING, MS_MOCK_MEMORY, MS_MOCK_ANY };
void ms_mock_put(enum ms_mock_kind kind, const char *function, const char *parameter, uintmax_t value, int count,
		 const char *file, int line);
void ms_mock_put_memory(const char *function, const char *parameter, const void *memory, size_t size, const char *file, int line);
uintmax_t ms_mock_take(const char *function, const char *file, int line);
void ms_mock_check(const char *function, const char *parameter, uintmax_t value, const char *file, int line);

#define will_return(f, value) ms_mock_put(MS_MOCK_RETURN, #f, "", (uintmax_t)(value), 1, __FILE__, __LINE__)
#define will_return_count(f, value, count) ms_mock_put(MS_MOCK_RETURN, #f, "", (uintmax_t)(value), count, __FILE__, __LINE__)
#define will_return_always(f, value) ms_mock_put(MS_MOCK_RETURN, #f, "", (uintmax_t)(value), -1, __FILE__, __LINE__)
#define mock() ms_mock_take(__func__, __FILE__, __LINE__)
#define mock_type(type) ((type)mock())
#define mock_ptr_type(type) ((type)(uintptr_t)mock())
#define expect_value(f, p, value) ms_mock_put(MS_MOCK_VALUE, #f, #p, (uintmax_t)(value), 1, __FILE__, __LINE__)
#define expect_string(f, p, value) ms_mock_put(MS_MOCK_STRING, #f, #p, (uintptr_t)(value), 1, __FILE__, __LINE__)
#define expect_memory(f, p, memory, size) ms_mock_put_memory(#f, #p, memory, size, __FILE__, __LINE__)
#define expect_any(f, p) ms_mock_put(MS_MOCK_ANY, #f, #p, 0, 1, __FILE__, __LINE__)
#define check_expected(p) ms_mock_check(__func__, #p, (uintmax_t)(p), __FILE__, __LINE__)
#define check_expected_ptr(p) ms_mock_check(__func__, #p, (uintptr_t)(p), __FILE__, __LINE__)
#define expect_function_call(f) ms_mock_put(MS_MOCK_ANY, #f, "()", 0, 1, __FILE__, __LINE__)
#define function_called() ms_mock_check(__func__, "()", 0, __FILE__, __LINE__)

#ifdef __cplusplus
}
#endif

#endif
