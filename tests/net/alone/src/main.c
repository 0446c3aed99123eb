/* SPDX-License-Identifier: Apache-2.0 */
/* A service that was granted no network. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <SysCall.h>

int main(void)
{
	for (int i = 0; i < 3; i++)
		if (socket(AF_INET, SOCK_STREAM, 0) < 0)
			LOG_INFO("%s", errno == ENETDOWN ? "the network is down" : strerror(errno));
	return 0;
}
