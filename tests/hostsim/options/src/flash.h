/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>
#include <stdint.h>

/* Write the first word of the flash, once; false when there is no flash. */
bool flash_write(uint32_t word);
