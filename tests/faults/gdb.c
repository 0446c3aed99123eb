/* SPDX-License-Identifier: Apache-2.0 */
#include "gdb.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MSEC = 20000, PIECE = 2048 };

static _Noreturn void give_up(const char *what, const char *detail)
{
	fprintf(stderr, "gdb: %s%s\n", what, detail);
	exit(2);
}

bool gdb_ended(const struct gdb *g)
{
	return g->ended;
}

void gdb_again(struct gdb *g)
{
	gdb_stop(g);
	gdb_start(g, g->machine, g->image, g->address);
}

void gdb_stop(struct gdb *g)
{
	close(g->to);
	close(g->from);
	kill(g->pid, SIGKILL);
	waitpid(g->pid, NULL, 0);
}

/* The next byte; -1 when none comes in time. */
static int next_byte(struct gdb *g, int limit_msec)
{
	static unsigned char buffer[GDB_PACKET];
	static ssize_t used, have;

	if (used == have) {
		struct pollfd p = { .fd = g->from, .events = POLLIN };

		if (poll(&p, 1, limit_msec) == 0)
			return -1;
		have = read(g->from, buffer, sizeof(buffer));
		used = 0;
		if (have <= 0) {
			have = 0;
			g->ended = true;
			return -1;
		}
	}
	return buffer[used++];
}

static void put(struct gdb *g, const char *bytes, size_t size)
{
	while (size) {
		ssize_t n = write(g->to, bytes, size);

		if (n <= 0) {
			g->ended = true;
			return;
		}
		bytes += n;
		size -= (size_t)n;
	}
}

static void send_packet(struct gdb *g, const char *what)
{
	static char whole[GDB_PACKET + 8];
	unsigned char sum = 0;

	for (const char *c = what; *c; c++)
		sum = (unsigned char)(sum + *c);
	put(g, whole, (size_t)snprintf(whole, sizeof(whole), "$%s#%02x", what, sum));
}

/* The next packet, into g->packet; false when none comes in time. */
static bool get_packet(struct gdb *g, int limit_msec)
{
	size_t used = 0;
	int c;

	while ((c = next_byte(g, limit_msec)) != '$')
		if (c < 0)
			return false;
	while ((c = next_byte(g, ANSWER_MSEC)) != '#' && c >= 0 && used < GDB_PACKET)
		g->packet[used++] = (char)c;
	g->packet[used] = 0;
	next_byte(g, ANSWER_MSEC);
	next_byte(g, ANSWER_MSEC);
	put(g, "+", 1);
	return true;
}

static const char *ask(struct gdb *g, const char *what)
{
	g->packet[0] = 0;
	send_packet(g, what);
	if (!get_packet(g, ANSWER_MSEC) && !g->ended)
		give_up("no answer to ", what);
	return g->packet;
}

static void demand(struct gdb *g, const char *what)
{
	if (strcmp(ask(g, what), "OK") && !g->ended)
		give_up("refused: ", what);
}

void gdb_start(struct gdb *g, const char *machine, const char *image, uint32_t address)
{
	int in[2], out[2];
	char loader[4096];

	g->machine = machine;
	g->image = image;
	g->address = address;
	g->ended = false;
	snprintf(loader, sizeof(loader), "loader,file=%s,addr=0x%x,force-raw=on", image, (unsigned)address);
	signal(SIGPIPE, SIG_IGN);
	if (pipe(in) || pipe(out))
		give_up("no pipe", "");
	g->pid = fork();
	if (g->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(in[0], 0);
		dup2(out[1], 1);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(127);
		for (int i = 0; i < 2; i++)
			close(in[i]), close(out[i]);
		execlp("qemu-system-arm", "qemu-system-arm", "-M", machine, "-nodefaults", "-nic", "none", "-display", "none", "-monitor", "none",
		       "-serial", "null", "-icount", "shift=5", "-S", "-gdb", "stdio", "-device", loader, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	g->to = in[1];
	g->from = out[0];
	ask(g, "qXfer:features:read:target.xml:0,10");	/* QEMU gives single registers to those only that have asked for this */
}

/* Bytes to and from pairs of digits. */
static void digits(char *to, const void *from, size_t size)
{
	for (size_t i = 0; i < size; i++)
		snprintf(to + 2 * i, 3, "%02x", ((const unsigned char *)from)[i]);
}

static bool bytes(void *to, const char *from, size_t size)
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < size; i++) {
		const char *high = from[0] ? strchr(digit, from[0]) : NULL, *low = high && from[1] ? strchr(digit, from[1]) : NULL;

		if (!low)
			return false;
		((unsigned char *)to)[i] = (unsigned char)((high - digit) << 4 | (low - digit));
		from += 2;
	}
	return true;
}

uint32_t gdb_register(struct gdb *g, unsigned number)
{
	char what[16];
	uint32_t value = 0;

	snprintf(what, sizeof(what), "p%x", number);
	if (!bytes(&value, ask(g, what), sizeof(value)) && !g->ended)
		give_up("no register ", what);
	return value;
}

void gdb_set_register(struct gdb *g, unsigned number, uint32_t value)
{
	char what[32];
	int n = snprintf(what, sizeof(what), "P%x=", number);

	digits(what + n, &value, sizeof(value));
	demand(g, what);
}

bool gdb_read(struct gdb *g, uint32_t at, void *to, size_t size)
{
	char what[32];

	snprintf(what, sizeof(what), "m%x,%zx", (unsigned)at, size);
	return size <= PIECE && bytes(to, ask(g, what), size);
}

bool gdb_write(struct gdb *g, uint32_t at, const void *from, size_t size)
{
	char what[2 * PIECE + 32];
	int n = snprintf(what, sizeof(what), "M%x,%zx:", (unsigned)at, size);

	if (size > PIECE)
		return false;
	digits(what + n, from, size);
	return !strcmp(ask(g, what), "OK");
}

static void breakpoint(struct gdb *g, char what, uint32_t at)
{
	char text[32];

	snprintf(text, sizeof(text), "%c0,%x,2", what, (unsigned)at);
	demand(g, text);
}

void gdb_break(struct gdb *g, uint32_t at)
{
	breakpoint(g, 'Z', at);
}

void gdb_unbreak(struct gdb *g, uint32_t at)
{
	breakpoint(g, 'z', at);
}

void gdb_step(struct gdb *g)
{
	ask(g, "s");
}

bool gdb_run(struct gdb *g, int limit_msec)
{
	send_packet(g, "c");
	if (get_packet(g, limit_msec))
		return true;
	if (g->ended)
		return false;
	put(g, "\003", 1);
	if (!get_packet(g, ANSWER_MSEC) && !g->ended)
		give_up("QEMU does not stop", "");
	return false;
}

void gdb_reset(struct gdb *g)
{
	static const char command[] = "system_reset";
	char what[64] = "qRcmd,";

	digits(what + strlen(what), command, strlen(command));
	for (const char *answer = ask(g, what); *answer == 'O' && strcmp(answer, "OK"); answer = g->packet)
		if (!get_packet(g, ANSWER_MSEC) && !g->ended)
			give_up("no reset", "");
}
