/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each access of a service to memory that another thread may see is a point (schedule.h), when it is built for
 * `ms test --schedules`: gcc's -fsanitize=thread calls these functions before each, and instead of each atomic one.  Nothing
 * else of that sanitizer is used.  As a service built so has not the address sanitizer, memory of its heap that is not
 * allocated is looked for here.
 *
 * The kernel is closed while these run.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schedule.h"

#define OPTIONAL __attribute__((weak))

extern OPTIONAL void *__asan_region_is_poisoned(void *at, size_t size);
extern OPTIONAL void __asan_report_load_n(void *at, size_t size);
extern OPTIONAL void __asan_report_store_n(void *at, size_t size);

static inline void look(void *at, size_t size, bool write)
{
	if (!__asan_region_is_poisoned || !__asan_region_is_poisoned(at, size))
		return;
	if (write)
		__asan_report_store_n(at, size);
	else
		__asan_report_load_n(at, size);
}

#define ACCESS(name, size, write) \
	void __tsan_##name(void *at); \
	void __tsan_##name(void *at) { schedule_point(); look(at, size, write); }
#define ACCESSES(size) \
	ACCESS(read##size, size, false) ACCESS(write##size, size, true) \
	ACCESS(unaligned_read##size, size, false) ACCESS(unaligned_write##size, size, true) \
	ACCESS(volatile_read##size, size, false) ACCESS(volatile_write##size, size, true)
ACCESSES(1) ACCESSES(2) ACCESSES(4) ACCESSES(8) ACCESSES(16)

void __tsan_read_range(void *at, size_t size);
void __tsan_read_range(void *at, size_t size)
{
	schedule_point();
	look(at, size, false);
}

void __tsan_write_range(void *at, size_t size);
void __tsan_write_range(void *at, size_t size)
{
	schedule_point();
	look(at, size, true);
}

/* Nothing to do at a program's start, or around a function. */
void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *pc);
void __tsan_func_entry(void *pc)
{
	(void)pc;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

/* Only one thread runs at a time: the strongest order costs nothing. */
#define STRONGEST __ATOMIC_SEQ_CST

#define EXCHANGE(type, bits, name, operation) \
	type __tsan_atomic##bits##_##name(volatile type *at, type value, int order); \
	type __tsan_atomic##bits##_##name(volatile type *at, type value, int order) \
	{ \
		(void)order; \
		schedule_point(); \
		look((void *)(uintptr_t)at, sizeof(type), true); \
		return operation(at, value, STRONGEST); \
	}
#define COMPARE(type, bits, strength) \
	int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *at, type *expected, type value, int order, int failed); \
	int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *at, type *expected, type value, int order, int failed) \
	{ \
		(void)order, (void)failed; \
		schedule_point(); \
		look((void *)(uintptr_t)at, sizeof(type), true); \
		return __atomic_compare_exchange_n(at, expected, value, false, STRONGEST, STRONGEST); \
	}
#define COMPARE_VALUE(type, bits) \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected, type value, int order, int failed); \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected, type value, int order, int failed) \
	{ \
		__tsan_atomic##bits##_compare_exchange_strong(at, &expected, value, order, failed); \
		return expected; \
	}
#define ATOMIC(type, bits) \
	type __tsan_atomic##bits##_load(const volatile type *at, int order); \
	type __tsan_atomic##bits##_load(const volatile type *at, int order) \
	{ \
		(void)order; \
		schedule_point(); \
		look((void *)(uintptr_t)at, sizeof(type), false); \
		return __atomic_load_n(at, STRONGEST); \
	} \
	void __tsan_atomic##bits##_store(volatile type *at, type value, int order); \
	void __tsan_atomic##bits##_store(volatile type *at, type value, int order) \
	{ \
		(void)order; \
		schedule_point(); \
		look((void *)(uintptr_t)at, sizeof(type), true); \
		__atomic_store_n(at, value, STRONGEST); \
	} \
	EXCHANGE(type, bits, exchange, __atomic_exchange_n) EXCHANGE(type, bits, fetch_add, __atomic_fetch_add) \
	EXCHANGE(type, bits, fetch_sub, __atomic_fetch_sub) EXCHANGE(type, bits, fetch_and, __atomic_fetch_and) \
	EXCHANGE(type, bits, fetch_or, __atomic_fetch_or) EXCHANGE(type, bits, fetch_xor, __atomic_fetch_xor) \
	EXCHANGE(type, bits, fetch_nand, __atomic_fetch_nand) \
	COMPARE(type, bits, strong) COMPARE(type, bits, weak) COMPARE_VALUE(type, bits)
ATOMIC(uint8_t, 8)
ATOMIC(uint16_t, 16)
ATOMIC(uint32_t, 32)
ATOMIC(uint64_t, 64)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
	(void)order;
	schedule_point();
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
	(void)order;
}
