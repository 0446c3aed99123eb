/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assertions of the kernel, for what only a mistake of our own can break: an
 * undefined instruction, whose fault is recorded with its place, and the device is reset.
 */
#ifndef CORE_ASSERT_H
#define CORE_ASSERT_H

#define core_assert(condition) do { if (!(condition)) __builtin_trap(); } while (0)

#endif
