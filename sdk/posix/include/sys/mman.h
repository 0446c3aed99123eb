/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory locking (IEEE 1003.1, options ML and MLR): memory never leaves its place here, so nothing is done.
 *
 * Shared-memory objects (option SHM): what shm_open makes lies in the heap and is shared by the threads of the service; blocks that other services
 * share are found by the names that the program gives them (ms_shared_name of <ms/shared.h>).
 */
#ifndef MS_SYS_MMAN_H
#define MS_SYS_MMAN_H

#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FIXED 16
#define MAP_FAILED ((void *)-1)

/*
 * A descriptor of the object of that name ("/" and 1 to NAME_MAX - 1 others); with O_CREAT it is made, of no size, if there is none.
 * -1 and EACCES (O_TRUNC of a block), EEXIST, EINVAL (the name; neither O_RDONLY nor O_RDWR), EMFILE, ENAMETOOLONG, ENOENT, ENOSPC (no memory).
 */
int shm_open(const char *name, int flags, mode_t mode);

/* Its name is gone; the object is when nobody has it open or mapped.  -1 and EACCES (a block), ENAMETOOLONG, ENOENT. */
int shm_unlink(const char *name);

/*
 * Where the object is: `wished` changes nothing, and PROT_READ alone or PROT_NONE does not keep the program from memory that is its own.
 * `offset` is a multiple of sysconf(_SC_PAGESIZE).  MAP_FAILED and EACCES (to be written, and not open or not lent for it; a block that
 * is not lent), EBADF, EINVAL, ENODEV (no shared-memory object), ENOMEM, ENOTSUP (MAP_PRIVATE, MAP_FIXED, PROT_EXEC), ENXIO (beyond
 * its end), EOVERFLOW.
 */
void *mmap(void *wished, size_t size, int access, int flags, int fd, off_t offset);

/* -1 and EINVAL. */
int munmap(void *at, size_t size);

#define MCL_CURRENT 1
#define MCL_FUTURE 2

int mlock(const void *at, size_t size);		/* 0; -1 and ENOMEM: it would end behind the last address */
int munlock(const void *at, size_t size);	/* likewise */
int mlockall(int flags);			/* -1 and EINVAL: neither of the two, or others */
int munlockall(void);				/* 0 */

#ifdef __cplusplus
}
#endif

#endif
