/* SPDX-License-Identifier: Apache-2.0 */
/* The hello world of the whole field: a log line, a thread, a connection, and a loop that never ends; from one header, and with nothing prepared. */
#include "SysCall.h"

static pthread_t thread_id;
static pthread_attr_t attr;
static struct thread_info { const char *greeting; } tinfo = { "Hello from a thread" };
static struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(7000), .sin_addr = { htonl(INADDR_LOOPBACK) } };

static void *thread_start(void *arg)
{
	struct thread_info *info = arg;

	LOG_INFO("%s", info->greeting);
	return NULL;
}

int main(void)
{
	LOG_INFO("Hello, field");
	pthread_create(&thread_id, &attr, &thread_start, &tinfo);
	int sockfd = socket(AF_INET, SOCK_STREAM, 0);
	connect(sockfd, (struct sockaddr *)&server, sizeof(server));
	while (true) { }
}
