/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "process.h"

static volatile sig_atomic_t interrupted;
static int wake[2] = { -1, -1 };	/* a pipe: poll sees a signal that came just before it */

static void on_signal(int number)
{
	int kept = errno;

	if (interrupted)
		_exit(128 + number);
	interrupted = 1;
	(void)!write(wake[1], "", 1);
	errno = kept;
}

/* Without SA_RESTART, so that a lock that is waited for is given up. */
static void catch(int number)
{
	struct sigaction old, now = { .sa_handler = on_signal };

	if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(number, &now, NULL);
}

void process_catch_interrupt(void)
{
	if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK))
		return;		/* then they end us as ever */
	catch(SIGINT);
	catch(SIGTERM);
}

bool process_interrupted(void)
{
	return interrupted;
}

int process_interrupt_fd(void)
{
	return wake[0];
}
