/* SPDX-License-Identifier: Apache-2.0 */
#include "gdbremote.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER_MSEC = 5000, PIECE = 512, CONNECT_TRIES = 500 };

static int digit(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int gdbremote_packet(struct bytes in, struct bytes *content, size_t *used)
{
	size_t start = 0, end;
	uint8_t sum = 0;

	while (start < in.size && in.at[start] == '+')
		start++;
	if (start < in.size && in.at[start] != '$')
		return -MS_EFORMAT;
	for (end = start + 1; end < in.size && in.at[end] != '#'; end++)
		sum += in.at[end];
	if (end + 2 >= in.size)
		return in.size < GDBREMOTE_BUFFER ? 0 : -MS_EFORMAT;
	if (digit(in.at[end + 1]) != sum >> 4 || digit(in.at[end + 2]) != (sum & 15))
		return -MS_EFORMAT;

	*content = (struct bytes){ in.at + start + 1, end - start - 1 };
	*used = end + 3;
	return 1;
}

bool gdbremote_unhex(struct bytes content, uint8_t *to, size_t size)
{
	if (content.size != 2 * size)
		return false;
	for (size_t i = 0; i < size; i++) {
		int high = digit(content.at[2 * i]), low = digit(content.at[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		to[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static int unreadable(uint32_t address, struct err *e)
{
	return err_set(e, ERR_DEBUG_PORT, "cannot read the board's memory at 0x%08x", address);
}

static int broken(struct err *e, const char *what)
{
	return err_set(e, ERR_DEBUG_PORT, "the board's debug port %s", what);
}

/* 1: something came; 0: nothing within the time. */
static int receive(struct gdbremote *g, int msec, struct err *e)
{
	struct pollfd in = { .fd = g->fd, .events = POLLIN };

	if (poll(&in, 1, msec) <= 0)
		return 0;
	ssize_t got = recv(g->fd, g->buffer + g->used, sizeof(g->buffer) - g->used, 0);
	if (got <= 0)
		return broken(e, "was closed");
	g->used += (size_t)got;
	return 1;
}

/* 1: one packet, borrowed until the next; 0: none within the time.  Those in which it says that the processor stands still are noted, too. */
static int next_packet(struct gdbremote *g, int msec, struct bytes *content, struct err *e)
{
	int rc;

	g->used -= g->taken;
	memmove(g->buffer, g->buffer + g->taken, g->used);
	g->taken = 0;
	while ((rc = gdbremote_packet((struct bytes){ g->buffer, g->used }, content, &g->taken)) == 0)
		if ((rc = receive(g, msec, e)) <= 0)
			return rc;
	if (rc < 0)
		return broken(e, "says what is no answer");
	if (content->size && (content->at[0] == 'T' || content->at[0] == 'S')) {
		g->stopped = true;
		*content = (struct bytes){ 0 };
	}
	return 1;
}

/* One packet that is an answer, not the news that the processor stands still. */
static int answer_of(struct gdbremote *g, struct bytes *answer, struct err *e)
{
	int rc;

	do {
		answer->at = NULL;
		rc = next_packet(g, ANSWER_MSEC, answer, e);
	} while (rc == 1 && !answer->at);
	return rc > 0 ? MS_OK : rc < 0 ? rc : broken(e, "does not answer");
}

static int say(struct gdbremote *g, const char *command, struct err *e)
{
	char packet[2 * PIECE + 64];
	uint8_t sum = 0;

	for (const char *c = command; *c; c++)
		sum += (uint8_t)*c;
	int size = snprintf(packet, sizeof(packet), "+$%s#%02x", command, sum);
	if (send(g->fd, packet, (size_t)size, MSG_NOSIGNAL) != size)
		return broken(e, "was closed");
	return MS_OK;
}

/* Send a command and wait for its answer. */
static int ask(struct gdbremote *g, const char *command, struct bytes *answer, struct err *e)
{
	int rc = say(g, command, e);

	return rc < 0 ? rc : answer_of(g, answer, e);
}

int gdbremote_open(struct gdbremote *g, uint16_t port, struct err *e)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port) };

	g->used = g->taken = 0;
	g->stopped = g->described = false;
	g->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (g->fd < 0 || connect(g->fd, (struct sockaddr *)&at, sizeof(at)))
		return broken(e, "cannot be reached");
	return MS_OK;
}

int gdbremote_reach(struct gdbremote *g, uint16_t port, struct err *e)
{
	const struct timespec moment = { .tv_nsec = 10000000 };
	int rc = gdbremote_open(g, port, e);

	for (int tries = CONNECT_TRIES; rc < 0 && tries; tries--) {
		gdbremote_close(g);
		nanosleep(&moment, NULL);
		rc = gdbremote_open(g, port, e);
	}
	return rc;
}

bool gdbremote_undump(struct bytes text, uint8_t *to, size_t size)
{
	size_t done = 0;

	for (size_t i = 0; i + 4 <= text.size && done < size; i++) {
		const uint8_t *at = text.at + i;
		int high = digit(at[2]), low = digit(at[3]);

		if (at[0] != '0' || at[1] != 'x' || high < 0 || low < 0)
			continue;
		to[done++] = (uint8_t)(high << 4 | low);
		i += 3;
	}
	return done == size;
}

/*
 * The emulator's port sees memory with the rights of what runs just now.  Its monitor, which answers through the same port in
 * pieces of text, sees all.
 */
static int read_by_monitor(struct gdbremote *g, uint32_t address, uint8_t *to, size_t size, struct err *e)
{
	uint8_t text[16 * PIECE];
	size_t got = 0;
	char words[40], command[96] = "qRcmd,";
	struct bytes answer;

	snprintf(words, sizeof(words), "xp /%zuxb 0x%x", size, address);
	for (size_t i = 0; words[i]; i++)
		snprintf(command + 6 + 2 * i, 3, "%02x", (uint8_t)words[i]);
	int rc = ask(g, command, &answer, e);

	while (rc >= 0 && answer.size && answer.at[0] == 'O' && answer.size % 2 == 1) {
		size_t piece = answer.size / 2;

		if (piece > sizeof(text) - got || !gdbremote_unhex(bytes_part(answer, 1, 2 * piece), text + got, piece))
			return unreadable(address, e);
		got += piece;
		rc = answer_of(g, &answer, e);
	}
	return rc < 0 ? rc : gdbremote_undump((struct bytes){ text, got }, to, size) ? MS_OK : unreadable(address, e);
}

int gdbremote_read(struct gdbremote *g, uint32_t address, void *to, size_t size, struct err *e)
{
	char command[32];
	struct bytes answer;

	for (size_t done = 0, piece; done < size; done += piece) {
		uint32_t at = address + (uint32_t)done;
		uint8_t *part = (uint8_t *)to + done;

		piece = size - done < PIECE ? size - done : PIECE;
		snprintf(command, sizeof(command), "m%x,%zx", at, piece);
		int rc = ask(g, command, &answer, e);
		if (rc >= 0 && !gdbremote_unhex(answer, part, piece))
			rc = read_by_monitor(g, at, part, piece, e);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

/* A command of one line, whose answer is "OK" when it was done. */
static int order(struct gdbremote *g, const char *command, const char *what, uint32_t which, struct err *e)
{
	struct bytes answer;
	int rc = ask(g, command, &answer, e);

	if (rc >= 0 && !bytes_equal(answer, BYTES_LITERAL("OK")))
		return err_set(e, ERR_DEBUG_PORT, "the board's debug port cannot %s 0x%08x", what, which);
	return rc;
}

static void add_hex(char *to, struct bytes b)
{
	for (size_t i = 0; i < b.size; i++)
		snprintf(to + 2 * i, 3, "%02x", b.at[i]);
}

int gdbremote_write(struct gdbremote *g, uint32_t address, struct bytes content, struct err *e)
{
	char command[2 * PIECE + 32];
	int rc = MS_OK;

	for (size_t done = 0, piece; rc >= 0 && done < content.size; done += piece) {
		uint32_t at = address + (uint32_t)done;

		piece = content.size - done < PIECE ? content.size - done : PIECE;
		int front = snprintf(command, sizeof(command), "M%x,%zx:", at, piece);
		add_hex(command + front, bytes_part(content, done, piece));
		rc = order(g, command, "write the board's memory at", at, e);
	}
	return rc;
}

/* An emulator tells single registers only to who has asked what registers there are. */
static int describe(struct gdbremote *g, struct err *e)
{
	struct bytes ignored;
	int rc = g->described ? MS_OK : ask(g, "qXfer:features:read:target.xml:0,40", &ignored, e);

	g->described = true;
	return rc;
}

int gdbremote_register(struct gdbremote *g, uint32_t number, uint32_t *value, struct err *e)
{
	char command[16];
	uint8_t word[4];
	struct bytes answer;

	int rc = describe(g, e);

	snprintf(command, sizeof(command), "p%x", number);
	if (rc >= 0)
		rc = ask(g, command, &answer, e);
	if (rc >= 0 && !gdbremote_unhex(answer, word, sizeof(word)))
		return err_set(e, ERR_DEBUG_PORT, "the board's debug port cannot read register %u", number);
	if (rc >= 0)
		*value = bytes_u32(word);
	return rc;
}

int gdbremote_set_register(struct gdbremote *g, uint32_t number, uint32_t value, struct err *e)
{
	const uint8_t word[] = { (uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16), (uint8_t)(value >> 24) };
	char command[32];
	int front = snprintf(command, sizeof(command), "P%x=", number);

	add_hex(command + front, BYTES_OF(word));
	return order(g, command, "write register", number, e);
}

int gdbremote_wait(struct gdbremote *g, int msec, struct err *e)
{
	struct bytes ignored;
	int rc = 1;

	while (!g->stopped && rc > 0)
		rc = next_packet(g, msec, &ignored, e);
	return rc;
}

int gdbremote_halt(struct gdbremote *g, struct err *e)
{
	if (!g->stopped && send(g->fd, "\003", 1, MSG_NOSIGNAL) != 1)
		return broken(e, "was closed");
	int rc = gdbremote_wait(g, ANSWER_MSEC, e);

	return rc ? rc : broken(e, "does not stop the processor");
}

int gdbremote_break(struct gdbremote *g, uint32_t address, bool set, struct err *e)
{
	char command[32];

	snprintf(command, sizeof(command), "%c1,%x,2", set ? 'Z' : 'z', address);
	return order(g, command, "stop at", address, e);
}

int gdbremote_go(struct gdbremote *g, struct err *e)
{
	g->stopped = false;
	return say(g, "c", e);
}

void gdbremote_close(struct gdbremote *g)
{
	if (g->fd >= 0)
		close(g->fd);
	g->fd = -1;
}
