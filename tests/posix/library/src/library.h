/* SPDX-License-Identifier: Apache-2.0 */
/* What attempts of the C library share. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "row.h"

/* What errno is before a call that succeeds, and after it: no function sets it to zero. */
enum { UNTOUCHED = 77 };
#define FAILS(call, error) MUST((errno = 0, (call)) && errno == (error))
#define KEEPS_ERRNO(call) MUST((errno = UNTOUCHED, (call)) && errno == UNTOUCHED)

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

extern const struct row character_rows[], integer_rows[], real_rows[], memory_rows[], string_rows[], token_rows[], heap_rows[], search_rows[], random_rows[],
	calendar_rows[], zone_rows[], date_rows[], print_rows[], scan_rows[], floating_rows[], locale_rows[], name_rows[];

#endif
