/* SPDX-License-Identifier: Apache-2.0 */
/* Between the parts of the client alone: one try of a request, and what it came to. */
#ifndef CLIENT_LINE_H
#define CLIENT_LINE_H

#include <curl/curl.h>
#include <stdio.h>

#include "address.h"
#include "client.h"

/* Whoever asks for a longer wait is not waited for: that is for people to do. */
enum { RETRY_AFTER_MAX_SEC = 60 };

struct client {
	CURL *curl;
	const char *url;
	struct address address;		/* the same, taken apart */
	struct client_options options;
	struct arena arena;		/* of what lasts as long as it */
};

/* One try. */
struct client_try {
	struct client *client;
	const struct client_request *request;
	struct arena *arena;
	struct text answer;		/* the body, or a problem in a file's place */
	size_t limit;
	FILE *from;			/* what is sent, or NULL */
	int to;				/* where what comes goes, or -1 */
	uint64_t before, came, came_all;	/* bytes that are there already, what came by this try, and by all */
	uint64_t file_limit;
	const char *if_range;		/* of what is there, or NULL */
	bool (*begin)(struct client_try *t);	/* the first byte for the file came: may it be written? */
	void *fetching;
	uint64_t begun_nsec;
	size_t header_size;
	bool begun, head_ended, too_large, too_slow;
	int write_errno;
	long status, retry_after_sec;
	CURLcode code;
	char words[CURL_ERROR_SIZE];	/* curl's own */
};

/* Make the try; code and status say what came of it. */
void client_try(struct client_try *t);

/* Try until it is good, or nothing helps. */
int client_insist(struct client_try *t, int (*prepare)(struct client_try *t, void *context, struct err *e), void *context, struct err *e);

/* A header of the last answer, or NULL. */
const char *client_header(const struct client_try *t, const char *name);

/* What is said of a try that failed. */
int client_failed(const struct client_try *t, struct err *e);

#endif
