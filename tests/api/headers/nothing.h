/* SPDX-License-Identifier: Apache-2.0 */
/* Types and no function. */
#include <stdint.h>
struct point { int32_t x, y; };
