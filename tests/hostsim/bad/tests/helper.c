/* SPDX-License-Identifier: Apache-2.0 */
/* No test: linked into each of them. */
int helper(void);

int helper(void)
{
	return 42;
}
