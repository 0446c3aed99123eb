/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Take `word` off the front of *at. */
static bool take(const char **at, const char *word)
{
	size_t size = strlen(word);

	if (strncmp(*at, word, size))
		return false;

	*at += size;
	return true;
}

/* Take what stands before `end`, and `end`; at least one character, and it must fit. */
static bool take_until(const char **at, const char *end, char *to, size_t size)
{
	const char *stop = strstr(*at, end);
	size_t length = stop ? (size_t)(stop - *at) : 0;

	if (!length || length >= size)
		return false;

	memcpy(to, *at, length);
	to[length] = '\0';
	*at = stop + strlen(end);
	return true;
}

static bool take_decimal(const char **at, uint64_t limit, uint64_t *out)
{
	const char *from = *at;
	uint64_t v = 0;

	for (; **at >= '0' && **at <= '9'; ++*at) {
		v = 10 * v + (uint64_t)(**at - '0');
		if (v > limit)
			return false;
	}
	*out = v;
	return *at != from;
}

/* "[    0.001234] " */
static bool take_time(const char **at, uint64_t *usec)
{
	uint64_t seconds, micros;

	if (!take(at, "["))
		return false;
	while (take(at, " "))
		;
	if (!take_decimal(at, 99999999999, &seconds) || !take(at, "."))
		return false;
	const char *digits = *at;
	if (!take_decimal(at, 999999, &micros) || *at - digits != 6 || !take(at, "] "))
		return false;

	*usec = 1000000 * seconds + micros;
	return true;
}

/* " <name> 0x<8 hex digits>" anywhere in the text. */
static bool find_word(const char *text, const char *name, uint32_t *out)
{
	char mark[16];

	snprintf(mark, sizeof(mark), " %s 0x", name);
	const char *at = strstr(text, mark);
	if (!at)
		return false;

	char *end;
	unsigned long v = strtoul(at + strlen(mark), &end, 16);
	if (end == at + strlen(mark) || (*end && *end != ' ') || v > UINT32_MAX)
		return false;
	*out = (uint32_t)v;
	return true;
}

static bool find_image(const char *text, uint8_t out[8])
{
	static const char mark[] = " image ";
	const char *at = strstr(text, mark);

	if (!at || strspn(at + strlen(mark), "0123456789abcdef") != 16)
		return false;
	at += strlen(mark);
	for (int i = 0; i < 8; i++)
		if (sscanf(at + 2 * i, "%2hhx", &out[i]) != 1)
			return false;
	return true;
}

/* " calls 0000d0+003,000156+010": as far as they ascend. */
static void find_calls(const char *text, struct console_fault *f)
{
	static const char mark[] = " calls ";
	const char *at = strstr(text, mark);
	uint32_t offset, words;
	int size;

	for (at = at ? at + strlen(mark) : ""; f->call_count < CONSOLE_CALLS_MAX; at += size + 1) {
		if (sscanf(at, "%6" SCNx32 "+%3" SCNx32 "%n", &offset, &words, &size) != 2 ||
		    (f->call_count && words <= f->calls[f->call_count - 1].words))
			return;
		f->calls[f->call_count++] = (struct console_call){ offset, words };
		if (at[size] != ',')
			return;
	}
}

/* " earlier 12.345678" at the end: the record's own time, of before a reset. */
static void find_earlier(const char *text, struct console_line *out)
{
	static const char mark[] = " earlier ";
	const char *at = strstr(text, mark);
	uint64_t seconds, micros;

	if (!at)
		return;
	at += strlen(mark);
	if (!take_decimal(&at, 99999999999, &seconds) || !take(&at, ".") || !take_decimal(&at, 999999, &micros) || *at)
		return;
	out->usec = 1000000 * seconds + micros;
	out->fault.earlier = true;
}

/* The cause is what stands before the first number. */
static void parse_fault(const char *text, struct console_line *out)
{
	struct console_fault *f = &out->fault;
	const char *end = text + strlen(text);
	static const char *const marks[] = { " at 0x", " pc 0x" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *at = strstr(text, marks[i]);
		if (at && at < end)
			end = at;
	}
	snprintf(f->cause, sizeof(f->cause), "%.*s", (int)(end - text), text);

	f->kernel = !strcmp(out->service, "kernel");
	f->has_address = find_word(text, "at", &f->address);
	f->has_offset = find_word(text, "offset", &f->offset);
	f->has_image = find_image(text, f->image);
	find_calls(text, f);
	find_earlier(text, out);
	if (find_word(text, "pc", &f->pc)) {
		out->kind = CONSOLE_FAULT;
		find_word(text, "lr", &f->lr);
		find_word(text, "sp", &f->sp);
	}
}

static bool is_severity(const char *word)
{
	static const char *const known[] = { "error", "warning", "notice", "info", "debug" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(word, known[i]))
			return true;
	return false;
}

/* "hello info: text" */
static bool parse_log(const char *at, struct console_line *out)
{
	if (!take_until(&at, " ", out->service, sizeof(out->service)) ||
	    !take_until(&at, ":", out->severity, sizeof(out->severity)) || !is_severity(out->severity))
		return false;

	take(&at, " ");
	snprintf(out->text, sizeof(out->text), "%s", at);
	out->kind = CONSOLE_LOG;
	return true;
}

void console_parse(const char *line, struct console_line *out)
{
	const char *at = line;

	memset(out, 0, sizeof(*out));
	snprintf(out->text, sizeof(out->text), "%s", line);
	if (!take_time(&at, &out->usec)) {
		out->usec = 0;
		return;
	}

	if (take(&at, "* ")) {
		snprintf(out->text, sizeof(out->text), "%s", at);
		out->kind = CONSOLE_RUNTIME;
	} else if (take(&at, "! ")) {
		if (take_until(&at, " ", out->service, sizeof(out->service)))
			parse_fault(at, out);
	} else if (!parse_log(at, out)) {
		out->service[0] = out->severity[0] = '\0';
	}
}
