/* SPDX-License-Identifier: Apache-2.0 */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than the headers of the oldest system that this is built on. */
#define REFER (UINT64_C(1) << 13)
#define TRUNCATE (UINT64_C(1) << 14)
#define DEVICE_CONTROL (UINT64_C(1) << 15)
#define SCOPE_ABSTRACT_SOCKET (UINT64_C(1) << 0)
#define SCOPE_SIGNAL (UINT64_C(1) << 1)

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, VERSION_FLAG = 1, NEWEST = 6 };

/* What a kernel of version 6 takes; an older one is given the beginning of it. */
struct attributes { uint64_t files, network, scoped; };

static const uint64_t may_read = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE | DEVICE_CONTROL;

static int version(void)
{
	return (int)syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG);
}

/* All that a version knows: what it does not know cannot be forbidden. */
static uint64_t all_of(int v)
{
	uint64_t all = (UINT64_C(1) << 13) - 1;

	return all | (v >= 2 ? REFER : 0) | (v >= 3 ? TRUNCATE : 0) | (v >= 5 ? DEVICE_CONTROL : 0);
}

static int make_rules(int v)
{
	struct attributes a = { .files = all_of(v), .scoped = v >= NEWEST ? SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL : 0 };
	size_t size = v >= NEWEST ? sizeof(a) : sizeof(a.files);

	return (int)syscall(CREATE_RULESET, &a, size, 0);
}

/* A path that is not there is no failure. */
static int allow(int rules, const char *path, uint64_t what, struct err *e)
{
	uint64_t known = what & all_of(version());

	struct landlock_path_beneath_attr rule = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat st;

	if (rule.parent_fd < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? MS_OK : err_errno(e, "cannot look at '%s'", path);
	bool folder = !fstat(rule.parent_fd, &st) && S_ISDIR(st.st_mode);

	rule.allowed_access = folder ? known : known & of_files;
	long failed = syscall(ADD_RULE, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	int number = errno;

	close(rule.parent_fd);
	errno = number;
	return failed ? err_errno(e, "cannot keep access to '%s'", path) : MS_OK;
}

static int allow_system(int rules, struct err *e)
{
	static const char *const readable[] = {
		"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.preload",
		"/etc/localtime", "/proc", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/urandom", "/dev/random", "/dev/zero",
	};
	int rc = allow(rules, "/dev/null", may_read | LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE, e);

	for (size_t i = 0; rc >= 0 && i < sizeof(readable) / sizeof(*readable); i++)
		rc = allow(rules, readable[i], may_read, e);
	return rc;
}

static int wall_files(const char *folder, const struct list *readable, struct err *e)
{
	int v = version(), rules = make_rules(v);

	if (rules < 0)
		return err_errno(e, "cannot wall off the build");
	int rc = allow(rules, folder, all_of(v), e);
	if (rc >= 0)
		rc = allow_system(rules, e);
	for (size_t i = 0; rc >= 0 && i < readable->count; i++)
		rc = allow(rules, readable->at[i], may_read, e);
	if (rc >= 0 && syscall(RESTRICT_SELF, rules, 0))
		rc = err_errno(e, "cannot wall off the build");
	close(rules);
	return rc;
}

#if defined(__x86_64__)
enum { ARCHITECTURE = AUDIT_ARCH_X86_64, OTHER_NUMBERS = 0x40000000 };	/* the x32 calls have numbers of their own */
#elif defined(__aarch64__)
enum { ARCHITECTURE = AUDIT_ARCH_AARCH64, OTHER_NUMBERS = 0x7fffffff };
#else
enum { ARCHITECTURE = 0, OTHER_NUMBERS = 0x7fffffff };
#endif

/* No socket of any kind, and nothing that could open one otherwise, or leave the wall. */
static int wall_network(struct err *e)
{
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, 8),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, 6, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 5, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 425, 4, 0),	/* io_uring_setup */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_add_key, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_keyctl, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_request_key, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
	};
	const struct sock_fprog program = { sizeof(code) / sizeof(*code), (struct sock_filter *)code };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) ? err_errno(e, "cannot take the network from the build") : MS_OK;
}

bool confine_possible(const char **why)
{
	*why = ARCHITECTURE == 0 ? "this computer's kind of processor is not known to it" :
	       version() < 1 ? "this kernel has no Landlock" : prctl(PR_GET_SECCOMP) < 0 ? "this kernel has no seccomp" : NULL;
	return !*why;
}

int confine(const char *folder, const struct list *readable, struct err *e)
{
	const struct rlimit size = { 256 << 20, 256 << 20 }, none = { 0, 0 };
	const char *why;

	if (!confine_possible(&why))
		return err_set(e, ERR_NO_WALL, "a build of a stranger's source cannot be walled off: %s", why);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || setrlimit(RLIMIT_FSIZE, &size) || setrlimit(RLIMIT_CORE, &none))
		return err_errno(e, "cannot wall off the build");
	int rc = wall_files(folder, readable, e);

	return rc < 0 ? rc : wall_network(e);
}
