/* SPDX-License-Identifier: Apache-2.0 */
/* The files of `ms api bind`, as texts. */
#ifndef BIND_H
#define BIND_H

#include "wire.h"

/* NAME_messages.h: numbers and structs that both sides share. */
struct text bind_messages(const struct contract *k, struct arena *a);

/* NAME_client.c: each function, as a message. */
struct text bind_client(const struct contract *k, struct arena *a);

/* NAME_server.h and NAME_server.c: each message, as a call of the function, checked. */
struct text bind_server_header(const struct contract *k, struct arena *a);
struct text bind_server(const struct contract *k, struct arena *a);

#endif
