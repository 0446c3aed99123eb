/* SPDX-License-Identifier: Apache-2.0 */
#include "duration.h"

#include <stdio.h>

void duration_write(char *to, size_t size, unsigned long sec)
{
	snprintf(to, size, "%02lu:%02lu:%02lu", sec / 3600, sec / 60 % 60, sec % 60);
}
