/* SPDX-License-Identifier: Apache-2.0 */
/* Logs that are read while they grow.  A reader with nothing to read is put aside until there is something. */
#include <stdlib.h>
#include <string.h>

#include "rigweb.h"

struct stream {
	struct agent *agent;
	struct MHD_Connection *connection;
	struct runlog *log;
	size_t at;
	bool aside, beat;
	struct stream *next;
};

static ssize_t read_log(void *context, uint64_t position, char *to, size_t size)
{
	static const char beat[] = "{\"beat\":true}\n";
	struct stream *s = context;
	size_t left = s->log->size - s->at;

	(void)position;
	if (left) {
		size = size < left ? size : left;
		memcpy(to, s->log->at + s->at, size);
		s->at += size;
		return (ssize_t)size;
	}
	if (s->log->sealed)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (s->beat && size >= strlen(beat)) {
		s->beat = false;
		memcpy(to, beat, strlen(beat));
		return (ssize_t)strlen(beat);
	}
	s->aside = true;
	MHD_suspend_connection(s->connection);
	return 0;
}

static void end_stream(void *context)
{
	struct stream *s = context, **at = &s->agent->streams;

	while (*at && *at != s)
		at = &(*at)->next;
	if (*at)
		*at = s->next;
	runlog_unref(s->log);
	free(s);
}

static void wake(struct stream *s)
{
	if (!s->aside)
		return;
	s->aside = false;
	MHD_resume_connection(s->connection);
}

void streams_wake(struct agent *g, bool beat)
{
	for (struct stream *s = g->streams; s; s = s->next) {
		s->beat |= beat;
		if (beat || s->at < s->log->size || s->log->sealed)
			wake(s);
	}
}

void streams_end(struct agent *g)
{
	for (struct stream *s = g->streams; s; s = s->next)
		wake(s);
}

static enum MHD_Result begin_stream(struct call *c, uint64_t from)
{
	struct stream *s = malloc(sizeof(*s));

	if (!s)
		return MHD_NO;
	*s = (struct stream){ .agent = agent_of(c), .connection = c->connection, .log = runlog_ref(pod_of(c)->log), .at = (size_t)from, .next = agent_of(c)->streams };
	agent_of(c)->streams = s;
	struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, read_log, s, end_stream);
	if (!r) {
		end_stream(s);
		return MHD_NO;
	}
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "application/x-ndjson");
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	enum MHD_Result rc = MHD_queue_response(c->connection, MHD_HTTP_OK, r);
	MHD_destroy_response(r);
	return rc;
}

enum MHD_Result get_log(struct call *c)
{
	const char *said = MHD_lookup_connection_value(c->connection, MHD_GET_ARGUMENT_KIND, "from");
	uint64_t from = 0;

	if (!pod_of(c)->log)
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-run", "nothing ran under this lease");
	if (said && (!route_number(said, &from) || from > pod_of(c)->log->size))
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "'from' is no place in the log");
	return begin_stream(c, from);
}
