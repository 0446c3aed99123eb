/* SPDX-License-Identifier: Apache-2.0 */
#include "tracing.h"

#include "symbol_layout.h"

enum { PIECE = 64 };

int tracing_init(struct tracing *t, const char *runtime, struct arena *a, struct err *e)
{
	struct symbols *s;
	uint32_t size;

	*t = (struct tracing){ .port.fd = -1, .next = 1 };
	int rc = symbols_open(runtime, a, &s, e);
	if (rc < 0)
		return rc;
	if (!symbols_object(s, "trace_ring", &t->ring, &size) || size != TRACE_HEAD_SIZE ||
	    !symbols_object(s, "trace_place_0", &t->place[0], &size) || !symbols_object(s, "trace_place_1", &t->place[1], &size))
		rc = err_set(e, ERR_NO_TRACE, "'%s' is no trace build of the runtime", runtime);
	symbols_close(s);
	return rc;
}

/* Of code, without the Thumb bit. */
static uint32_t address_of(uint32_t place)
{
	return place & ~UINT32_C(1);
}

int tracing_start(struct tracing *t, uint16_t port, struct err *e)
{
	int rc = gdbremote_reach(&t->port, port, e);

	for (int i = 0; rc >= 0 && i < 2; i++)
		rc = gdbremote_break(&t->port, address_of(t->place[i]), true, e);
	return rc < 0 ? rc : gdbremote_go(&t->port, e);
}

static void lose(struct tracing *t, uint32_t count)
{
	t->lost += count;
	t->lost_all += count;
}

static void take(struct tracing *t, struct bytes in, uint32_t number)
{
	struct trace_record r;

	if (trace_record_decode(in, number, &r) < 0) {
		lose(t, 1);
		return;
	}
	r.time_nsec += t->base_nsec;
	if (r.time_nsec < t->last_nsec)
		r.time_nsec = t->last_nsec;
	t->last_nsec = r.time_nsec;
	t->records++;
	t->take(t->to, &r, t->lost);
	t->lost = 0;
}

/* Records that lie one after the other in the ring. */
static int read_run(struct tracing *t, const struct trace_head *h, uint32_t number, uint32_t count, struct err *e)
{
	uint8_t piece[PIECE * TRACE_RECORD_SIZE];
	int rc = gdbremote_read(&t->port, t->ring + trace_offset(h, number), piece, count * TRACE_RECORD_SIZE, e);

	for (uint32_t i = 0; rc >= 0 && i < count; i++)
		take(t, bytes_part((struct bytes){ piece, sizeof(piece) }, i * TRACE_RECORD_SIZE, TRACE_RECORD_SIZE), number + i);
	return rc;
}

/* The runtime began anew.  A start of which nothing was read counts as one record lost. */
static void follow_start(struct tracing *t, const struct trace_head *h)
{
	if (h->starts == t->starts)
		return;
	if (h->starts != t->starts + 1)
		lose(t, 1);
	t->starts = h->starts;
	t->base_nsec = t->last_nsec;
	t->next = 1;
}

static int read_ring(struct tracing *t, uint32_t *place, struct err *e)
{
	uint8_t bytes[TRACE_HEAD_SIZE];
	struct trace_head h;
	uint32_t number, lost;

	int rc = gdbremote_read(&t->port, t->ring, bytes, sizeof(bytes), e);
	if (rc < 0 || trace_head_decode(BYTES_OF(bytes), &h) < 0)
		return rc;		/* it has not begun yet */
	*place = h.place;
	follow_start(t, &h);
	uint32_t count = trace_window(&h, t->next, &number, &lost);

	lose(t, lost);
	for (uint32_t piece; rc >= 0 && count; number += piece, count -= piece) {
		uint32_t to_end = h.capacity - (number & (h.capacity - 1));

		piece = count < PIECE ? count : PIECE;
		piece = piece < to_end ? piece : to_end;
		rc = read_run(t, &h, number, piece, e);
	}
	t->next = h.next;
	return rc;
}

/* It stands before a place: on over it, to the other. */
static int pass(struct tracing *t, uint32_t place, struct err *e)
{
	int rc = MS_OK;

	if (place != t->place[0] && place != t->place[1])
		return err_set(e, ERR_DEBUG_PORT, "the board stopped where its trace does not say");
	if (t->passed)
		rc = gdbremote_break(&t->port, address_of(t->passed), true, e);
	if (rc >= 0)
		rc = gdbremote_break(&t->port, address_of(place), false, e);
	t->passed = place;
	return rc < 0 ? rc : gdbremote_go(&t->port, e);
}

int tracing_follow(struct tracing *t, struct err *e)
{
	uint32_t place = 0;
	int rc = gdbremote_wait(&t->port, 0, e);

	if (rc > 0)
		rc = read_ring(t, &place, e);
	return rc < 0 || !t->port.stopped ? rc : pass(t, place, e);
}

int tracing_finish(struct tracing *t, struct err *e)
{
	uint32_t place;
	int rc = gdbremote_halt(&t->port, e);

	return rc < 0 ? rc : read_ring(t, &place, e);
}
