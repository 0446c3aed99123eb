/* SPDX-License-Identifier: Apache-2.0 */
/* The files of `ms api bind` and `ms api mock`, as texts. */
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

/* NAME_mock.c: each function for tests with cmocka, which say what it is to be called with and to give. */
struct text bind_mock(const struct contract *k, struct arena *a);

/* NAME_fake.h and NAME_fake.c: each function, which notes its calls and answers what was set. */
struct text bind_fake_header(const struct contract *k, struct arena *a);
struct text bind_fake(const struct contract *k, struct arena *a);

#endif
