/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals (IEEE 1003.1 with RTS), inside one service: the C library's declarations, and what they leave out.
 *
 * A signal reaches a thread in a call of the C library that waits, sleeps, yields, or changes what is blocked; for
 * a signal to itself, before raise, kill or pthread_kill returns.  So handlers run where no lock is held, and may call anything.
 * What nobody catches ends the service with status 128 + number, but for SIGCHLD, SIGCONT, SIGURG, SIGWINCH and, as no
 * job is controlled here, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, which are ignored.  Faults of the processor are not signals: they stop the
 * service, with a record.
 *
 * SIGRTMIN to SIGRTMAX are queued, and so is what sigqueue and timers send.
 */
#ifndef MS_SIGNAL_H
#define MS_SIGNAL_H

#include_next <signal.h>
#include <sys/types.h>

#undef sigaddset
#undef sigdelset
#undef sigemptyset
#undef sigfillset
#undef sigismember
#undef _NSIG
#define _NSIG 40
#define NSIG _NSIG
#define SIGRTMIN 32
#define SIGRTMAX 39

#ifdef __cplusplus
extern "C" {
#endif

#define SIG_HOLD ((_sig_func_ptr)2)	/* of sigset */

/* XSI, obsolescent: -1 and EINVAL, sigpause also EINTR when a handler has run; sigset: SIG_ERR. */
int sighold(int number);
int sigrelse(int number);
int sigignore(int number);
int sigpause(int number);
_sig_func_ptr sigset(int number, _sig_func_ptr handler);

int pthread_kill(pthread_t thread, int number);		/* an error number: ESRCH; EINVAL: no such signal.  0 sends nothing */
int pthread_sigmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);	/* an error number: EINVAL */

#ifdef __cplusplus
}
#endif

#endif
