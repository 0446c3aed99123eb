/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is there one way only to read a request's head?  libmicrohttpd takes what RFC 9112 forbids or leaves open, and proxies read that otherwise than it does:
 * then the end of one request is the begin of another one, which somebody else has sent.  So such a request is refused, and its line closed.
 */
#ifndef HEAD_H
#define HEAD_H

#include <microhttpd.h>
#include <stdbool.h>

/* What is wrong with the head, for people; or NULL.  In the first call of a handler, with what that was given as method and version. */
const char *head_fault(struct MHD_Connection *c, const char *method, const char *version);

/* For libmicrohttpd: takes the escapes out of a part of an address, but for that of NUL, at which all that follows would be lost. */
size_t head_unescape(void *unused, struct MHD_Connection *c, char *text);

/* Is a Host this computer itself, by a name that nobody else can give to it?  "localhost:8080", "127.0.0.1", "[::1]".  NULL is not. */
bool head_host_is_here(const char *host);

/* Was it sent by a web page in a browser?  Browsers say so of each request that could change something. */
bool head_is_of_page(struct MHD_Connection *c);

#endif
