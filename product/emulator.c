/* SPDX-License-Identifier: Apache-2.0 */
#include "emulator.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "opt.h"

#define QEMU "qemu-system-arm"

/* An option of QEMU's ends at a comma unless it is doubled. */
const char *emulator_escaped(const char *path, struct arena *a)
{
	struct text t = { 0 };

	for (; *path; path++)
		text_add(&t, a, *path == ',' ? ",," : "%c", *path);
	return t.size ? t.at : arena_printf(a, "%s", "");
}

static void push(struct list *l, struct arena *a, const char *word)
{
	list_push(l, a, (void *)word);
}

/* The serial lines besides the console's are the devices named uart... */
static bool is_line(const struct board_device *d)
{
	return !strncmp(d->name, "uart", 4) && !d->console;
}

/* Which of them is named before the '='; NULL: none. */
static const struct board_device *line_of(const struct board *b, const char *serial)
{
	size_t size = strcspn(serial, "=");

	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++)
		if (is_line(d) && strlen(d->name) == size && !strncmp(d->name, serial, size))
			return d;
	return NULL;
}

static int refuse_line(const struct board *b, const char *serial, struct arena *a, struct err *e)
{
	const char *name = arena_printf(a, "%.*s", (int)strcspn(serial, "="), serial), *names[BOARD_DEVICE_MAX], *near;
	const struct board_device *known = board_device_find(b, name);
	struct text all = { 0 };
	size_t count = 0;

	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++) {
		if (!is_line(d))
			continue;
		text_add(&all, a, "%s%s", count ? ", " : "", d->name);
		names[count++] = d->name;
	}
	near = known ? NULL : opt_nearest(name, names, count);
	err_set(e, ERR_NO_SERIAL, "'%s' is %s %s", name, known && known->console ? "the console, which 'ms run' shows, and no other line of" : "no serial line of", b->name);
	if (near)
		return err_fix(e, "did you mean '%s'?", near);
	return err_fix(e, "its serial lines besides the console are: %s", all.size ? all.at : "none");
}

static bool exists(const char *file, const char *ending, struct arena *a)
{
	return !access(arena_printf(a, "%s%s", file, ending), F_OK);
}

/* Both pipes, or a file that can be written; the emulator would say it less clearly. */
static int check_file(const char *file, struct arena *a, struct err *e)
{
	bool in = exists(file, ".in", a), out = exists(file, ".out", a);

	if (in != out) {
		err_set(e, ERR_NO_SERIAL, "of the pipes '%s.in' and '%s.out' the %s is missing", file, file, in ? "second" : "first");
		return err_fix(e, "mkfifo %s.%s", file, in ? "out" : "in");
	}
	if (in)
		return MS_OK;
	FILE *f = fopen(file, "ab");

	if (!f)
		return err_errno(e, "cannot write '%s'", file);
	fclose(f);
	return MS_OK;
}

int emulator_check_serial(const struct board *b, const char *serial, struct arena *a, struct err *e)
{
	const char *file = strchr(serial, '=');

	if (!line_of(b, serial))
		return refuse_line(b, serial, a, e);
	if (file && file[1])
		return check_file(file + 1, a, e);
	err_set(e, ERR_NO_SERIAL, "'%s' names no file", serial);
	return err_fix(e, "write '--serial %.*s=FILE'", (int)strcspn(serial, "="), serial);
}

/* FILE.in and FILE.out, where they are there, are pipes for both directions. */
static const char *serial_file(const char *file, struct arena *a)
{
	bool pipes = exists(file, ".in", a) && exists(file, ".out", a);

	return arena_printf(a, "%s:%s", pipes ? "pipe" : "file", emulator_escaped(file, a));
}

/* The console's line and, where one is wanted, a device's; what lies before them leads nowhere. */
static void push_serials(struct list *argv, const struct emulator *m, struct arena *a)
{
	const struct board_device *d = m->serial ? line_of(m->board, m->serial) : NULL;
	uint32_t console = m->board->console.serial, last = d && d->serial > console ? d->serial : console;

	for (uint32_t i = 0; i <= last; i++) {
		push(argv, a, "-serial");
		push(argv, a, i == console ? "chardev:console" : d && i == d->serial ? serial_file(strchr(m->serial, '=') + 1, a) : "null");
	}
}

/*
 * The clock counts instructions, 32 ns each, while the processor works, and
 * follows real time while it sleeps, or jumps (fast).
 */
static const char *const *command(const struct emulator *m, struct arena *a)
{
	const char *const fixed[] = {
		QEMU, "-M", m->board->qemu_machine, "-nodefaults", "-nic", "none", "-display", "none",
		"-monitor", "none", "-chardev", m->console ? arena_printf(a, "stdio,id=console,logfile=%s", emulator_escaped(m->console, a)) : "stdio,id=console",
		"-icount", m->fast ? "shift=5,sleep=off" : "shift=5",
	};
	struct list argv = { 0 };

	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		push(&argv, a, fixed[i]);
	push(&argv, a, "-device");
	push(&argv, a, arena_printf(a, "loader,file=%s,addr=0x%x,force-raw=on", emulator_escaped(m->flash, a), m->board->flash.base));
	push_serials(&argv, m, a);
	if (m->plugin) {
		push(&argv, a, "-plugin");
		push(&argv, a, m->plugin);
	}
	if (m->gdb_first)
		push(&argv, a, "-S");
	if (m->gdb_port) {
		push(&argv, a, "-gdb");
		push(&argv, a, arena_printf(a, "tcp:127.0.0.1:%u", m->gdb_port));
	}
	if (m->poke_port) {
		push(&argv, a, "-qtest");
		push(&argv, a, arena_printf(a, "tcp:127.0.0.1:%u,server=on,wait=off", m->poke_port));
		push(&argv, a, "-qtest-log");
		push(&argv, a, "/dev/null");
	}
	list_push(&argv, a, NULL);
	return (const char *const *)argv.at;
}

const char *emulator_machine(const struct board *b, struct arena *a)
{
	return b->qemu_machine ? arena_printf(a, "%s -M %s", QEMU, b->qemu_machine) : NULL;
}

int emulator_start(const struct emulator *m, struct arena *a, struct process *p, struct err *e)
{
	if (!m->board->qemu_machine) {
		err_set(e, ERR_NOT_EMULATED, "the board '%s' is not emulated", m->board->name);
		return err_fix(e, "choose another one with --board");
	}
	return process_start(command(m, a), NULL, p, e);
}

/* It warns of devices of the board that lead nowhere, as they should. */
bool emulator_chatter(const char *line)
{
	static const char warning[] = QEMU ": warning: ";

	return !strncmp(line, warning, strlen(warning));
}

int emulator_free_port(uint16_t *port, struct err *e)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int rc = MS_OK;

	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return err_errno(e, "cannot make a socket");
	if (bind(s, (struct sockaddr *)&at, size) || getsockname(s, (struct sockaddr *)&at, &size))
		rc = err_errno(e, "cannot find a free port");
	else
		*port = ntohs(at.sin_port);
	close(s);
	return rc;
}
