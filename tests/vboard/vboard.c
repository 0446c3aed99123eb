/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A virtual board with an STM32F4 or F7 behind a virtual JTAG probe: OpenOCD connects to it by its remote_bitbang adapter, over a
 * Unix socket, and cannot tell it from a chip.
 *
 *   vboard [OPTION...] SOCKET FLASH
 *
 * SOCKET is made when it is ready, and taken away in the end; FLASH is a file of the flash's size, erased if it is not there.  It
 * serves one connection after the other until it is sent SIGTERM, or until the probe vanishes:
 *
 *   --chip NAME    which chip it is: f405 (else), f407, f446, f746, f767 (vchip.c); before other options
 *   --vanish N     the probe is unplugged after N bytes of the protocol; the program ends
 *   --garbage N    after N bytes the probe answers noise
 *   --hang N       after N bytes the probe answers nothing, and stays
 *   --after N      these bytes are counted only from flash operation N on: 1 is the first erasure
 *   --slow USEC    the probe needs so long for each packet
 *   --tap-id HEX   the debug port says that it is another
 *   --chip-id HEX  the chip says that it is another
 *   --flash-kb N   the chip says that it has less flash
 *   --protect-read the chip is read-protected (level 1); --protect-read-forever: level 2
 *   --protect N    sector N is write-protected
 *   --cut N        power fails in the middle of flash operation N; from then on nobody answers
 */
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "vtap.h"
#include "vthumb.h"

struct orders { uint64_t vanish, garbage, hang, after; long slow_usec; };

struct probe {
	struct orders orders;
	struct vbus *bus;
	struct vchain chain;
	uint64_t bytes;			/* of the protocol so far */
	uint32_t noise;
	bool in_reset;
	char out[1 << 16];
	size_t out_size;
};

static const char *socket_path;

/* What the flash holds is in its file already. */
static void end(int signal)
{
	unlink(socket_path);
	_exit(signal ? 0 : 1);
}

static bool noise(struct probe *p)
{
	p->noise ^= p->noise << 13;
	p->noise ^= p->noise >> 17;
	p->noise ^= p->noise << 5;
	return p->noise & 1;
}

/* Is it time for what was ordered?  0: it was not. */
static bool is_due(const struct probe *p, uint64_t order)
{
	return order && p->bytes >= order;
}

/* A pin that nobody drives is high. */
static bool read_pin(struct probe *p)
{
	if (is_due(p, p->orders.garbage))
		return noise(p);
	return p->bus->flash.dead || vchain_tdo(&p->chain);
}

/* The system stands still while its reset line is low, and begins anew when it rises. */
static void drive_reset(struct probe *p, bool low)
{
	if (p->in_reset && !low)
		vbus_reset(p->bus);
	p->in_reset = low;
}

/* One byte of OpenOCD's protocol; false ends the connection. */
static bool take(struct probe *p, char c)
{
	if (c >= '0' && c <= '7') {
		vchain_write(&p->chain, (c - '0') & 4, (c - '0') & 2, (c - '0') & 1);
	} else if (c == 'R') {
		p->out[p->out_size++] = read_pin(p) ? '1' : '0';
	} else if (c >= 'r' && c <= 'u') {
		if (c >= 't')
			vchain_init(&p->chain, p->chain.dap, p->chain.cpu.id, p->chain.scan.id);
		drive_reset(p, (c - 'r') & 1);
	} else if (c == 'Q') {
		return false;
	} else if (c != 'B' && c != 'b') {
		fprintf(stderr, "vboard: no such order: 0x%02x\n", (unsigned char)c);
		return false;
	}
	return true;
}

static bool send_all(struct probe *p, int fd)
{
	for (size_t sent = 0; sent < p->out_size;) {
		ssize_t n = send(fd, p->out + sent, p->out_size - sent, MSG_NOSIGNAL);

		if (n < 0)
			return false;
		sent += (size_t)n;
	}
	p->out_size = 0;
	return true;
}

static void rest(long usec)
{
	struct timespec t = { .tv_sec = usec / 1000000, .tv_nsec = usec % 1000000 * 1000 };

	if (usec)
		nanosleep(&t, NULL);
}

/*
 * The core runs on until the debugger has something to say, in turns that become longer, with time between them for
 * those who share the computer's processors; but not for ever for nobody.
 */
static void run_core(struct probe *p, int fd)
{
	enum { FIRST = 500, LONGEST = 64000, TURNS = 200, PAUSE_MSEC = 1 };
	const struct vcore *core = &p->bus->core;
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	unsigned turn = FIRST;

	for (int i = 0; i < TURNS && !p->in_reset && !core->halted && !core->locked_up; i++) {
		vthumb_run(p->bus, turn);
		if (poll(&wait, 1, PAUSE_MSEC))
			return;
		turn = turn < LONGEST ? 2 * turn : turn;
	}
}

static void serve(struct probe *p, int fd)
{
	static char in[sizeof(p->out)];
	bool on = true;

	while (on) {
		run_core(p, fd);
		ssize_t n = read(fd, in, sizeof(in));

		if (n <= 0)
			return;
		rest(p->orders.slow_usec);
		for (ssize_t i = 0; i < n && on; i++) {
			p->bytes += p->bus->flash.operations >= p->orders.after;
			if (is_due(p, p->orders.vanish))
				end(0);
			on = take(p, in[i]);
		}
		if (is_due(p, p->orders.hang))
			p->out_size = 0;
		on = send_all(p, fd) && on;
	}
}

static int listen_at(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(at.sun_path)) {
		fprintf(stderr, "vboard: '%s' is too long for a socket\n", path);
		return -1;
	}
	strcpy(at.sun_path, path);
	unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 4)) {
		perror("vboard: socket");
		return -1;
	}
	return fd;
}

/* Until a signal ends it. */
static int serve_all(struct probe *p, const char *path)
{
	struct sigaction act = { .sa_handler = end };
	int listener = listen_at(path);

	if (listener < 0)
		return 1;
	socket_path = path;
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			continue;
		serve(p, fd);
		close(fd);
	}
}

enum { VANISH = 1, GARBAGE, HANG, AFTER, SLOW, TAP_ID, CHIP_ID, FLASH_KB, PROTECT_READ, PROTECT_READ_FOREVER, PROTECT, CUT, CHIP };

static int usage(void)
{
	fprintf(stderr, "usage: vboard [OPTION...] SOCKET FLASH\n");
	return 2;
}

static void choose_chip(struct vbus *b, const char *name, uint32_t *tap_id)
{
	b->chip = b->flash.chip = vchip_find(name);
	if (!b->chip)
		exit(usage());
	b->chip_id = b->chip->chip_id;
	b->flash_kb = (uint16_t)(vchip_flash_size(b->chip) >> 10);
	b->flash.optcr = b->chip->options;
	*tap_id = b->chip->port_id;
}

static void obey(int order, const char *value, struct probe *p, uint32_t *tap_id)
{
	uint64_t n = value ? strtoull(value, NULL, order == TAP_ID || order == CHIP_ID ? 16 : 10) : 0;
	struct vbus *b = p->bus;

	switch (order) {
	case VANISH: p->orders.vanish = n; break;
	case GARBAGE: p->orders.garbage = n; break;
	case HANG: p->orders.hang = n; break;
	case AFTER: p->orders.after = n; break;
	case SLOW: p->orders.slow_usec = (long)n; break;
	case TAP_ID: *tap_id = (uint32_t)n; break;
	case CHIP_ID: b->chip_id = (uint32_t)n; break;
	case FLASH_KB: b->flash_kb = (uint16_t)n; break;
	case PROTECT_READ: b->flash.optcr = (b->flash.optcr & ~0xff00u) | 0x5500; break;
	case PROTECT_READ_FOREVER: b->flash.optcr = (b->flash.optcr & ~0xff00u) | 0xcc00; break;
	case PROTECT: b->flash.optcr &= ~(1u << (16 + n % vchip_sector_count(b->chip))); break;
	case CHIP: choose_chip(b, value, tap_id); break;
	case CUT: b->flash.cut_at = n; break;
	default: exit(usage());
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "vanish", required_argument, NULL, VANISH }, { "garbage", required_argument, NULL, GARBAGE },
		{ "hang", required_argument, NULL, HANG }, { "after", required_argument, NULL, AFTER },
		{ "slow", required_argument, NULL, SLOW }, { "tap-id", required_argument, NULL, TAP_ID },
		{ "chip-id", required_argument, NULL, CHIP_ID }, { "flash-kb", required_argument, NULL, FLASH_KB },
		{ "protect-read", no_argument, NULL, PROTECT_READ }, { "protect-read-forever", no_argument, NULL, PROTECT_READ_FOREVER },
		{ "protect", required_argument, NULL, PROTECT }, { "cut", required_argument, NULL, CUT },
		{ "chip", required_argument, NULL, CHIP }, { 0 },
	};
	static struct vbus bus;
	static struct probe p = { .bus = &bus, .noise = 2463534242 };
	uint32_t tap_id;
	struct vdap dap;

	choose_chip(&bus, "f405", &tap_id);
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) >= 0;)
		obey(o, optarg, &p, &tap_id);
	if (argc - optind != 2)
		return usage();
	if (!vflash_open(&bus.flash, argv[optind + 1]))
		return 1;
	vbus_init(&bus);
	vdap_init(&dap, &bus);
	vchain_init(&p.chain, &dap, tap_id, bus.chip->scan_id);
	return serve_all(&p, argv[optind]);
}
