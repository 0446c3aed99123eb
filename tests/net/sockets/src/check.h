/* SPDX-License-Identifier: Apache-2.0 */
/* What the cases share: each stops at its first wrong answer and says where; what it has opened is closed behind it. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define CHECK(condition) do { if (!(condition)) { check_failed(__FILE__, __LINE__, #condition); return; } } while (0)

/* The call fails, and errno says why. */
#define FAILS(error, call) do { errno = 0; if ((call) >= 0 || errno != (error)) { check_failed(__FILE__, __LINE__, #error " from " #call); return; } } while (0)

void check_failed(const char *file, int line, const char *what);

/* A place of IPv4: 127.0.0.1 with this port; and connect to where a listener is bound. */
struct sockaddr_in *check_place(uint16_t port);
int check_connect(int s, int listener);

/* A listener on a port (0: any), and a pair of connected streams by it; -1 when it cannot be had. */
int check_listener(uint16_t port, int backlog);
bool check_pair(int ends[2]);

/* Make it not wait. */
void check_nonblocking(int s);

/* Milliseconds of the clock. */
uint64_t check_msec(void);

/* The cases. */
struct check_case { const char *name; void (*run)(void); };
extern const struct check_case stream_cases[], datagram_cases[], error_cases[], option_cases[], ready_cases[], interrupted_cases[], text_cases[];

#endif
