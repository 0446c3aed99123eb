/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/epoll.h>
int lacks(void);
