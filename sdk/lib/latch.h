/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A lock of one word, 0 when nobody has it: the kernel is called only by one who must wait, or has somebody waiting.
 * It knows no owner: whoever has it must not take it again.
 */
#ifndef LATCH_H
#define LATCH_H

#include <stdint.h>

void ms_latch_take(uint32_t *word);
void ms_latch_give(uint32_t *word);

#endif
