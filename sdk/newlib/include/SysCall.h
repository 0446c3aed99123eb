/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one header that a first program needs, where the C library is newlib: the log, and with it what C and POSIX have for texts,
 * memory and time.  Threads and sockets are not there (docs/build.md, "Fixed mode").
 */
#ifndef SYSCALL_H
#define SYSCALL_H

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <ms/syscall.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LOG_ERROR(...) ms_log_format(MS_LOG_ERROR, __VA_ARGS__)
#define LOG_WARNING(...) ms_log_format(MS_LOG_WARNING, __VA_ARGS__)
#define LOG_NOTICE(...) ms_log_format(MS_LOG_NOTICE, __VA_ARGS__)
#define LOG_INFO(...) ms_log_format(MS_LOG_INFO, __VA_ARGS__)
#define LOG_DEBUG(...) ms_log_format(MS_LOG_DEBUG, __VA_ARGS__)

/* Format one line and put it into the log; as ms_log. */
int ms_log_format(enum ms_severity severity, const char *format, ...) __attribute__((format(printf, 2, 3)));

#ifdef __cplusplus
}
#endif

#endif
