/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared memory: a block that its owner (`shared` in ms.yaml) can lend to the one other service that the product names
 * (`requests: shared` there).  Its number is FRAMES_SHARED in psa_manifest/<service>.h.  A block is cleared before
 * its owner starts, never executed, and taken back when either service ends.  Any thread may call these.
 *
 * What another service can write may change at any moment: copy what you check, then check the copy.
 * A borrower that touches a block after it was taken back is stopped as for any memory that is not its own.
 */
#ifndef MS_SHARED_H
#define MS_SHARED_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { MS_SHARED_READ = 1, MS_SHARED_WRITE = 2 };

/*
 * Open a block: *at is its address until it is closed or taken back.  Opening what is open changes nothing.
 * MS_OK; -MS_ENOENT: not granted, or not lent now; -MS_ENOMEM: five devices and blocks are open already.
 * *at is untouched on failure.
 */
int ms_shared_map(uint32_t block, void **at);

/* Close it.  MS_OK; -MS_ENOENT: it is not open. */
int ms_shared_unmap(uint32_t block);

/*
 * Lend a block of one's own, to read or to read and write.  The borrower has to be told, by a message.  MS_OK;
 * -MS_ENOENT: no block of the caller's own; -MS_EINVAL: other rights; -MS_EPERM: more than the product lets the borrower have, or
 * there is none; -MS_EBUSY: it is lent already.
 */
int ms_shared_lend(uint32_t block, uint32_t rights);

/* Take it back: when this returns the borrower cannot reach it any more.  MS_OK, also when it was not lent; -MS_ENOENT. */
int ms_shared_revoke(uint32_t block);

/*
 * A block as shm_open(3) finds it: shm_open("/frames", O_RDWR, 0) then gives a descriptor for mmap(2), whatever service owns the block.
 *
 *	static struct ms_shared_object frames = { .name = "frames", .block = FRAMES_SHARED, .size = 1024 };
 *
 * `size` is the manifest's.
 */
struct ms_shared_object {
	const char *name;		/* without a slash */
	uint32_t block;
	size_t size;
	const struct ms_shared_object *next;	/* the library's */
};

/* From now on its name stands for it.  The object is the caller's, and stays for ever.  Any thread may call this. */
void ms_shared_name(struct ms_shared_object *block);

#ifdef __cplusplus
}
#endif

#endif
