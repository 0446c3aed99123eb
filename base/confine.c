/* SPDX-License-Identifier: Apache-2.0 */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "confine_parts.h"

/* Newer than the headers of the oldest system that this is built on. */
#define REFER (UINT64_C(1) << 13)
#define TRUNCATE (UINT64_C(1) << 14)
#define DEVICE_CONTROL (UINT64_C(1) << 15)
#define SCOPE_ABSTRACT_SOCKET (UINT64_C(1) << 0)
#define SCOPE_SIGNAL (UINT64_C(1) << 1)

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, CHANGE_MODE_2 = 452, VERSION_FLAG = 1, NEWEST = 6 };

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

/* No socket of any kind; and what Landlock leaves to the rights of a person: modes, owners, attributes and times of files by their names. */
static const int not_of_builds[] = {
	SYS_socket, SYS_truncate, SYS_fchmodat, CHANGE_MODE_2, SYS_fchownat, SYS_setxattr, SYS_lsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_utimensat,
#ifdef SYS_chmod
	SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

/* To ask another server, to be another program, or to look into one. */
static const int not_of_servers[] = { SYS_socket, SYS_connect, SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev };

bool confine_possible(const char **why)
{
	*why = !confine_calls_known() ? "this computer's kind of processor is not known to it" :
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

	if (rc >= 0 && confine_calls(not_of_builds, sizeof(not_of_builds) / sizeof(*not_of_builds)))
		rc = err_errno(e, "cannot take the network from the build");
	return rc;
}

/* Landlock's first version knows no renaming from folder to folder, which a server does. */
static bool give_up_files(const char *folder)
{
	const uint64_t program = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SOCK |
				 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM | DEVICE_CONTROL;
	int v = version(), rules = v < 2 ? -1 : make_rules(v);
	struct err ignored;

	if (rules < 0)
		return false;
	bool done = allow(rules, folder, all_of(v) & ~program, &ignored) == MS_OK && !syscall(RESTRICT_SELF, rules, 0);

	close(rules);
	return done;
}

const char *confine_server(const char *folder)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "nothing";
	prctl(PR_SET_DUMPABLE, 0);	/* a core would hold tokens and the key */
	bool files = give_up_files(folder);
	bool programs = confine_calls_known() && !confine_calls(not_of_servers, sizeof(not_of_servers) / sizeof(*not_of_servers));

	return files && programs ? "files, programs" : files ? "files" : programs ? "programs" : "nothing";
}
