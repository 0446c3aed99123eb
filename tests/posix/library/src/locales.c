/* SPDX-License-Identifier: Apache-2.0 */
/* The one locale that there is: "C", which is also called "POSIX", and is what "" means where nothing in the environment says otherwise. */
#include <limits.h>
#include <locale.h>

#include "library.h"

static const int categories[] = { LC_ALL, LC_COLLATE, LC_CTYPE, LC_MESSAGES, LC_MONETARY, LC_NUMERIC, LC_TIME };

static int there_is_one_locale(void)
{
	for (size_t i = 0; i < COUNT(categories); i++) {
		const char *name = setlocale(categories[i], NULL);

		MUST(name && strcmp(name, "C") == 0);
		MUST(setlocale(categories[i], "C") && setlocale(categories[i], "POSIX") && setlocale(categories[i], ""));
		MUST((name = setlocale(categories[i], NULL)) && (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0));
		MUST(setlocale(categories[i], name) && setlocale(categories[i], "C"));
	}
	return 0;
}

static int there_is_no_other(void)
{
	for (size_t i = 0; i < COUNT(categories); i++)
		MUST(!setlocale(categories[i], "no_SUCH.locale") && !setlocale(categories[i], "de_DE"));
	MUST(!setlocale(99, "C") && !setlocale(-1, NULL) && strcmp(setlocale(LC_ALL, NULL), "C") == 0);
	return 0;
}

static int numbers_are_written_as_in_c(void)
{
	const struct lconv *l = localeconv();
	const char *empty[] = { l->thousands_sep, l->grouping, l->int_curr_symbol, l->currency_symbol, l->mon_decimal_point, l->mon_thousands_sep, l->mon_grouping, l->positive_sign, l->negative_sign };
	const char none[] = { l->int_frac_digits, l->frac_digits, l->p_cs_precedes, l->p_sep_by_space, l->n_cs_precedes, l->n_sep_by_space, l->p_sign_posn, l->n_sign_posn,
			      l->int_p_cs_precedes, l->int_p_sep_by_space, l->int_n_cs_precedes, l->int_n_sep_by_space, l->int_p_sign_posn, l->int_n_sign_posn };

	MUST(l && strcmp(l->decimal_point, ".") == 0);
	for (size_t i = 0; i < COUNT(empty); i++)
		MUST(empty[i] && *empty[i] == 0);
	for (size_t i = 0; i < COUNT(none); i++)
		MUST(none[i] == CHAR_MAX);
	return 0;
}

const struct row locale_rows[] = {
	ROW(setlocale, "success", there_is_one_locale),
	ROW(setlocale, "unknown", there_is_no_other),
	ROW(localeconv, "success", numbers_are_written_as_in_c),
	ROWS_END
};
