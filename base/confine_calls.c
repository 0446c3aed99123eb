/* SPDX-License-Identifier: Apache-2.0 */
#include "confine_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
enum { ARCHITECTURE = AUDIT_ARCH_X86_64, OTHER_NUMBERS = 0x40000000 };	/* the x32 calls have numbers of their own */
#elif defined(__aarch64__)
enum { ARCHITECTURE = AUDIT_ARCH_AARCH64, OTHER_NUMBERS = 0x7fffffff };
#else
enum { ARCHITECTURE = 0, OTHER_NUMBERS = 0x7fffffff };
#endif

/* Newer than the headers of the oldest system that this is built on. */
enum { IO_URING_SETUP = 425, OPENAT2 = 437 };

/* What leads out of any wall, or changes the computer, and none of our programs needs. */
static const int never[] = {
	SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_add_key, SYS_keyctl,
	SYS_request_key, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_sethostname,
	SYS_open_by_handle_at, IO_URING_SETUP,
};

enum { PROGRAM_MAX = 256 };

struct program {
	struct sock_filter at[PROGRAM_MAX];
	unsigned short count;
};

static void add(struct program *p, struct sock_filter f)
{
	p->at[p->count++] = f;
}

static void refuse(struct program *p, int call, int number)
{
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1));
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)number));
}

/* Until its third version Landlock lets who may read a file empty it, too: by opening it for reading so. */
static void refuse_emptying(struct program *p, int call, size_t argument)
{
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5));
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offsetof(struct seccomp_data, args) + 8 * argument)));
	add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_ACCMODE | O_TRUNC));
	refuse(p, O_RDONLY | O_TRUNC, EACCES);
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

/* Calls of other kinds of processor, which a program may make too, have other numbers: none of them is let through. */
static void begin(struct program *p)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES));
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, 0, 1));
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES));
}

bool confine_calls_known(void)
{
	return ARCHITECTURE != 0;
}

int confine_calls(const int *refused, size_t count)
{
	struct program p = { .count = 0 };

	begin(&p);
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		refuse(&p, never[i], EACCES);
	for (size_t i = 0; i < count; i++)
		refuse(&p, refused[i], EACCES);
	refuse(&p, OPENAT2, ENOSYS);	/* its flags lie in memory, where no filter sees them; who has it can do without */
#ifdef SYS_open
	refuse_emptying(&p, SYS_open, 1);
#endif
	refuse_emptying(&p, SYS_openat, 2);
	add(&p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &(struct sock_fprog){ p.count, p.at });
}
