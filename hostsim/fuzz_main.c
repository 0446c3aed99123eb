/* SPDX-License-Identifier: Apache-2.0 */
/* The main of a program from tests/fuzz_<name>.c. */
#include "fuzz.h"

fuzz_target fuzz;

int main(int argc, char **argv)
{
	(void)argc;
	return ms_fuzz(argv[0], fuzz);
}
