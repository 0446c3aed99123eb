/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks is the only process there is, number 1, of the only user, number 0. */
#include <unistd.h>

pid_t getpid(void)
{
	return 1;
}

uid_t getuid(void)
{
	return 0;
}

uid_t geteuid(void)
{
	return 0;
}

gid_t getgid(void)
{
	return 0;
}

gid_t getegid(void)
{
	return 0;
}
