/* SPDX-License-Identifier: Apache-2.0 */
#include "postmortem.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SP = 13, LR = 14, PC = 15, XPSR = 16, REGISTERS = 17, XPSR_THUMB = 1 << 24, THUMB = 1, PIECE_MAX = 512 };

static const char description[] =
	"<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target version=\"1.0\"><architecture>arm</architecture>"
	"<feature name=\"org.gnu.gdb.arm.m-profile\">"
	"<reg name=\"r0\" bitsize=\"32\"/><reg name=\"r1\" bitsize=\"32\"/><reg name=\"r2\" bitsize=\"32\"/><reg name=\"r3\" bitsize=\"32\"/>"
	"<reg name=\"r4\" bitsize=\"32\"/><reg name=\"r5\" bitsize=\"32\"/><reg name=\"r6\" bitsize=\"32\"/><reg name=\"r7\" bitsize=\"32\"/>"
	"<reg name=\"r8\" bitsize=\"32\"/><reg name=\"r9\" bitsize=\"32\"/><reg name=\"r10\" bitsize=\"32\"/><reg name=\"r11\" bitsize=\"32\"/>"
	"<reg name=\"r12\" bitsize=\"32\"/><reg name=\"sp\" bitsize=\"32\" type=\"data_ptr\"/><reg name=\"lr\" bitsize=\"32\"/>"
	"<reg name=\"pc\" bitsize=\"32\" type=\"code_ptr\"/><reg name=\"xpsr\" bitsize=\"32\"/></feature></target>";

void postmortem_of(const struct console_fault *f, uint32_t text, struct postmortem *out)
{
	*out = (struct postmortem){ .pc = f->pc, .lr = f->lr, .sp = f->sp, .listener = -1, .fd = -1 };
	for (uint32_t i = 0; i < f->call_count && i < CONSOLE_CALLS_MAX; i++)
		out->words[out->word_count++] = (struct postmortem_word){ f->sp + 4 * f->calls[i].words, (text + f->calls[i].offset) | THUMB };
}

/* Of xPSR only the bit is known that is always set. */
static bool known(const struct postmortem *p, uint32_t number, uint32_t *value)
{
	switch (number) {
	case SP: *value = p->sp; return true;
	case LR: *value = p->lr; return true;
	case PC: *value = p->pc; return true;
	case XPSR: *value = XPSR_THUMB; return true;
	default: return false;
	}
}

static size_t add_register(const struct postmortem *p, uint32_t number, char *to)
{
	uint32_t v;

	if (!known(p, number, &v))
		return (size_t)sprintf(to, "xxxxxxxx");
	return (size_t)sprintf(to, "%02x%02x%02x%02x", v & 255, v >> 8 & 255, v >> 16 & 255, v >> 24);
}

static bool memory(const struct postmortem *p, uint32_t address, uint8_t *byte)
{
	for (uint32_t i = 0; i < p->word_count; i++) {
		uint32_t at = address - p->words[i].address;

		if (at < 4)
			*byte = (uint8_t)(p->words[i].value >> 8 * at);
		if (at < 4)
			return true;
	}
	return false;
}

/* As much of it as is known from its beginning on; gdb asks again for what follows. */
static void read_memory(const struct postmortem *p, const char *words, char *answer)
{
	unsigned address, size;
	uint8_t byte;
	char *to = answer;

	strcpy(answer, "E01");
	if (sscanf(words, "%x,%x", &address, &size) != 2)
		return;
	for (unsigned i = 0; i < size && i < PIECE_MAX && memory(p, address + i, &byte); i++)
		to += sprintf(to, "%02x", byte);
}

static void describe(const char *words, char *answer)
{
	unsigned at, size;

	strcpy(answer, "E01");
	if (sscanf(words, "%x,%x", &at, &size) != 2 || at >= sizeof(description))
		return;
	bool last = size > sizeof(description) - 1 - at;

	if (size > PIECE_MAX)
		last = sizeof(description) - 1 - at <= (size = PIECE_MAX);
	snprintf(answer, POSTMORTEM_ANSWER_MAX, "%c%.*s", last ? 'l' : 'm', (int)size, description + at);
}

bool postmortem_answer(const struct postmortem *p, struct bytes content, char answer[POSTMORTEM_ANSWER_MAX])
{
	static const char features[] = "qXfer:features:read:target.xml:";
	char command[128];
	unsigned number;

	snprintf(command, sizeof(command), "%.*s", (int)(content.size < sizeof(command) ? content.size : sizeof(command) - 1), (const char *)content.at);
	answer[0] = '\0';
	if (!strncmp(command, "qSupported", 10))
		snprintf(answer, POSTMORTEM_ANSWER_MAX, "PacketSize=%x;qXfer:features:read+", GDBREMOTE_BUFFER / 2);
	else if (!strncmp(command, features, sizeof(features) - 1))
		describe(command + sizeof(features) - 1, answer);
	else if (!strcmp(command, "qAttached"))
		strcpy(answer, "1");
	else if (!strcmp(command, "?"))
		strcpy(answer, "S0b");
	else if (command[0] == 'H' || command[0] == 'D')
		strcpy(answer, "OK");
	else if (!strcmp(command, "g"))
		for (uint32_t i = 0, at = 0; i < REGISTERS; i++)
			at += (uint32_t)add_register(p, i, answer + at);
	else if (command[0] == 'p' && sscanf(command + 1, "%x", &number) == 1 && number < REGISTERS)
		add_register(p, number, answer);
	else if (command[0] == 'm')
		read_memory(p, command + 1, answer);
	else if (command[0] && strchr("cCsSGPMXZ", command[0]))
		strcpy(answer, "E01");
	return command[0] != 'D' && command[0] != 'k';
}

int postmortem_open(struct postmortem *p, uint16_t *port, struct err *e)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);

	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->listener < 0 || bind(p->listener, (struct sockaddr *)&at, size) || listen(p->listener, 1) || getsockname(p->listener, (struct sockaddr *)&at, &size))
		return err_errno(e, "cannot listen for gdb");
	*port = ntohs(at.sin_port);
	return MS_OK;
}

static bool reply(struct postmortem *p, const char *answer)
{
	char packet[POSTMORTEM_ANSWER_MAX + 8];
	uint8_t sum = 0;

	for (const char *c = answer; *c; c++)
		sum = (uint8_t)(sum + (uint8_t)*c);
	int size = snprintf(packet, sizeof(packet), "+$%s#%02x", answer, sum);
	return send(p->fd, packet, (size_t)size, MSG_NOSIGNAL) == size;
}

/* What does not begin a packet is an acknowledgement, or Ctrl-C: nothing runs that it could stop. */
static bool take_packets(struct postmortem *p)
{
	char answer[POSTMORTEM_ANSWER_MAX];
	struct bytes content;
	bool on = true;

	while (on && p->used) {
		const uint8_t *start = memchr(p->buffer, '$', p->used);
		size_t skipped = start ? (size_t)(start - p->buffer) : p->used, used = 0;

		memmove(p->buffer, p->buffer + skipped, p->used -= skipped);
		int rc = p->used ? gdbremote_packet((struct bytes){ p->buffer, p->used }, &content, &used) : 0;
		if (rc < 0)
			return false;
		if (rc == 0)
			return true;
		on = postmortem_answer(p, content, answer);
		on = reply(p, answer) && on;
		memmove(p->buffer, p->buffer + used, p->used -= used);
	}
	return on;
}

static void hang_up(struct postmortem *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
	p->used = 0;
}

void postmortem_serve(struct postmortem *p, int msec)
{
	struct pollfd in = { .fd = p->fd >= 0 ? p->fd : p->listener, .events = POLLIN };

	if (poll(&in, 1, msec) <= 0)
		return;
	if (p->fd < 0) {
		p->fd = accept(p->listener, NULL, NULL);
		return;
	}
	ssize_t got = recv(p->fd, p->buffer + p->used, sizeof(p->buffer) - p->used, 0);

	p->used += got > 0 ? (size_t)got : 0;
	if (got <= 0 || !take_packets(p))
		hang_up(p);
}

void postmortem_close(struct postmortem *p)
{
	hang_up(p);
	if (p->listener >= 0)
		close(p->listener);
	p->listener = -1;
}
