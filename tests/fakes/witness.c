/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A board that notices when it is driven twice: a command for a rig.
 *
 *   witness FOLDER [MSEC]
 *
 * Adds "begin" to FOLDER/log, prints a line each 20 ms for so long (default 400), adds "end".  While it runs it holds FOLDER/board locked;
 * one that finds it held adds "TWICE".  It does not end when it is asked to, only when it is done or killed: like a tool in the
 * middle of erasing a sector.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static int record;

static void note(const char *word)
{
	(void)!write(record, word, strlen(word));
}

int main(int argc, char **argv)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };
	char path[4096];

	if (argc < 2)
		return 2;
	signal(SIGTERM, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	snprintf(path, sizeof(path), "%s/log", argv[1]);
	record = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
	snprintf(path, sizeof(path), "%s/board", argv[1]);
	int board = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (record < 0 || board < 0)
		return 2;
	if (flock(board, LOCK_EX | LOCK_NB))
		note("TWICE\n");
	note("begin\n");
	for (int left = argc > 2 ? atoi(argv[2]) : 400; left > 0; left -= 20) {
		printf("0.%06d  witness  info  %d ms left\n", left, left);
		fflush(stdout);
		nanosleep(&pause, NULL);
	}
	printf("0.999999  runtime  all services have ended\n");
	fflush(stdout);
	note("end\n");
	return 0;
}
