/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices that a program gives names to, for open(2), fopen(3) and what takes a descriptor: a driver service that it calls,
 * or anything else that bytes come from and go to.
 *
 *	static struct ms_file uart = { .name = "uart0", .kind = &uart_kind };
 *
 *	ms_file_add(&uart);
 *	FILE *f = fopen("/dev/uart0", "r+");
 */
#ifndef MS_FILE_H
#define MS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is done with one.  Each returns how many bytes, at most `size`, or a negative number of <errno.h>.  `dont_wait`: -EAGAIN where
 * it would wait otherwise.  Reading 0 bytes is the end of the file.  Called by whatever thread reads or writes, by several at once
 * if several do.  NULL: nothing can be read, or written: open() for it gives EACCES.
 */
struct ms_file_kind {
	ssize_t (*read)(void *context, void *to, size_t size, bool dont_wait);
	ssize_t (*write)(void *context, const void *from, size_t size, bool dont_wait);

	/* As fsync(2): 0, or a negative number.  NULL: EINVAL. */
	int (*sync)(void *context);
};

struct ms_file {
	const char *name;		/* below /dev, without a slash */
	const struct ms_file_kind *kind;
	void *context;			/* handed to its functions */
	struct ms_file *next;		/* the library's */
};

/* From now on it can be opened.  It is the caller's, and stays for ever.  Before other threads open files. */
void ms_file_add(struct ms_file *f);

#ifdef __cplusplus
}
#endif

#endif
