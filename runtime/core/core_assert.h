/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assertions of the kernel, for what only a mistake of our own can break, or somebody who disturbs the processor: an
 * undefined instruction, whose fault is recorded with its place, and the device is reset; eight times at most (event.h).
 * They are in every build.
 */
#ifndef CORE_ASSERT_H
#define CORE_ASSERT_H

#define core_assert(condition) do { if (!(condition)) __builtin_trap(); } while (0)

#endif
