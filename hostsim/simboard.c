/* SPDX-License-Identifier: Apache-2.0 */
#include "simboard.h"

#include <ms/abi/abi.h>

#include "board.h"
#include "panic.h"
#include "seeded.h"
#include "transcript.h"
#include "windows.h"

enum { TICK_NSEC = 1000 };

const char board_name[] = "host";
const uint32_t board_tick_nsec = TICK_NSEC;
const uint32_t board_watchdog_msec = 0;

static struct {
	uint64_t nsec;
	uint64_t alarm;			/* UINT64_MAX: none */
	uint64_t random;
	bool echo;
} board;

void simboard_reset(void)
{
	board.nsec = 0;
	board.alarm = UINT64_MAX;
	board.random = 1;
	board.echo = false;
}

void simboard_echo(bool echo)
{
	board.echo = echo;
}

uint64_t simboard_now(void)
{
	return board.nsec;
}

void simboard_pass(uint64_t nsec)
{
	board.nsec += nsec;
}

bool simboard_jump(uint64_t limit)
{
	uint64_t to = board.alarm <= limit ? board.alarm : limit;

	if (to > board.nsec)
		board.nsec = to;
	return board.alarm <= limit;
}

bool simboard_alarm_waits(void)
{
	return board.alarm <= board.nsec;
}

bool simboard_alarm_due(void)
{
	if (!simboard_alarm_waits())
		return false;
	board.alarm = UINT64_MAX;
	return true;
}

void simboard_seed(uint64_t seed)
{
	board.random = seed;
}

uint32_t board_ticks(void)
{
	return (uint32_t)(board.nsec / TICK_NSEC);
}

/* A tick up to half a turn back has passed, any other is ahead. */
void board_alarm(uint32_t tick)
{
	int32_t ahead = (int32_t)(tick - board_ticks());

	board.alarm = (board.nsec / TICK_NSEC + (uint64_t)(int64_t)ahead) * TICK_NSEC;
	if (ahead <= 0)
		board.alarm = board.nsec;
}

void board_watchdog_feed(void)
{
}

_Noreturn void board_reset(void)
{
	panic("the kernel failed and asks for a reset");
}

size_t board_console_write(const char *text, size_t size)
{
	transcript_add(text, size, board.echo);
	return size;
}

int board_random(uint8_t *to, size_t size)
{
	for (; size; size--)
		*to++ = (uint8_t)(seeded_next(&board.random) >> 56);
	return MS_OK;
}

/* Of the RAM only the pool of shared memory counts: services lie where the program has them. */
struct board_window board_ram_window(void)
{
	return (struct board_window){ WINDOWS_SHARED, WINDOWS_END - WINDOWS_SHARED };
}
