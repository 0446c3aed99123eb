/* SPDX-License-Identifier: Apache-2.0 */
/*
 * <fenv.h>: what of it a processor has is what its macros name.  Without an FPU that is rounding to nearest and no exceptions, so that
 * the functions have nothing to do and say so; with one, and on a PC, each exception is raised, kept and brought back.
 */
#include <fenv.h>

#include "library.h"

static const int exceptions[] = {
#ifdef FE_DIVBYZERO
	FE_DIVBYZERO,
#endif
#ifdef FE_INEXACT
	FE_INEXACT,
#endif
#ifdef FE_INVALID
	FE_INVALID,
#endif
#ifdef FE_OVERFLOW
	FE_OVERFLOW,
#endif
#ifdef FE_UNDERFLOW
	FE_UNDERFLOW,
#endif
	0
};

static const int ways[] = {
#ifdef FE_DOWNWARD
	FE_DOWNWARD,
#endif
#ifdef FE_TOWARDZERO
	FE_TOWARDZERO,
#endif
#ifdef FE_UPWARD
	FE_UPWARD,
#endif
	FE_TONEAREST
};

static int what_is_raised_is_found(void)
{
	MUST(feclearexcept(FE_ALL_EXCEPT) == 0 && fetestexcept(FE_ALL_EXCEPT) == 0 && feraiseexcept(0) == 0 && feclearexcept(0) == 0 && fetestexcept(0) == 0);
	for (size_t i = 0; i < COUNT(exceptions); i++) {
		MUST(feraiseexcept(exceptions[i]) == 0 && fetestexcept(exceptions[i]) == exceptions[i] && (fetestexcept(FE_ALL_EXCEPT) & exceptions[i]) == exceptions[i]);
		MUST(feclearexcept(exceptions[i]) == 0 && fetestexcept(exceptions[i]) == 0);
		MUST(feclearexcept(FE_ALL_EXCEPT) == 0);
	}
	MUST(feraiseexcept(FE_ALL_EXCEPT) == 0 && fetestexcept(FE_ALL_EXCEPT) == FE_ALL_EXCEPT && feclearexcept(FE_ALL_EXCEPT) == 0);
	return 0;
}

static int flags_are_kept_and_brought_back(void)
{
	fexcept_t kept, none;

	MUST(feclearexcept(FE_ALL_EXCEPT) == 0 && fegetexceptflag(&none, FE_ALL_EXCEPT) == 0 && fesetexceptflag(&none, FE_ALL_EXCEPT) == 0 && fetestexcept(FE_ALL_EXCEPT) == 0);
	for (size_t i = 0; i < COUNT(exceptions); i++) {
		MUST(feraiseexcept(exceptions[i]) == 0 && fegetexceptflag(&kept, FE_ALL_EXCEPT) == 0 && feclearexcept(FE_ALL_EXCEPT) == 0);
		MUST(fesetexceptflag(&kept, exceptions[i]) == 0 && fetestexcept(exceptions[i]) == exceptions[i] && feclearexcept(FE_ALL_EXCEPT) == 0);
	}
	MUST(fesetexceptflag(&none, 0) == 0);
	return 0;
}

static volatile double one = 1, ten = 10;

static int results_are_rounded_as_was_said(void)
{
	double nearest = one / ten;

	MUST(fegetround() == FE_TONEAREST);
	for (size_t i = 0; i < COUNT(ways); i++) {
		MUST(fesetround(ways[i]) == 0 && fegetround() == ways[i]);
		double up = one / ten, down = -one / ten;
		MUST(fesetround(FE_TONEAREST) == 0);
		MUST(ways[i] == FE_TONEAREST ? up == nearest && down == -nearest : up <= nearest && down <= -up ? true : up >= nearest);
	}
	return 0;
}

static int there_is_no_other_way_to_round(void)
{
	MUST(fesetround(-1) != 0 && fesetround(0x7ffffff3) != 0 && fegetround() == FE_TONEAREST);
	return 0;
}

static int an_environment_is_kept_and_brought_back(void)
{
	fenv_t kept;

	MUST(feclearexcept(FE_ALL_EXCEPT) == 0 && feraiseexcept(exceptions[0]) == 0 && fegetenv(&kept) == 0 && fesetround(ways[0]) == 0 && feclearexcept(FE_ALL_EXCEPT) == 0);
	MUST(fesetenv(&kept) == 0 && fegetround() == FE_TONEAREST && fetestexcept(exceptions[0]) == exceptions[0]);
	MUST(fesetround(ways[0]) == 0 && fesetenv(FE_DFL_ENV) == 0 && fegetround() == FE_TONEAREST && fetestexcept(FE_ALL_EXCEPT) == 0);
	return 0;
}

/* Held: cleared, with the flags aside; updated: what was aside and what came since. */
static int what_was_held_comes_with_what_came_since(void)
{
	fenv_t held;
	int last = exceptions[COUNT(exceptions) > 1 ? COUNT(exceptions) - 2 : 0];

	MUST(feclearexcept(FE_ALL_EXCEPT) == 0 && feraiseexcept(exceptions[0]) == 0 && feholdexcept(&held) == 0 && fetestexcept(FE_ALL_EXCEPT) == 0);
	MUST(feraiseexcept(last) == 0 && feupdateenv(&held) == 0 && (fetestexcept(FE_ALL_EXCEPT) & (exceptions[0] | last)) == (exceptions[0] | last));
	MUST(feclearexcept(FE_ALL_EXCEPT) == 0 && feupdateenv(FE_DFL_ENV) == 0 && fetestexcept(FE_ALL_EXCEPT) == 0);
	return 0;
}

const struct row floating_rows[] = {
	ROW(feclearexcept, "success", what_is_raised_is_found),
	ROW(feraiseexcept, "success", what_is_raised_is_found),
	ROW(fetestexcept, "success", what_is_raised_is_found),
	ROW(fegetexceptflag, "success", flags_are_kept_and_brought_back),
	ROW(fesetexceptflag, "success", flags_are_kept_and_brought_back),
	ROW(fegetround, "success", results_are_rounded_as_was_said),
	ROW(fesetround, "success", results_are_rounded_as_was_said),
	ROW(fesetround, "unknown", there_is_no_other_way_to_round),
	ROW(fegetenv, "success", an_environment_is_kept_and_brought_back),
	ROW(fesetenv, "success", an_environment_is_kept_and_brought_back),
	ROW(feholdexcept, "success", what_was_held_comes_with_what_came_since),
	ROW(feupdateenv, "success", what_was_held_comes_with_what_came_since),
	ROWS_END
};
