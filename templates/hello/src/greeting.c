/* SPDX-License-Identifier: Apache-2.0 */
#include "greeting.h"

#include <stdio.h>

size_t greeting_write(char *to, size_t size, const char *name)
{
	int length = snprintf(to, size, "Hello, %s", name && *name ? name : "world");

	return length < 0 ? 0 : (size_t)length;
}
