/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of ISO C that PSE51 names: POSIX_C_LANG_SUPPORT. */
#include "library.h"

static const struct row *const tables[] = { random_rows, character_rows, integer_rows, memory_rows, string_rows, token_rows, heap_rows, search_rows, floating_rows,
					    calendar_rows, zone_rows, date_rows, real_rows, print_rows, scan_rows, locale_rows, name_rows };

int main(void)
{
	tell_rows(tables, COUNT(tables));
	return 0;
}
