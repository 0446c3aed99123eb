/* SPDX-License-Identifier: Apache-2.0 */
/* errno, one for each thread: the C library was built to ask here. */
int *ms_errno_location(void);

static _Thread_local int number;

int *ms_errno_location(void)
{
	return &number;
}
