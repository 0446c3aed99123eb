/* SPDX-License-Identifier: Apache-2.0 */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By Landlock: what of files may be done below the folder, and nothing of it elsewhere.  Its first version knows no renaming from folder to folder. */
static int give_up_files(const char *folder)
{
	const uint64_t all = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
			     LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
			     LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM |
			     LANDLOCK_ACCESS_FS_REFER;
	const uint64_t below = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
			       LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REFER;
	struct landlock_ruleset_attr rules = { .handled_access_fs = all };
	struct landlock_path_beneath_attr rule = { .allowed_access = below };
	bool known = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 2;
	int rc = -1, fd = known ? (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0) : -1;

	if (fd < 0)
		return -1;
	rule.parent_fd = open(folder, O_PATH | O_CLOEXEC);
	if (rule.parent_fd >= 0 && !syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0))
		rc = (int)syscall(SYS_landlock_restrict_self, fd, 0);
	if (rule.parent_fd >= 0)
		close(rule.parent_fd);
	close(fd);
	return rc;
}

#define REFUSE(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

/* A list of what no server needs: to be another program, to look into one, to change the computer. */
static int give_up_programs(void)
{
#ifdef OUR_ARCH
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		REFUSE(execve), REFUSE(execveat), REFUSE(ptrace), REFUSE(process_vm_readv), REFUSE(process_vm_writev), REFUSE(mount), REFUSE(umount2), REFUSE(pivot_root),
		REFUSE(chroot), REFUSE(unshare), REFUSE(setns), REFUSE(bpf), REFUSE(perf_event_open), REFUSE(userfaultfd), REFUSE(keyctl), REFUSE(add_key), REFUSE(request_key),
		REFUSE(init_module), REFUSE(finit_module), REFUSE(delete_module), REFUSE(kexec_load), REFUSE(reboot), REFUSE(swapon), REFUSE(swapoff), REFUSE(sethostname),
		REFUSE(io_uring_setup), REFUSE(open_by_handle_at),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(*filter), filter };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
#else
	return -1;
#endif
}

const char *confine_to(const char *folder)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "nothing";
	prctl(PR_SET_DUMPABLE, 0);	/* a core would hold tokens and the key */
	bool files = !give_up_files(folder), programs = !give_up_programs();

	return files && programs ? "files, programs" : files ? "files" : programs ? "programs" : "nothing";
}
