/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdarg.h>

#include <ms/abi/abi.h>

#include "board.h"
#include "capacity.h"
#include "event.h"

enum {
	LINE_MAX = 384,			/* room that the longest line of ours may need */
	NSEC_PER_LINE = 1000000000 / LOG_LINE_PER_SECOND,
};

static struct {
	char ring[LOG_SIZE];
	uint32_t head, tail;		/* count up without end; the ring holds [tail, head) */
} out;

static const char *const severity_text[] = {
	[MS_LOG_ERROR] = "error", [MS_LOG_WARNING] = "warning", [MS_LOG_NOTICE] = "notice",
	[MS_LOG_INFO] = "info", [MS_LOG_DEBUG] = "debug",
};

static const char *const cause_text[] = {
#define CORE_CAUSE(number, name, text) [number] = text,
#include "causes.def"
#undef CORE_CAUSE
};

void log_init(void)
{
	out.head = out.tail = 0;
}

void core_console_ready(void)
{
	while (out.tail != out.head) {
		uint32_t at = out.tail % LOG_SIZE;
		uint32_t run = LOG_SIZE - at < out.head - out.tail ? LOG_SIZE - at : out.head - out.tail;
		size_t taken = board_console_write(&out.ring[at], run);

		out.tail += (uint32_t)taken;
		if (taken < run)
			return;
	}
}

static void put(char c)
{
	out.ring[out.head++ % LOG_SIZE] = c;
}

static void put_bytes(const char *text, size_t size)
{
	for (; size; size--, text++)
		put(*text >= ' ' && *text != 0x7f ? *text : '?');
}

static void put_text(const char *text)
{
	while (*text)
		put(*text++);
}

/* At least `width` characters, filled up on the left. */
static void put_number(uint32_t v, int width, char fill)
{
	char digits[10];
	int count = 0;

	do {
		digits[count++] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	for (; width > count; width--)
		put(fill);
	while (count)
		put(digits[--count]);
}

static void put_hex(uintptr_t v, int digits)
{
	while (digits--)
		put("0123456789abcdef"[(v >> (4 * digits)) & 15]);
}

static void put_field(const char *name, uintptr_t v)
{
	put_text(name);
	put_text("0x");
	put_hex(v, 2 * sizeof(v));
}

static void put_stamp(const struct clock_stamp *t, int width)
{
	put_number(t->sec, width, ' ');
	put('.');
	put_number(t->nsec / 1000, 6, '0');
}

/* Begin a line if there is room for any; "[seconds.microseconds] ". */
static bool begin(void)
{
	struct clock_stamp now = clock_stamp();

	if (LOG_SIZE - (out.head - out.tail) < LINE_MAX)
		return false;
	put('[');
	put_stamp(&now, 5);
	put_text("] ");
	return true;
}

static void end(void)
{
	put('\n');
	core_console_ready();
}

static void put_name(const struct service *s)
{
	if (!s)
		return;
	put_bytes((const char *)s->plan.name.at, s->plan.name.size);
	put(' ');
}

/* Take a line out of a service's share, which fills by one line each NSEC_PER_LINE up to LOG_LINE_BURST. */
static bool has_share(struct service *s)
{
	uint64_t now = clock_now();

	if (s->log_due < now)
		s->log_due = now;
	if (s->log_due - now >= (uint64_t)LOG_LINE_BURST * NSEC_PER_LINE)
		return false;
	s->log_due += NSEC_PER_LINE;
	return true;
}

/* A line about a service comes out of its share, so that one that fails in a loop floods nothing. */
static bool begin_about(struct service *s, char mark)
{
	if ((s && !has_share(s)) || !begin())
		return false;
	put(mark);
	put(' ');
	put_name(s);
	return true;
}

static void put_signed(int32_t v)
{
	if (v < 0)
		put('-');
	put_number(v < 0 ? 0u - (uint32_t)v : (uint32_t)v, 0, ' ');
}

bool log_event(struct service *s, const char *format, ...)
{
	va_list args;

	if (!begin_about(s, '*'))
		return false;
	va_start(args, format);
	for (; *format; format++) {
		if (*format != '%')
			put(*format);
		else if (*++format == 'd')
			put_signed(va_arg(args, int32_t));
		else
			put_text(va_arg(args, const char *));
	}
	va_end(args);
	end();
	return true;
}

void log_start(void)
{
	log_event(NULL, "runtime " MS_VERSION " on %s, isolation %d", board_name, port_isolation);
}

void log_refused(struct bytes name, const char *why)
{
	if (!begin_about(NULL, '*'))
		return;
	put_bytes((const char *)name.at, name.size);
	put_text(" refused: ");
	put_text(why);
	end();
}

/* Return addresses on the stack: offset in text, and words from sp. */
static void put_calls(const struct core_fault *f)
{
	for (unsigned i = 0; i < CORE_CALLS && f->call[i]; i++) {
		put_text(i ? "," : " calls ");
		put_hex(core_call_offset(f->call[i]), 6);
		put('+');
		put_hex(core_call_words(f->call[i]), 3);
	}
}

void log_fault(struct event *e, bool earlier)
{
	const struct core_fault *f = &e->fault;
	struct service *s = service_of(e->service);

	if (!begin_about(earlier ? NULL : s, '!'))
		return;
	if (earlier)
		put_name(s);
	if (!s)
		put_text(e->service ? "? " : "kernel ");
	put_text(cause_text[f->cause]);
	if (f->address_valid)
		put_field(" at ", f->address);
	put_field(" pc ", f->pc);
	if (e->service)
		put_field(" offset ", e->offset);
	put_field(" lr ", f->lr);
	put_field(" sp ", f->sp);
	put_calls(f);
	if (e->service) {
		put_text(" image ");
		for (unsigned i = 0; i < sizeof(e->image_hash); i++)
			put_hex(e->image_hash[i], 2);
	}
	if (earlier) {
		put_text(" earlier ");
		put_stamp(&e->when, 0);
	}
	end();
	event_told(e);
}

static void say_lost(struct service *s)
{
	if (s->log_lost && log_event(s, "lost %d lines of its log", s->log_lost))
		s->log_lost = 0;
}

int log_line(struct service *s, unsigned severity, const char *text, size_t size)
{
	if (!has_share(s)) {
		s->log_lost++;
		return -MS_EAGAIN;
	}
	say_lost(s);
	if (!begin()) {
		s->log_lost++;
		return -MS_EAGAIN;
	}
	put_name(s);
	put_text(severity_text[severity]);
	put_text(": ");
	put_bytes(text, size);
	end();
	return MS_OK;
}
