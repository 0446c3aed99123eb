/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The binary interface between services and the runtime: numbers and types,
 * no functions.  Services, runtime, host simulation and tools all read this.
 * docs/abi.md explains it.
 */
#ifndef MS_ABI_H
#define MS_ABI_H

#include <stdint.h>

enum { MS_ABI_MAJOR = 1, MS_ABI_MINOR = 0 };

/* Errors are given negative: -MS_EINVAL. */
enum ms_error {
	MS_OK = 0,
#define MS_ERROR(number, name, text) MS_##name = number,
#include <ms/abi/errors.def>
#undef MS_ERROR
};

enum ms_syscall {
#define MS_SYSCALL(number, name, arguments, speed, doc) MS_SYS_##name = number,
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
	MS_SYSCALL_END = 128	/* every number is below */
};

enum ms_target {
#define MS_TARGET(number, name, text, mpu, doc) MS_TARGET_##name = number,
#include <ms/abi/targets.def>
#undef MS_TARGET
};

/* Severity of a log line, as RFC 5424 numbers them. */
enum ms_severity {
	MS_LOG_ERROR = 3,
	MS_LOG_WARNING = 4,
	MS_LOG_NOTICE = 5,
	MS_LOG_INFO = 6,
	MS_LOG_DEBUG = 7,
};

enum { MS_LOG_LINE_MAX = 120 };		/* bytes; a longer line is cut */

/* What `info` can be asked for. */
enum ms_info {
	MS_INFO_ABI = 1,		/* major << 16 | minor */
	MS_INFO_ISOLATION = 2,		/* 0 none, 7 PMSAv7, 8 PMSAv8, 1000 host simulation */
	MS_INFO_SERVICE = 3,		/* the caller's service id */
	MS_INFO_RUN_COUNT = 4,		/* starts of this service since boot, the first is 1 */
	MS_INFO_RAM_SIZE = 5,		/* bytes of RAM the caller may touch */
	MS_INFO_TICK_NSEC = 6,		/* resolution of the clock, nanoseconds */
	MS_INFO_QUANTUM_NSEC = 7,	/* so long a thread of this service runs before another of its priority; nanoseconds */
};

/* "Never" as a deadline: absolute nanoseconds that do not come. */
#define MS_FOREVER UINT64_MAX

/* A service's status when it ends by a signal-like cause, as a shell sees it. */
enum { MS_EXIT_ABORT = 134 };

/*
 * Where the parts of an executable are linked.  A relocated word below
 * MS_LINK_SPLIT belongs to text, one at or above it to data, so that even a
 * pointer biased outside its object by less than 1 GiB is told apart.
 */
#define MS_LINK_TEXT	UINT32_C(0x20000000)
#define MS_LINK_SPLIT	UINT32_C(0x60000000)
#define MS_LINK_DATA	UINT32_C(0xA0000000)
#define MS_LINK_TOOLS	UINT32_C(0)

#endif
