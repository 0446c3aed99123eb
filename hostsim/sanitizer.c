/* SPDX-License-Identifier: Apache-2.0 */
#include "sanitizer.h"

#define OPTIONAL __attribute__((weak))

extern OPTIONAL void __sanitizer_start_switch_fiber(void **save, const void *bottom, size_t size);
extern OPTIONAL void __sanitizer_finish_switch_fiber(void *saved, const void **bottom, size_t *size);
extern OPTIONAL void __sanitizer_set_death_callback(void (*f)(void));
extern OPTIONAL void __asan_unpoison_memory_region(const volatile void *at, size_t size);
extern OPTIONAL size_t __sanitizer_get_current_allocated_bytes(void);
extern OPTIONAL int __lsan_do_recoverable_leak_check(void);

/*
 * Asked by the sanitizers at start.  Crashes are ours to report, as faults of a service or of
 * the test; locals stay on the stacks, where the kernel checks that a service's pointers lie.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:handle_abort=0:"
	       "use_sigaltstack=0:detect_stack_use_after_return=0:allocator_may_return_null=1:"
	       "detect_leaks=1:leak_check_at_exit=0:print_legend=0";
}

const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void)
{
	return "print_stacktrace=1:print_summary=1";
}

void sanitizer_leave(void **save, const void *stack_low, size_t stack_size)
{
	if (__sanitizer_start_switch_fiber)
		__sanitizer_start_switch_fiber(save, stack_low, stack_size);
}

void sanitizer_arrive(void *saved, const void **left_low, size_t *left_size)
{
	if (__sanitizer_finish_switch_fiber)
		__sanitizer_finish_switch_fiber(saved, left_low, left_size);
}

void sanitizer_unpoison(const void *at, size_t size)
{
	if (__asan_unpoison_memory_region)
		__asan_unpoison_memory_region(at, size);
}

size_t sanitizer_allocated(void)
{
	return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : 0;
}

bool sanitizer_leaks(size_t before)
{
	return sanitizer_allocated() > before && __lsan_do_recoverable_leak_check && __lsan_do_recoverable_leak_check();
}

/* Outside of the pages that may be closed when it is needed. */
__attribute__((section("ms_open")))
static void (*on_finding)(void);

/* Called by the sanitizer of undefined behaviour, which knows no death callback of the other's. */
void __ubsan_on_report(void);
void __ubsan_on_report(void)
{
	if (on_finding)
		on_finding();
}

void sanitizer_on_finding(void (*f)(void))
{
	on_finding = f;
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(f);
}
