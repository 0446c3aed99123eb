/* SPDX-License-Identifier: Apache-2.0 */
/* Another function for each processor. */
#include <stdint.h>
#ifdef __arm__
int32_t twofold_board(void);
#else
int32_t twofold_pc(void);
#endif
