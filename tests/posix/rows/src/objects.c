/* SPDX-License-Identifier: Apache-2.0 */
/* Shared-memory objects: of the heap, and the block that ms.yaml names. */
#include <fcntl.h>
#include <limits.h>
#include <ms/shared.h>
#include <psa_manifest/rows.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "held.h"
#include "rows.h"

enum { BLOCK_SIZE = 256, BOTH = PROT_READ | PROT_WRITE };
static struct ms_shared_object frames = { .name = "frames", .block = FRAMES_SHARED, .size = BLOCK_SIZE },
			       not_granted = { .name = "not-granted", .block = 99, .size = 32 };

void objects_prepare(void)
{
	ms_shared_name(&frames);
	ms_shared_name(&not_granted);
}

static off_t size_of(int fd)
{
	struct stat s;

	return fstat(fd, &s) == 0 ? s.st_size : -1;
}

static int what_one_writes_the_other_reads(void)
{
	int fd = shm_open("/object", O_RDWR | O_CREAT | O_EXCL, 0600), other = shm_open("object", O_RDONLY, 0);

	MUST(fd >= 0 && other >= 0 && size_of(fd) == 0 && ftruncate(fd, 100) == 0 && size_of(other) == 100);
	char *a = mmap(NULL, 100, BOTH, MAP_SHARED, fd, 0), *b = mmap(NULL, 36, PROT_READ, MAP_SHARED, other, 64);

	MUST(a != MAP_FAILED && b != MAP_FAILED && a[0] == 0 && a[99] == 0);
	a[64] = 'x';
	MUST(b[0] == 'x' && close(fd) == 0 && close(other) == 0 && a[64] == 'x');
	MUST(munmap(a, 100) == 0 && munmap(b, 36) == 0 && (fd = shm_open("/object", O_RDWR, 0)) >= 0 && size_of(fd) == 100);
	MUST((b = mmap(NULL, 100, BOTH, MAP_SHARED, fd, 0)) != MAP_FAILED && b[64] == 'x' && munmap(b, 100) == 0);
	MUST(close(fd) == 0 && (fd = shm_open("/object", O_RDWR | O_TRUNC, 0)) >= 0 && size_of(fd) == 0 && close(fd) == 0 && shm_unlink("/object") == 0);
	return 0;
}

/* An object without a name lives while somebody has it open or mapped. */
static int a_name_is_removed_and_the_object_stays(void)
{
	int fd = shm_open("/object", O_RDWR | O_CREAT, 0600), other;
	char *at;

	MUST(fd >= 0 && ftruncate(fd, 64) == 0 && (at = mmap(NULL, 64, BOTH, MAP_SHARED, fd, 0)) != MAP_FAILED && shm_unlink("/object") == 0);
	at[0] = 'o';
	FAILS(shm_open("/object", O_RDWR, 0) == -1, ENOENT);
	MUST((other = shm_open("/object", O_RDWR | O_CREAT | O_EXCL, 0600)) >= 0 && size_of(other) == 0 && size_of(fd) == 64 && close(fd) == 0 && at[0] == 'o');
	MUST(munmap(at, 64) == 0 && close(other) == 0 && shm_unlink("/object") == 0);
	return 0;
}

static int a_size_is_what_it_was_said_to_be(void)
{
	int fd = shm_open("/object", O_RDWR | O_CREAT, 0600), other = shm_open("/object", O_RDONLY, 0);
	char *at;

	MUST(ftruncate(fd, 40) == 0 && (at = mmap(NULL, 40, BOTH, MAP_SHARED, fd, 0)) != MAP_FAILED);
	memset(at, 'x', 40);
	MUST(ftruncate(fd, 10) == 0 && ftruncate(fd, 40) == 0 && at[9] == 'x' && at[10] == 0 && at[39] == 0);
	FAILS(ftruncate(fd, 200) == -1, EFBIG);		/* it is mapped, and would have to move */
	MUST(munmap(at, 40) == 0 && ftruncate(fd, 200) == 0 && (at = mmap(NULL, 200, BOTH, MAP_SHARED, fd, 0)) != MAP_FAILED && at[9] == 'x' && at[199] == 0);
	MUST(munmap(at, 200) == 0);
	FAILS(ftruncate(fd, 1024 * 1024) == -1, EFBIG);
	FAILS(ftruncate(fd, -1) == -1, EINVAL);
	FAILS(ftruncate(other, 10) == -1, EINVAL);
	FAILS(ftruncate(STDOUT_FILENO, 10) == -1, EINVAL);
	FAILS(ftruncate(19, 10) == -1, EBADF);
	FAILS(size_of(19) == -1, EBADF);
	MUST(size_of(fd) == 200 && close(fd) == 0 && close(other) == 0 && shm_unlink("/object") == 0);
	return 0;
}

static int names_that_are_none_are_refused(void)
{
	char name[NAME_MAX + 2];
	int last = -1, fd;

	memset(name, 'n', sizeof(name));
	name[0] = '/';
	name[sizeof(name) - 1] = '\0';
	FAILS(shm_open(name, O_RDWR | O_CREAT, 0600) == -1, ENAMETOOLONG);
	FAILS(shm_unlink(name) == -1, ENAMETOOLONG);
	FAILS(shm_open("/nobody", O_RDWR, 0) == -1, ENOENT);
	FAILS(shm_unlink("/nobody") == -1, ENOENT);
	FAILS(shm_open("/", O_RDWR | O_CREAT, 0600) == -1, EINVAL);
	FAILS(shm_open("", O_RDWR | O_CREAT, 0600) == -1, EINVAL);
	FAILS(shm_unlink("") == -1, ENOENT);
	FAILS(shm_open("/a/b", O_RDWR | O_CREAT, 0600) == -1, EINVAL);
	FAILS(shm_open("/nobody", O_WRONLY | O_CREAT, 0600) == -1, EINVAL);
	MUST((fd = shm_open("/one", O_RDWR | O_CREAT, 0600)) >= 0);
	FAILS(shm_open("/one", O_RDWR | O_CREAT | O_EXCL, 0600) == -1, EEXIST);
	while ((last = shm_open("/one", O_RDONLY, 0)) >= 0)
		fd = last;
	MUST(errno == EMFILE && shm_unlink("/one") == 0);
	while (fd > 2)
		MUST(close(fd--) == 0);
	FAILS(shm_open("/one", O_RDWR, 0) == -1, ENOENT);
	return 0;
}

#define NO_MAP(size, access, flags, fd, offset, error) FAILS(mmap(NULL, size, access, flags, fd, offset) == MAP_FAILED, error)

static int what_cannot_be_mapped_is_refused(void)
{
	int fd = shm_open("/object", O_RDWR | O_CREAT, 0600), read_only = shm_open("/object", O_RDONLY, 0), page = (int)sysconf(_SC_PAGESIZE);

	MUST(ftruncate(fd, 100) == 0);
	NO_MAP(0, BOTH, MAP_SHARED, fd, 0, EINVAL);
	NO_MAP(10, BOTH, 0, fd, 0, EINVAL);
	NO_MAP(10, BOTH, MAP_SHARED | MAP_PRIVATE, fd, 0, EINVAL);
	NO_MAP(10, BOTH, MAP_SHARED, fd, page / 2, EINVAL);
	NO_MAP(10, BOTH, MAP_PRIVATE, fd, 0, ENOTSUP);
	NO_MAP(10, BOTH, MAP_SHARED | MAP_FIXED, fd, 0, ENOTSUP);
	char *none = mmap(NULL, 10, PROT_NONE, MAP_SHARED, fd, 0);

	MUST(none != MAP_FAILED && munmap(none, 10) == 0);
	NO_MAP(10, BOTH | PROT_EXEC, MAP_SHARED, fd, 0, ENOTSUP);
	NO_MAP(10, BOTH, MAP_SHARED, 19, 0, EBADF);
	NO_MAP(10, BOTH, MAP_SHARED, STDOUT_FILENO, 0, ENODEV);
	NO_MAP(10, BOTH, MAP_SHARED, read_only, 0, EACCES);
	NO_MAP(200, BOTH, MAP_SHARED, fd, 0, ENXIO);
	NO_MAP(100, BOTH, MAP_SHARED, fd, page, ENXIO);
	NO_MAP(SIZE_MAX, BOTH, MAP_SHARED, fd, page, EOVERFLOW);
	MUST(close(fd) == 0 && close(read_only) == 0 && shm_unlink("/object") == 0);
	return 0;
}

static int what_is_not_mapped_is_left_alone(void)
{
	int fd = shm_open("/object", O_RDWR | O_CREAT, 0600), page = (int)sysconf(_SC_PAGESIZE);
	char *at;

	MUST(ftruncate(fd, 4 * page) == 0 && (at = mmap(NULL, (size_t)(4 * page), BOTH, MAP_SHARED, fd, 0)) != MAP_FAILED);
	FAILS(munmap(at, 0) == -1, EINVAL);
	FAILS(munmap(at + 1, 10) == -1, EINVAL);
	FAILS(munmap(at, SIZE_MAX) == -1, EINVAL);
	FAILS(ftruncate(fd, 8 * page) == -1, EFBIG);
	MUST(munmap(at, (size_t)page) == 0 && munmap(at + 3 * page, (size_t)page) == 0 && munmap(at, (size_t)page) == 0);
	FAILS(ftruncate(fd, 8 * page) == -1, EFBIG);	/* its midst is mapped still */
	MUST(munmap(at, (size_t)(4 * page)) == 0 && ftruncate(fd, 8 * page) == 0 && close(fd) == 0 && shm_unlink("/object") == 0);
	return 0;
}

static int a_block_of_the_manifest_is_mapped(void)
{
	int fd = shm_open("/frames", O_RDWR, 0), other = shm_open("/frames", O_RDWR | O_CREAT, 0600);

	MUST(fd >= 0 && other >= 0 && size_of(fd) == BLOCK_SIZE && ftruncate(fd, BLOCK_SIZE) == 0);
	char *a = mmap(NULL, BLOCK_SIZE, BOTH, MAP_SHARED, fd, 0), *b = mmap(NULL, BLOCK_SIZE, BOTH, MAP_SHARED, other, 0);
	void *same;

	MUST(a != MAP_FAILED && a == b && ms_shared_map(FRAMES_SHARED, &same) == 0 && same == a);
	a[0] = 'f';
	MUST(close(fd) == 0 && close(other) == 0 && munmap(a, BLOCK_SIZE) == 0 && ms_shared_unmap(FRAMES_SHARED) < 0);
	MUST((fd = shm_open("/frames", O_RDONLY, 0)) >= 0 && (a = mmap(NULL, BLOCK_SIZE, PROT_READ, MAP_SHARED, fd, 0)) != MAP_FAILED && a[0] == 'f');
	MUST(munmap(a, BLOCK_SIZE) == 0 && close(fd) == 0);
	return 0;
}

static int a_block_is_as_the_manifest_says(void)
{
	int fd;

	MUST((fd = shm_open("/not-granted", O_RDWR, 0)) >= 0);
	NO_MAP(32, BOTH, MAP_SHARED, fd, 0, EACCES);
	MUST(close(fd) == 0 && (fd = shm_open("/frames", O_RDWR, 0)) >= 0);
	FAILS(ftruncate(fd, 10) == -1, EFBIG);
	FAILS(shm_open("/frames", O_RDWR | O_TRUNC, 0) == -1, EACCES);
	FAILS(shm_open("/frames", O_RDWR | O_CREAT | O_EXCL, 0600) == -1, EEXIST);
	FAILS(shm_unlink("/frames") == -1, EACCES);
	MUST(close(fd) == 0);
	return 0;
}

static int descriptors_tell_what_they_are(void)
{
	struct stat s;
	int fd = shm_open("/object", O_RDWR | O_CREAT, 0640);
	char byte;

	MUST(fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && (s.st_mode & 0777) == 0640 && fstat(STDOUT_FILENO, &s) == 0 && S_ISCHR(s.st_mode));
	FAILS(read(fd, &byte, 1) == -1, EINVAL);
	FAILS(write(fd, &byte, 1) == -1, EINVAL);
	MUST(close(fd) == 0 && shm_unlink("/object") == 0);
	return 0;
}

const struct row object_rows[] = {
	ROW(shm_open, "success", what_one_writes_the_other_reads),
	ROW(shm_open, "block", a_block_of_the_manifest_is_mapped),
	ROW(shm_open, "EACCES", a_block_is_as_the_manifest_says),
	ROW(shm_open, "EEXIST", names_that_are_none_are_refused),
	ROW(shm_open, "EINVAL", names_that_are_none_are_refused),
	ROW(shm_open, "EMFILE", names_that_are_none_are_refused),
	ROW(shm_open, "ENAMETOOLONG", names_that_are_none_are_refused),
	ROW(shm_open, "ENOENT", names_that_are_none_are_refused),
	ROW(shm_unlink, "success", a_name_is_removed_and_the_object_stays),
	ROW(shm_unlink, "EACCES", a_block_is_as_the_manifest_says),
	ROW(shm_unlink, "ENAMETOOLONG", names_that_are_none_are_refused),
	ROW(shm_unlink, "ENOENT", names_that_are_none_are_refused),
	ROW(mmap, "success", what_one_writes_the_other_reads),
	ROW(mmap, "block", a_block_of_the_manifest_is_mapped),
	ROW(mmap, "EACCES", what_cannot_be_mapped_is_refused),
	ROW(mmap, "EACCES-granted", a_block_is_as_the_manifest_says),
	ROW(mmap, "EBADF", what_cannot_be_mapped_is_refused),
	ROW(mmap, "EINVAL", what_cannot_be_mapped_is_refused),
	ROW(mmap, "ENODEV", what_cannot_be_mapped_is_refused),
	ROW(mmap, "ENOTSUP", what_cannot_be_mapped_is_refused),
	ROW(mmap, "ENXIO", what_cannot_be_mapped_is_refused),
	ROW(mmap, "EOVERFLOW", what_cannot_be_mapped_is_refused),
	ROW(munmap, "success", what_one_writes_the_other_reads),
	ROW(munmap, "parts", what_is_not_mapped_is_left_alone),
	ROW(munmap, "EINVAL", what_is_not_mapped_is_left_alone),
	ROW(ftruncate, "success", a_size_is_what_it_was_said_to_be),
	ROW(ftruncate, "EBADF", a_size_is_what_it_was_said_to_be),
	ROW(ftruncate, "EFBIG", a_size_is_what_it_was_said_to_be),
	ROW(ftruncate, "EFBIG-block", a_block_is_as_the_manifest_says),
	ROW(ftruncate, "EINVAL", a_size_is_what_it_was_said_to_be),
	ROW(fstat, "success", descriptors_tell_what_they_are),
	ROW(fstat, "EBADF", a_size_is_what_it_was_said_to_be),
	ROWS_END
};
