/* SPDX-License-Identifier: Apache-2.0 */
/* As made from a device tree: devices whose steps are about words of the test, at an address that fits into 32 bits. */
#ifndef BOARD_FACTS_H
#define BOARD_FACTS_H

#define WORDS 0x20000000
#define WAIT_FOR(n) (WORDS + 4 * (n) + 1)
#define CHANGE(n) (WORDS + 4 * (n))

#define BOARD_INTERRUPTS 4
#define BOARD_LINE_LIST [0] = 1, [1] = 2, [2] = 3, [3] = 4,
#define BOARD_CONSOLE_BASE 0x40000000
#define BOARD_DEVICE_COUNT 4
#define BOARD_DEVICE_LIST \
	{ 0x40000000, 0x1000, 0, 1, 0, 0 }, /* plain: the console */ \
	{ 0x40001000, 0x1000, 1, 1, 0, 3 }, /* clocked */ \
	{ 0x40002000, 0x1000, 2, 1, 3, 2 }, /* awaited */ \
	{ 0x40003000, 0x1000, 3, 1, 5, 2 }, /* last */
#define BOARD_STEP_LIST \
	{ CHANGE(0), 0x30, 0x10 }, /* clocked */ \
	{ CHANGE(1), 0x1, 0x1 }, /* clocked */ \
	{ CHANGE(1), 0x1, 0x0 }, /* clocked */ \
	{ CHANGE(2), 0x2, 0x2 }, /* awaited */ \
	{ WAIT_FOR(3), 0x6, 0x4 }, /* awaited */ \
	{ WAIT_FOR(3), 0x6, 0x4 }, /* last */ \
	{ CHANGE(4), 0xff, 0xaa }, /* last */ \
	{ CHANGE(4), 0xf00, 0x500 }, /* the console */
#define BOARD_CONSOLE_STEP 7
#define BOARD_CONSOLE_STEP_COUNT 1

#endif
