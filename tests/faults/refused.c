/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refused BOARD.dtb DEVICE.bin KEY.pem MS: start the emulated board with each mistake of cases.c, signed as if it were
 * none, and see that it says what it refuses and why, that what it concerns does not run, and that the rest does; and
 * that `ms verify` refuses the same bytes.  Prints a line for each: what was wrong and what the board said.
 */
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "forge.h"
#include "process.h"

enum { LINE = 512 };
#define RUN_NSEC UINT64_C(30000000000)

struct heard { bool refused, ran[2], judged; char line[LINE]; };
static const char *tool;	/* ms */
static const char *const service[2] = { "first", "second" };

static void listen(const struct forge_case *c, const char *line, struct heard *h)
{
	char text[LINE];

	snprintf(text, sizeof(text), c->refused ? "] * %s refused: %s" : "] * %s%s", c->refused ? c->refused : "", c->why);
	if (strstr(line, text)) {
		h->refused = true;
		snprintf(h->line, sizeof(h->line), "%s", strstr(line, "] * ") + 4);
	}
	for (int i = 0; i < 2; i++) {
		snprintf(text, sizeof(text), "] %s info: ", service[i]);
		h->ran[i] |= strstr(line, text) != NULL;
	}
}

/* Until all is quiet. */
static void start(const struct forge *f, const struct forge_case *c, const char *file, struct arena *a, struct heard *h)
{
	const char *const argv[] = {
		"qemu-system-arm", "-M", f->board.qemu_machine, "-nodefaults", "-nic", "none", "-display", "none", "-monitor", "none",
		"-serial", "stdio", "-icount", "shift=5,sleep=off", "-device",
		arena_printf(a, "loader,file=%s,addr=0x%x,force-raw=on", file, f->board.flash.base), NULL,
	};
	uint64_t end = process_now_nsec() + RUN_NSEC;
	struct err e = { 0 };
	struct process p;
	char line[LINE];

	if (process_start(argv, NULL, &p, &e) < 0)
		forge_give_up(e.text);
	while (process_line(&p, line, sizeof(line), end) == 1) {
		listen(c, line, h);
		if (strstr(line, "nothing runs") || strstr(line, "have ended"))
			break;
	}
	process_stop(&p);
}

/* What `ms verify` says of the same bytes: as the board, before anybody has to try it. */
static void judge(const struct forge_case *c, const char *file, struct arena *a, struct heard *h)
{
	const char *const argv[] = { tool, "verify", file, NULL };
	struct process_result r;
	struct err e = { 0 };

	if (process_run(argv, NULL, a, &r, &e) < 0)
		forge_give_up(e.text);
	h->judged = c->tool ? (r.status == 7 || r.status == 8) && (strstr((const char *)r.out.at, c->tool) || strstr((const char *)r.err.at, c->tool)) : r.status == 0;
	if (!h->judged)
		printf("ms verify ended with %d:\n%s%s", r.status, (const char *)r.out.at, (const char *)r.err.at);
}

static bool as_it_should(const struct forge_case *c, const struct heard *h)
{
	if (!h->refused || !h->judged)
		return false;
	for (int i = 0; i < 2; i++)
		if (h->ran[i] != (c->stays && strcmp(c->stays, service[i])))
			return false;
	return true;
}

static bool refused(struct forge *f, const struct forge_case *c, const char *file)
{
	struct heard h = { 0 };
	struct arena a = { 0 };
	struct err e = { 0 };

	if (file_replace(file, forge_make(f, c), 0644, &a, &e) < 0)
		forge_give_up(e.text);
	judge(c, file, &a, &h);
	start(f, c, file, &a, &h);
	bool good = as_it_should(c, &h);

	printf("%s %2u %-20s %s\n", good ? "ok    " : "WRONG ", c->number, c->name, h.line);
	if (!good)
		printf("       refused %d, ran: first %d, second %d\n", h.refused, h.ran[0], h.ran[1]);
	arena_done(&a);
	return good;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct forge f;
	size_t wrong = 0;

	static const struct forge_case none = { 0, "nothing", NULL, NULL, "all services have ended", "", NULL };

	if (argc != 5)
		forge_give_up("usage: refused BOARD.dtb DEVICE.bin KEY.pem MS");
	tool = argv[4];
	forge_open(&f, argv[1], argv[2], argv[3], &a);
	wrong += !refused(&f, &none, arena_printf(&a, "%s.forged", argv[2]));	/* taken apart and put together it runs */
	for (const struct forge_case *c = forge_cases; c < forge_cases + forge_case_count; c++)
		wrong += !refused(&f, c, arena_printf(&a, "%s.forged", argv[2]));
	printf("%zu mistakes, %zu not refused as they should be\n", forge_case_count, wrong);
	key_close(f.key);
	arena_done(&a);
	return wrong != 0;
}
